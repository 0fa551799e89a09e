"""*Old keys go with the old job*: what Access requests learned about taking rights away; ended with its reflection."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "access-requests"
FOCUS = "Old keys go with the old job"
LEFT = (14, 13, 15, 14, 13, 14, 12, 13, 11, 12, 10, 11, 9, 10, 8, 9, 8, 7, 8, 6, 7, 6, 5, 6, 5)
NAMED = (0, 0, 1, 1, 2, 1, 3, 3, 4, 4, 5, 5, 6, 5, 7, 7, 6, 7, 8, 8, 7, 8, 9, 8, 9)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "old keys",
        -216,
        "hana",
        "Rights of an old job still there after 30 days",
        "of 20",
        "down",
        "outcome",
        "Twenty people who changed jobs a month ago, asked on the phone to open a folder of their old team: it opens.",
        low=0,
        high=20,
        owner="hana",
    )
    numbers.follow(
        "named",
        -216,
        "hana",
        "Moves of which the old manager told us",
        "of the last 10",
        "up",
        "process",
        "Of the last ten moves: the old manager had said which rights end, and on which day.",
        low=0,
        high=10,
        owner="lars",
    )
    numbers.entered("named", ("lars", "hana"), -213, NAMED, every=5, at="16:40")
    numbers.entered("old keys", ("hana", "mirek"), -213, LEFT, every=5, at="16:35")
    story = Story(stage, TEAM)
    story.start(-216, FOCUS, learner="hana", coach="ben", at="11:00")
    story.challenge(
        -216,
        "hana",
        "Whoever changes jobs leaves their old keys behind within a month: 14 of 20 keep some today, then at most 2.",
        by=story.days.ahead(60),
        aim=("old keys", 14, 2),
        moment="My old keys still fit",
        serves="nobody-waits",
        at="11:10",
    )
    story.current(
        -207,
        "hana",
        "14 of 20 could open a folder of their old team after a month; 13 a week later.\n"
        "Nobody had asked for these rights to end. 3 of the 14 had told us themselves, in vain.",
        [
            ("New manager asks for new rights", "day −5", "our form"),
            ("We add them", "1 day", ""),
            ("Old rights", "–", "no step, no owner"),
        ],
    )
    first = story.target(
        -206,
        "hana",
        "The old manager says which rights end, for 5 of 10 moves; at most 11 of 20 doors open after a month.",
        by=-160,
        aims=[("old keys", 14, 11), ("named", 0, 5)],
    )
    ask = story.park(-206, "hana", "The form asks what is added and has no line for what ends")
    fear = story.park(-205, "lars", "4 of 5 managers say “leave it, they may still have to help us”")
    ask.focus(-206, "hana")
    story.plan(
        -204,
        "hana",
        "test a hypothesis",
        "A line on the form: which of these end, and when? With the person’s rights listed beside it",
        "6 of the next 10 moves have an answer in it.",
        check=-190,
    ).saw(-190, "hana", "2 of 10. The list has 23 lines for a clerk and 61 for one of us.").learned(
        -189, "hana", "We listed what the machine knows. Nobody reads 23 names of drives to say goodbye to them."
    )
    story.plan(
        -188,
        "lars",
        "exploratory",
        "Ring the old manager: what must they still do for you, and until when?",
        "5 of 5 name a day.",
        check=-181,
    ).saw(-181, "lars", "5 of 5 named a day within two minutes; 4 were less than three weeks away.").learned(
        -180,
        "hana",
        "Asked for the end they protect what they have. Asked for the help that they need, they name a day.",
    )
    ask.removed(-179, "hana", "The form asks for the help and its last day; 5 of 10 moves have one")
    fear.focus(-179, "hana")
    story.plan(
        -178,
        "hana",
        "test a hypothesis",
        "Rights end on the day that the old manager named, and both get a note a week before",
        "11 of 20 by the count in four weeks.",
        check=-158,
        number=("old keys", 11),
    ).saw(-158, "hana", "11 of 20. Two had been prolonged for a week; nobody was locked out.", 11).learned(
        -157, "hana", "A note a week before is what takes the fear away, and both have used it twice."
    )
    first.ended(
        -156,
        "hana",
        "achieved",
        "11 of 20, 5 of 10. I had been sure that managers do not care. They had not been asked about "
        "what they care for.",
    )
    story.current(-155, "hana", "Of the 11 doors that open, 9 are of people who came before the form had its line.")
    second = story.target(
        -154,
        "hana",
        "A named last day for 8 of 10 moves; at most 6 of 20 doors open after a month.",
        by=-98,
        aims=[("old keys", 11, 6), ("named", 5, 8)],
    )
    past = story.park(-154, "mirek", "About 70 people moved in the two years before, and nobody knows who of them")
    past.focus(-154, "hana")
    story.plan(
        -153,
        "mirek",
        "go and see",
        "Ten people from last year’s list of moves: which old folder did you open last month?",
        "8 of 10 opened none.",
        check=-146,
    ).saw(
        -146, "mirek", "6 of 10 none. 4 open one each week, since their new team keeps its holiday list there."
    ).learned(
        -145, "hana", "Some old keys are new keys that nobody has renamed. Taking all away on one day would have hurt."
    )
    story.plan(
        -143,
        "hana",
        "test a hypothesis",
        "Each week ten of the old ones get the note: this ends in a week unless you say what for",
        "At most 8 of 20 in two months.",
        check=-113,
        number=("old keys", 8),
    ).saw(-113, "hana", "7 this week, 6 the week before. 9 of 62 said what for.", 7).learned(
        -112, "hana", "9 of 62 needed it. The rest had forgotten that they had it."
    )
    past.removed(-111, "hana", "62 of about 70 have had the note")
    second.ended(-97, "hana", "achieved", "6, 5 and 6 of 20. Lars says that it now feels odd to keep a key.")
    story.ended(
        -92,
        "hana",
        "14 of 20, then 5 or 6. I learned it from one question of Lars’s: what do you still want from them?\n"
        "The form took a morning. To see that it asked for the wrong thing took three weeks, and I am glad of them.",
    )
