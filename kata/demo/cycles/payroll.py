"""Noor coaches Lakshmi in Bengaluru; a result is overdue, and both know it."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, EXPERIMENT, FEEDBACK, FOLLOW, LEARN, LISTEN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, "payroll-questions", "A question about a payslip, answered once", "noor", at="15:20")
    talk.rhythm(-49, -2, -4)
    talk.held(
        -49,
        "A colleague’s word in the challenge, in her own language. Leave it there.",
        target="Answered by the first of us. 14 to 3.",
        actual="Counting from today’s list on.",
        threshold="actual",
    )
    talk.held(
        -44,
        "11 of 14 had been handed on. You saw that in your own strokes.",
        target="Overtime is answered by whoever takes it; 12 a week handed on.",
        obstacles="Only Arjun reads the table.",
    ).level(CURRENT, 3, "96 questions by hand, each with its way through the team.").level(
        TARGET,
        2,
        "“Everyone knows overtime” at first. Became a pattern with 12 handed on when I asked what I would see.",
    )
    talk.held(
        -42,
        "",
        "Do not explain the table to her. She has Arjun.",
        next="Farah answers five, Arjun sits on his hands. Stuck 4 of 5, says he.",
    )
    talk.held(
        -39,
        "You let Arjun say that he had made it look difficult.",
        last="5 of 5 right. Stopped 4 times: “is that all?”",
    ).reflected("It was never the table. I looked at Farah’s face for the first time.").level(
        LEARN, 3, "Knowledge was the guess, courage was what she saw. Wrote it without sparing the team."
    )
    talk.held(
        -37,
        "",
        next="All of us answer; he reads the day after. 15 in four weeks.",
        see="Every week at the count. Nobody wants to wait for four.",
        obstacles="Overtime.",
    ).heard("cleo", "target", "The target is fifteen, right? And then twelve?", "Yes. Twelve by then.").heard(
        "cleo", "next", "And you expect fifteen. Good, good.", "Fifteen, yes."
    ).coach_level(
        "cleo",
        FOLLOW,
        1,
        "Answered the first and the fourth question and asked for a yes. Kind, quick, and Lakshmi nodded eleven times.",
    ).coach_level(
        "cleo", LISTEN, 2, "Afterwards, over tea, he named both places himself where she had been guessing."
    ).instructed(
        "cleo",
        "target",
        "You know the answer because it stands on the board",
        "Let her read it. Say nothing until she has pointed at it.",
        habit=-12,
    )
    talk.held(
        -29,
        "Farah sends them now without looking round.",
        "Hands behind my back at the first question.",
        target="She pointed, then read. Slower, and she found that “takes” is not “answers”.",
        actual="18 handed on, 21 the time before.",
    )
    talk.held(
        -22, "", actual="17 now. Slow and steady.", last="Arjun changed one of the last nineteen.", took={"target": 92}
    )
    talk.held(
        -19,
        "29 of 31, and Arjun is glad to be needed less.",
        last="15 as expected. Two changed.",
        obstacles="Overtime goes. Words come.",
        next="Not today.",
    ).heard(
        "cleo", "target", "(Nothing. He looked at the board until she did.)", "By whoever takes it. At most twelve."
    ).coach_level(
        "cleo",
        FOLLOW,
        3,
        "Second time that I saw him wait at the first question; what came was hers, and longer than his would have"
        " been.",
    ).coach_level(
        "cleo", FEEDBACK, 2, "“Very good” four times, and one thing that he had seen. I told him which."
    ).level(
        OBSTACLES, 3, "Took the next one by what people had said to her: three of five asked what it means for them."
    )
    talk.held(
        -17,
        "You read your own answers aloud as if you were the one who asked.",
        next="The sum and its month first, then the rule. 12 to 9.",
        see="In three weeks less a day. A first look next week?",
    ).level(EXPERIMENT, 3, "One sentence changes place, nothing else. 9 is a guess with a reason.").reflected(
        "Read aloud, we sound like the rule book’s cousin."
    )
    talk.held(
        -12,
        "",
        "It has become mine, I think. I look at the board first.",
        actual="12, after 11: nothing to read into yet.",
        last="First week of sums. One person wrote “thanks, that was it”.",
    )
    talk.held(
        -9,
        "",
        "Ask earlier who writes the count when she is away.",
        last="Two weeks of it. 10 at the last count.",
        next="Stays as it is; she will be on leave when it is due.",
        see="On the day of the count, Farah.",
    ).level(EXPERIMENT, 2, "Left the day to whoever is there. It may be nobody.")
    talk.held(
        -4,
        "You said it a day before and not a week after. Next time a week before.",
        last="Result is due tomorrow. She is away from tomorrow on, and nobody has it in the calendar.",
        threshold="last",
        next="Somebody else counts the second questions. Arjun says he will.",
        see="Tomorrow evening.",
    )
