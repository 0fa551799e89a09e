"""The team *Going home*: an experiment is concluded and the next one waits to be planned."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "going-home"
NOON = (3, 2, 4, 3, 3, 4, 3, 5, 4, 5, 4, 6, 5, 5)
ORDERED = (0, 1, 0, 0, 0, 0, 1, 0, 0, 5, 6, 7, 8, 8)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "noon",
        -30,
        "moira",
        "Patients who left before noon",
        "of the last 10",
        "up",
        "outcome",
        "Of the last ten patients who went home: the door closed behind them before 12:00.",
        low=0,
        high=10,
        target=7,
        cadence="week",
        owner="moira",
    )
    numbers.follow(
        "ordered",
        -30,
        "moira",
        "Medicine ordered the evening before",
        "of the last 10",
        "up",
        "process",
        "Of the last ten patients who went home: the order had left the ward by 18:00 the day before.",
        low=0,
        high=10,
        target=9,
        cadence="week",
        owner="moira",
    )
    numbers.entered("ordered", ("moira", "ravi", "zofia"), -29, ORDERED, every=2, at="16:10")
    numbers.entered("noon", ("moira", "ravi", "zofia"), -29, NOON, every=2, at="16:00")
    story = Story(stage, TEAM)
    story.start(-30, "Home before lunch", learner="moira", coach="ben", second="cleo")
    story.challenge(
        -30,
        "moira",
        "Whoever is well enough to go home is there for lunch: today 3 of 10, then 8 of 10.",
        by=story.days.ahead(330),
        aim=("noon", 3, 8),
        moment="When can I go?",
        serves="well-kept",
    )
    story.current(
        -26,
        "moira",
        "Of the last ten, 3 left before noon. The other 7 left at 13:20, 14:10, 15:00, 15:05, 15:40, 16:30 and 17:10.\n"
        "All ten had heard at the round, before 09:30, that they could go. 6 of the 7 waited for their medicine.",
        [
            ("“You can go home”", "08:30 – 09:30", "at the round"),
            ("Letter is written", "11:00 – 13:00", "after the round of the next ward"),
            ("Medicine comes", "13:00 – 16:00", "ordered with the letter"),
            ("Ride home", "20 – 60 min", "booked when the medicine is there"),
        ],
    )
    story.target(
        -25,
        "moira",
        "The medicine is ordered the evening before for whoever may go; 6 of 10 leave before noon.",
        by=story.days.ahead(23),
        aims=[("noon", 3, 6), ("ordered", 0, 8)],
    )
    order = story.park(-25, "moira", "Medicine is ordered when the letter is written, at 11:00 or later")
    ride = story.park(-25, "zofia", "The ride is booked when everything else is done")
    story.park(-24, "tom", "Letters are written ward by ward; ours is the third")
    order.focus(-25, "moira")
    ride.removed(-7, "zofia", "Booked at 9:00 for noon; 5 of the last 6 were fetched when they were ready")
    story.plan(
        -24,
        "ravi",
        "go and see",
        "Follow one order of medicine from our ward to the pharmacy and back",
        "It takes the pharmacy 2 hours.",
        check=-23,
    ).saw(
        -23,
        "ravi",
        "The pharmacy took 25 minutes. The bag then stood on a shelf for 100 minutes, until the 14:00 round trip.",
    ).learned(-22, "ravi", "The pharmacy is quick and the lift is slow: bags travel twice a day.")
    story.plan(
        -22,
        "zofia",
        "test a hypothesis",
        "Whoever is free fetches the bag when the pharmacy rings",
        "5 of the last 10 leave before noon.",
        check=-15,
        number=("noon", 5),
    ).saw(
        -15,
        "zofia",
        "5 of 10 today, 3 of 10 two days ago. The pharmacy rang for 9 of 14 bags; somebody was free 7 times.",
        5,
    ).learned(
        -14,
        "zofia",
        "It works when there is somebody, which is before 10:00. Bags that are ready later wait as before.",
    )
    story.plan(
        -13,
        "moira",
        "exploratory",
        "At 16:00, ask the doctor of the day: who may go tomorrow? Order for these, and write “if” on it",
        "Of ten we name, 7 do go the next day.",
        check=-5,
    ).saw(
        -5, "moira", "Of 16 that we named 13 went. 9 of the 13 left before noon. 3 orders went back to the shelf."
    ).learned(
        -1,
        "moira",
        "The doctors know it the evening before in 13 of 16 cases; nobody had asked them. An order too many costs the "
        "pharmacy 4 minutes.",
    )
