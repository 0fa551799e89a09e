"""Whom three of the demo's teams serve, and what they heard in a year; the people and their words are invented.

*Access requests* listens in five ways and keeps it open to everyone; *Baggage* hears through two and is told so;
*Emergency flow* keeps to itself what it hears.
"""

from __future__ import annotations

from kata.demo.listening import Listener
from kata.demo.script import Stage

BAD, CHANGE, ELSEWHERE, GOOD = "has not worked", "needs to change", "someone does better", "worked well"
FIRST, MOVING, MANAGER = "A colleague on the first day", "A colleague who changes jobs", "A manager who hires"
LOCKED, PASSWORD, MORNING, ASKING, OLD_DOOR = (
    "I can’t get in",
    "It does not take my password",
    "Everyone else is working",
    "Whom do I ask for this?",
    "My old keys still fit",
)


def tell(stage: Stage) -> None:
    """All three teams."""
    access = Listener(stage, "access-requests")
    _journeys(access)
    _year_of_access(access)
    _talks_of_access(access)
    _baggage(Listener(stage, "baggage"))
    _emergency(Listener(stage, "emergency-flow"))


def _journeys(access: Listener) -> None:
    access.serves(
        -258,
        "ana",
        FIRST,
        "To be of use before lunch, and not to have to ask twice.",
        [MORNING, LOCKED, PASSWORD],
        inside=True,
    )
    access.serves(
        -258, "hana", MOVING, "To keep working while the rights of the new job arrive.", [OLD_DOOR], inside=True
    )
    access.serves(
        -256,
        "ana",
        MANAGER,
        "To know that everything is ready, without keeping a list of their own.",
        [ASKING, "Have they got everything?"],
        inside=True,
    )
    access.at_stake(
        -60,
        "ana",
        LOCKED,
        "Somebody sits at a desk, ready to work, and a window says no. What we do in the next hour is what they will "
        "tell about this house at home.",
        ["share", "hours"],
    )
    access.at_stake(-60, "mirek", PASSWORD, "A Monday, a holiday behind them, and three tries left.", ["resets"])
    access.at_stake(-58, "hana", OLD_DOOR, "They see what they should no longer see, and wonder who else does.")


def _year_of_access(access: Listener) -> None:
    access.heard(
        -240,
        "joy",
        "complaint",
        BAD,
        LOCKED,
        "I was told it would be there on Monday. It is Wednesday, and I am reading other people’s mail over their "
        "shoulder to have something to do.",
        "The form had waited for a second signature since Friday; nobody had told the one who signs.",
    )
    access.heard(
        -231,
        "lars",
        "one-to-one",
        CHANGE,
        ASKING,
        "Whoever picked up was kind. I only wish it had not been the fourth person I told it to.",
    )
    access.heard(
        -212,
        "ana",
        "survey card",
        ELSEWHERE,
        MORNING,
        "At my last place the laptop knew me before I had taken off my coat.",
        "They prepare everything from the contract, a week ahead. We start when the form arrives.",
    )
    access.heard(-198, "mirek", "survey card", CHANGE, LOCKED, "Nobody said how long. I would have gone for a walk.")
    access.heard(
        -177,
        "joy",
        "letter",
        GOOD,
        LOCKED,
        "To whoever rang me back at ten past eight: thank you. I was working at nine.",
    )
    access.heard(
        -160,
        "hana",
        "complaint",
        BAD,
        OLD_DOOR,
        "Two months in purchasing, and I can still open the salary lists of my old team. I have told three people.",
        "Rights are added on a form and taken away on none.",
    )
    access.heard(
        -149,
        "mirek",
        "one-to-one",
        BAD,
        PASSWORD,
        "It wants a special sign and then it does not like the sign.",
    ).reworded(
        -148,
        "mirek",
        "It wants a special sign, and then it does not like the one I choose. The rule is nowhere to be read.",
    )
    access.heard(
        -131,
        "lars",
        "survey card",
        GOOD,
        PASSWORD,
        "I changed it on the train, by myself. I had my phone ready to call you and did not need it.",
    )
    access.heard(
        -112,
        "ana",
        "loyalty and defection",
        ELSEWHERE,
        MORNING,
        "I left in my second month. Not because of the access, but the first week told me how things go here.",
        "The two others who left this year also spoke of their first week.",
    )
    access.heard(
        -90,
        "joy",
        "letter",
        CHANGE,
        ASKING,
        "There is a form for the form. I am not complaining, I am describing.",
    )
    access.heard(
        -71,
        "hana",
        "complaint",
        BAD,
        LOCKED,
        "My trainee sat here for a day and a half. Her name is known to you, her number too, you asked for both twice.",
    ).struck(
        -69, "hana", "My trainee sat here for a day and a half. You asked for the same twice.", "who the trainee is"
    )
    access.heard(
        -44,
        "ana",
        "one-to-one",
        GOOD,
        LOCKED,
        "You asked what I needed it for, and gave me what I needed instead of what I had ticked.",
    )
    access.heard(-26, "lars", "survey card", CHANGE, LOCKED, "Everybody marks it urgent. So do I now.")
    access.heard(
        -9,
        "joy",
        "one-to-one",
        GOOD,
        MORNING,
        "At ten I had everything. I rang my mother in the break to tell her.",
    )


