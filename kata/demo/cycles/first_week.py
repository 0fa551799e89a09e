"""Cleo coaches Malik through one summer."""

from __future__ import annotations

from kata.demo.boards.first_week import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "cleo", at="11:10")
    talk.held(
        -129,
        "You sat in that kitchen yourself for a week.",
        target="2 hours alone.",
        actual="A handbook would help, he says.",
        threshold="actual",
        next="Five people note their hours.",
    ).level(DIRECTION, 2, "The handbook is in each of his sentences, the newcomer in every second one.").level(
        CURRENT, 1, "His own first week, four years ago."
    )
    talk.held(
        -119,
        "You can say which day is the worst, for five strangers.",
        actual="9, 10. Tuesday and Wednesday.",
        target="4 of 8 with hours; 7 alone.",
        obstacles="Full calendars.",
    ).level(CURRENT, 2, "Hours by day, from five notebooks; what people did in the others he left blank.").level(
        TARGET, 2, "Hours in a calendar on a Friday: one can look. That it is for eight people he added later."
    ).level(OBSTACLES, 2, "A sentence that managers say. Whether it is so, nobody has looked.")
    talk.held(
        -111,
        "You went to look at the very thing that everybody knows.",
        last="5 of 5 have gaps. Expected: one.",
        next="Ask twelve days before.",
    ).level(
        EXPERIMENT, 2, "Moves a phone call by twelve days. What he expects came after the step, and from Owen."
    ).level(LEARN, 3, "“We ask on Monday for Monday”, before I had turned the card.").reflected(
        "I told two people that week that calendars are full."
    )
    talk.held(
        -100,
        "",
        actual="9, then 8.",
        last="Five calls; three hours put in on the phone.",
        see="In two weeks; sooner for the calls.",
    ).level(CURRENT, 3, "Counts the calls apart from the newcomers, since they are two weeks ahead of them.").level(
        DIRECTION, 3, "Left the handbook in the drawer and spoke of Wednesday noon."
    )
    talk.held(
        -90,
        "You said where it works and where it is Monday again.",
        last="7, as written; 4 of 8.",
        obstacles="The calendars go.",
        target="One more week.",
    ).level(LEARN, 3, "As expected, and still asked for the four who said that they would look.").level(
        EXPERIMENT, 3, "Would next time try it with half of them. He said it, I did not."
    ).level(OBSTACLES, 3, "Took it off by what managers say now, with the dates of the calls.")
    talk.held(
        -82,
        "Useful by Wednesday noon: you can see the face.",
        target="One small thing; 5 hours.",
        obstacles="No job without a password, say the teams.",
        next="Six colleagues, what have they put off?",
    ).level(TARGET, 3, "A day, an hour, a thing in somebody’s hand.").level(
        OBSTACLES, 3, "This time he put “say the teams” before it, and planned to look."
    )
    talk.held(
        -75,
        "“That they do not know it yet.” I have told it to four people since.",
        last="6 of 6, expected 3.",
        next="A page of instructions on Tuesdays.",
    ).level(LEARN, 4, "Turned what he had taken for the lack into the gift, from six answers.").level(
        EXPERIMENT, 3, "One page, a pencil, a newcomer. Costs a Tuesday that was empty anyway."
    ).level(DIRECTION, 4, "Asks what the next newcomer gets from the marks of this one.")
    talk.held(-68, "", actual="6, then 5.", last="Four pages so far, three with marks.", see="In a fortnight.").level(
        CURRENT, 3, "Brought the pages. Every mark has an hour on it."
    )
    talk.held(
        -60,
        "Teams ring you for marks. You had not planned that and you wrote it down.",
        last="5 hours; 7 of 9 marked.",
        target="Reached, it seems. Another week.",
        obstacles="None that is his.",
        next="Watch it without him.",
    ).level(TARGET, 3, "“It seems” until the second count.").level(
        LEARN, 3, "Said for what he had been right by luck: the length of the page."
    ).level(OBSTACLES, 4, "Names the next one, mornings at nine, and that it is Priya’s and not his.").level(
        EXPERIMENT, 4, "Stays away for a week to see whether it is he who makes it run."
    ).reflected("It would have been a beautiful handbook.")
