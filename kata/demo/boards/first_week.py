"""*Somebody has time for me*: Malik’s board about the first week of a newcomer."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "new-starters"
FOCUS = "Somebody has time for me"
ALONE = (9, 10, 9, 8, 9, 8, 8, 7, 6, 7, 6, 5, 6, 5, 4, 5)
HOURS = (1, 0, 1, 2, 2, 3, 2, 4, 5, 4, 5, 6, 6, 7, 7, 6)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "alone",
        -130,
        "malik",
        "Hours alone in the first week",
        "the middle of 5",
        "down",
        "outcome",
        "Five newcomers note each hour of their first week in which nobody had anything for them to "
        "do; the middle one.",
        low=0,
        owner="malik",
    )
    numbers.follow(
        "set aside",
        -130,
        "malik",
        "Newcomers for whom somebody has set hours aside",
        "of the last 8",
        "up",
        "process",
        "Of the last eight: two hours a day of the first week stood in a colleague’s calendar the Friday before.",
        low=0,
        high=8,
        owner="priya",
    )
    numbers.entered("set aside", ("priya", "malik"), -126, HOURS, every=5, at="16:20")
    numbers.entered("alone", ("malik", "owen"), -126, ALONE, every=5)
    story = Story(stage, TEAM)
    story.start(-130, FOCUS, learner="malik", coach="cleo")
    story.challenge(
        -130,
        "malik",
        "Whoever starts with us is of use by the third day: 9 hours alone in the first week today, then 2.",
        by=story.days.ahead(120),
        aim=("alone", 9, 2),
        moment="What shall I do now?",
        serves="day-one",
    )
    story.current(
        -120,
        "malik",
        "9 and 10 hours alone in the first week, most of them on Tuesday and Wednesday.\n"
        "Of eight newcomers 1 had somebody with hours in the calendar.",
        [
            ("Monday", "2 h alone", "badge, tour, lunch"),
            ("Tuesday and Wednesday", "6 h alone", "“read yourself in”"),
            ("Thursday", "1 h alone", "a first small job"),
        ],
    )
    first = story.target(
        -119,
        "malik",
        "On the Friday before, two hours a day stand in a colleague’s calendar for 4 of 8 newcomers.\n"
        "The middle one is alone for 7 hours.",
        by=-84,
        aims=[("alone", 9, 7), ("set aside", 1, 4)],
    )
    full = story.park(-119, "malik", "Managers say that calendars are full for the two weeks ahead")
    story.park(-119, "priya", "“Read yourself in” takes up two days and ends in nothing")
    full.focus(-119, "malik")
    story.plan(
        -118,
        "malik",
        "go and see",
        "Look with five managers at the calendar of the week after next",
        "No gap of two hours in 4 of 5.",
        check=-112,
    ).saw(
        -112,
        "malik",
        "5 of 5 had gaps of two hours, 3 to 7 of them. They are full for next week, not for the one after.",
    ).learned(-111, "malik", "We ask on Monday for Monday. We could have asked two weeks before.")
    story.plan(
        -109,
        "owen",
        "test a hypothesis",
        "Ask twelve days before, and put the hours into the calendar while the manager is on the phone",
        "The middle one of five is alone for 7 hours in six weeks.",
        check=-91,
        number=("alone", 7),
    ).saw(
        -91, "owen", "7 hours, 4 of 8 with hours set aside. Four managers said that they will look and rang back.", 7
    ).learned(-90, "malik", "What is put in while we talk, stays. Where they look first, it is Monday again.")
    full.removed(-89, "malik", "Hours stand there for 4 or 5 of 8; nobody says any more that it is full")
    first.ended(-84, "malik", "achieved", "7 and 6 hours, 4 and 5 of 8. The calendar was full in our heads.")
    story.current(
        -83,
        "malik",
        "Tuesday and Wednesday: 4 of the 6 hours alone are for “reading”. Nobody asks later what was read.",
    )
    second = story.target(
        -82,
        "malik",
        "On Wednesday at noon each newcomer has done one small thing that a colleague uses; 5 hours alone.",
        by=-53,
        aims=[("alone", 6, 5), ("set aside", 5, 6)],
    )
    useful = story.park(-82, "malik", "Teams can name no job that takes half a day and needs no password")
    useful.focus(-82, "malik")
    story.plan(
        -81,
        "malik",
        "exploratory",
        "Ask six colleagues: what have you put off for a month that somebody with fresh eyes could do?",
        "3 of 6 name something.",
        check=-76,
    ).saw(
        -76, "malik", "6 of 6. 4 wanted the instructions for something tried out by somebody who does not know it."
    ).learned(-75, "malik", "What a newcomer has and we have not is that they do not know it yet. That is the job.")
    story.plan(
        -74,
        "priya",
        "test a hypothesis",
        "On Tuesday each newcomer tries out one page of instructions and marks where they stop",
        "5 hours alone at the count in three weeks.",
        check=-61,
        number=("alone", 5),
    ).saw(-61, "priya", "5 hours. 7 of 9 pages had a mark before the tenth line.", 5).learned(
        -60, "malik", "The marks are what teams ask us for now."
    )
    useful.removed(-59, "malik", "9 of 9 newcomers had a page; 7 came back with marks")
    second.ended(
        -53, "malik", "achieved", "5 and 4 hours. Priya’s mornings at nine are next; these Tuesdays run by themselves."
    )
    story.ended(
        -50,
        "malik",
        "9 hours alone, then 4 or 5. I had planned a handbook. It would have been something more to read.",
    )
