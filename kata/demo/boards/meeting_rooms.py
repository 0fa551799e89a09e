"""*The meeting begins when the door closes*: Wen’s board, at which Mirek learned to coach."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "devices"
FOCUS = "The meeting begins when the door closes"
LOST = (11, 12, 10, 11, 12, 9, 10, 9, 8, 9, 7, 8, 6, 7, 5, 6, 5)
CABLES = (9, 8, 9, 9, 7, 8, 6, 5, 6, 4, 4, 3, 3, 2, 2, 3, 2)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "minutes lost",
        -136,
        "wen",
        "Minutes until the picture is there",
        "the slowest of 5",
        "down",
        "outcome",
        "Five meetings of a week in the glass rooms, from the closed door to the first picture; the slowest counts.",
        low=0,
        owner="wen",
    )
    numbers.follow(
        "cables",
        -136,
        "wen",
        "Rooms where something is not in its place",
        "of 12",
        "down",
        "process",
        "At 07:45: of twelve rooms, those where a cable, an adapter or the remote control is elsewhere.",
        low=0,
        high=12,
        owner="samir",
    )
    numbers.entered("cables", ("samir", "wen"), -133, CABLES, every=5, at="16:20")
    numbers.entered("minutes lost", ("wen", "samir"), -133, LOST, every=5)
    story = Story(stage, TEAM)
    story.start(-136, FOCUS, learner="wen", coach="mirek", second="ben")
    story.challenge(
        -136,
        "wen",
        "Whoever meets in a glass room sees the picture within 2 minutes after the door has closed; today it takes 11.",
        by=story.days.ahead(60),
        aim=("minutes lost", 11, 2),
        moment="Can everybody see my screen?",
        serves="nobody-waits",
    )
    story.current(
        -127,
        "wen",
        "11 and 12 minutes in the slowest of five meetings, two weeks running.\n"
        "At 07:45 something is not in its place in 9 of 12 rooms, then in 8. 14 of the 19 missing things are adapters.",
        [
            ("Door closes", "0", ""),
            ("Somebody looks for the adapter", "1 – 6 min", "14 of 19"),
            ("Rings us or the room next door", "3 – 5 min", ""),
            ("Picture", "", ""),
        ],
    )
    first = story.target(
        -126,
        "wen",
        "At 07:45 at most 5 of 12 rooms miss something; the slowest of five has its picture after 8 minutes.",
        by=-88,
        aims=[("minutes lost", 11, 8), ("cables", 9, 5)],
    )
    walk = story.park(-126, "wen", "Adapters leave the room in people’s pockets, 14 a week")
    story.park(-125, "eve", "Each of the 12 rooms has another remote control")
    walk.focus(-126, "wen")
    story.plan(
        -125,
        "wen",
        "test a hypothesis",
        "Tie the adapters to the table with a steel cord, in four rooms",
        "In these four nothing is missing for two weeks.",
        check=-113,
    ).saw(-113, "wen", "2 of 4 cords were cut within eight days. Somebody had left the knife.").learned(
        -112, "wen", "People took them because they needed them at their desk. A cord says: go and get scissors."
    )
    story.plan(
        -110,
        "samir",
        "go and see",
        "Ask the first five people whom we meet with one of our adapters what it is for",
        "5 of 5 forgot to bring it back.",
        check=-106,
    ).saw(-106, "samir", "1 forgot. 4 have none at their desk and share a screen there.").learned(
        -105, "wen", "We had counted thieves. They are colleagues without an adapter, 4 of 5."
    )
    story.plan(
        -104,
        "wen",
        "test a hypothesis",
        "A bowl with forty adapters at our desk: take one, it is yours",
        "Rooms with something missing are at 5 in five weeks, the slowest picture at 9 minutes.",
        check=-88,
        number=("minutes lost", 9),
    ).saw(-88, "wen", "9 minutes, 4 rooms. 31 of the 40 are gone and cost less than one of our walks.", 9).learned(
        -87, "wen", "Give it away and nobody takes it."
    )
    walk.removed(-87, "wen", "3 or 4 rooms a week instead of 9")
    first.ended(
        -86,
        "wen",
        "not achieved",
        "4 rooms, and 9 minutes instead of 8. The adapters are there; the picture still comes late.\n"
        "I chased the missing thing because one can count it.",
    )
    story.current(-85, "wen", "In ten meetings that I sat in, 6 of the 9 minutes went by with the remote control.")
    second = story.target(
        -84,
        "wen",
        "One button starts the room; the slowest of five has its picture after 5 minutes.",
        by=-56,
        aims=[("minutes lost", 9, 5), ("cables", 4, 3)],
    )
    remote = story.park(-84, "wen", "On the remote control 4 of 38 keys are ever used, and two people press at once")
    remote.focus(-84, "wen")
    story.plan(
        -83,
        "wen",
        "exploratory",
        "In two rooms, tape over all keys but four",
        "8 of 10 meetings start within 5 minutes.",
        check=-71,
    ).saw(-71, "wen", "9 of 10 within 5 minutes. In the tenth somebody had peeled it off to watch football.").learned(
        -70, "wen", "Tape for one euro. I had asked for new rooms."
    )
    story.plan(
        -69,
        "samir",
        "test a hypothesis",
        "Tape in all twelve",
        "The slowest of five is at 6 minutes in three weeks.",
        check=-58,
        number=("minutes lost", 6),
    ).saw(-58, "samir", "6 minutes; 3 rooms miss something.", 6).learned(
        -57, "wen", "As we said. What it cannot mend is a laptop that has never been in that room."
    )
    remote.removed(-57, "wen", "38 keys, 4 of them in sight, in all twelve rooms")
    second.ended(-56, "wen", "not achieved", "6, and the weeks before 5 and 7. A minute short, and I know which one.")
    story.ended(
        -53,
        "wen",
        "11 minutes to 5 or 6, with a bowl and tape. Facilities takes the rooms over next month and wants the rest of "
        "the list.\nI was wrong about people twice, both times to their cost.",
    )
