"""The card a coach holds: the questions in their order, what of the board answers each, what to ask further. Pure.

The order is that of Mike Rother's coaching kata: where we want to be, where we are; then the card is turned over to
look back on the last step; then what is in the way, the next step, and when we can see what it taught. The words are
ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the card: ``number`` is its question's, ``None`` on the back of the card.

    ``asks`` are the questions in the order in which they are asked, ``lit`` the sheets of the board that answer them,
    ``further`` what a coach may ask when the answer stays vague.
    """

    key: str
    number: int | None
    short: Any
    asks: tuple[Any, ...]
    lit: tuple[str, ...]
    further: tuple[Any, ...]


STEPS = (
    Step(
        "target",
        1,
        _l("Target"),
        (_l("How should the process run, and by when?"),),
        ("target", "challenge"),
        (
            _l("What would I see if I stood there?"),
            _l("Which number would tell us?"),
            _l("What does the customer notice then?"),
        ),
    ),
    Step(
        "actual",
        2,
        _l("Actual"),
        (_l("How does it run now?"),),
        ("actual", "process"),
        (
            _l("When did you see it last?"),
            _l("What do the numbers say today?"),
            _l("Where does it differ from the pattern you want?"),
        ),
    ),
    Step(
        "last",
        None,
        _l("Last step"),
        (
            _l("What was your last step?"),
            _l("What did you expect of it?"),
            _l("What happened, as you saw and counted it?"),
            _l("What did that teach you?"),
        ),
        ("record",),
        (
            _l("What surprised you?"),
            _l("How do you know?"),
            _l("What would you have had to see to think otherwise?"),
        ),
    ),
    Step(
        "obstacles",
        3,
        _l("Obstacles"),
        (_l("What stands between the two?"), _l("Which one are you working on now?")),
        ("obstacles",),
        (
            _l("What exactly happens there?"),
            _l("When, and how often?"),
            _l("Why this one, and not another?"),
        ),
    ),
    Step(
        "next",
        4,
        _l("Next step"),
        (_l("What is your next step?"), _l("What do you expect of it?")),
        ("obstacles", "record"),
        (
            _l("What do we not know yet?"),
            _l("What is the smallest way to find out?"),
            _l("What will you measure, and how?"),
        ),
    ),
    Step(
        "see",
        5,
        _l("Go and see"),
        (_l("When can we go and see what that step taught?"),),
        ("record",),
        (
            _l("Could it be sooner?"),
            _l("What do you need to prepare?"),
            _l("Who else should be there?"),
        ),
    ),
)

#: Where a cycle is when the questions are through: feedback, what was observed, what comes next.
CLOSING = "closing"
#: The texts of a cycle besides the notes at each question, in the order in which they are written.
FEEDBACK, PRACTICE, REFLECTION = "feedback", "practice", "reflection"

KEYS = tuple(step.key for step in STEPS)
PLACES = (*KEYS, CLOSING)
PARTS = (*KEYS, FEEDBACK, PRACTICE, REFLECTION)
BY_KEY: Mapping[str, Step] = {step.key: step for step in STEPS}


@lru_cache(maxsize=16)
def worded(_locale: str) -> Mapping[str, Step]:
    """The steps by their keys, in order, in the words of the reader's language, which is ``_locale``.

    A turn of the card shows some twenty of them, and looking one up costs more than showing it.
    """
    return {
        step.key: replace(
            step,
            short=str(step.short),
            asks=tuple(str(ask) for ask in step.asks),
            further=tuple(str(ask) for ask in step.further),
        )
        for step in STEPS
    }


def after(key: str) -> str:
    """The place on the card that follows."""
    return PLACES[min(PLACES.index(key) + 1, len(PLACES) - 1)]


def before(key: str) -> str | None:
    """The place on the card that comes before, if any."""
    at = PLACES.index(key)
    return PLACES[at - 1] if at else None
