"""Ben coaches Hana; it is spring, and he still likes to help."""

from __future__ import annotations

from kata.demo.boards.old_rights import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "ben", at="15:15")
    talk.held(
        -215,
        "The salary lists: nobody in the room said a word after that.",
        target="2 of 20 in a year.",
        actual="She has rung three. The rest she takes for granted.",
        threshold="actual",
    ).level(
        DIRECTION, 3, "From the one who could still read salaries, and what she thought of the house for it."
    ).level(CURRENT, 2, "Three calls, and “so probably all of them”.")
    talk.held(
        -206,
        "Twenty calls to strangers. You were friendly in each.",
        actual="14, then 13.",
        target="The old manager says it; 11.",
        obstacles="The form has no line.",
        next="A line and a list.",
    ).level(TARGET, 2, "Has who, and how many. I asked what happens on the last day; she had not thought of it.").level(
        OBSTACLES, 2, "The form is ours, therefore in focus. Lars’s four managers wait below it."
    ).level(EXPERIMENT, 2, "Expects 6 of 10 and says why not 10: a number that she can be wrong by.")
    talk.held(
        -189,
        "23 lines for a clerk. You counted your own as well.",
        "I suggested colours for the list. Why?",
        last="2, not 6. “Nobody reads it to say goodbye.”",
        next="Lars rings five.",
    ).level(
        LEARN,
        2,
        "Four below what she expected: at first the managers were lazy, and after ten minutes the list was long.",
    )
    talk.held(
        -180,
        "It was Lars’s question, and you wrote his name on it.",
        last="5 of 5, a day each.",
        obstacles="Fear, then. Or care.",
        next="The named day, and a note before it.",
    ).level(LEARN, 3, "Sees that two questions about one thing get opposite answers, and which of them is ours.").level(
        OBSTACLES, 3, "Changed the word from “do not care” to what they say on the phone."
    ).reflected("I have been asking for goodbyes.")
    talk.held(
        -168,
        "",
        actual="13, then 11.",
        last="Notes go out since eight days. One was prolonged.",
        see="The count in two weeks.",
    ).level(CURRENT, 3, "Knows for each of the twenty when they moved.").level(
        EXPERIMENT, 3, "A note that can be answered with a word, so that being wrong costs a word."
    )
    talk.held(
        -156,
        "You were as glad about “nobody was locked out” as about the number.",
        target="Reached.",
        actual="9 of 11 are from before.",
        threshold="actual",
        next="The old ones.",
    ).level(TARGET, 3, "Where it ends, for whom, and the month after. No “improve” in it any more.").level(
        DIRECTION, 3, "Says whom it would frighten, too: the ones who still help their old team."
    )
    talk.held(
        -145,
        "Four new keys under an old name. That was worth ten phone calls.",
        last="6 of 10, not 8.",
        obstacles="Seventy people, and some of them need it.",
        next="Ten a week, with a question.",
    ).level(LEARN, 3, "Read the four as a warning about her own plan for one big day.").level(
        OBSTACLES, 3, "“Who of them” instead of “seventy”."
    ).level(EXPERIMENT, 4, "Ten a week and each can stop it. She had the big day ready and left it in the drawer.")
    talk.held(
        -130,
        "",
        "She needs no ideas from me. Since when?",
        actual="8 of 20, 9 before.",
        last="Four lots of ten.",
        threshold="last",
        see="At the end of the two months, and each Friday on the door.",
    ).level(CURRENT, 3, "Told the drop and the rise in one breath, and neither as news.")
    talk.held(
        -112,
        "You doubted last week’s 6 and counted once more.",
        last="7, expected at most 8. 9 of 62 said what for.",
        target="6, in three weeks.",
        obstacles="The seventy are eight by now.",
        next="Only watch.",
    ).level(TARGET, 3, "Leaves the date where it is although the number is nearly there.").level(
        LEARN, 4, "Kept the nine who said what for as the finding, and the 53 as the result."
    ).level(DIRECTION, 4, "Read the board as one of the nine would, and changed the note for them.")
    talk.held(
        -97,
        "Six, and Lars finds it odd to keep a key. That is the direction, in a sentence.",
        target="There.",
        threshold="target",
        next="She ends it this week.",
    ).level(
        OBSTACLES, 4, "Two are left on the lot; says what each would cost and leaves them for somebody else."
    ).level(EXPERIMENT, 4, "Asked what she would try next: nothing, until she has seen a month without her.").reflected(
        "One question. It had been in Lars’s mouth for weeks, says Lars."
    )
