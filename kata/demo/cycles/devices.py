"""Ben coaches Eve, who goes her way, and Beth, whom he has not seen for a while."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage

TEAM = "devices"


def tell(stage: Stage) -> None:
    _eve(Coaching(stage, TEAM, "Laptops that come back", "ben", at="11:15"))
    _beth(Coaching(stage, TEAM, "Repairs without a second visit", "ben", at="15:00"))


def _eve(talk: Coaching) -> None:
    talk.rhythm(-34, -1, -3)
    talk.held(
        -33,
        "Twelve waits, one by one, and no average. I could see the hour.",
        target="10 of 12 within 20 minutes. Her first one.",
        obstacles="Nobody at the desk. Two lists.",
    ).level(CURRENT, 3, "Sat at the desk for two weeks and has all twelve times, with who was there and who was not.")
    talk.held(
        -31,
        "",
        "She is quick. Keep up, do not slow her down.",
        next="A letter three days before, with a time. 8 of 10.",
    )
    talk.held(
        -28,
        "You told me what you would do with 4 of 10, before there is one.",
        actual="60, 55. The lines differ as before: 9 of 40.",
        last="First letters are out. Three answered within the hour.",
    )
    talk.held(
        -26, "", last="4 of 5 came at their time so far.", next="Goes on. What do we not know: why the fifth did not."
    )
    talk.held(
        -21,
        "Three people had their last day moved. You went to ask, and it was not forgetfulness.",
        last="6 of 9, expected 8 of 10. We know the day only where somebody tells us.",
    ).reflected("People services knows the day. I never asked whom they tell.").level(
        LEARN,
        3,
        "6 of 9 against 8 of 10: rang the three, and changed what she believes about people who miss their time.",
    )
    talk.held(
        -18,
        "Nine people, nine desks. You like to walk.",
        obstacles="Lists. 9 of 40 lines differ.",
        next="Samir goes to all nine. Ours is right in 7, says he; she would not bet.",
    )
    talk.held(
        -16,
        "You let Samir be wrong by himself.",
        "Look at who is quiet.",
        last="Five of nine visited. 2 for us, 2 for the other list, 1 for nobody.",
    )
    talk.held(
        -13,
        "You did not say “I told you”.",
        threshold="last",
        last="3, 4 and 2 for neither. Nobody looks at a list while handing something over.",
        next="Watch one handover, then plan.",
    ).level(OBSTACLES, 3, "From “two lists” to “no list is near when a laptop changes hands”: as seen, at the desk.")
    talk.held(
        -11,
        "",
        actual="40 minutes, the slowest last week; 35 before. Routine, she says.",
        obstacles="The moment of handing over.",
        next="Two ideas. She picks the one that costs a day.",
    )
    talk.held(
        -8,
        "A photo instead of a form. Cheap, and you can undo it.",
        next="Photo of the number; one person writes both lists. 2 of 40 in three weeks.",
        see="Three weeks. Could it be sooner? After one week, ten lines.",
    ).level(EXPERIMENT, 3, "One change, and a count of ten lines after a week, so that three weeks are not lost.")
    talk.held(
        -6,
        "Five photos, and one without a number on it. You noticed that one first.",
        last="Runs. 1 of 5 photos shows a hand.",
        target="20 minutes for 10 of 12. The slowest last week: 30.",
    ).level(TARGET, 2, "The number of minutes is clear; how a handover runs once it is reached took three questions.")
    talk.held(
        -3,
        "",
        "Ask Samir what he sees.",
        actual="25 minutes, the slowest. Five lines of 40 differ.",
        next="Goes on as planned.",
        see="In nine days, with the 40 lines. A first ten this week.",
    )
    talk.held(
        -1,
        "I came to ask and you were asking Samir already. I listened.",
        "Leave the card in my pocket, see what happens.",
        target="Ten of twelve in 20 minutes: she says it to Samir, not to me.",
        actual="25. She would have said 30 without looking; she looked.",
        last="11 photos, 11 numbers. One list still waits for its evening.",
        obstacles="Lists. Nearly through.",
        next="No change until the 40 lines are counted.",
    ).reflected("Samir asked me what I expect. I had not expected to be asked.").level(
        CURRENT, 4, "Went to the desk before she answered, though the number was in her head. It was 25, not 30."
    )


def _beth(talk: Coaching) -> None:
    talk.held(
        -46, "The bag, not the people. Good.", target="9 of 10 visits.", obstacles="From memory; no two bags alike."
    )
    talk.held(
        -44,
        "",
        next="All four bags on one table. At least 10 of 15 in all four, she says.",
        see="Today, on the big table.",
    ).level(EXPERIMENT, 3, "Four bags, one table, half an hour. Said beforehand how many things would be alike.")
    talk.held(
        -42,
        "You counted 31 things and found 4. You kept a straight face.",
        "Longer pause after the number.",
        last="4 in all bags, expected 10.",
        next="The same 12 things in each, Samir tries.",
    ).level(LEARN, 3, "Out by more than half, and her first sentence was about what she carries herself.")
    talk.held(
        -30,
        "",
        actual="7 and 6 visits without the part.",
        last="Lists are in the bags. Nobody has looked whether what is on them is, too.",
    )
    talk.held(
        -21,
        "A list fills a bag once. I have written that down for myself.",
        last="5, expected 3. Twice it had been used up.",
    ).reflected("We had solved the packing, and the trouble is the coming back.").level(
        OBSTACLES,
        2,
        "Stays with “no two bags alike” although the bags are alike by now; we talked about what it is today.",
    )
    talk.held(
        -19,
        "",
        next="A tag on the board when something is taken out. Complete on 8 of 10 days.",
        see="Every evening at five, says Wen.",
    )
    talk.held(
        -12,
        "Wen spoke most, and it was his number.",
        "Come more often. I have been saying so for a month.",
        last="Complete on 3 of 4 evenings so far.",
        next="Runs until the ten days are full.",
    )
