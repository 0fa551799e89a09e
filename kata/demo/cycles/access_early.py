"""Ben coaches Ana, the first two target conditions: short notes, a question that held its answer, a habit.

On the day -51 Ben says what he thinks the next step is. Cleo hears it, and so does Ana; the board tells what came of
it.
"""

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
    ORDER,
    TARGET,
)


def tell(talk: Coaching) -> None:
    talk.rhythm(-64, -1, -2, -3, -4, -5)
    _mailbox(talk)
    _led(talk)
    _in_their_words(talk)
    _until_when(talk)
    _crowd(talk)


def _mailbox(talk: Coaching) -> None:
    talk.held(
        -64,
        "You told me what a colleague notices before you told me a number. Keep that order.",
        "Bring the card. I skipped the fifth question.",
        threshold="actual",
        target="Working again the same day. No target condition yet.",
        actual="“Mostly the mornings are bad.” Mostly?",
        next="Count for two days: in, done in time, rung back.",
    ).level(
        DIRECTION, 2, "Had the challenge and its measure ready. What the colleague notices came when I asked."
    ).level(CURRENT, 1, "Told me the mornings are bad; had not looked at one of them.")
    talk.held(
        -63,
        "Two days of strokes say more than the list of complaints did.",
        actual="14 strokes yesterday. Lunch not counted, nobody was there.",
        see="Facts on the board by 16:30.",
    )
    talk.held(
        -61,
        "",
        "I liked the lunch break too much myself.",
        obstacles="Four on the lot. Takes the lunch break first: “everyone says so”.",
        next="“Cover lunch with a rota.” How long do they wait over lunch? She does not know.",
        threshold="obstacles",
    )
    talk.held(
        -60,
        "One hour at the right place. That is a step.",
        last="None so far. First one today.",
        next="Sit with Lars, follow five requests. Expects four of five to wait more than an hour with us.",
        see="This afternoon.",
    ).level(EXPERIMENT, 2, "One hour, five requests, a day. The rota for lunch was still on the list behind it.")
    talk.held(
        -59,
        "You wrote down what did not fit and left it there.",
        last="All five read within 50 min. All five in the approvals mailbox. “I would have sworn it was us.”",
        obstacles="Lunch goes, mailbox comes.",
    ).reflected("I had the lunch break on the list because I was annoyed by it.").level(
        LEARN, 2, "Expected 4 of 5 to wait with us, found 0 of 5, and first wanted to explain it by the day."
    )
    talk.held(
        -57,
        "",
        actual="11 call-backs. Mailbox still fuller than she would like.",
        last="Mirek rings approvers until today. We look at 16:00, not before.",
    )
    talk.held(
        -56,
        "A third of the numbers were wrong, and that stands under what happened. Good place for it.",
        last="12 left of 61. Expected none. “They answer at once when Mirek rings.”",
    )
    talk.held(
        -53,
        "Ask Joy to read you the answers, one by one.",
        "Fewer nods. She stops when I nod.",
        target="Knows all three sentences by heart.",
        actual="Three mornings without an old mail.",
        see="Today; Joy has her eighth approver at two.",
    )


