"""Grace coaches Ruth until the nights take her away, and from August on Carmen, through a week of snow."""

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
    PLAN,
    TARGET,
)
from kata.demo.script import Stage


def tell(stage: Stage) -> None:
    letters = Coaching(stage, "baggage", "Letters about lost property", "grace", at="15:30")
    letters.held(
        -182,
        "Ten letters, ten numbers. A clean start.",
        target="8 of 10 within 4 days.",
        obstacles="Four boxes in four places.",
    )
    letters.on_paper(
        -176,
        -175,
        last="One box at 15:00 for three days. She found two pairs of skis in it.",
        feedback="You went to all four boxes yourself.",
    )
    letters.held(
        -167,
        "You gave your numbers to whoever does it now. That is how one leaves.",
        target="Left: the letters are not ours any more.",
        threshold="target",
    )
    talk = Coaching(stage, "turnaround", "Doors closed on time, first wave", "grace", at="14:45")
    talk.rhythm(-110, -1, -3, -5)
    _sheet(talk)
    _chairs(talk)
    _snow(talk)


def _sheet(talk: Coaching) -> None:
    talk.held(
        -110,
        "You were at the gate at five. It shows.",
        "From May to July I coached nobody, for the nights. Two afternoons are mine again: keep them.",
        actual="7, 6, 8 of 12. One day of storms at 37 %: she marked it and did not explain it.",
        target="Not yet. Tomorrow.",
        threshold="actual",
    ).level(
        CURRENT, 2, "Three mornings at the gates, all twelve flights. The steps before the gate were told, not seen."
    )
    talk.held(
        -108,
        "",
        "Learn the gates by heart, then be quiet about them.",
        target="Load sheet 12 min before, 3 of 12.",
        obstacles="Bags, says everybody.",
        next="Gate 14, three mornings, the last thing before the door.",
    ).level(EXPERIMENT, 2, "Goes to see one gate of twelve; the bags are nearly proven beforehand, to listen to her.")
    talk.held(
        -106,
        "A year of talk about bags, and three mornings were enough. Write that one large.",
        last="Twice the sheet, once a wheelchair. Bags were in 12, 15 and 16 before.",
        obstacles="Patrick takes his own bags off the board.",
    ).reflected("I had a belt loader in the budget for next year.")
    talk.held(
        -103,
        "",
        last="Printed 19, 21, 17 before; lay in the tray for 9, 14, 6.",
        next="Aisha would walk. What does she expect? Four mornings, 3 of 12.",
        see="After the fourth morning.",
    ).level(LEARN, 3, "Expected a late printer, found a tray. Said in one line what she had taken for granted.")
    talk.held(
        -99,
        "You asked Aisha where she was at 06:20 and not why.",
        actual="5, 4, 5. Gates 20 to 22 always open.",
        last="Third morning of the walk.",
    )
    talk.held(
        -96,
        "One walk for ten gates and a radio for three. You cut the problem where it breaks.",
        last="4, not 3. Eight minutes away is too far.",
        next="Radio for 20 to 22. 2 of 12 within six mornings.",
    ).level(OBSTACLES, 3, "Told the three far gates from the ten near ones by watching where the walk turns round.")
    talk.held(
        -89,
        "",
        last="3, not 2. What is left is in a wheelchair.",
        obstacles="Sheet off: 66 of 72.",
        see="The last week before the date: count on.",
    )
    talk.held(
        -82,
        "On-time arrivals have not moved and you wrote so. A good door does not fly.",
        target="Reached. A walk and a radio.",
        actual="3, 2, 3. 5 of 8 wait for a wheelchair.",
        threshold="actual",
        next="A target condition, the day after tomorrow.",
    ).reflected("It feels odd to reach it and see the other line lie there.").level(
        DIRECTION, 3, "Reached her own number and asked aloud whether a passenger has noticed anything."
    )


def _chairs(talk: Coaching) -> None:
    talk.held(
        -80,
        "In the seat, not at the gate. One word, and the contract reads differently.",
        target="Seated 20 min before; 1 of 12.",
        obstacles="They board at −14 or later.",
    ).level(
        TARGET,
        3,
        "Describes where the passenger sits at which minute. Both numbers, and a date that she will not move.",
    )
    talk.held(
        -78,
        "",
        next="Mei asks five passengers where they waited.",
        see="The fifth one when there is one; four by the end of the week.",
    )
    talk.held(
        -73,
        "Five passengers were worth more than the contractor’s whole report.",
        last="45 to 60 min early, all five. “I could see my seat from where I sat.”",
        obstacles="The last 20 metres.",
    ).level(CURRENT, 3, "Sent Mei to ask those who sit there. The times are of people and not of trips.")
    talk.held(
        -61,
        "",
        "Too long a step, and I nodded.",
        last="5 of 11. The dispatcher has nobody between 06:10 and 06:40.",
        next="Gate agents push? The safety office must say.",
    ).heard(
        "cleo", "next", "Have you thought about asking the safety office? Or Dev? Or both?", "Both, then."
    ).coach_level(
        "cleo", FOLLOW, 1, "Three questions in one, each with an answer in it. Carmen took the third."
    ).coach_level(
        "cleo",
        ORDER,
        2,
        "Turned the card only after the obstacles; came back to the last step when Carmen looked for it.",
    )
    talk.held(
        -57,
        "You set it aside on the day you knew, with the reason.",
        last="Safety says no: not insured to lift.",
        obstacles="Ours or not ours? She sorts the lot in two heaps.",
    ).level(OBSTACLES, 2, "Four days on one that only the insurer can move, while the far gates were within reach.")
    talk.held(
        -52,
        "",
        "One question. Just one.",
        next="A pusher stays at 10 to 16 from 05:40. From 3 to 1.",
        see="Ten mornings. Sooner? She looks after three.",
    )
    talk.held(
        -47,
        "Ten gates are quiet and you looked at the other three first.",
        actual="2 on five mornings of six, once 3.",
        last="None open at 10 to 16. 20 to 22: all.",
    )
    talk.held(
        -40,
        "You will not reach it. Tell me what you know that you did not know then.",
        target="1 of 12. It is 2.",
        threshold="target",
        next="Begin where it is far.",
    ).reflected("We waited for the insurance for a week, as if it were the weather.").level(
        LEARN, 3, "2 and not 1: said which half of the idea was right, and at which gates."
    )


