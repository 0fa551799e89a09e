"""Anneke’s first weeks on the wards, with somebody for whom all of it is new."""

from __future__ import annotations

from kata.demo.boards.breakfast import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "anneke", at="13:40")
    talk.rhythm(-26, -1)
    talk.held(
        -26,
        "You picked something that you can smell.",
        target="Ten warm ones.",
        actual="“Always cold.” Ten patients, from tomorrow.",
        threshold="actual",
    ).level(DIRECTION, 1, "Warm breakfast, because Moira has a board too and it seemed her turn.").level(
        CURRENT, 1, "Always, everybody, since ever."
    )
    talk.held(
        -21,
        "Three mornings beside a lift.",
        actual="8, 7, 9 cold; 24, 31 and 22 minutes.",
        target="10 minutes, 5 cold.",
        obstacles="Handover.",
        next="One of us leaves when it rings.",
    ).level(CURRENT, 2, "Stood there with a watch. The kitchen’s side is still “them”.").level(
        TARGET, 1, "Took half of what it is now. How the morning would look I had to draw out of her."
    ).level(EXPERIMENT, 1, "“We try that from now on”, without a day, until I asked when we would look.").level(
        OBSTACLES, 2, "The hour of the handover, off the roster."
    )
    talk.held(
        -15,
        "Six years, and you say it aloud in front of Tom.",
        "I would have liked to comfort her. She did not need it.",
        last="8, expected 5. Nobody hears it through the door.",
        next="The kitchen rings the telephone.",
    ).level(LEARN, 2, "Was ashamed at first, curious after a minute; wrote the door into the process.").reflected(
        "I had expected that we would be slow. I had not expected that we are deaf."
    )
    talk.held(
        -10,
        "They asked for a menu back. You made a neighbour.",
        last="3 mornings of 4.",
        actual="5, 6 and 5 cold.",
        obstacles="Still the bell, in another coat.",
        next="A note by their button.",
        took={"obstacles": 96},
    ).level(OBSTACLES, 1, "Wanted to take the lids as well, and the menu, and the lift.").level(
        EXPERIMENT, 2, "A note. She says what it would mean if it does not help."
    ).level(DIRECTION, 2, "Told Tom what the lady in bed 9 had said to her coffee.")
    talk.held(
        -4,
        "You took the 4 for what it is.",
        actual="4, 5, 6 cold.",
        target="10 minutes. It is 11.",
        last="The note hangs. Two more mornings.",
        threshold="last",
        next="Leave it alone until then.",
    ).level(LEARN, 2, "Wanted to call the 4 a success and the 6 an accident; read all three aloud and stopped.")
