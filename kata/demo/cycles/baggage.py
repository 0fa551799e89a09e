"""Grace coaches Luis in the evening wave; Cleo has not watched there yet."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, "baggage", "Last bag on the belt, evening wave", "grace", at="14:10")
    talk.rhythm(-62, -2, -5)
    talk.held(
        -62,
        "",
        target="15 minutes at the belt. Nothing nearer yet.",
        actual="Stopwatch on the 17:40 from today on.",
        threshold="actual",
    ).level(CURRENT, 2, "One flight, timed from the belt’s end only; the ramp he describes from memory.")
    talk.held(
        -53,
        "You timed both carts. Before, it was “the bags are late”.",
        target="First cart at 4, last bag at 20.",
        obstacles="The second one waits to be full.",
        next="Leave at 16, however full. 24 minutes.",
    ).level(TARGET, 3, "First cart, second cart, last bag: a pattern with minutes that his people can see happen.")
    talk.held(
        -47,
        "",
        last="Twice a third cart. He had not thought of that.",
        see="Two weeks in all. A long time; we look each evening.",
    )
    talk.on_paper(
        -41,
        -38,
        last="A third cart 5 times now. Rain, so at the paper board in the break room.",
        feedback="You count what goes wrong with your own idea.",
    )
    talk.held(
        -35,
        "“Nearly full is the word.” I took that home.",
        last="28, not 24. Saves 8, loses 5.",
        next="Transfer bags on the first cart, says Dana. No third one on 9 of 10 days.",
    ).level(LEARN, 3, "28 against 24, and he can say where the five minutes went.").reflected(
        "Dana’s idea, and better than mine of last month."
    )
    talk.held(
        -26,
        "",
        "Ask Dana, not Luis, about Dana’s step.",
        actual="27, 25.",
        last="No third cart so far. The minutes come slowly.",
    )
    talk.held(
        -23,
        "Riding along beats asking the driver. Tevita is the driver, which is better still.",
        obstacles="Driver comes from the 17:10.",
        next="Ride along. Belt holds him up for 5, he thinks.",
    ).level(OBSTACLES, 3, "Took the cart off with ten days of numbers and went to the start of the chain.")
    talk.held(
        -20,
        "Two years at that crossing. You let him say it himself.",
        last="1 minute at the belt, 6 at the crossing, behind four catering trucks.",
        see="Today, north road on the map.",
    ).level(
        EXPERIMENT, 3, "One ride, one evening, a number beforehand. It was wrong by a factor of five and cost nothing."
    )
    talk.held(-17, "", next="North road when it is full. First cart at 5, last bag at 21.", actual="24, then 25.")
    talk.held(
        -11,
        "You wrote the road down as it was driven and not as it was planned.",
        last="Four drives, three by the north road.",
        actual="First cart 7, then 5.",
    )
    talk.held(
        -8,
        "",
        "Look at the date with him. Neither of us does.",
        target="Four and twenty, in ten days.",
        last="5 and 6 minutes. He is glad, and not done.",
    )
    talk.held(
        -2,
        "Long way round, never full. That goes for a lot of things here.",
        target="20 minutes, and four days left. He does not move it.",
        actual="4 and 22.",
        last="Expected 21.",
        obstacles="Between belt and wall, two minutes. A guess so far.",
        next="First write what the road taught.",
        threshold="obstacles",
    ).reflected("Grace asked where the two minutes are and I said “at the wall”. I have not stood there once.").level(
        LEARN, 3, "22 beside 21: no excuse, and the guess about the wall is marked as a guess."
    )