def _snow(talk: Coaching) -> None:
    talk.held(
        -36,
        "You put de-icing on the board before the first snow.",
        target="All 12 gates; trucks in the order of departure.",
        obstacles="Far gates first. Trucks wait in the lot.",
    )
    talk.held(
        -31,
        "",
        "Cleo’s point: after the number, nothing from me.",
        actual="2, 2, 3. One far door in five mornings.",
        last="First pusher begins at 22.",
        next="Runs. “It takes both, one from each end.” She said it after a very long pause.",
        took={"next": 188},
    ).heard("cleo", "actual", "Three? That is because of gate 12, isn’t it?", "Maybe. I would have to look.").heard(
        "cleo", "next", "What is your next step? (Nine seconds.)", "It takes both. One from each end."
    ).coach_level(
        "cleo", LISTEN, 2, "“Maybe. I would have to look” was the threshold. Grace went on to the last step."
    ).coach_level(
        "cleo", FOLLOW, 2, "Nine seconds at the fourth question, and a reason handed over at the second."
    ).instructed(
        "cleo",
        "actual",
        "The learner has just told you a number",
        "Give no reason for it. Ask: when did you see it last?",
    )
    talk.broken_off(
        -26,
        actual="10 of 12. De-icing trucks passed behind us while she spoke. We stood in the way; sent everybody back.",
    )
    talk.held(
        -22,
        "Six days, and every morning somebody wrote the count. That is why you can read the logs now.",
        "Snow is no reason to coach less. Or is it? Ask Cleo.",
        actual="11 of 12.",
        last="Far gates solved before the snow: she nearly forgot to say it.",
        next="Patrick reads the truck logs tomorrow.",
        threshold="last",
    ).reflected("Nobody asked me for a reason this week except Grace, and she asked what I saw.").level(
        OBSTACLES, 3, "Put the trucks in focus on facts from the ramp, and left “more trucks” out of the sentence."
    )
    talk.held(
        -19,
        "Patrick was wrong by half and read it out himself. You made that safe.",
        last="11 to 14 min each: not slow. 9 of 12 called within 4 minutes.",
        obstacles="Order of the calls.",
        next="List the evening before. 4 of 12, not 10.",
    ).level(
        LEARN, 4, "Asked Patrick for the surprise before the number, in front of everybody, and thanked him for it."
    )
    talk.held(
        -15,
        "",
        actual="8, then 9 this morning.",
        last="The list held until 06:25. Two captains called.",
        obstacles="“They did not know of it.” As of today.",
    )
    talk.held(
        -12,
        "Ten captains, one question, a line on paper. It cannot fail and still teaches.",
        next="Place in the order on the load sheet; 8 of 10 will not call.",
        see="After ten. She asks the first two tomorrow.",
        took={"actual": 121},
    ).heard(
        "cleo", "actual", "Two. … When did you see it last?", "This morning at 21. Nobody in the jet bridge."
    ).coach_level(
        "cleo", FOLLOW, 3, "The reason was on her lips; she asked when Carmen had seen it, and got a place and a time."
    ).coach_level("cleo", FEEDBACK, 3, "One thing seen, one example, nothing about trucks.")
    talk.held(
        -8,
        "",
        "Number, breath, question.",
        actual="4, then 2 today. Mild mornings; she does not count them in.",
        last="Six captains so far, one called.",
        next="Goes on to ten.",
    ).level(EXPERIMENT, 4, "Paper, ten captains and a week, where the office wanted a screen at each gate.")
    talk.held(
        -3,
        "You say what you do not know yet, which is the snow. It stands on the board in those words.",
        "Gave a reason again, when Jamal was there. Number, breath.",
        target="1 of 12 on cold mornings, in two weeks and a day.",
        actual="3 this morning: two late crews, seen by Mei.",
        last="9 of 10 did not call. “Fourth is fine.”",
        obstacles="The trucks’ order, until it has been below zero.",
        next="The printed order on the next cold morning, Jamal with the captains.",
        see="Forecast says five days.",
    ).reflected("“As long as I know that I am fourth.” I would like to say that to our passengers, too.").level(
        TARGET, 4, "Just beyond what is known: the pattern for a morning that they have not had yet, with a date."
    ).coach_level(
        "cleo", PLAN, 3, "Looked through her notes of the month with her: a day and a place at the end of each."
    )
    talk.held(
        -1,
        "Jamal led and you stood behind him. I had nothing to do.",
        "Let two of them talk, and look at the board meanwhile.",
        target="No other than on the board; thirteen days.",
        actual="One door this morning, and nobody knows why it was one.",
        last="Printed order is ready; no frost.",
        obstacles="Trucks.",
        next="Wait for frost without doing three other things. Expects at most 4 open, 1 call.",
        see="In three days, at 05:50, on the ramp.",
    )
