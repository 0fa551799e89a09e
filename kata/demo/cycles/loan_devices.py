"""Ben, in his first months as a coach, with Samir at the shelf of loan devices."""

from __future__ import annotations

from kata.demo.boards.loan_devices import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "ben", at="09:40")
    talk.held(
        -257,
        "You have ten people in mind and not “the users”.",
        "I talked for half of it.",
        target="9 of 10 within the hour, some day.",
        actual="He is sure that the devices are too old.",
        threshold="actual",
    ).level(DIRECTION, 2, "Knows what he wants the colleague to have in their hands; why it matters was mine.").level(
        CURRENT, 1, "Too old, he says, and has not switched one on yet."
    )
    talk.held(
        -251,
        "Ten on the table, ten times measured.",
        actual="2 of 10 start. 8 want updates for an hour and more.",
        target="8 of 10 at half past eight.",
        obstacles="They sleep for weeks.",
        next="Mondays on.",
    ).level(
        TARGET, 1, "Wrote how many start; that it is about half past eight came when I asked what he would see."
    ).level(
        OBSTACLES, 2, "“Switched off for nine weeks” is something one can see. The age of the things is off the board."
    ).level(EXPERIMENT, 1, "All ten at once, each Monday, for good: a measure, and it had no end to it.")
    talk.held(
        -242,
        "You went back on the Thursday although Tuesday had been fine.",
        last="7 on Tuesday, 3 of those asleep again two days later.",
        next="Beth leaves one alone and writes down what it does.",
    ).level(LEARN, 2, "Looked once more on Thursday. His own word for Tuesday had been “solved”.").reflected(
        "I would have stopped on Tuesday, and told everybody."
    )
    talk.held(
        -232,
        "Watching one thing for a week takes nerve.",
        last="4 of 5 nights. Fifth night: lid shut.",
        obstacles="No current, lids shut.",
        next="Ten sockets, lids open.",
    ).level(EXPERIMENT, 2, "One shelf, one change, and the number of people with it, not of devices only.").level(
        CURRENT, 3, "Reads the nights off Beth’s list and knows which one is missing, and why."
    )
    talk.held(
        -218,
        "The shop window made me laugh, and it is a fact.",
        last="6 and 6. As expected.",
        obstacles="It is off. What is left are the mornings, but he has no count of those.",
    ).level(OBSTACLES, 2, "Named the next one only after the first was gone for two weeks. He keeps them apart now.")
    talk.held(
        -204,
        "You say what you would have bought.",
        target="Reached. Next one is about an hour of the day.",
        actual="3 of 4 come between nine and twenty to ten.",
    ).level(TARGET, 2, "Who is where at 08:45, and two numbers. The date he took from the calendar of holidays.").level(
        DIRECTION, 3, "Put the deadline of the one who waits at the top of the board, in her words."
    )
    talk.held(
        -190,
        "One call of twenty-two, and you rang her.",
        last="1 of 22 wanted it earlier.",
        next="Two stay until ten, by turns.",
        see="A month. He looks each Friday, he says; I believe him by now.",
    ).level(
        EXPERIMENT, 3, "Tried it with the first visit of the day for two weeks before anybody’s hours were touched."
    )
    talk.held(
        -178,
        "",
        actual="8 of 10, twice running.",
        last="Both desks were manned on each of nine mornings.",
        see="On Friday, when it is counted.",
    ).level(LEARN, 3, "8 and 8: he wrote both down and left the explanation blank, as there was none to see.").level(
        CURRENT, 3, "The hour of each arrival, three weeks of it, on the inside of the cupboard door."
    )
    talk.held(
        -168,
        "You were one better than you had said, and asked what you had not known.",
        last="9, expected 8. It is the hour.",
        target="Within sight.",
        obstacles="The road is off. Somebody came at ten to six; he leaves that one be.",
    ).level(OBSTACLES, 3, "Left the late visitor alone, with a reason: one in ten, and never twice in a month.").level(
        TARGET, 3, "Would now write it from the desk’s side: who stands there, until when, on how many mornings."
    ).reflected("Twice I knew it beforehand. Twice it was something that I could have seen.")
