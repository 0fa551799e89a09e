"""Cleo coaches Ben at the board of his own coaching: a chain of coaching, with the same five questions."""

from __future__ import annotations

from kata.demo.boards.fourth_question import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "cleo", at="16:10")
    talk.rhythm(-47, -2)
    talk.held(
        -47,
        "You began with what Ana would notice, not with what I told you.",
        target="The step is theirs, 5 of 5.",
        actual="“I think I mostly wait.” How many seconds? Silence, two of them.",
        threshold="actual",
        next="Count three cycles.",
    ).level(
        DIRECTION, 3, "Ties it to Ana and Priya: whoever finds the step will also find the next one without a coach."
    ).level(CURRENT, 1, "“I mostly wait”, from memory, in the week in which I had noted 2 seconds.")
    talk.held(
        -42,
        "Facts about yourself, and you did not defend them.",
        target="5 seconds, 4 of 5.",
        obstacles="My answer is there first. Two questions in one breath.",
        next="Write down my own words, three times. A hint in 1 of 3, he says.",
    ).level(CURRENT, 3, "Five cycles, seconds for each, and the hints as he had said them.")
    talk.held(
        -37,
        "You quoted yourself, to the comma. It was not nice and you did it.",
        last="A hint in 2 of 3, expected 1. “Could your team ask them?”",
        next="Count to five under the table.",
        see="At the next count. Sooner? After each cycle, on a slip of paper.",
    ).reflected("I like to help. It is strange that this is what stands in the way.").level(
        LEARN, 3, "Expected one hint in three, wrote two, and saw that the question mark had fooled him, too."
    )
    talk.held(
        -32,
        "",
        "I heard myself count along. Stop that.",
        last="3 of 5, as expected. “What I need is something to do.”",
        next="Look at the board, not at the learner.",
    ).level(EXPERIMENT, 3, "One thing, the eyes. He can tell from the numbers he counts anyway whether it helps.")
    talk.held(
        -27,
        "Two questions in one breath are gone, and you had not even had them in focus.",
        last="4 of 5, expected 5. “They look where I look.”",
        obstacles="My answer first. Only with Priya now.",
        actual="One short of five, and 5 seconds.",
    ).reflected("I said nothing for nine seconds with Ana, and looked at the date of the target.")
    talk.held(
        -22,
        "",
        target="18 days … no: 4 working days left. 3 of 5.",
        actual="3 of 5. I had watched him that morning; he said it before I did.",
        last="Board, not learner: holds with Ana, not with Priya.",
        obstacles="“It comes back where I know the work.”",
        next="Nothing new before the date. Count by learner.",
    ).level(
        LEARN,
        2,
        "First named the busy week as the reason for 3 of 5. Asked for the names behind the number, he found Priya.",
    )
    talk.held(
        -17,
        "Missed, and the sentence about silence where one has nothing to say is worth the four weeks.",
        threshold="target",
        target="Not achieved. Ana each time, Priya never.",
        next="A condition by learner, tonight.",
    ).level(
        TARGET,
        3,
        "The next one asks for every learner, in seconds and in steps, and is not easier than the one he missed.",
    ).level(OBSTACLES, 4, "Chose the learner with whom it never works, because there is most to be learned.")
    talk.held(
        -12,
        "Your own answer on the back of the card. I will borrow that.",
        "Let him read the numbers to me.",
        last="Two steps of hers, neither was his. He laughed at his own cards.",
        obstacles="The same, smaller.",
        next="Tomorrow’s count, then with everyone.",
    ).reflected("My answers are four years old. Nobody told me; the card did.").level(
        EXPERIMENT,
        4,
        "A card, two cycles, nothing to lose. And the second half, that hers would differ, was the bold part.",
    )
    talk.held(
        -7,
        "",
        "Shorter. He had it all on the board.",
        actual="All five, after 8 seconds.",
        last="5 of 5 as expected. “In a quiet week.”",
        obstacles="The hurry is next, perhaps. Not yet seen, he says.",
        next="Leave the card blank. He goes first without and we count.",
    )
    talk.held(
        -2,
        "You told me about the breath that Ana took before I had asked.",
        "Ask for the customer of it once more: what does Priya notice?",
        target="8 seconds with everyone, 5 of 5.",
        actual="5 of 5, 8 seconds. Priya has not been coached for seven days of practice.",
        last="The blank card: five cycles, five times theirs.",
        obstacles="“Where I know the work.” Or do I avoid it? He was quiet for a good while.",
        next="See Priya this week. The blank card goes on there.",
        see="At the next count. And tomorrow, at Priya’s board.",
        threshold="obstacles",
    ).reflected("I have counted my silence everywhere but where I am needed. Priya’s date has passed.").level(
        OBSTACLES,
        3,
        "Counted five good cycles and had not asked at which boards they were held. Saw it himself when I stayed"
        " quiet.",
    )
