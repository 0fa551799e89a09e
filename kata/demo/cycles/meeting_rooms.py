"""Mirek, a learner the winter before, coaches for the first time; Ben watches him, who had once coached him."""

from __future__ import annotations

from kata.demo.boards.meeting_rooms import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import (
    CURRENT,
    DIRECTION,
    EXPERIMENT,
    FEEDBACK,
    FOLLOW,
    LEARN,
    LISTEN,
    OBSTACLES,
    ORDER,
    PLAN,
    TARGET,
)
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "mirek", at="10:50")
    talk.rhythm(-134, -4)
    talk.held(
        -134,
        "You know who waits in there.",
        "Hold the card. My hands shook.",
        target="2 minutes.",
        actual="Eleven. One meeting so far.",
        threshold="actual",
        next="Sit in five.",
    ).heard("ben", "target", "And we want to be quick, yes?", "Yes, quick.").coach_level(
        "ben", ORDER, 2, "All five in their order, read off the card. The back of it he forgot."
    ).coach_level("ben", FOLLOW, 1, "Asked, and answered, and nodded at his own answer. It was his first.").level(
        DIRECTION, 2, "Sees the one who stands there with a laptop and six people watching."
    ).level(CURRENT, 2, "One meeting, timed by the clock in the corridor.")
    talk.held(
        -126,
        "Nineteen things, each with its room.",
        target="5 rooms, 8 minutes.",
        actual="9 of 12 rooms.",
        obstacles="Pockets.",
        next="Cords in four rooms.",
    ).level(
        TARGET, 2, "A quarter to eight, twelve rooms. The pattern ends at the door, and people come in after it."
    ).level(OBSTACLES, 2, "“Pockets” is near. Whose, and what for, he did not ask.").level(
        EXPERIMENT, 2, "Four rooms of twelve, so that eight tell him what happens without."
    )
    talk.held(
        -112,
        "Somebody left you a knife and you kept it on the board.",
        "I laughed too early. He was not done.",
        last="2 of 4 cut.",
        next="Ask five, says Samir.",
    ).heard(
        "ben", "last", "What did you expect? … What happened? … What did you learn?", "That I had built a fence."
    ).heard("ben", "next", "So you will ask them whether they forgot?", "Hm. What they use it for.").coach_level(
        "ben", LISTEN, 2, "Passed by “they steal”, which was the place. Wen came back to it without him."
    ).coach_level(
        "ben", FOLLOW, 2, "Three short ones at the last step; at the fourth he put the words into his mouth."
    ).instructed(
        "ben",
        "next",
        "The learner has begun a sentence",
        "Let him end it. Then count to three before you open your mouth.",
        habit=-71,
    ).level(LEARN, 2, "Turned a cut cord into “a fence”. The number beside it he left out.")
    talk.held(
        -105,
        "“We had counted thieves.” That is on the wall for good.",
        last="4 of 5 have none at their desk.",
        next="A bowl with forty.",
    ).level(LEARN, 3, "Took back a word about people, in front of those people.").level(
        OBSTACLES, 3, "From the pocket to the desk: now he says what it is needed for."
    ).reflected("Thieves! I had said that at lunch, to the whole table.")
    talk.held(
        -96, "", "Counted to three. It is long.", actual="10, then 9 minutes.", last="26 adapters gone in eight days."
    ).level(EXPERIMENT, 3, "Forty, a date, and the price of a walk beside it.").level(
        CURRENT, 3, "Sat in ten meetings and wrote down who spoke first, and when."
    )
    talk.held(
        -86,
        "Missed by a minute, and you say that you had counted what was easy.",
        "He found it alone. I was only slow.",
        target="Not reached.",
        actual="4 rooms, 9 minutes.",
        threshold="target",
        took={"target": 104},
    ).heard("ben", "target", "(Nothing.)", "4 and 9. … I have chased what one can count.").coach_level(
        "ben", FOLLOW, 3, "Said nothing for so long that I began to count the tiles. It was the right thing."
    ).coach_level(
        "ben", FEEDBACK, 3, "One sentence of Wen’s, given back to him. No “well done” in it, and Wen grew by it."
    ).level(TARGET, 3, "The next one starts where the person stands: a button, and five minutes.").level(
        LEARN, 3, "Keeps the four rooms as reached and the minute as missed, in two sentences."
    )
    talk.held(
        -78,
        "",
        last="Six of six within five, in two rooms.",
        obstacles="38 keys.",
        see="At ten meetings, in a week.",
    ).level(OBSTACLES, 3, "Two who press at once: seen, in four meetings.").level(
        DIRECTION, 3, "Asks those who wait what they do meanwhile. They look at their telephones."
    )
    talk.held(
        -70,
        "Tape for one euro. Somebody should tell the budget.",
        "Say where it was before I say that it was good.",
        last="9 of 10.",
        next="All twelve; 6 minutes.",
    ).heard(
        "ben",
        "next",
        "(Four seconds.) What will you see?",
        "That the slowest is at six. Seven, if Facilities is in there.",
    ).coach_level("ben", LISTEN, 3, "Heard “new rooms” as the guess that it was, and waited.").coach_level(
        "ben", PLAN, 3, "A day, a room, an hour; both wrote it down."
    ).coach_level("ben", ORDER, 3, "Without the card, and turned it all the same.").level(
        EXPERIMENT, 4, "Two rooms, then twelve, and the football match told as a fact."
    )
    talk.held(
        -57,
        "As you said, and you looked for what it cannot do.",
        target="5, and it is 6.",
        actual="7, 5, 6.",
        last="6 minutes, 3 rooms.",
        obstacles="A laptop that has never been there.",
    ).level(LEARN, 4, "A fit, and he went for what the fit leaves out.").level(
        CURRENT, 3, "Reads 7, 5, 6 as one thing and says what would be another."
    ).level(TARGET, 3, "Missed by one, and he names the minute.").reflected(
        "Mirek asked nothing that he knew already. I noticed it today."
    )
