"""*Password resets by phone*: a board of the year before, ended with its reflection; and the team's practice board."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "access-requests"
CALLS_FROM = -250
CALLS = (34, 41, 38, 36, 33, 35, 30, 27, 28, 24, 25, 22, 21, 23, 19, 20, 17, 18, 16, 15, 16, 14, 15, 13, 14, 12)
OWN = (3, 4, 4, 5, 5, 6, 9, 12, 14, 16, 17, 19, 20, 19, 23, 22, 26, 25, 27, 28, 27, 30, 29, 31, 30, 32)


def tell(stage: Stage) -> None:
    """Two target conditions, then an end; after it a practice board of five days."""
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "resets",
        CALLS_FROM - 2,
        "mirek",
        "Calls for a new password",
        "a week",
        "down",
        "outcome",
        "Calls of a week in which somebody asks for a new password, counted in the call list on the last day.",
        low=0,
        owner="mirek",
    )
    numbers.follow(
        "own",
        CALLS_FROM - 2,
        "mirek",
        "New passwords set without us",
        "a week",
        "up",
        "process",
        "New passwords of a week that people set on the page by themselves.",
        low=0,
        owner="mirek",
    )
    numbers.entered("own", ("mirek", "hana"), CALLS_FROM, OWN, every=5, at="16:20")
    numbers.entered("resets", ("mirek", "hana"), CALLS_FROM, CALLS, every=5)
    _resets(stage)
    _practice(stage)


def _resets(stage: Stage) -> None:
    story = Story(stage, TEAM)
    story.start(-252, "Password resets by phone", learner="mirek", coach="ben")
    story.challenge(
        -252,
        "mirek",
        "Nobody has to ring us for a new password: from 38 calls a week to fewer than 15 within the year.",
        by=story.days.ahead(-90),
        aim=("resets", 38, 15),
        moment="It does not take my password",
        serves="nobody-waits",
        at="10:20",
    )
    story.current(
        -250,
        "mirek",
        "34 calls this week. Each takes 4 to 11 minutes, most of it to make sure who is calling.\n"
        "19 of the 34 called on a Monday or after a holiday.",
        [
            ("Colleague cannot sign in", "–", "tries 3 to 6 times"),
            ("Rings us", "2 – 14 min", "queue on Mondays"),
            ("We make sure who it is", "3 – 8 min", "three questions"),
            ("New password by text message", "1 min", ""),
        ],
    )
    first = story.target(
        -248,
        "mirek",
        "People who come back from holiday set a new password by themselves: at most 25 calls a week.",
        by=-200,
        aims=[("resets", 34, 25), ("own", 3, 15)],
    )
    unknown = story.park(-248, "mirek", "9 of 10 callers have never heard of the page where they can do it themselves")
    phone = story.park(-248, "hana", "The page wants a private phone number, and 40 of 100 people have given none")
    unknown.focus(-248, "mirek")
    story.plan(
        -246,
        "mirek",
        "test a hypothesis",
        "Put the address of the page on the sign-in screen",
        "Calls fall from 38 to 25 in two weeks.",
        check=-235,
        number=("resets", 25),
    ).saw(
        -235, "mirek", "36 calls. 4 of 20 callers had seen the address; all 4 had got stuck on the page.", 36
    ).learned(-234, "mirek", "Knowing the page is not what is missing. Those who find it get stuck.")
    unknown.removed(-234, "mirek", "The address is on the screen; those who found it rang all the same")
    phone.focus(-234, "mirek")
    story.plan(
        -232,
        "hana",
        "go and see",
        "Watch three colleagues use the page",
        "Two of three stop where the private number is asked for.",
        check=-230,
    ).saw(-230, "hana", "All three stopped there. One said: “That is none of my employer’s business.”").learned(
        -229, "hana", "They do not mind the number, they mind who gets it. The page does not say."
    )
    story.plan(
        -228,
        "hana",
        "test a hypothesis",
        "Write one sentence beside the field: only the machine that sends the code sees this number",
        "60 of the next 100 give a number, and calls are at 25 in five weeks.",
        check=-205,
        number=("resets", 25),
    ).saw(-205, "hana", "71 of 100 gave it. 24 calls this week.", 24).learned(
        -204, "hana", "One honest sentence was worth more than the poster."
    )
    first.ended(
        -203,
        "mirek",
        "achieved",
        "24 calls. We would have stopped at the poster, had we not asked the four who had seen it.",
    )
    story.current(
        -201,
        "mirek",
        "24 calls in the last week. 14 of them came between 07:00 and 08:00, before anybody is at our desk.",
    )
    second = story.target(
        -200,
        "mirek",
        "At most 15 calls a week; nobody waits for 08:00 to get in.",
        by=-145,
        aims=[("resets", 24, 15), ("own", 16, 25)],
    )
    early = story.park(-200, "mirek", "Between 07:00 and 08:00 people wait for our desk to open")
    early.focus(-200, "mirek")
    story.plan(
        -198,
        "mirek",
        "exploratory",
        "The voice that says when we open says the page’s address, too",
        "5 of 14 early callers do not ring again.",
        check=-180,
    ).saw(-180, "mirek", "Of 13 early callers 9 did not ring again.").learned(
        -179, "mirek", "At 07:30 people have nobody else to ask, so they try. At 10:00 they have us."
    )
    story.plan(
        -178,
        "mirek",
        "test a hypothesis",
        "Say the address first at all hours, then offer to wait",
        "At most 14 calls a week within six weeks.",
        check=-150,
        number=("resets", 14),
    ).saw(-150, "mirek", "16 calls this week, 15 and 16 in the weeks before.", 16).learned(
        -149, "mirek", "It helps by day too, but less than in the morning: whoever can wait for a person, does."
    )
    early.removed(-149, "mirek", "3 early callers a week; it was 14")
    second.ended(
        -144,
        "mirek",
        "achieved",
        "15, 16 and 14 calls in the last three weeks. What is left are people who want to talk to somebody. They may.",
    )
    story.ended(
        -140,
        "mirek",
        "From 38 calls a week to 14. The page was there the whole time.\n"
        "I learned to ask the few for whom it had not worked, instead of telling the many once more. What I "
        "expected at first was all about information; what stood in the way was trust.\n"
        "We go on with access requests; Ana takes the board.",
    )


def _practice(stage: Stage) -> None:
    story = Story(stage, TEAM)
    story.start(-28, "Practice: the morning talk starts at 09:00", learner="joy", coach="ben", practice=True)
    story.challenge(
        -28,
        "joy",
        "The morning talk starts at 09:00 and ends at 09:15, on every working day.",
        by=story.days.ahead(220),
    )
    story.current(-28, "joy", "On the last five days we started at 09:04, 09:07, 09:03, 09:11 and 09:06.")
    story.target(-27, "joy", "The first word is said between 08:59 and 09:01 on 5 of 5 days.", by=2, aims=[])
    chairs = story.park(-27, "joy", "Whoever is first looks for chairs, 3 to 5 minutes")
    kettle = story.park(-27, "lars", "The kettle takes 4 minutes and is put on at 08:58")
    chairs.focus(-27, "joy")
    story.plan(
        -26,
        "joy",
        "test a hypothesis",
        "We stand",
        "For three days the first word is said by 09:01.",
        check=-23,
    ).saw(-23, "joy", "09:03, 09:02 and 09:04.").learned(
        -22, "joy", "It was the kettle. I had the two obstacles in the wrong order, and it cost three days to know."
    )
    chairs.set_aside(-22, "joy", "We stand, and start at 09:03 all the same")
    kettle.focus(-22, "joy")
    story.plan(
        -7,
        "joy",
        "test a hypothesis",
        "Whoever is first puts the kettle on before taking off the coat",
        "On 3 of 3 days the first word is said by 09:01.",
        check=-3,
    )
