"""Anneke, the most practised coach here, with Nia for seven months; Cleo watches her now and then, and learns."""

from __future__ import annotations

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
    PLAN,
    TARGET,
)
from kata.demo.script import Stage

TEAM = "emergency-flow"


def tell(stage: Stage) -> None:
    trolley = Coaching(stage, TEAM, "Practice: the trolley is back in its place", "anneke", at="14:30")
    trolley.held(
        -38,
        "Five evenings, two of them in its place. You can begin with that.",
        obstacles="Beds stand there from six.",
        next="To the window. 4 of 5.",
    ).level(EXPERIMENT, 2, "One move of one trolley. The date was mine.")
    trolley.held(
        -32, "You found out what the place is for before you asked anybody to be tidy.", last="5 of 5."
    ).reflected("It was taken when it was needed. That is all.").level(
        LEARN, 3, "Right by one evening more than expected, and he still asked why."
    )
    talk = Coaching(stage, TEAM, "From the door to a decision", "anneke", at="11:35")
    talk.rhythm(-153, -1, -3)
    _results(talk)
    _specialists(talk)
    _phone(talk)


def _results(talk: Coaching) -> None:
    talk.held(
        -153,
        "Thirty-two people, and you know for each what they waited for.",
        target="Read within 20 minutes; 6 at eleven.",
        obstacles="5 to 95 minutes on the screen.",
    ).level(
        DIRECTION, 2, "The four hours she knew; what somebody in the waiting room would notice took a while."
    ).level(CURRENT, 2, "Counted at eleven; the nights are from the report.")
    talk.held(-151, "", next="An hour behind the desk. Oldest first in 8 of 10.", see="Today at two.").level(
        EXPERIMENT, 3, "An hour at the right desk, and a number that could be wrong."
    )
    talk.held(
        -148,
        "You did not laugh at the alphabet until the door was shut.",
        last="11 of 14 when a nurse asked. The screen sorts by family name.",
        next="Sort by time. 7 within a week.",
    )
    talk.held(
        -141,
        "Everyone had wanted that one. You wrote that it changed little.",
        threshold="last",
        last="10, not 7. 41 minutes, it was 95: the tail is shorter.",
        next="What happens between two patients? Stand there.",
    ).level(LEARN, 2, "Showed me the 41 first. The 10 came when I asked what she had expected.")
    talk.held(-133, "", actual="8, 7, 7.", last="Half hour kept 5 times of 6 on the good days.", took={"last": 96})
    talk.held(
        -126,
        "Kofi thought that they would refuse. Keep that sentence.",
        last="6 as expected; the half hour was kept 61 times of 72.",
    ).reflected("I had been ready to argue, and they asked for nights.").level(
        OBSTACLES, 3, "Handover left the board because the numbers say so and not because it is quiet now."
    )
    talk.held(
        -118,
        "The four-hour line lies flat, and you say why: no bed is emptier.",
        "More silence after a success.",
        target="Reached: 5 and 6, was 11.",
        threshold="target",
        next="Afresh: what do those who wait at eleven wait for?",
    ).level(TARGET, 3, "Told a reached condition from a reached result, and wrote both.")


def _specialists(talk: Coaching) -> None:
    talk.held(
        -113,
        "",
        target="At the bed within 45; 3 at eleven.",
        obstacles="35 minutes to 3 hours.",
        next="Kofi walks with two of them.",
    )
    talk.held(
        -108,
        "",
        "Let Kofi tell what Kofi saw.",
        last="He is with the second one now; the first took 48, with five stops.",
        see="When he is back.",
    )
    talk.held(
        -103,
        "“A call is not an answer.” I would not touch a word.",
        last="Neither was on a round. 70 minutes under a cup.",
        next="A name with each call; 8 of 10 in 45.",
    ).level(CURRENT, 3, "Two walks, minute by minute. What was thought of specialists is in another column.")
    talk.held(
        -93,
        "",
        actual="5 by now, most days.",
        last="Halfway: names on most of the calls. She waits, and it costs her something.",
    )
    talk.on_paper(
        -86,
        -83,
        actual="5 at eleven.",
        last="Names noted for most calls. Screen down, paper up.",
        feedback="You drew the card from memory, in the right order.",
    )
    talk.held(
        -83,
        "33 of 58, and you cut it by name and no name. There it was.",
        last="31 of 49 with a name, 2 of 9 without.",
        obstacles="A third cannot leave their ward.",
    ).level(LEARN, 3, "8 of 10 expected, under 6 of 10 seen; found what the names do and what they cannot.")
    talk.held(
        -73,
        "Wrong by a factor of three, says Kofi, with a grin. He has learned that here.",
        last="9 of 17 on the phone in 12 minutes; expected 2 of 10.",
        target="Do we still want that one?",
        threshold="last",
        next="Sleep on it. Then decide about the target.",
    ).reflected("We asked for the person when we needed the answer. It makes a year look different.").level(
        EXPERIMENT, 4, "A week, two screens, nothing bought. It turned the target over."
    )
    talk.held(
        -68,
        "You left a target before its day and kept its numbers.",
        "I did not say well done. It was not that.",
        target="Left. None yet.",
        actual="6, 5, 5; 10 of 16 wait for a specialist.",
        threshold="actual",
        next="Take the time. Which questions need legs?",
    ).level(
        TARGET,
        4,
        "Left a condition since going on would have meant to get better at the wrong thing, and said so to Siobhan’s"
        " people.",
    )
    talk.held(
        -58,
        "",
        "She is tired. Ask less, come more.",
        actual="Between 5 and 6, as for months.",
        obstacles="Empty lot, on purpose.",
        took={"obstacles": 41},
    )


