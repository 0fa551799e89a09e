"""Ben coaches Priya, whose work he used to do himself; the date has passed, and he has not been there."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, EXPERIMENT, FOLLOW, LEARN, LISTEN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, "new-starters", "Everything ready at nine on day one", "ben", at="11:30")
    talk.rhythm(-44, -2, -4)
    talk.held(
        -44,
        "You know all ten by name. Now their mornings.",
        target="None yet. All ten at nine.",
        actual="Two weeks of mornings to look at first.",
        threshold="actual",
    )
    talk.held(
        -42, "", "I know this work too well. Keep quiet.", actual="5 of 10. No badge, no sign-in, once no chair."
    ).level(CURRENT, 2, "Has the five by heart; at what hour they could work she had to ask Owen.")
    talk.held(
        -39,
        "Both numbers in one sentence. People will remember that.",
        target="Form and photo five days before, 8 of 10.",
        obstacles="Late forms. Photos. The 1st of the month.",
    ).level(TARGET, 3, "How it should run five days before and at nine, one number each, and a date that is hers.")
    talk.held(
        -37, "", last="Four managers to ask. Two have answered; both knew it for weeks.", see="Tomorrow, the other two."
    )
    talk.held(
        -34,
        "“They believe that they have told us.” You took their side and learned something.",
        "Said how we did it in my time. Not asked for.",
        last="31, 28, 40 and 22 days. Expected 7 at most.",
        next="Names each Friday from Contracts. 8 of 10.",
    ).reflected("It was Ben’s old list that I asked Contracts for. It works. I would have liked to find it.").level(
        LEARN, 3, "Out by a factor of four, and she turned it round: they are not late, we are told nothing."
    )
    talk.held(-32, "", last="First list of names: nine, and eight forms written.", next="Three weeks of it.")
    talk.held(
        -27,
        "You asked Owen before I could.",
        actual="7 of 10. Forms 6 of 10: the Friday names count from next week on.",
        obstacles="Late forms. And what comes when they are gone?",
        took={"next": 99},
    )
    talk.held(
        -22,
        "Nothing wrong with photos. Nothing wrong with asking, either.",
        "Ana gets my silence, Priya my memories. Why?",
        took={"obstacles": 71, "next": 88},
        actual="6 of 10; forms 9 of 10.",
        obstacles="“The photos, right? In my time it was the photos.”",
        next="She looked at the board, then at me. “The photos.”",
    ).heard("cleo", "obstacles", "The photos, right? In my time it was the photos.", "Yes … the photos.").heard(
        "cleo", "next", "You could ask for them with the contract.", "We could do that."
    ).coach_level(
        "cleo",
        FOLLOW,
        2,
        "With Ana he waits by now. Here he answered the third and the fourth question himself: he knows the work.",
    ).coach_level("cleo", LISTEN, 1, "“The photos …” was a question. He heard an answer, because it was his own.")
    talk.held(
        -19,
        "You put my name beside my idea. Fair.",
        "Ask Priya what I do not know about her work.",
        last="7 of 10. All ten forms in time; the 3 had no badge.",
        obstacles="Two of three had a photo, of the wrong size. I had not known that.",
    ).level(
        OBSTACLES,
        2,
        "“Photo missing” hides two things: none, and the wrong one. She had the three names, not yet the reasons.",
    )
    talk.held(
        -17,
        "",
        obstacles="Late forms off, photos in focus.",
        next="Malik asks for it in the letter. At most 1 of 10. Let it run; the idea was mine and I said so.",
    )
    talk.held(
        -14,
        "You would rather stand at the camera than write letters. Say that louder.",
        last="Letter is out to four. One photo came back, of a dog.",
        took={"next": 171},
    ).heard(
        "cleo", "next", "(Five seconds.) What do we not know yet?", "What they think we want. One sent his dog."
    ).coach_level(
        "cleo",
        FOLLOW,
        3,
        "Five seconds with Priya as well, though he had to sit on his hands. Her answer made both laugh.",
    ).level(EXPERIMENT, 2, "The letter changed its words on the second day as well, so two things moved at once.")
    talk.held(
        -12,
        "",
        "No slip with Priya, twice running. My own answer stayed on the back of the card.",
        actual="8 of 10 at nine. Best so far.",
        last="Letter: 2 of 5 sent a good one.",
    )
    talk.held(
        -9,
        "You said what a good photo is from their side: “how tall is tall?”",
        "Next time at the camera, not at the board.",
        target="Five days before; 8 of 10. Seven days left.",
        actual="8 of 10, then 7.",
        last="One wrote that he has no idea of the size.",
    ).reflected("Perhaps a letter is the wrong tool. I would like to hold the camera once.").level(
        EXPERIMENT, 3, "Would try the camera with one visitor first. Small, soon, and no letter in it."
    )
