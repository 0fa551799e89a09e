"""The team *Payroll questions*: a result that is overdue, counted in days at Kolkata."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "payroll-questions"
AGAIN = (14, 15, 13, 14, 12, 13, 11, 12, 10, 11)


def tell(stage: Stage) -> None:
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "again",
        -51,
        "lakshmi",
        "Questions asked a second time",
        "a week",
        "down",
        "outcome",
        "Questions of a week from somebody who had asked the same within 30 days.",
        low=0,
        cadence="week",
        owner="lakshmi",
    )
    numbers.follow(
        "handed on",
        -51,
        "lakshmi",
        "Questions handed on",
        "a week",
        "down",
        "process",
        "Questions of a week that the first of us could not answer and gave to somebody else.",
        low=0,
        cadence="week",
        owner="lakshmi",
    )
    numbers.entered("again", ("lakshmi", "arjun"), -50, AGAIN, every=5)
    numbers.entered("handed on", ("farah", "arjun"), -50, (21, 22, 20, 21, 18, 17, 15, 16, 14, 13), every=5, at="16:20")
    story = Story(stage, TEAM)
    story.start(-51, "A question about a payslip, answered once", learner="lakshmi", coach="noor", second="cleo")
    story.challenge(
        -51,
        "lakshmi",
        "Whoever asks about their pay has the answer from the first of us they reach: second questions from 14 a week "
        "to 3 within a year.",
        by=story.days.ahead(330),
        aim=("again", 14, 3),
        moment="Is my pay right?",
        serves="day-one",
    )
    story.current(
        -46,
        "lakshmi",
        "96 questions in a week. 21 were handed on, 14 were asked a second time.\n"
        "11 of the 14 had been handed on. 8 were about overtime.",
        [
            ("Question arrives", "–", "chat, mail, phone"),
            ("First of us reads the payslip", "4 – 12 min", ""),
            ("Handed on", "0 – 3 days", "21 of 96"),
            ("Answer", "5 min", "in words of the rule book"),
        ],
    )
    story.target(
        -44,
        "lakshmi",
        "Whoever takes a question about overtime answers it; at most 12 questions a week are handed on.",
        by=8,
        aims=[("again", 14, 8), ("handed on", 21, 12)],
    )
    overtime = story.park(-44, "lakshmi", "Only Arjun reads the overtime table; 8 of 14 second questions are about it")
    words = story.park(-44, "farah", "Our answers quote the rule; 3 of 5 people asked what it means for them")
    overtime.focus(-44, "lakshmi")
    story.plan(
        -42,
        "arjun",
        "go and see",
        "Farah answers five overtime questions with Arjun beside her, who says nothing",
        "She gets stuck at the table: 4 of 5 times.",
        check=-40,
    ).saw(
        -40, "arjun", "She read the table right 5 of 5 times. 4 times she stopped and asked me “is that all?”"
    ).learned(
        -39, "arjun", "They can read it. What they do not have is the courage to send it. I had made it look difficult."
    )
    story.plan(
        -38,
        "farah",
        "test a hypothesis",
        "Everyone answers overtime questions; Arjun reads the answers the day after",
        "In four weeks 15 questions a week are handed on.",
        check=-20,
        number=("handed on", 15),
    ).saw(-20, "farah", "15 this week. Arjun changed 2 of 31 answers.", 15).learned(
        -19, "farah", "29 of 31 were right. Reading them the day after is enough, and soon not needed."
    )
    overtime.removed(-18, "lakshmi", "Overtime is answered by all three of us; 2 of 31 answers were changed")
    words.focus(-18, "lakshmi")
    story.plan(
        -16,
        "lakshmi",
        "test a hypothesis",
        "Begin each answer with the sum and its month, then the rule",
        "Second questions fall from 12 to 9 a week.",
        check=-3,
        number=("again", 9),
    )
