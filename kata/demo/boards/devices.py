"""The team *Devices*: a board that is closed to the team, and one with a result that nobody has learned from yet."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "devices"
SECOND_FROM = -52
SECOND = (9, 8, 10, 9, 8, 9, 7, 8, 7, 6, 7)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "second visits",
        -56,
        "beth",
        "Repairs with a second visit",
        "a week",
        "down",
        "outcome",
        "Repairs of a week for which one of us had to come to the same desk again.",
        low=0,
        cadence="week",
        owner="beth",
    )
    numbers.follow(
        "parts",
        -56,
        "beth",
        "Visits without the right part in the bag",
        "a week",
        "down",
        "process",
        "Visits of a week on which we did not have with us what was needed.",
        low=0,
        cadence="week",
        owner="beth",
    )
    numbers.entered("second visits", ("beth", "samir"), SECOND_FROM, SECOND, every=5)
    numbers.entered("parts", ("beth", "samir"), SECOND_FROM, (7, 6, 8, 7, 6, 6, 5, 5, 4, 4, 4), every=5, at="16:20")
    numbers.follow(
        "slowest",
        -36,
        "eve",
        "Giving a laptop back, the slowest of the week",
        "minutes",
        "down",
        "outcome",
        "From coming to the desk until the signature, the longest of all who left in a week.",
        low=0,
        cadence="week",
        owner="eve",
    )
    numbers.follow(
        "lines",
        -36,
        "eve",
        "Lines that differ between the two lists",
        "of 40",
        "down",
        "process",
        "Forty lines taken at random: the two lists of who has what do not say the same.",
        low=0,
        high=40,
        cadence="week",
        owner="samir",
    )
    numbers.entered("slowest", ("eve", "samir"), -34, (60, 55, 40, 35, 40, 30, 25), every=5)
    numbers.entered("lines", ("samir",), -34, (9, 9, 9, 9, 9, 8, 5), every=5, at="16:20")
    _repairs(stage)
    _laptops(stage)


def _repairs(stage: Stage) -> None:
    story = Story(stage, TEAM)
    story.start(-56, "Repairs without a second visit", learner="beth", coach="ben")
    story.challenge(
        -56,
        "beth",
        "Whoever reports a broken device sees one of us once: second visits fall from 9 a week to 2.",
        by=story.days.ahead(240),
        aim=("second visits", 9, 2),
        moment="They are coming again?",
        serves="nobody-waits",
    )
    story.current(
        -47,
        "beth",
        "9 second visits in the first week, 8 in the second.\n"
        "On 6 of the 8 the part was not in the bag. Docks, chargers and one kind of screen cable make up 5 of the 6.",
        [
            ("Colleague reports", "3 min", "“screen black”, nothing more"),
            ("We pack the bag", "10 min", "from memory"),
            ("First visit", "15 – 40 min", "part missing on 6 of 8"),
            ("Back to the store", "25 min", ""),
            ("Second visit", "10 – 20 min", "next day on 5 of 8"),
        ],
    )
    story.target(
        -46,
        "beth",
        "The bag holds what 9 of 10 visits need; at most 5 second visits a week.",
        by=6,
        aims=[("second visits", 8, 5), ("parts", 6, 3)],
    )
    bag = story.park(-46, "beth", "Everyone packs the bag from memory; no two are alike")
    story.park(-46, "wen", "Reports say “screen black” and neither model nor place")
    bag.focus(-46, "beth")
    story.plan(
        -45,
        "beth",
        "go and see",
        "Lay out all four bags on one table and write down what is in them",
        "At least 10 of 15 things are in all four bags.",
        check=-44,
    ).saw(
        -44, "beth", "31 different things. 4 were in all four bags, 14 in one bag only. Two bags had no dock."
    ).learned(-43, "beth", "We carry what annoyed us last, each of us something else.")
    story.plan(
        -42,
        "samir",
        "test a hypothesis",
        "All four bags get the same 12 things, chosen from the last 40 visits",
        "Visits without the part fall from 6 to 3 a week within four weeks.",
        check=-22,
        number=("parts", 3),
    ).saw(
        -22, "samir", "5 this week, 6 the week before. Twice the thing was in the list and had been used up.", 5
    ).learned(-21, "samir", "A list fills a bag once. Nobody fills it again after a visit.")
    story.plan(
        -19,
        "beth",
        "exploratory",
        "A clip on the bag: whoever takes something out hangs its tag on the board at the store",
        "All bags are complete at 17:00 on 8 of 10 days, and at most 3 visits a week lack a part.",
        check=-2,
        number=("parts", 3),
    ).saw(
        -2,
        "beth",
        "Complete at 17:00 on 6 of 10 days. 4 visits without the part this week. On 3 of the 4 days the tag was on the "
        "board and the thing was sold out in the store.",
        4,
    )


def _laptops(stage: Stage) -> None:
    story = Story(stage, TEAM)
    story.start(-36, "Laptops that come back", learner="eve", coach="ben", closed=True)
    story.challenge(
        -36,
        "eve",
        "Whoever gives a laptop back when they leave us is through in 10 minutes; today it takes up to an hour.",
        by=story.days.ahead(215),
        aim=("slowest", 60, 10),
        moment="My last day",
    )
    story.current(
        -34,
        "eve",
        "12 people left in two weeks. Giving the laptop back took them 10, 15, 20, 25, 25, 30, 35, 40, 40, 55, 60 "
        "and 60 minutes.\n"
        "7 came when nobody was at the desk.",
        [
            ("Comes to the desk", "–", "7 of 12: nobody there"),
            ("We look for the list of what they have", "5 – 25 min", "two lists, not alike"),
            ("Signature", "2 min", ""),
        ],
    )
    story.target(
        -33,
        "eve",
        "Whoever leaves has a time at the desk; 10 of 12 are through in 20 minutes.",
        by=7,
        aims=[("slowest", 60, 20), ("lines", 9, 2)],
    )
    desk = story.park(-33, "eve", "People come on their last day at any hour; 7 of 12 find nobody")
    lists = story.park(-33, "samir", "Two lists of who has what: 9 of 40 lines differ")
    desk.focus(-33, "eve")
    story.plan(
        -31,
        "eve",
        "test a hypothesis",
        "Write to everyone who leaves three days before, with a time",
        "8 of 10 come at their time.",
        check=-22,
    ).saw(-22, "eve", "6 of 9 came at their time. The other 3 had their last day moved and nobody told us.").learned(
        -21, "eve", "A time works, where we know the day. People services knows it before we do."
    )
    desk.removed(-20, "eve", "6 of 9 come at their time; the others ring first")
    lists.focus(-20, "eve")
    story.plan(
        -18,
        "samir",
        "go and see",
        "Take the 9 lines that differ and go to those 9 people",
        "Our list is right in 7 of 9 cases.",
        check=-14,
    ).saw(-14, "samir", "Ours was right 3 times, the other one 4 times, neither twice.").learned(
        -13, "samir", "I would have bet on ours. Neither list is looked at when something is handed over."
    )
    story.plan(
        -8,
        "eve",
        "test a hypothesis",
        "Who hands something over takes a photo of the number; once a day one person writes both lists",
        "In three weeks at most 2 of 40 lines differ.",
        check=6,
    )
