"""Cleo coaches the leader of the whole group, who is used to having the answer; Anneke watches her."""

from __future__ import annotations

from kata.demo.boards.leaders_answer import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, FOLLOW, LEARN, LISTEN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "cleo", at="08:50")
    talk.rhythm(-33, -3)
    talk.held(
        -33,
        "You asked whether a leader may have a board. Then you began one.",
        target="5 of 5 teams can go on.",
        actual="“I answer quickly.” With what effect?",
        threshold="actual",
        next="Ask the last five.",
    ).level(
        DIRECTION, 3, "Says it from the team’s side, and left out what it would do for the quarter’s report."
    ).level(CURRENT, 1, "Quick, he says. Nobody had been asked.")
    talk.held(
        -29,
        "Two of them in the car: you need not have written that down.",
        target="Spoken first, at the place. 4 of 5.",
        actual="2 of 5 helped. All after seven in the evening.",
        obstacles="The hour at which he reads.",
        next="Three calls before a word.",
    ).level(CURRENT, 2, "Five answers, their hours, and what came of each. The places he knows from plans.").level(
        TARGET, 2, "Who speaks with whom, and where. He wanted 5 of 5 by Friday."
    ).level(OBSTACLES, 2, "His own evening, first on the list. The other two are about other people.")
    talk.held(
        -23,
        "You read their sentence to me: “have you read it?” Few would.",
        last="2 of 3, expected 3.",
        next="An hour at the carts, silent.",
        took={"last": 150},
    ).level(LEARN, 2, "Explained the second half for two minutes, then laughed and took the explanation back.").level(
        EXPERIMENT, 2, "Three phone calls. What it would mean if they told him nothing new, he had not thought of."
    ).reflected("I read to the end of what I know. I wonder what else I read that way.")
    talk.held(
        -18,
        "",
        "He gives orders to the board. Let him read it aloud.",
        last="Tomorrow at the ramp, from five.",
        obstacles="The evening still.",
    ).heard(
        "anneke", "last", "What did you expect to see? … And why twenty minutes?", "Because I have a meeting at six."
    ).coach_level(
        "anneke", FOLLOW, 4, "Asked the second question softly, and he cancelled the meeting by himself."
    ).coach_level("anneke", LISTEN, 4, "Heard the meeting behind the number.")
    talk.held(
        -13,
        "Forty minutes of being looked at, and you stayed for the other ten.",
        last="50, not 20.",
        next="Go first; end with a question.",
    ).level(LEARN, 3, "Says that people tidy up for him, without being hurt by it.").level(
        OBSTACLES, 3, "Took Siobhan’s sentence up again, now that he has seen it."
    )
    talk.held(
        -8,
        "",
        actual="3 of 5, both.",
        last="Two answers so far, both on the day.",
        target="In four weeks. He counts in weeks now.",
    ).level(EXPERIMENT, 3, "Told me what would make him stop: a team that sends him away.").level(
        TARGET, 3, "Left 5 of 5 where it is, for later."
    )
    talk.held(
        -3,
        "You brought your own no to the board before I knew of it.",
        target="4 of 5, and what of the fifth?",
        actual="4 of his last five were given at the place.",
        last="The count is tonight. Four, he expects.",
        threshold="last",
        next="Go to the fifth team before he writes.",
    ).level(CURRENT, 3, "Knows the fifth team’s next two weeks as well as his own.").reflected(
        "A no was the end of the matter, for me. For them it was a Tuesday."
    )
