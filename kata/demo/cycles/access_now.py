"""Ben coaches Ana, the third target condition: the cycles of the last four weeks, with everything that was noted."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles.skills import (
    CURRENT,
    DIRECTION,
    EXPERIMENT,
    FOLLOW,
    LEARN,
    LISTEN,
    OBSTACLES,
    ORDER,
    PLAN,
    TARGET,
)


def tell(talk: Coaching) -> None:
    _urgent(talk)
    _who_sorts(talk)
    _card(talk)
    _rare(talk)


def _urgent(talk: Coaching) -> None:
    talk.held(
        -19,
        "You went from “urgent” to “cannot work”, and that is another thing. You heard the difference yourself.",
        "Keep my hands off her chalk.",
        target="At 10:00 at most 1 who cannot work still waits. Said it without looking.",
        actual="5 of 7, 6 of … she had to look. 17 of 24 marked urgent.",
        last="From the old target: lists with a task in every line.",
        obstacles="Urgent sorts nothing, says the board. She believes it sorts a little.",
        next="Ring all 24 of yesterday. At least 7 of the 8 stuck ones have marked it.",
        see="Tomorrow afternoon.",
    ).reflected("I have never rung people to ask them nothing but how it was. I am curious and a bit afraid.").level(
        DIRECTION, 3, "In her words: somebody sits there with a coat on, and we sort by who shouts."
    )
    talk.held(
        -17,
        "Three who were stuck had not marked it. You found the polite ones.",
        "Two questions in one breath at number three. Again.",
        target="Same as on the board, and what Hana would see at 10:00.",
        actual="5 waiting yesterday. Call-backs 5.",
        last="24 of 24 reached. 5 of 8 had marked it, and 12 who were fine.",
        obstacles="Urgent says how I feel. She drew it as a face.",
        next="“Can you work right now?” in place of it. From 5 waiting to 2.",
        see="After four mornings.",
    ).reflected("“What would you have had to see to think otherwise?” made me write the tally in four boxes.").level(
        CURRENT,
        4,
        "Chose four boxes instead of two, so that the polite ones could show up at all. Nobody had asked for it.",
    )
    talk.held(
        -15,
        "Both of you looked at the same chart today. I only held the card.",
        "Let Mirek finish.",
        target="No change.",
        actual="5 yesterday, 4 the day before. First “no” answers are in.",
        last="Second morning of the question. 9 said no so far; Mirek rings each of them.",
        obstacles="Urgent, until we know whether the answers are true.",
        next="Goes on. If more than 2 of the “no” can work, we look at the wording.",
        see="In two days, when there are about 20.",
    )


def _who_sorts(talk: Coaching) -> None:
    talk.held(
        -13,
        "You asked Mirek how he knows. My question, and better from you.",
        "Ask where the board says it, not whether it does.",
        threshold="last",
        target="One at most when the clock says ten.",
        actual="4, 4, 4. It has stopped falling.",
        last="Sorts well so far: 15 of 17. And the waiting does not move. “Then what did we do?”",
        next="Decide at four, with the last count. Ana, Mirek, Joy.",
        see="Today, 16:30.",
    ).reflected("I was so glad about the sorting that I had not looked at the waiting for two days.").level(
        LEARN,
        3,
        "Glad about 17 of 19, she passed over the waiting that had not moved. Saw it when I asked for both numbers.",
    )
    talk.held(
        -12,
        "Changing one thing: who sorts. Everything else stays. Good.",
        "Less card, more board.",
        target="The morning number only. Call-backs she leaves out; I let it go.",
        actual="4 at ten. First sorted list was ready at 09:20.",
        last="“Know who is stuck and still start at the top.” She quotes Mirek.",
        obstacles="Order: who cannot work waits behind those who can.",
        next="Lead sorts the first half hour. At most 2 on the third morning.",
        see="In two days. Could it be sooner? Each morning at ten, she says, and she is right.",
    ).heard("cleo", "actual", "So it is four again. And the chart?", "Four. I can’t say since when.").heard(
        "cleo", "see", "When can we go and see? … Could it be sooner?", "Every morning at ten, if I stand there."
    ).coach_level(
        "cleo",
        ORDER,
        2,
        "Told the chart himself at the second question and went back to the first. He was in a hurry today.",
    ).coach_level("cleo", PLAN, 3, "Step, day and next cycle were said aloud, and the next one was held.").level(
        EXPERIMENT, 4, "One change, three mornings, and a count that is taken anyway. Found the sooner day by herself."
    )
    talk.held(
        -10,
        "You said “I don’t know why” and left it standing. Hard, with three people listening.",
        "Slow down after the second question.",
        target="1 at ten, and says who it would be: somebody new in finance.",
        actual="4, 2, and this morning 5.",
        last="Sorted by 08:45 on the second morning: 2. Today the lead was at a training.",
        obstacles="Still order. Or is it that one person does it? She leaves it open until Joy has written.",
        next="None yet. Joy writes what happened today, then we plan.",
        see="Tomorrow, same time.",
        threshold="obstacles",
    ).reflected("Five is a bad number and a good morning: now we know what it hangs on.")


def _card(talk: Coaching) -> None:
    talk.held(
        -9,
        "You gave the step to Lars, and asked him what he expects. That is how it spreads.",
        "Say nothing while Lars writes.",
        target="One who waits, not two.",
        actual="5 yesterday, unsorted. 3 today.",
        last="It works on the mornings when somebody does it.",
        obstacles="It hangs on the lead. Before nine there is always one of us, and not always the same.",
        next="Card on the desk, whoever is first sorts. By 08:45, at most 2.",
        see="Three mornings.",
    ).level(
        OBSTACLES,
        4,
        "Picked “it hangs on one person” over the three that were easier, since the whole pattern stands on it.",
    )
    talk.held(
        -8,
        "Short and to the point. You did not need me for the first three.",
        "Shorter fifth question: one day, one place.",
        target="Unchanged, in one breath.",
        actual="3 at ten. Sorted at 08:40, by Hana.",
        last="The card, first morning. Hana read line two twice.",
        obstacles="Same.",
        next="Two more mornings. What do we not know: whether it holds when Lars is away.",
        see="In two days, at four.",
        took={"see": 18},
    ).heard("cleo", "next", "What do we not know yet?", "Whether it holds without Lars.").heard(
        "cleo", "see", "In two days, then. Fine.", "Fine. (She had taken a breath to say something.)"
    ).coach_level(
        "cleo",
        FOLLOW,
        4,
        "She found the open point before he had asked: his pause was long enough for it, and he did not fill it.",
    ).instructed(
        "cleo",
        "see",
        "The day to go and see is further off than tomorrow",
        "Ask: what could we see of it tomorrow, and who stands there?",
    )
    talk.held(
        -6,
        "Three people sorted, none of them was told to. You wrote their names down.",
        "Cleo’s question about tomorrow: asked it, and Lars had an answer.",
        target="1. The 2 of these days would not be enough, says she.",
        actual="3, 2, and 2 this morning.",
        last="08:40, 08:42, 08:50. Expected 2, it is 2, and she asks who these two are.",
        obstacles="Is order gone? She wants one more morning before she takes it off.",
        next="Note for both who wait which system they need.",
        see="Tomorrow at ten, Ana at the desk herself.",
    ).reflected("A prediction that came true, and I nearly went on. Who are the two?").level(
        LEARN, 4, "The number came true and she asked what it hides: which two people still wait, and for what."
    )


def _rare(talk: Coaching) -> None:
    talk.held(
        -5,
        "New facts before the next step. You planned the afternoon for it without my asking.",
        "Where facts end: say it more quietly.",
        threshold="actual",
        target="1 at ten, 3 call-backs. Two weeks and a bit.",
        actual="2 again. “Probably the rare ones.” Probably? Both times, she saw the names; the third she guesses.",
        next="Write the condition afresh today: what do the last six who waited have in common?",
        see="16:30, when it stands there.",
    ).reflected(
        "I said “probably” and heard it myself. 5 of the 6 needed a rare system; it might have been 2."
    ).coach_level(
        "cleo",
        LISTEN,
        3,
        "I read it in the notes and asked Ana: he stopped at “probably”, and she did not feel caught.",
    )
    talk.held(
        -3,
        "You could say for each of the six why they waited. Last month it would have been “they are slow”.",
        "Two things at once at question three. I noticed before Cleo did.",
        target="Who cannot work is answered first. 1 at ten.",
        actual="Quiet morning after the holiday: 2 requests so far. She does not count it as good news.",
        last="Lars’s card holds: four mornings, four people.",
        obstacles="Rare systems. Hana opens them at 10:15, after the common ones. Why then? Nobody knows.",
        next="Hana begins with the rare ones that say “no”. She writes it up this afternoon, with Hana.",
        see="Three mornings; the first one is tomorrow.",
    ).heard("cleo", "obstacles", "Which one is it now, and why that one?", "The rare ones. Five of six.").heard(
        "cleo",
        "see",
        "What could we see of it tomorrow, and who stands there?",
        "Whether she has opened one by nine. I stand there.",
    ).coach_level(
        "cleo",
        PLAN,
        4,
        "Will stand at Hana’s desk at nine with Ana. The rhythm bends to the step and not the other way.",
    ).reflected(
        "Nine o’clock at Hana’s desk. I would not have thought of going there myself before I had the number."
    ).level(
        TARGET,
        3,
        "Holds on to 1 at ten after a week of 2. Left out the call-backs again until I asked for the other number.",
    )
    talk.held(
        -2,
        "First morning, nothing to conclude, and you concluded nothing.",
        "Stay out of Hana’s light.",
        target="Read it off the board, finger on the 1.",
        actual="2 requests the day before, no wonder. Today 2 wait, one of them rare.",
        last="Hana had the first rare one open at 08:55. Expects 1 on the third morning.",
        obstacles="Rare systems, still only Hana.",
        next="Count at ten, as always.",
        see="Tomorrow, at Hana’s desk.",
    ).reflected("Ben said nothing for so long that Hana told us how her morning begins.")
    talk.held(
        -1,
        "You asked Hana what is different for her. She had waited for that.",
        "Listen to the end of the sentence, then count.",
        target="At most 1 who cannot work at ten; ten days left.",
        actual="Two people. Both said no at 08:20 and at 09:10.",
        last=(
            "Second morning. The rare ones are done by 09:40. The one of 09:10 came after Hana had gone on to the"
            " common ones."
        ),
        obstacles="Not only rare, perhaps: late. She wants today’s count before it goes on the board.",
        next="Leave it as it is for the third morning. Expects 1; says she would not bet on it.",
        see="Today after four, with the count.",
        threshold="obstacles",
        took={"next": 212},
    ).reflected("If it is 2 again I will be wrong in a useful way. I wrote down beforehand why it could be.").level(
        CURRENT, 4, "Had the times of both who waited, to the minute, from standing there. Nobody had told her to."
    ).level(
        EXPERIMENT,
        3,
        "Wanted to have Hana come earlier as well, in the middle of the three mornings. Let it be after a look at the"
        " board.",
    )
