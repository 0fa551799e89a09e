"""*How I ask the fourth question*: a coach practises, too. Ben learns, Cleo coaches; the board is like any other."""

from __future__ import annotations

from kata.demo.numbers import Numbers
from kata.demo.script import Stage, Story

TEAM = "new-starters"
FOCUS = "How I ask the fourth question"
OWN = (2, 2, 3, 4, 3, 3, 4, 5, 5)
SILENCE = (2, 2, 4, 5, 4, 6, 7, 8, 8)


def tell(stage: Stage) -> None:
    """A target condition that held with one learner and not with the next, and the one after it."""
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "own steps",
        -47,
        "ben",
        "Next steps that the learner named first",
        "of the last 5",
        "up",
        "outcome",
        "Of Ben’s last five coaching cycles: the next step was said by the learner before he had hinted at one.",
        low=0,
        high=5,
        target=5,
        cadence="week",
        owner="ben",
    )
    numbers.follow(
        "silence",
        -47,
        "ben",
        "Quiet after the fourth question",
        "seconds",
        "up",
        "process",
        "From the end of the question until Ben speaks again, the middle one of his last five coaching cycles. He"
        " counts.",
        low=0,
        target=8,
        cadence="week",
        owner="ben",
    )
    numbers.entered("silence", ("ben",), -44, SILENCE, every=5, at="17:20")
    numbers.entered("own steps", ("ben",), -44, OWN, every=5, at="17:25")
    story = Story(stage, TEAM)
    story.start(-47, FOCUS, learner="ben", coach="cleo", at="15:10")
    story.challenge(
        -47,
        "ben",
        "Whoever I coach finds the next step by themselves: today 2 of the last 5 times, then 5 of 5.",
        by=story.days.ahead(210),
        aim=("own steps", 2, 5),
        moment="What will you try next?",
        at="15:20",
    )
    _with_one(story)
    _with_each(story)


def _with_one(story: Story) -> None:
    story.current(
        -44,
        "ben",
        "In 3 of the last five cycles the next step was mine before it was the learner’s.\n"
        "Between my question and my next word 1, 2, 2, 3 and 2 seconds passed.\n"
        "Twice I asked two questions in one breath.",
        [
            ("I ask the fourth question", "3 s", "two questions at once, 2 of 5 times"),
            ("Nobody speaks", "1 – 3 s", ""),
            ("I say something", "5 – 20 s", "a hint, 3 of 5 times"),
            ("The step is written down", "1 min", ""),
        ],
        at="17:30",
    )
    target = story.target(
        -43,
        "ben",
        "After the fourth question I stay quiet for 5 seconds.\n4 of 5 next steps are named by the learner first.",
        by=-18,
        aims=[("own steps", 2, 4), ("silence", 2, 5)],
    )
    mine = story.park(-43, "ben", "An answer comes to my mind before it comes to theirs, 3 of 5 times")
    breath = story.park(-43, "ben", "I ask two questions in one breath, 2 of 5 times")
    mine.focus(-43, "ben")
    story.plan(
        -42,
        "ben",
        "go and see",
        "Write down my own words at the fourth question, right after each of three cycles",
        "A hint in 1 of 3.",
        check=-39,
    ).saw(
        -39,
        "ben",
        "A hint in 2 of 3. Once it had a question mark: “Could your team ask them?” Once it was “some teams would …”.",
    ).learned(-38, "ben", "A question mark does not make it a question. I had thought that I only told.")
    story.plan(
        -37,
        "ben",
        "test a hypothesis",
        "Count to five on my fingers, under the table, before I say anything",
        "3 of 5 next steps are the learner’s, three days from now.",
        check=-34,
        number=("own steps", 3),
        at="15:40",
    ).saw(-34, "ben", "3 of 5. Twice the learner spoke at four, once at nine.", 3, at="17:30").learned(
        -33, "ben", "What they need is mostly under ten seconds. What I need is something to do for so long."
    )
    story.plan(
        -32,
        "ben",
        "test a hypothesis",
        "I ask, and then look at the board and not at the learner",
        "5 of 5 next steps are the learner’s at the next count.",
        check=-29,
        number=("own steps", 5),
    ).saw(-29, "ben", "4 of 5. The fifth was mine, with the learner whose work I know.", 4, at="17:30").learned(
        -28,
        "ben",
        "They look where I look: one of them wrote on the board while I was still counting. The fifth I wrote off as a"
        " bad day.",
    )
    breath.removed(-27, "ben", "One question at a time in the last nine cycles")
    target.ended(
        -18,
        "ben",
        "not achieved",
        "4 of 5 once, then 3 and 3. With three learners the step was theirs each time; with the fourth it was mine each"
        " time.\nI had practised on those whose work I do not know. It is easy to be silent where I have nothing to"
        " say.",
    )


def _with_each(story: Story) -> None:
    story.current(
        -17,
        "ben",
        "With three of my learners 11 of 11 next steps were their own, with the fourth 0 of 3.\n"
        "After the question I am quiet for 7 seconds with the three and for 2 with the fourth.\n"
        "The fourth does the work that I did for three years.",
        at="17:30",
    )
    story.target(
        -16,
        "ben",
        "With every learner I am quiet for 8 seconds after the fourth question; 5 of 5 next steps are named by them"
        " first.",
        by=story.days.ahead(16),
        aims=[("own steps", 3, 5), ("silence", 6, 8)],
    )
    know = story.park(-16, "ben", "Where I know the work, my answer is ready before I have asked: 3 of 3 times")
    story.park(-16, "ben", "When somebody is in a hurry I skip the pause; 2 of the last 10 times")
    know.focus(-16, "ben")
    story.plan(
        -15,
        "ben",
        "exploratory",
        "Where I know the work, I write my own answer on the back of the card before I ask, and leave it there",
        "In 2 of 2 cycles the learner names a step first, and 1 of the 2 is another than mine.",
        check=-12,
    ).saw(
        -12,
        "ben",
        "In 2 of 2 the learner named it first, after 5 and 9 seconds. Both were another than the one on my card.",
    ).learned(-11, "ben", "Once it is written it does not push. And theirs were better: mine are four years old.")
    story.plan(
        -10,
        "ben",
        "test a hypothesis",
        "The same with each learner",
        "5 of 5 next steps are theirs at the next count.",
        check=-9,
        number=("own steps", 5),
    ).saw(-9, "ben", "5 of 5, and 8 seconds.", 5, at="17:30").learned(
        -8, "ben", "It holds in a quiet week. I do not know what I do when somebody looks at the clock."
    )
    story.plan(
        -6,
        "ben",
        "test a hypothesis",
        "Leave the card blank and see whether the pause stays",
        "Still 5 of 5 at the next count but one.",
        check=1,
        number=("own steps", 5),
    )
