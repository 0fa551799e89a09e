"""The year before: Ben, new to coaching, coaches Mirek through *Password resets by phone*."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage

TEAM = "access-requests"


def tell(stage: Stage) -> None:
    _resets(Coaching(stage, TEAM, "Password resets by phone", "ben", at="13:15"))
    _kettle(Coaching(stage, TEAM, "Practice: the morning talk starts at 09:00", "ben", at="13:30"))


def _resets(talk: Coaching) -> None:
    talk.held(
        -248,
        "Good numbers!",
        "Learn the five questions by heart.",
        actual="34 calls a week, most on Mondays.",
        target="At most 25.",
    )
    talk.held(
        -246,
        "I think the sign-in screen is a good idea.",
        next="Address on the sign-in screen. Expects 38 to 25 in two weeks.",
    ).level(EXPERIMENT, 1, "A poster on a screen, since it seemed right to both of us. No day on it until I asked.")
    talk.on_paper(
        -240,
        -238,
        actual="41 calls last week, more than before.",
        last="The address has been on the screen for six days. Too early to say.",
        feedback="Patient.",
    )
    talk.held(
        -234,
        "You rang the four for whom it had not worked. I had only looked at the curve.",
        "My idea failed with his. Ask, do not help.",
        last="36, not 25. All four who saw it got stuck on the page.",
    ).level(
        LEARN,
        2,
        "Expected 25, saw 36, and looked for the reason with four people on the phone; the week before he had called it"
        " bad luck.",
    )
    talk.held(
        -232,
        "",
        "Read the back of the card, all four lines.",
        obstacles="The page wants a private number.",
        next="Hana watches three colleagues, in two days.",
    )
    talk.held(
        -229,
        "Hana’s sentence is a fact: somebody said it, she wrote it down.",
        last="All three stopped at the number. “None of my employer’s business.”",
    ).level(
        OBSTACLES,
        2,
        "Two on the board, one of them a missing poster. Describes where people stop when I ask for the place.",
    )
    talk.held(
        -216,
        "",
        actual="60 of the first 100 asked; he does not know yet how many gave it.",
        last="One sentence beside the field. Runs for three weeks: a long time to wait for one number.",
    )
    talk.held(-204, "Half of the posters in this house could go.", last="71 gave it, expected 60. 24 calls.").reflected(
        "I have to stop telling the many once more."
    )
    talk.held(
        -200,
        "The target says when people ring and not only how many do.",
        target="At most 15, nobody waits for 08:00.",
        actual="14 of 24 before eight.",
    ).level(OBSTACLES, 3, "Took the hour of the day out of the calls themselves; nobody had ever sorted them.").level(
        TARGET, 2, "Named the pattern, nobody waits for eight, after I asked what I would see if I stood there."
    )
    talk.held(
        -179,
        "You asked those who had not rung again. Nobody does that.",
        last="9 of 13 did not ring again, expected 5. At half past seven they have nobody else to ask.",
    ).level(
        EXPERIMENT, 2, "One voice, one sentence, and five of fourteen beforehand. Three weeks were too long for it."
    ).level(CURRENT, 3, "Listened to thirteen early callers’ mornings, by hour, before he said what they want.")
    talk.held(
        -164,
        "",
        "Six weeks for one step is too long. Say so next time.",
        actual="17 and 18.",
        see="In three weeks still. I should have asked for a first piece.",
    )
    talk.broken_off(
        -157, target="15 a week, by the summer party he says.", actual="Fire alarm. A drill, 40 minutes on the lawn."
    )
    talk.held(
        -149,
        "By day it helps less, and you found out why instead of pushing.",
        last="16, not 14. Whoever can wait for a person, does.",
    ).reflected("Some want a person. That is an answer too.").level(
        LEARN, 3, "16 against 14: said first what differed, then why, and kept the two apart on the board."
    )
    talk.held(
        -144,
        "From 38 to 14, and the sentence about trust is yours alone.",
        target="Reached. The rest want to talk to somebody.",
        next="Hand over what is known to Ana.",
        threshold="target",
    ).level(LEARN, 3, "Says in which week he was wrong, about what, and whom he had to ask to find it out.").level(
        TARGET, 3, "Leaves it at the people who want to talk to somebody, and knows how many these are."
    ).level(EXPERIMENT, 3, "Would begin with the four for whom it fails, on the first day, by telephone.").level(
        DIRECTION, 3, "Puts trust where he had written information, in the words of those who rang."
    )


def _kettle(talk: Coaching) -> None:
    talk.held(
        -27,
        "Five times of day on the first sheet. That is all it takes to begin.",
        target="First word at nine, 5 of 5.",
        obstacles="Chairs. Kettle. She likes chairs.",
    ).level(CURRENT, 2, "Five starts noted to the minute; why they were late came from memory.")
    talk.held(
        -22,
        "You laughed at it and wrote it down.",
        last="09:03, 09:02, 09:04, standing.",
        obstacles="The kettle, then.",
    ).level(LEARN, 2, "Saw that she had the two in the wrong order, and says what it cost: three days.")
    talk.held(
        -7,
        "Fifteen days are a long kettle. Good to see you back at the board.",
        next="Whoever is first puts it on before the coat.",
        see="After three mornings.",
    )