def _phone(talk: Coaching) -> None:
    talk.held(
        -46,
        "Three weeks to see it clearly. I was the impatient one.",
        target="Tomorrow but one. An answer within 30 minutes, wherever.",
        actual="Picture in two of five bays.",
    ).coach_level(
        "cleo", PLAN, 3, "Kept the rhythm through the three weeks without a target, shorter and kinder each time."
    )
    talk.held(
        -43, "", obstacles="Bays, telling, an empty room with a phone.", next="Two trolleys. 3 at eleven in two weeks."
    ).heard("cleo", "obstacles", "Which one? … And what happens there?", "They run for a phone. Yusuf does.").heard(
        "cleo", "next", "What do we not know yet? (Eleven seconds.)", "Whether it is the walking or the battery."
    ).coach_level(
        "cleo",
        LISTEN,
        4,
        "“Run for a phone”: she heard that nobody had counted it, and asked what happens there. No face was lost.",
    ).coach_level("cleo", FOLLOW, 4, "Eleven seconds. I looked away before the two of them did.").instructed(
        "cleo",
        "last",
        "The result is what was expected",
        "Ask: what would you have had to see to think otherwise?",
        habit=-17,
    )
    talk.held(
        -36,
        "You saw the battery before you saw the number.",
        last="Trolleys run. Battery empty twice.",
        actual="3, 4, 4.",
    )
    talk.held(
        -31,
        "Right idea, wrong battery, and no third phone asked for.",
        "Cleo’s question waits for a result that fits.",
        last="4, not 3. 22 of 31 with a picture, 7 times empty.",
        next="A plug and a line.",
    ).level(LEARN, 4, "4 against 3, told as what they had not known: how a battery lives on a ward.")
    talk.held(
        -26, "", last="Line is drawn. Not once empty in four days.", see="After two weeks, or at the first empty one."
    )
    talk.held(
        -18,
        "It came true and you looked for the crack in it. That was the best minute of the month.",
        "It asks itself by now, when the number fits.",
        target="30 minutes; 2 at eleven.",
        last=(
            "2, expected 3. Battery: never. What would have spoken against it? “A week with two trolleys in one bay.”"
            " Was there one? Yes, once."
        ),
        obstacles="Bays go. The telling comes.",
        next="Listen to five, first word to answer.",
    ).heard(
        "cleo",
        "last",
        "What would you have had to see to think otherwise?",
        "Both trolleys in one bay, and a third patient.",
    ).coach_level(
        "cleo", FOLLOW, 5, "Asked it as if it had always been hers. Kofi asked it again ten minutes later, of Yusuf."
    ).level(
        OBSTACLES, 4, "Chose the telling over the empty room, since nobody knows what it costs. Said that this is why."
    )
    talk.held(-16, "", next="Three of five heard. She writes every word.", see="Two more, on the late round.")
    talk.held(
        -11,
        "“What falls out on the way.” You heard it because you had counted the other thing.",
        last="3, 4, 3, 3, 5. Medicine is lost in 3 of 5.",
        obstacles="Told three times, and thinner each time.",
    ).reflected("I counted the tellings for the minutes, and found the medicine.").level(
        CURRENT, 4, "Counted one thing and saw another, since she had written down the words."
    )
    talk.held(
        -8,
        "Elena asked you question four. Did you notice?",
        "Step back at question four, one pace.",
        target="At most 2 at eleven.",
        actual="2, then 3.",
        last="Five questions heard.",
        obstacles="The telling.",
        next="The nurse who took the history tells it herself. At most twice, 2 at eleven.",
        see="In two weeks; a look each day at eleven.",
    ).level(
        LEARN, 3, "Took 2 at eleven as proof on the first day. Took it back at the board when Elena counted the beds."
    )
    talk.held(
        -3,
        "You said “we do not know” twice, to a consultant.",
        "",
        target="Two at eleven, and nothing falls out.",
        actual="3, 2, 3 at eleven.",
        last="Told twice in 6 of 8 calls. Nurse was on another bay in the other two.",
        obstacles="Same. The empty room stays in the lot.",
        next="Which two were those? She asks Elena.",
        see="The day is on the board. Two calls tomorrow, with Yusuf listening.",
    ).heard(
        "cleo",
        "target",
        "How should it run, and by when? And what does Mrs Hall notice then?",
        "That nobody asks her a third time what she takes.",
    ).heard(
        "cleo", "next", "(Ten seconds, both looking at the record.)", "Which two? I do not know. I ask Elena."
    ).coach_level(
        "cleo", FEEDBACK, 4, "Told Nia one sentence of hers, word for word, and what it had done to the room."
    ).coach_level(
        "cleo", LISTEN, 5, "Yusuf learned it from watching her: he stopped himself at “usually”. I have nothing to add."
    ).level(DIRECTION, 4, "Brought the talk back from minutes to Mrs Hall’s medicine before anybody had drifted far.")
    talk.held(
        -1,
        "The number was good and you asked for the two calls first.",
        "Come on a late shift once.",
        target="17 days; she counts backwards from it.",
        actual="2, 2.",
        last="Nine of eleven told at most twice.",
        obstacles="The telling, a little thinner.",
        next="The late calls are next to look at; nothing else changes.",
        see="The late round tomorrow, then the day on the board.",
    ).reflected("Elena runs half of it by now. I find that I listen to how she asks.").level(
        EXPERIMENT, 4, "Lets it run and sends nobody to hurry it. Has said what she would need to see to stop."
    )