def _talks_of_access(access: Listener) -> None:
    hiring, night = "Two managers who hire every month", "The night shift at the warehouse"
    access.talks(-200, "ana", hiring, MANAGER, "month", -190)
    access.talked(
        -190,
        "ana",
        hiring,
        "They keep a list of their own in a drawer, since ours cannot be read by them.",
        (BAD, "Have they got everything?", "I find out what is missing when they stand in front of my desk."),
    )
    access.talked(-167, "joy", hiring, "One of the two came. We showed her the queue; she had never seen it.")
    access.talked(
        -120,
        "ana",
        hiring,
        "Both came, with the list from the drawer.",
        (CHANGE, ASKING, "Give me one page on which I see everybody who starts this month. I shall print it myself."),
        (ELSEWHERE, "Have they got everything?", "Facilities send me a photo of the desk the evening before."),
    )
    access.talked(-46, "hana", hiring, "Half an hour at their desks. The list has left the drawer.")
    access.talked(
        -12,
        "ana",
        hiring,
        "They brought somebody who started in March.",
        (GOOD, "Have they got everything?", "This time I asked him, and he only shrugged: it all just worked."),
    )
    access.talks(-60, "lars", night, FIRST, "month", -50)
    access.talked(
        -26,
        "lars",
        night,
        "At 22:00, standing, beside the conveyor.",
        (BAD, PASSWORD, "When it locks me out at two in the morning there is nobody. I borrow a badge."),
    )


def _baggage(baggage: Listener) -> None:
    traveller = "A passenger waiting at the belt"
    baggage.serves(
        -205,
        "luis",
        traveller,
        "To be out of the door with everything they came with, before the last train.",
        ["Did my bag make it?", "Have you found it?"],
    )
    baggage.at_stake(
        -60,
        "luis",
        "Did my bag make it?",
        "The belt turns, and everybody looks at the same hole in the wall. Each minute without a word is longer.",
        ["last bag"],
    )
    baggage.heard(
        -150,
        "ruth",
        "letter",
        BAD,
        "Have you found it?",
        "It was the case with my daughter’s costume in it. You answered after the play.",
        "It had lain in the third of four boxes since the first evening.",
    )
    baggage.heard(
        -96,
        "dana",
        "complaint",
        CHANGE,
        "Did my bag make it?",
        "The screen said ‘soon’ for twenty-five minutes. Soon is not a time.",
    )
    baggage.heard(
        -41,
        "tevita",
        "complaint",
        ELSEWHERE,
        "Did my bag make it?",
        "In the other terminal they write the minute of the last bag on the board, and then it comes at that minute.",
    )
    baggage.heard(
        -11, "luis", "letter", GOOD, "Did my bag make it?", "My bag was there before me. I walked past it twice."
    )


def _emergency(emergency: Listener) -> None:
    patient, family = "Somebody who comes in an emergency", "Those who wait with them"
    emergency.serves(
        -210,
        "nia",
        patient,
        "To be seen by somebody who knows what comes next.",
        ["The first face at the door", "Has anybody seen me?"],
    )
    emergency.serves(-209, "kofi", family, "To know where they are, and whether to stay.", ["Nobody tells us anything"])
    emergency.close(-209, "anneke")
    emergency.heard(
        -180,
        "elena",
        "complaint",
        BAD,
        "Has anybody seen me?",
        "I counted the tiles. Four people walked past and each of them was in a hurry to somewhere else.",
    )
    emergency.heard(
        -122,
        "kofi",
        "letter",
        BAD,
        "Nobody tells us anything",
        "My mother was moved while I fetched her glasses. I went through three wards with the glasses in my hand.",
        "The board shows the bed, never who is looking for it.",
    )
    emergency.heard(
        -75,
        "yusuf",
        "panel",
        CHANGE,
        "Has anybody seen me?",
        "A number on a slip tells me that I exist. Say when, too.",
    )
    emergency.heard(
        -30,
        "nia",
        "one-to-one",
        GOOD,
        "The first face at the door",
        "She looked at me first and at the screen afterwards.",
    )
    emergency.talks(-100, "nia", "The patients’ council", patient, "quarter", -95)
    emergency.talked(
        -95,
        "nia",
        "The patients’ council",
        "Five of them, two hours, in the waiting room and not in ours.",
        (ELSEWHERE, "Has anybody seen me?", "At the dentist a child can read on the wall how many are before it."),
    )
