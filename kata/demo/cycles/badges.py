"""Cleo, who had just come to the house, coaches Owen from a form to a walk."""

from __future__ import annotations

from kata.demo.boards.badges import FOCUS, TEAM
from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import CURRENT, DIRECTION, EXPERIMENT, LEARN, OBSTACLES, TARGET
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    talk = Coaching(stage, TEAM, FOCUS, "cleo", at="13:20")
    _form(talk)
    _neighbours(talk)


def _form(talk: Coaching) -> None:
    talk.held(
        -249,
        "You remembered your own first week.",
        target="One door a week, in the end.",
        actual="“Lots of doors.” Which, and how often?",
        threshold="actual",
    ).level(DIRECTION, 2, "Tells it as his own story. The newcomer of today is not in it yet.").level(
        CURRENT, 1, "Lots, always, everybody. No door had a name."
    )
    talk.held(
        -241,
        "19 doors, and you can say that 12 of them are three.",
        target="A list by the team, 6 a week.",
        obstacles="The form of 2014, or the porters?",
        next="A new form, he says, and I let him.",
    ).level(CURRENT, 2, "Asked each of nine people on their fifth day; the porters’ part is hearsay.").level(
        TARGET, 2, "How the porters would work, with two numbers. By when was my question."
    ).level(OBSTACLES, 1, "Took the form since it can be rewritten. What happens in the lodge he had not seen.").level(
        EXPERIMENT, 1, "Four mornings of walking for a paper, before a single badge was made from it."
    )
    talk.held(
        -224,
        "“We never asked who reads it.” Keep that sentence.",
        "He had to walk into it. It was not nice to watch.",
        last="9, and not 7. The new form lay beneath the old one.",
        next="Stand in the lodge.",
    ).level(LEARN, 2, "Began with the weather and the holidays; came round to the lodge before I had asked twice.")
    talk.held(
        -221,
        "Four porters, four numbers, nobody blamed.",
        last="11, 14, 9, 22.",
        obstacles="What standard means.",
        next="Malik rings the neighbours.",
    ).level(OBSTACLES, 3, "Let go of the paper and took what he had watched: four people who guess.").level(
        EXPERIMENT, 2, "A phone call. He had at first wanted to write to all heads of department."
    ).reflected("They had been waiting for somebody to ask them. For years, one said.")
    talk.held(
        -209,
        "",
        actual="7 shut, 4 lists of 10.",
        last="8 of 8 said print room. A roof that nobody of us knew.",
        threshold="last",
        next="He wants to see how it ends before he plans.",
    ).level(DIRECTION, 3, "Asked Malik what the newcomer had said at the shut door, before the number.")
    talk.held(
        -200,
        "Missed, and you wrote down what you had held in your hands meanwhile.",
        target="Not reached: 6 doors, 5 lists.",
        threshold="target",
    ).level(LEARN, 3, "Says which of two ideas failed. The form did; the neighbours have hardly been tried.").level(
        TARGET, 2, "The next one begins five days before, which he had left out of the first."
    )


def _neighbours(talk: Coaching) -> None:
    talk.held(
        -196,
        "1 and 6. You cut the week in two and there it lay.",
        target="A neighbour for each, 4 doors.",
        actual="Asked: 1 door. Not asked: 6.",
        obstacles="Nobody knows the desk, he believes.",
        next="Five managers.",
    ).level(CURRENT, 3, "Laid two piles side by side and read the difference aloud without a word about why.")
    talk.held(
        -190,
        "Third time that somebody knew it. You said so yourself, and smiled.",
        last="3 of 5 decide two weeks before. The movers have it.",
        next="Movers’ list on Mondays.",
    ).level(OBSTACLES, 3, "“Nobody knows” had become “nobody asked” within four days, by five questions.").level(
        LEARN, 3, "Out by three of five. He drew the line to the porters by himself: it is the same mistake."
    )
    talk.held(
        -176,
        "",
        actual="6, three weeks running.",
        last="Two Mondays of lists.",
        see="It runs until the eighth week. A long time; he looks at it on Fridays.",
    ).level(EXPERIMENT, 3, "Changed one thing, where the list comes from, and left the calls as they were.")
    talk.held(
        -163,
        "You did not tell me why it went up to 7.",
        "I wanted to hear a reason and did not ask for it. Good.",
        actual="5, 6, 7.",
        last="Runs.",
    ).level(CURRENT, 3, "5, 6, 7: “that is three times the same number”. I had not taught him that.").level(
        DIRECTION, 3, "Keeps the newcomer’s own words beside the count: “I waited for somebody to go in.”"
    )
    talk.held(
        -149,
        "The people who carry the desks. You thanked them before you told me.",
        last="4 and not 5.",
        target="Two more weeks at four.",
        obstacles="It is off. He looks at what is left by door.",
    ).level(LEARN, 4, "Better than expected, and he asked which two had no neighbour before he was glad.").reflected(
        "I used to write forms. I was even good at it."
    )
    talk.held(
        -143,
        "",
        target="A walk with the badge in hand; 3.",
        actual="8 of 12 on the way to lunch.",
        obstacles="Doors that stand on no list.",
        next="Four walks to lunch.",
    ).level(TARGET, 3, "One can watch it happen: two people, a badge, every handle once.").level(
        OBSTACLES, 3, "By place, on a plan of the house with pins. Eight pins in one corridor."
    ).level(EXPERIMENT, 3, "Four lunches. If nothing comes of it they have had lunch.")
    talk.held(
        -130,
        "One gate, eight complaints, and an afternoon.",
        last="1 each, the garden. Expected 2.",
        next="Look at what is left; perhaps nothing.",
    ).level(
        LEARN, 3, "Expected two and found one, the same each time; asked the porters before writing to anybody."
    ).level(CURRENT, 4, "Brings the pins, the dates and the name of who stood there. Nobody has to believe him.")
    talk.held(
        -117,
        "You say “chance, as far as I can see”. That is a grown-up sentence.",
        "End well. Do not look for one more door.",
        target="Reached: 3, 4, 3, 2.",
        threshold="target",
    ).level(TARGET, 4, "Reached it and wrote no next one, since nothing that he has seen asks for it.").level(
        EXPERIMENT, 4, "Malik plans the walks by now; Owen asks him what he expects, and waits."
    ).level(OBSTACLES, 4, "Says of the last three doors that no two are alike, and stops.").reflected(
        "I begin with a walk now. My team laughs at me for it."
    )
