"""Noor and Arjun, both new to it, at the board of first payslips."""

from __future__ import annotations

from kata.demo.boards.first_payslip import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "noor", at="14:40")
    talk.held(
        -241,
        "A good subject.",
        target="1 of 20, one day.",
        actual="Six were made twice last month, says the log.",
        threshold="actual",
    ).level(DIRECTION, 2, "One of 20, because Marguerite would like it. Who is paid wrong has no face yet.").level(
        CURRENT, 2, "Took the six from the log; had not opened one of the contracts."
    )
    talk.held(
        -232,
        "All thirteen contracts on the table. Respect.",
        "Ask, even if I know the answer.",
        actual="8 of 13 the starting day.",
        target="Second pair of eyes; 4 of 20.",
        obstacles="Page 7.",
    ).level(
        TARGET, 2, "Two people, four figures, before the 25th. He first wrote “double check”, and crossed it out."
    ).level(OBSTACLES, 2, "Knows the page and the handwriting. That it is about eyes was Lakshmi’s idea.")
    talk.held(
        -228,
        "You let your own team watch your hands.",
        last="1 of 3, not 3 of 3.",
        next="The day is keyed in last, page 7 open.",
        see="Five weeks? He could look after ten contracts.",
    ).level(LEARN, 1, "“So I must pay more attention” was what he made of it, twice, until Farah laughed.").level(
        EXPERIMENT, 2, "The order of two fields. Small and free; five weeks of waiting were my fault as well."
    ).reflected("I am the one who trains the others on page 7.")
    talk.held(
        -217,
        "",
        actual="6 of 20, twice.",
        last="Eleven contracts keyed in the new way.",
        see="When the run is through.",
    ).level(CURRENT, 3, "Says how many of the twenty were keyed in before the change. I would have missed that.")
    talk.held(
        -204,
        "What moves away makes room. I would like to have said it.",
        last="4, as written.",
        obstacles="Day is off. Late contracts.",
        next="Five minutes at four o’clock.",
    ).level(OBSTACLES, 3, "22 starting days without a slip before he took it off.").level(
        LEARN, 3, "As expected, and still he turned the four over: three have another reason by now."
    )
    talk.held(
        -195,
        "",
        target="7 of 10, five days left.",
        last="Read aloud on six days of seven.",
        next="Let Farah say how it went.",
    ).level(TARGET, 3, "Reads it as it should look at four o’clock on a bad day, and sees that it does not yet.").level(
        EXPERIMENT, 2, "Wants to add a list, a mail and a lamp. One of the three, I asked; he took none."
    )
    talk.held(
        -183,
        "Five minutes and two people, and you say that you had wanted software.",
        target="Reached.",
        actual="4, then 3.",
        obstacles="“Quiet days.” He underlined it.",
        threshold="obstacles",
    ).level(DIRECTION, 3, "Read out what a woman in Pune had written about her first rent, before any figure.")
    talk.held(
        -171,
        "You tore up a letter in front of us.",
        last="3 of 5 in our own tray. Expected: one.",
        next="Tea and tray.",
    ).level(LEARN, 3, "“It was us”, in the first sentence. The draft to the managers went into the bin.").level(
        OBSTACLES, 3, "Followed it back by five envelopes, desk after desk, with the days written on each."
    ).level(EXPERIMENT, 3, "Hangs on something that happens anyway: somebody makes tea at ten.")
    talk.held(
        -160,
        "",
        "Say less when it goes well.",
        actual="4 of 20, after 3 and 3.",
        last="Tray empty on nine of ten days; on the tenth there was no milk.",
    ).level(CURRENT, 3, "Has the empty days and the milk on one sheet.")
    talk.held(
        -139,
        "Tea is more reliable than a rule: put it on the wall.",
        last="2 of 20.",
        target="There, if it stays.",
        next="Nothing new. Watch.",
    ).level(LEARN, 4, "As expected; asked what would have had to happen for it to fail, and found the holidays.").level(
        TARGET, 3, "Waits for a third count before he calls it reached."
    ).level(DIRECTION, 4, "Tells new people what the board is for by the rent in Pune.")
    talk.held(
        -122,
        "",
        actual="1, then 2. Noise, he says, and he is right.",
        target="None. We look whether it stays.",
        threshold="target",
    ).level(CURRENT, 4, "Reads 1 and 2 as the same and shows me why on the chart.").level(
        OBSTACLES, 3, "Holidays in the lot, not in focus: once a year, and nobody was paid wrong by it."
    )
    talk.held(
        -109,
        "You are giving it away at its best moment. That takes something.",
        target="Ends here.",
        last="Two months without a step, and it stayed.",
        next="Lakshmi asks him the questions next week, he says.",
    ).level(
        EXPERIMENT, 3, "Would hand the tray to Farah for a week without telling her, to see whether it is the tea."
    ).level(TARGET, 4, "Left the board with what is good enough and why, in two lines.").reflected(
        "I read what they expect and I know the answer, and I sit on my hands. Noor says that it shows."
    )
