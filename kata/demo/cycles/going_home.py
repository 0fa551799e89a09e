"""Ben coaches Moira once a week on the ward, where he knows nothing, which helps."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, FOLLOW, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, "going-home", "Home before lunch", "ben", at="14:30")
    talk.rhythm(-30, -3)
    talk.held(
        -30,
        "Lunch at home: everyone on the ward understood it at once.",
        "I know nothing about wards. Stay like that.",
        target="8 of 10 before noon, one day.",
        threshold="actual",
        actual="“Doctors are late.” Which one, which day?",
        next="Write down the next ten, with the hour.",
    ).level(DIRECTION, 2, "Says what the patient would notice, soup in their own kitchen, and who else would feel it.")
    talk.held(
        -26,
        "Seven times of day in a row. Nobody could argue with them.",
        actual="3 of 10. All ten had heard it before 09:30. 6 of 7 waited for medicine.",
        obstacles="Medicine, and a ride.",
    ).level(
        CURRENT, 2, "Stayed with all ten until the door closed. Facts first, and “the pharmacy is slow” in the margin."
    )
    talk.held(
        -23,
        "You sent Ravi with the bag and not with a complaint.",
        next="Follow one order. Two hours in the pharmacy, they expect.",
        see="Today; Ravi is down there now.",
    ).level(TARGET, 2, "The evening before, by whom, and 6 of 10 before noon: both numbers, and a date.")
    talk.held(
        -20,
        "",
        "Let the ward talk. They finish each other’s sentences.",
        last="25 minutes in the pharmacy, 100 on a shelf. The lift, then.",
        next="Whoever is free fetches it when the phone rings.",
    ).reflected("We have blamed the pharmacy since I came here. They are lovely people.")
    talk.held(
        -16,
        "",
        actual="3 of the last 10, 4 the time before.",
        last="Bags: somebody was free 5 times of 9 so far.",
        see="Tomorrow, the full week.",
    ).heard(
        "cleo",
        "next",
        "What is your next step? (Six seconds.) What do you expect?",
        "To wait for one more day. Then to ask who was free, and why.",
    ).coach_level(
        "cleo",
        FOLLOW,
        3,
        "On a ward he has never worked on he asks short questions and waits. He has no answer to give.",
    )
    talk.held(
        -13,
        "You went from fetching to ordering. That was a big turn, and you took it alone.",
        obstacles="Ordered at eleven or later. Why then? The letter.",
        next="Ask at four who may go tomorrow. Of ten, 7 will.",
    ).level(
        LEARN,
        2,
        "5 of 10 as expected, and still “it works when there is somebody”: the number was right and not the idea.",
    ).level(EXPERIMENT, 2, "An “if” on the order: what it costs to be wrong is written beside what is expected.")
    talk.held(
        -10,
        "",
        "Ask for the surprise first.",
        last="First eight named, six went. Dr Osei comes by himself now.",
        actual="5 of 10 before noon; 5 orders of 10 the evening before.",
    )
    talk.held(
        -6,
        "You took the orders that went back as facts and not as an argument.",
        target="6 of 10 before noon.",
        last="14 named, 12 went home the next day.",
        obstacles="Still when it is ordered. Four weeks with the same one: is it the same?",
    ).level(
        OBSTACLES, 2, "Four things hang on “ordered too late” by now. Asked which one she means, she took the biggest."
    )
    talk.held(
        -3,
        "16 named, 13 went. Nobody here had asked the doctors before you did.",
        "Ask what they would do with my question.",
        threshold="last",
        actual="5 of 10, and 8 of 10 ordered.",
        last="Seen, not yet learned: she wants Zofia to be there for it.",
        next="Look at the 4 of 13 who went after noon anyway. Why?",
        see="When Zofia is back, the day after tomorrow.",
    ).reflected("Ben asked why four weeks. I had thought of it as one obstacle; it has three doors.")
