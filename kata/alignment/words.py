"""How barriers read: their kinds and answers, where one stands in a sentence, and their lines in a board's history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from kata import clock
from kata.web.text import day

KINDS: dict[str, Any] = {
    "practice": _l("practice"),
    "procedure": _l("procedure"),
    "programme": _l("programme"),
    "policy": _l("policy"),
    "tool": _l("tool"),
    "skill": _l("skill"),
}

#: What each kind means to somebody who chooses one.
MEANS: dict[str, Any] = {
    "practice": _l("how it is always done"),
    "procedure": _l("a prescribed way of working"),
    "programme": _l("what a project or initiative asks for"),
    "policy": _l("a rule of the organisation"),
    "tool": _l("a system, a machine, a place"),
    "skill": _l("something that nobody here has learned"),
}

ANSWERS: dict[str, Any] = {
    "removed": _l("It is removed"),
    "promised": _l("It will be removed by a day"),
    "cannot": _l("It cannot be removed, and why"),
    "instead": _l("Try this instead"),
}

#: The same for whoever reads it.
SAID: dict[str, Any] = {
    "removed": _l("removed"),
    "promised": _l("will be removed"),
    "cannot": _l("cannot be removed"),
    "instead": _l("try this instead"),
}


#: Why a team takes its barrier back, in its own words.
BACK: dict[str, Any] = {
    "ourselves": _l("We removed it ourselves"),
    "gone": _l("It is no longer in the way"),
}


def days_since(raised_at: datetime, until: datetime | None = None) -> int:
    """Whole days that a barrier has waited."""
    return max(0, ((until or clock.now()) - raised_at).days)


def age(days: int) -> str:
    """since today, 1 day, 12 days"""
    return str(_("since today") if days == 0 else ngettext("%(num)s day", "%(num)s days", days))


def took(days: int) -> str:
    """the same day, after 1 day, after 12 days"""
    return str(_("the same day") if days == 0 else ngettext("after %(num)s day", "after %(num)s days", days))


def whom(leaders: str | None, area: str) -> str:
    """Who leads where it waits."""
    return leaders or str(_("whoever leads above %(area)s, which nobody leads now", area=area))


class Standing(NamedTuple):
    """What a barrier's sentence is made of."""

    status: str
    raised_at: datetime
    promised_for: date | None
    answered_at: datetime | None
    back_why: str | None = None
    back_at: datetime | None = None


def standing(now: Standing, who: str) -> str:
    """Where a barrier stands, in one sentence: for whom it waits and how long, or what was answered and how soon."""
    status, raised_at, promised_for, answered_at, back_why, back_at = now
    if back_why is not None:
        after = took(days_since(raised_at, back_at))
        if back_why == "ourselves":
            return str(_("Taken back %(after)s: the team removed it itself", after=after))
        return str(_("Taken back %(after)s: it is no longer in the way", after=after))
    if status == "open":
        return str(_("Waiting %(age)s for %(who)s", age=age(days_since(raised_at)), who=who))
    if promised_for is not None:
        return _promise(who, promised_for, age(days_since(raised_at)))
    after = took(days_since(raised_at, answered_at))
    sentences = {
        "removed": _("Removed %(after)s", after=after),
        "cannot": _("Cannot be removed, answered %(after)s", after=after),
        "instead": _("Something else to try instead, answered %(after)s", after=after),
    }
    return str(sentences[status])


def _promise(who: str, promised_for: date, waits: str) -> str:
    told = {"day": day(promised_for), "who": who, "age": waits}
    if promised_for < clock.now().date():
        return str(_("Was to be removed by %(day)s; waiting %(age)s, %(who)s is asked about it", **told))
    return str(_("Will be removed by %(day)s, says %(who)s; waiting %(age)s", **told))


#: By the kind of thing and the verb; ``None`` is not told, since another line says it already.
PHRASES: dict[tuple[str, str], Any] = {
    ("barrier", "raised"): _l("raised a barrier"),
    ("barrier", "reworded"): _l("reworded a barrier"),
    ("barrier", "was answered"): None,
    ("barrier", "was passed up"): None,
    ("barrier", "was joined"): None,
    ("barrier", "is answered for others"): None,
    ("barrier", "is answered with another"): None,
    ("barrier", "taken back: ourselves"): _l("took a barrier back: removed by themselves"),
    ("barrier", "taken back: gone"): _l("took a barrier back: no longer in the way"),
    ("barrier", "put together"): _l("put a barrier together with another"),
    ("barrier", "taken apart"): _l("took a barrier apart from another"),
    ("barrier_stop", "brought"): None,
    ("barrier_stop", "passed up"): _l("passed a barrier up"),
    ("barrier_answer", "answered: removed"): _l("answered a barrier: removed"),
    ("barrier_answer", "answered: promised"): _l("answered a barrier: will be removed"),
    ("barrier_answer", "answered: cannot"): _l("answered a barrier: cannot be removed"),
    ("barrier_answer", "answered: instead"): _l("answered a barrier: try this instead"),
}


def _answer(snapshot: dict[str, Any]) -> str:
    """The words, and the day of a promise."""
    by_date = snapshot["by_date"]
    promise = str(_("by %(day)s", day=day(date.fromisoformat(by_date)))) if by_date else ""
    return ", ".join(filter(None, (promise, snapshot["words"])))


#: What such a line tells of the snapshot.
IN_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "barrier": lambda snapshot: ". ".join(filter(None, (snapshot["text"].rstrip("."), snapshot.get("back_words")))),
    "barrier_stop": lambda snapshot: str(snapshot["reason"]),
    "barrier_answer": _answer,
}