def _led(talk: Coaching) -> None:
    talk.held(
        -52,
        "You let go of something you cannot change and told the one who can.",
        obstacles="Mailbox off the board. The names now: nine of ten requests name no system.",
        next="Not ripe. Tomorrow.",
    )
    talk.held(
        -51,
        "Clear step, a number, four days. Well planned.",
        "Nothing. It went well?",
        took={"obstacles": 64, "next": 104, "see": 31},
        target="8 calls at most. She says “calls”, not “the share”.",
        actual="12 yesterday. Nine of ten do not name the system.",
        last="Joy’s eight approvers. 7 of 8 approvals add nothing.",
        obstacles="The names. She has counted them, not watched one being written.",
        next="Ask for the system at the top of the form. Expects 12 to 5.",
        see="After four days, she and Joy.",
    ).reflected("A quick one today. I am not sure whose step it is.").heard(
        "cleo", "obstacles", "Which one are you on? Why this one?", "The names. Nine of ten, I counted."
    ).heard(
        "cleo",
        "next",
        "Isn’t it the form, then? If it asked for the system, they’d write it. (He waited 2 seconds before that.)",
        "… I suppose so, yes. Then let us ask for it at the top.",
    ).heard("cleo", "see", "So, four days?", "Four days.").coach_level(
        "cleo",
        FOLLOW,
        1,
        "At the fourth question: “Isn’t it the form, then?” Ana looked up from the board, at him, and took it.",
    ).coach_level("cleo", ORDER, 3, "All in order, both at the board, the card face down on the table.").instructed(
        "cleo",
        "next",
        "An answer comes to your mind before one has come to hers",
        "Count to five. Then ask: what do we not know yet?",
        habit=-27,
    )
    talk.held(
        -49,
        "",
        "Cleo’s five seconds. Got to two, then talked.",
        last="Two days in. 12, then 11: she reads them without being asked.",
        next="The step runs. I asked what we do not know: “why they leave it empty.”",
    )
    talk.held(
        -48,
        "You noticed the empty fields. That is more than the count says.",
        "Counted to five once. It felt longer than it was.",
        actual="10 yesterday, two empty fields again.",
    )
    talk.held(
        -46,
        "Expected 5, got 9, and you went looking for what you had thought wrong. Do that with the good ones too.",
        "I gave her that step. I told her so today.",
        threshold="last",
        target="8 calls.",
        last=(
            "9, not 5. They would name the system if they knew its name. I waited; she said “I never watched anyone"
            " fill it in.”"
        ),
        next="Sit beside two colleagues. Her own words, start to end.",
        see="Tomorrow.",
    ).reflected(
        "Ben said that the form was his idea. I had half known it. It is easier to be wrong with my own."
    ).level(
        LEARN, 3, "Wrote 9 beside 5 without a word around it, and named what she had not known: how people fill it in."
    )
    talk.held(
        -45,
        "Small, soon, at the place. Nothing to add.",
        "Five seconds at question four. She spoke at four.",
        took={"next": 171},
        obstacles="Still the names, but she says “where they stop” now.",
        next="Watching two today. Expects both to get stuck at the approver.",
    ).heard(
        "cleo",
        "next",
        "What do we not know yet? (Then five seconds. I counted with him.)",
        "Whether it is the system at all. I would think the approver.",
    ).coach_level(
        "cleo", FOLLOW, 2, "Waited the five seconds, one knee bouncing. The question came from the card, and it fitted."
    ).level(EXPERIMENT, 3, "Two colleagues, one form, tomorrow. Said beforehand what would prove her wrong.")


def _in_their_words(talk: Coaching) -> None:
    talk.held(
        -44,
        "The surprise came first in your answer. I noticed.",
        last="Neither reached the approver. Both stopped at “system”; one typed “holiday”.",
        next="Hana: ten tasks in their words. 7 by the third day.",
    ).level(
        CURRENT,
        3,
        "Draws where both stopped on the form, with their words beside it; keeps “they are lost” for the other column.",
    )
    talk.held(
        -42,
        "",
        "Let silence be. Four times today, once on purpose.",
        actual="7 yesterday, of all things exactly 7.",
        see="16:25, at the whiteboard, with Hana.",
    )
    talk.held(
        -41,
        "What helped most was not on your first list. You said it yourself, before I had to.",
        target="Reached: 7 calls, and 8 of 10 on four days of five.",
        actual="She starts it afresh this afternoon. No old numbers.",
        next="Go through the ten newest calls before a new target.",
        threshold="actual",
    ).reflected("Five requests followed on one afternoon were worth more than a week of guessing at the table.").level(
        OBSTACLES, 2, "Two of four on the first list were what people complain about. Takes one at a time by now."
    )
    talk.held(
        -40,
        "One call is enough: anyone in the team could check that.",
        target="New one stands. 3 calls, 95 of 100. A stretch, and she knows it.",
        threshold="target",
        next="First look at the five calls of yesterday.",
    ).level(
        TARGET, 2, "Pattern and numbers were there. 95 of 100 came from the wish for a round one; I asked, she kept it."
    )
    talk.on_paper(
        -37,
        -36,
        actual="Room was taken, so at the paper board in the corridor. 6 calls yesterday.",
        last="“Until when” is on the form, second day. Nearly all tick the same box.",
        feedback="You looked at the answers and not only at how many there were.",
    )


