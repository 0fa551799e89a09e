"""The numbers of the team *Access requests*: three real outcome measures, and what its people count by hand."""

from __future__ import annotations

from itertools import groupby

from kata.demo import real
from kata.demo.numbers import Numbers
from kata.demo.script import Stage

TEAM = "access-requests"
SOURCE = (
    "Real figures from one group of an IT service desk (event log “Incident management process”, Amaral, Fantinato "
    "and Peres, UCI), licence CC BY 4.0; the days are moved so that the last one is the last working day before the "
    "demo was loaded."
)
COUNTED = ("lars", "joy", "mirek", "ana", "hana")

CALL_BACKS_FROM = -64
CALL_BACKS = (
    *(14, 13, 15, 12, 13, 14, 11, 13, 12, 14, 11, 13, 12, 12, 11, 10, 9, 9, 10, 9, 8, 7, 7),
    *(8, 7, 7, 6, 7, 6, 6, 7, 4, 3, 3, 19, 11, 9, 8, 6, 6, 5, 5, 5, 5),
    *(6, 5, 5, 4, 5, 4, 4, 5, 4, 3, 4, 4, 3, 4, 3, 3, None, 2, 4, 3),
)
WAITING_FROM = -22
WAITING = (5, 6, 4, 5, 5, 4, 5, 4, 4, 4, 4, 2, 5, 3, 3, 2, 2, 2, None, 2, 2, 2)
NOTES = {
    -30: "64 requests from one department on one day; we rang until 18:20",
    -47: "Two of us in training; counted from the call list",
    -3: "The day after the holiday: 2 requests came in",
}
#: The why behind real figures is as invented as the people who tell it: the day, when it was noted, by whom, the words.
SHARE_NOTES = (
    (-62, -59, "ana", "Nobody opens the approvals mailbox: the two who did moved to another building last week"),
    (-48, -46, "mirek", "Two requests only; the Friday before a holiday"),
    (-30, -26, "lars", "64 requests from one department on one day; we rang until 18:20"),
)


def tell(stage: Stage) -> None:
    """Follow the measures from the board's first day, and write the values down when they are known."""
    numbers = Numbers(stage, TEAM)
    numbers.follow(
        "share",
        -67,
        "ana",
        "Share resolved within the agreed time",
        "%",
        "up",
        "outcome",
        "Of the requests that came in on a day, the share that was resolved within the time agreed for its kind.",
        source=SOURCE,
        share=True,
        target=90,
        cadence="day",
        owner="ana",
    )
    numbers.follow(
        "reopened",
        -67,
        "ana",
        "Requests reopened",
        "a day",
        "down",
        "outcome",
        "Requests of a day that the colleague opened again after we had closed them.",
        source=SOURCE,
        low=0,
        cadence="day",
        owner="ana",
    )
    numbers.follow(
        "hours",
        -67,
        "ana",
        "Median time to resolve",
        "hours",
        "down",
        "outcome",
        "Half of a day's requests were resolved faster than this, nights and weekends counted.",
        source=SOURCE,
        low=0,
        cadence="day",
        owner="ana",
    )
    numbers.follow(
        "call-backs",
        -65,
        "ana",
        "Call-backs",
        "a day",
        "down",
        "process",
        "Each time we ring or write to ask for something that the request did not say. Strokes on the whiteboard, "
        "counted at 16:15.",
        low=0,
        target=4,
        cadence="day",
        owner="lars",
    )
    numbers.follow(
        "waiting",
        -22,
        "ana",
        "Blocked colleagues still waiting at 10:00",
        "",
        "down",
        "process",
        "People who cannot work at all, whose request came in before 09:30 and has no answer at 10:00.",
        low=0,
        target=0,
        cadence="day",
        owner="joy",
    )
    _paste(stage, numbers)
    numbers.entered("call-backs", COUNTED, CALL_BACKS_FROM, CALL_BACKS, NOTES)
    numbers.entered("waiting", ("ana", "joy", "ana", "mirek"), WAITING_FROM, WAITING, at="16:18")

    numbers.new_phase(
        "call-backs",
        -34,
        "ana",
        -44,
        "The request form offers ten tasks in our colleagues’ words beside the field, in place of 41 names of systems.",
    )
    numbers.new_phase(
        "share",
        -43,
        "ana",
        -55,
        "The approvals mailbox has somebody again: whoever has the queue opens it at 9:00 and 14:00.",
    )
    for on, noted, who, words in SHARE_NOTES:
        numbers.noted("share", noted, who, stage.days[TEAM].day(on), words)


def _paste(stage: Stage, numbers: Numbers) -> None:
    """Every fifth day, counted back from yesterday, Ana pastes the days since then from the ticket system."""
    for key, figures in real.service_desk(stage.days[TEAM]).items():
        for back, rows in groupby(figures, key=lambda figure: (-figure[0] - 1) // 5):
            numbers.pasted(key, -1 - 5 * back, "ana", [given for _, given in rows])
