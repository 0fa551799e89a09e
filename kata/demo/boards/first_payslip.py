"""*The first payslip is right*: Payroll questions in its first months, counted in days at Kolkata."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "payroll-questions"
FOCUS = "The first payslip is right"
WRONG = (6, 7, 5, 6, 6, 5, 6, 4, 5, 4, 4, 3, 4, 3, 3, 4, 3, 2, 2, 2, 2, 2, 1, 2, 2, 1, 2)
CHECKED = (0, 0, 0, 1, 2, 3, 3, 5, 4, 5, 6, 7, 6, 7, 7, 6, 8, 8, 8, 9, 9, 8, 9, 10, 9, 10, 9)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "wrong",
        -242,
        "arjun",
        "First payslips that were not right",
        "of the last 20",
        "down",
        "outcome",
        "Of the last twenty people who got their first payslip from us: a second one had to be made.",
        low=0,
        high=20,
        owner="arjun",
    )
    numbers.follow(
        "read aloud",
        -242,
        "arjun",
        "Contracts read with a second pair of eyes",
        "of the last 10",
        "up",
        "process",
        "Of the last ten contracts that we keyed in: somebody else read the four figures aloud before the run.",
        low=0,
        high=10,
        owner="farah",
    )
    numbers.entered("read aloud", ("farah", "arjun"), -240, CHECKED, every=5, at="16:20")
    numbers.entered("wrong", ("arjun", "lakshmi"), -240, WRONG, every=5)
    story = Story(stage, TEAM)
    story.start(-242, FOCUS, learner="arjun", coach="noor")
    story.challenge(
        -242,
        "arjun",
        "Whoever is paid by us for the first time is paid right: of twenty first payslips 6 are made twice today, then "
        "1.",
        by=story.days.ahead(-40),
        aim=("wrong", 6, 1),
        moment="My first pay",
        serves="day-one",
    )
    story.current(
        -234,
        "arjun",
        "6 and 7 of twenty first payslips were made twice.\n"
        "Of these 13, 8 had a wrong starting day, 3 a wrong tax code, 2 the wrong bank.\n"
        "All 13 contracts were right; what we had keyed in was not.",
        [
            ("Contract arrives", "day 1 – 20", "as a scan"),
            ("We key in 41 fields", "12 min", "four of them decide the pay"),
            ("Run", "on the 25th", "no look in between"),
            ("Person looks at the payslip", "on the 30th", "6 of 20 write to us"),
        ],
    )
    first = story.target(
        -232,
        "arjun",
        "Every contract’s four figures are read by a second person before the 25th; at most 4 of 20 are made twice.",
        by=-190,
        aims=[("wrong", 6, 4), ("read aloud", 0, 7)],
    )
    day = story.park(-232, "arjun", "The starting day stands on page 1 and, changed by hand, on page 7")
    late = story.park(-232, "farah", "4 of 10 contracts come on the 23rd or 24th")
    day.focus(-232, "arjun")
    story.plan(
        -230,
        "lakshmi",
        "go and see",
        "Key in three contracts while Farah watches my eyes",
        "I look at page 7 in 3 of 3.",
        check=-229,
    ).saw(-229, "lakshmi", "Page 7 in 1 of 3. Twice my hand was already at the next field.").learned(
        -228, "arjun", "We all know about page 7. Knowing it and turning to it are two things."
    )
    story.plan(
        -226,
        "arjun",
        "test a hypothesis",
        "The field for the starting day is keyed in last, with page 7 open",
        "4 of 20 are made twice by the count in five weeks.",
        check=-205,
        number=("wrong", 4),
    ).saw(-205, "arjun", "4 of 20. 3 of the 4 are tax codes now.", 4).learned(
        -204, "arjun", "The day is right since then. What we move away from makes room for the next."
    )
    day.removed(-204, "arjun", "None of the last 22 starting days was wrong")
    late.focus(-203, "arjun")
    story.plan(
        -202,
        "farah",
        "exploratory",
        "Two of us read the four figures to each other at 16:00, five minutes a day",
        "7 of 10 contracts are read before the run.",
        check=-185,
    ).saw(-185, "farah", "7 of 10. On the 24th it took 35 minutes and we stopped halfway.").learned(
        -184, "farah", "It works on quiet days, which are the days on which it is needed less."
    )
    first.ended(
        -183,
        "arjun",
        "achieved",
        "3 or 4 of twenty. I had wanted a check in the software; what there is now is two people and five minutes.",
    )
    story.current(-182, "arjun", "3 of 20. Of ten contracts that were not read aloud, 8 had come after the 22nd.")
    second = story.target(
        -181,
        "arjun",
        "9 of 10 contracts are here by the 18th; at most 2 of 20 are made twice.",
        by=-135,
        aims=[("wrong", 3, 2), ("read aloud", 7, 9)],
    )
    tray = story.park(-181, "farah", "Of the contracts that nobody had read aloud 8 of 10 came after the 22nd")
    tray.focus(-181, "arjun")
    story.plan(
        -179,
        "farah",
        "go and see",
        "Follow five late contracts back to the desk where they lay longest",
        "4 of 5 lay with the manager.",
        check=-172,
    ).saw(-172, "farah", "2 with the manager, 3 in our own tray for scans, 4 to 6 days.").learned(
        -171, "arjun", "Three of five were late because of us. I had drafted a letter to the managers."
    )
    story.plan(
        -170,
        "lakshmi",
        "test a hypothesis",
        "The tray is emptied at 10:00 by whoever makes the tea",
        "2 of 20 are made twice at the end of the second month.",
        check=-140,
        number=("wrong", 2),
    ).saw(-140, "lakshmi", "2 of 20. The tray was empty on 27 of 30 days.", 2).learned(
        -139, "lakshmi", "Tea is more reliable than a rule."
    )
    tray.removed(-138, "arjun", "9 of 10 are here by the 18th")
    second.ended(-135, "arjun", "achieved", "2 of 20 for three counts. The letter to the managers was never sent.")
    story.ended(
        -108,
        "arjun",
        "6 of 20, then 1 or 2. For two months more we only watched whether it stays.\n"
        "Lakshmi takes a board of her own; Farah after her. I read their expectations and say nothing, which is hard.",
    )
