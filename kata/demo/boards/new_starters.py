"""The team *New starters*: a target date that has passed and asks for its reflection, and a brand-new board."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "new-starters"
READY = (5, 6, 5, 7, 6, 7, 8, 7, 7)
IN_TIME = (6, 6, 7, 6, 9, 10, 10, 10, 10)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "ready",
        -46,
        "priya",
        "New colleagues who can work at 09:00 on day one",
        "of 10",
        "up",
        "outcome",
        "Of the last ten who started: laptop, badge and sign-in worked at 09:00. We ask each of them at 09:15.",
        low=0,
        high=10,
        target=10,
        cadence="week",
        owner="priya",
    )
    numbers.follow(
        "in time",
        -46,
        "priya",
        "Forms here five working days before",
        "of 10",
        "up",
        "process",
        "Of the last ten who started: the form with all its answers was with us five working days before.",
        low=0,
        high=10,
        cadence="week",
        owner="owen",
    )
    numbers.entered("in time", ("owen", "malik"), -45, IN_TIME, every=5, at="16:20")
    numbers.entered("ready", ("priya", "owen"), -45, READY, every=5)
    _ready(stage)
    _change(stage)


def _ready(stage: Stage) -> None:
    story = Story(stage, TEAM)
    story.start(-46, "Everything ready at nine on day one", learner="priya", coach="ben", second="cleo")
    story.challenge(
        -46,
        "priya",
        "Whoever starts with us can work at 09:00 on the first day: today 5 of 10, then all 10.",
        by=story.days.ahead(300),
        aim=("ready", 5, 10),
        moment="My first morning",
        serves="day-one",
    )
    story.current(
        -41,
        "priya",
        "Of the last ten, 5 could work at 09:00. 3 had no badge, 2 no sign-in; one of these had neither a chair.\n"
        "Managers tell us 1 to 19 days before.",
        [
            ("Contract signed", "day −40", ""),
            ("Manager fills in our form", "day −19 to −1", "for 4 of 10: after day −5"),
            ("Badge is ordered", "2 days", "photo missing for 3 of 10"),
            ("Sign-in is made", "1 day", "by Access requests"),
            ("Day one", "09:00", "5 of 10 can work"),
        ],
    )
    story.target(
        -40,
        "priya",
        "Form and photo are with us 5 working days before; 8 of 10 can work at 09:00.",
        by=-2,
        aims=[("ready", 5, 8), ("in time", 6, 10)],
    )
    late = story.park(-40, "priya", "4 of 10 forms come later than five days before")
    photo = story.park(-40, "malik", "The photo for the badge is missing for 3 of 10")
    story.park(-39, "owen", "Who starts on the 1st starts together with 20 others")
    late.focus(-40, "priya")
    story.plan(
        -38,
        "priya",
        "go and see",
        "Ask four managers whose form was late when they knew the day",
        "They knew it for 7 days at most.",
        check=-36,
    ).saw(
        -36,
        "priya",
        "They had known it for 31, 28, 40 and 22 days. Three had thought that signing the contract tells us.",
    ).learned(-35, "priya", "They are not late, they believe they have told us already.")
    story.plan(
        -34,
        "owen",
        "test a hypothesis",
        "Contracts sends us the names each Friday, and we fill in the form ourselves",
        "In three weeks, 8 of 10 can work at 09:00.",
        check=-20,
        number=("ready", 8),
    ).saw(-20, "owen", "7 of 10. All ten forms were in time; the 3 had no badge.", 7).learned(
        -18, "owen", "Half of the way was a list that existed. What is left is the photo."
    )
    late.removed(-17, "priya", "All of the last ten forms were with us 8 days before")
    photo.focus(-17, "priya")
    story.plan(
        -16,
        "malik",
        "test a hypothesis",
        "Ask for the photo in the letter that comes with the contract",
        "Photos are missing for at most 1 of 10.",
        check=-6,
    ).saw(-6, "malik", "Missing for 3 of 10. Two of the three wrote that they had no idea what size.").learned(
        -5, "malik", "A letter that asks is not a letter that helps. We take the photo ourselves when they visit?"
    )


def _change(stage: Stage) -> None:
    """Only a challenge so far: the first day of a board."""
    story = Story(stage, TEAM)
    story.start(-1, "A new job inside the company", learner="katarzyna", coach="cleo")
    story.challenge(
        -1,
        "katarzyna",
        "Whoever changes jobs inside the company keeps working: not one day without access.",
        by=story.days.ahead(380),
        moment="Between two desks",
        serves="day-one",
    )