def _until_when(talk: Coaching) -> None:
    talk.held(
        -36,
        "",
        actual="7, 6, 7. Flat.",
        last="Runs until tonight. She says already that 4 will not come.",
        obstacles="“Maybe it is not the question.” First time.",
    )
    talk.held(
        -35,
        "You asked what the answer is for. I would not have thought of that one.",
        "Wait as long for a right answer as for a wrong one.",
        threshold="last",
        last="6, not 4. Everyone answers, nearly everyone the same.",
        next="An hour at the security desk. Expects them to look once a quarter.",
        see="Today, 14:00.",
    ).reflected("Ten seconds of nobody speaking, and then I heard myself ask what they do with the date.").level(
        LEARN,
        2,
        "First reading of the flat line was “people do not read the form”. It took two questions to let that go.",
    )
    talk.held(
        -34,
        "212 dates and no report. You told it without blaming them.",
        actual="6 again yesterday, before the change.",
        last="Nobody reads the end dates. Silence at the board, then laughter.",
        next="Joy stops ringing for a date, three days.",
    )
    talk.held(
        -32,
        "Joy spoke today and you let her. More of that.",
        "Still five at question four. I do not look at my fingers any more.",
        actual="7, then 4.",
        last="Security has asked about none. Joy waits for the first complaint.",
        next="Runs. What do we not know? “Whether they will mind in a month.”",
        took={"next": 149},
    ).heard(
        "cleo", "actual", "When did you see it last?", "This morning. Joy, tell him about the man from facilities."
    ).heard(
        "cleo",
        "next",
        "(Seven seconds. Then:) What do we not know yet?",
        "Whether they will mind in a month. We could ask them.",
    ).coach_level(
        "cleo",
        FOLLOW,
        3,
        "Third time in a row: one short question, then quiet until she was through. No hint in it, no nod either.",
    ).coach_level("cleo", LISTEN, 2, "Heard “they will not mind” as a guess, though only after she had gone on.")
    talk.held(
        -31,
        "You had expected one complaint and say so. That is the part I would frame.",
        last="0 asked. Done today, she thinks; counts until four.",
    ).level(
        EXPERIMENT,
        3,
        "Took the cheapest way to learn whether a rule is needed: leave it away for three days, and say what would be"
        " too much.",
    )


def _crowd(talk: Coaching) -> None:
    talk.broken_off(
        -30, target="One call, 3 a day.", actual="Phone. Phone. 30 came in before ten; Ana has the queue. Off we go."
    )
    talk.held(
        -29,
        "You set a step aside that you liked and wrote down when you take it up again.",
        threshold="obstacles",
        actual="10 of 78. She had not slept well.",
        obstacles="The crowd. “We need a second shift.” Where did they come from? Nobody has asked.",
        next="Ask the project what they knew. Lars goes tomorrow.",
    ).level(
        OBSTACLES,
        1,
        "After the day of the 78 the obstacle was “we are too few”, a solution in disguise. It was a hard morning; we"
        " look again.",
    ).reflected("I wanted people, not questions. We got to the project all the same.")
    talk.held(
        -28,
        "",
        "Said “have you thought of” once. Bit my tongue after the “of”.",
        actual="11 yesterday, still ringing after that department.",
        next="Lars asks two things, no more.",
    )
    talk.held(
        -26,
        "From “bad luck” to “it stood in a plan for seven weeks”, in two days.",
        last="31 people had the plan, none of them here. List of 64 names ready 12 days before.",
        obstacles="A crowd that announces itself where nobody listens.",
        next="The next mail with many names goes through as one list.",
        see="When it comes. This week, they think.",
    ).level(
        OBSTACLES,
        3,
        "Says what happens, when and how often: a known day, 31 readers, none of us. “Too few” is off the lot.",
    )
    talk.held(
        -23,
        "",
        "Ask about the prediction before the result.",
        actual="6, 6, 5: quiet again.",
        last="First list: 6 names in 55 minutes. The second one is on Joy’s desk.",
    )
    talk.held(
        -22,
        "You will miss it today and you have moved neither the date nor the number.",
        target="95 and 3. Will not be reached.",
        actual="5 calls; 71 and 67 % in the bad days.",
        threshold="target",
        next="Write the reflection before anybody talks about the next one.",
    )
    talk.held(
        -21,
        "A target missed, and a page that I would show to any coach.",
        "I wanted to comfort her. Asked what she knows now, instead.",
        target="Not achieved. She reads her own text aloud: a crowd came, and a question that nobody needed.",
        next="See who waits in the mornings. Nobody has looked.",
        threshold="target",
    ).reflected("Missing it hurt less than I thought. The two weeks for a date that nobody reads hurt more.").level(
        TARGET,
        3,
        "Looked back at the missed one: what stood between, what was ours, what we know. The date stayed where it was.",
    ).level(
        LEARN, 4, "Said without being asked what she had thought wrong: that more questions make a better request."
    ).coach_level(
        "cleo", FEEDBACK, 3, "Read his notes with him: one thing seen, one example, nothing about the solution."
    )
