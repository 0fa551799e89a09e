"""*Breakfast while it is warm*: a first board on the wards, four weeks old, by somebody who has never had one."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "going-home"
FOCUS = "Breakfast while it is warm"
COLD = (8, 7, 9, 8, 8, 8, 5, 6, 5, 4, 5, 6, 4)
LATE = (24, 31, 22, 28, 26, 25, 12, 14, 11, 13, 12, 11, 10)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "cold",
        -27,
        "zofia",
        "Breakfasts that had gone cold",
        "of 10",
        "down",
        "outcome",
        "Ten patients, asked at 09:00: was your coffee warm?",
        low=0,
        high=10,
        owner="zofia",
    )
    numbers.follow(
        "trolley",
        -27,
        "zofia",
        "The trolley waits at the lift",
        "minutes",
        "down",
        "process",
        "From the lift’s bell until somebody pushes the trolley to the first bed.",
        low=0,
        owner="ravi",
    )
    numbers.entered("trolley", ("ravi", "zofia"), -26, LATE, every=2, at="10:10")
    numbers.entered("cold", ("zofia", "tom"), -26, COLD, every=2, at="10:15")
    story = Story(stage, TEAM)
    story.start(-27, FOCUS, learner="zofia", coach="anneke")
    story.challenge(
        -27,
        "zofia",
        "Whoever wakes up on our ward has a warm breakfast: today 2 of 10, then 10 of 10.",
        by=story.days.ahead(280),
        aim=("cold", 8, 0),
        moment="The first kind word of the day",
        serves="well-kept",
    )
    story.current(
        -22,
        "zofia",
        "8, 7 and 9 of ten breakfasts had gone cold.\n"
        "The trolley stood at the lift for 24, 31 and 22 minutes after the bell.",
        [
            ("Bell of the lift", "07:40", ""),
            ("Trolley stands there", "22 – 31 min", "everybody is at the handover"),
            ("First bed", "08:05 – 08:15", ""),
        ],
    )
    story.target(
        -21,
        "zofia",
        "The trolley moves 10 minutes after the bell; at most 5 of 10 breakfasts are cold.",
        by=story.days.ahead(9),
        aims=[("cold", 8, 5), ("trolley", 24, 10)],
    )
    bell = story.park(-21, "zofia", "The bell rings while all of us sit in the handover, 07:30 to 08:00")
    story.park(-21, "tom", "Two of the four lids on the trolley do not close")
    bell.focus(-21, "zofia")
    story.plan(
        -20,
        "zofia",
        "test a hypothesis",
        "One of us leaves the handover when the bell rings",
        "The trolley waits 10 minutes, and 5 of 10 are cold.",
        check=-16,
        number=("cold", 5),
    ).saw(
        -16, "zofia", "8 of 10. Nobody heard the bell: it rings at the other end, and the door is shut.", 8, at="10:40"
    ).learned(-15, "zofia", "I have heard that bell for six years. I hear it when I stand in the kitchen.")
    story.plan(
        -15,
        "tom",
        "exploratory",
        "The kitchen rings the ward’s telephone when the trolley goes into the lift",
        "Somebody is at the lift within 12 minutes on 3 of 4 mornings.",
        check=-11,
    ).saw(
        -11, "tom", "On 3 of 4 mornings it was I, after 9 to 14 minutes. On the fourth the kitchen forgot.", at="10:40"
    ).learned(
        -10, "zofia", "They forget when a new one is on. They were glad to be asked, and asked us for a menu back."
    )
    story.plan(
        -9,
        "zofia",
        "test a hypothesis",
        "A note by the kitchen’s lift button: please ring 412",
        "At most 4 of 10 are cold two weeks from now.",
        check=1,
        number=("cold", 4),
    )
