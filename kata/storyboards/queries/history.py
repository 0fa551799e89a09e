"""What happened on a board, day by day, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import Integer, bindparam, select, tuple_

from kata.activity.models import Activity
from kata.extensions import db
from kata.identity.models import Person


class Event(NamedTuple):
    """One thing that somebody did: when, who, what in words, and the text it was about."""

    at: datetime
    who: str
    what: Any
    text: str


class Day(NamedTuple):
    """A day of the team with what happened on it, newest first."""

    day: date
    events: list[Event]


#: How the record's verbs read, by the kind of thing they are about. A verb is here or in ``SILENT``.
PHRASES: dict[tuple[str, str], Any] = {
    ("storyboard", "started"): _l("started the storyboard"),
    ("storyboard", "changed"): _l("changed the storyboard"),
    ("storyboard", "closed to the team"): _l("closed the storyboard to the team"),
    ("storyboard", "opened to everyone"): _l("opened the storyboard to everyone"),
    ("storyboard", "ended"): _l("ended the storyboard"),
    ("storyboard", "archived"): _l("archived the storyboard"),
    ("storyboard", "reopened"): _l("reopened the storyboard"),
    ("board_opening", "looked into"): _l("looked into the closed storyboard"),
    ("challenge", "stated the challenge"): _l("stated the challenge"),
    ("current_condition", "described the current condition"): _l("described the current condition"),
    ("target_condition", "set the target condition"): _l("set the target condition"),
    ("target_condition", "reworded the target condition"): _l("reworded the target condition"),
    ("target_condition", "ended the target condition as achieved"): _l("ended the target condition: achieved"),
    ("target_condition", "ended the target condition as not achieved"): _l("ended the target condition: not achieved"),
    ("target_condition", "ended the target condition as left"): _l("ended the target condition: left"),
    ("obstacle", "parked"): _l("parked an obstacle"),
    ("obstacle", "reworded"): _l("reworded an obstacle"),
    ("obstacle", "put in focus"): _l("put an obstacle in focus"),
    ("obstacle", "put back to waiting"): _l("put an obstacle back to waiting"),
    ("obstacle", "removed"): _l("removed an obstacle"),
    ("obstacle", "set aside"): _l("set an obstacle aside"),
    ("obstacle", "put back"): _l("put an obstacle back"),
    ("experiment", "planned"): _l("planned an experiment"),
    ("experiment", "replanned"): _l("changed the plan"),
    ("experiment", "saw what happened"): _l("logged what happened"),
    ("experiment", "concluded"): _l("wrote what was learned"),
    ("experiment", "set aside"): _l("set an experiment aside"),
    ("amendment", "amended"): _l("amended an experiment"),
    ("photo", "added a photo"): _l("added a photo"),
    ("photo", "removed a photo"): _l("took a photo off"),
    ("photo", "put a photo back"): _l("put a photo back"),
    ("signal_answer", "answered a signal"): _l("said which experiment expected a signal"),
    ("signal_answer", "changed the answer to a signal"): _l("changed the answer to a signal"),
}

#: What is recorded so that a past day can be put together, and not told: another line of the day says it already.
SILENT: frozenset[tuple[str, str]] = frozenset(
    {
        ("target_measure", "aimed at"),
        ("target_measure", "no longer aims at"),
        ("obstacle", "moved"),
        ("obstacle", "made room"),
        ("obstacle", "left behind"),
        ("experiment", "amended"),
    }
)

#: Which text of a snapshot an event is about, by table and verb, or by table alone.
TEXTS = {
    ("experiment", "saw what happened"): "happened",
    ("experiment", "concluded"): "learned",
    ("experiment", "set aside"): "set_aside_reason",
    ("storyboard", "ended"): "reflection",
    ("target_condition", "set the target condition"): "pattern",
    ("target_condition", "reworded the target condition"): "pattern",
    "target_condition": "reflection",
    "storyboard": "focus_process",
    "board_opening": "reason",
    "challenge": "statement",
    "current_condition": "facts",
    "obstacle": "text",
    "experiment": "step",
    "amendment": "after",
    "photo": "caption",
    "signal_answer": "words",
}

#: The same for what rooms further up record about a board; ``None`` is left out on purpose.
ABOVE: dict[tuple[str, str], Any] = {}
#: Texts of theirs that a snapshot holds as something else than words, by table.
IN_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {}


PAGE_SIZE = 100

#: The largest id: what comes before it is everything.
NEWEST = 2**31 - 1


class Page(NamedTuple):
    """Some days of the history, newest first; ``older`` is what the page after this one comes before, if there is one.

    A day that holds more than a page has place for goes on upon the next.
    """

    days: list[Day]
    older: int | None


def page(board_id: int, zone: str, before: int = NEWEST) -> Page:
    """The newest events of the board among those before the record ``before``, grouped by the team's days."""
    rows = list(db.session.execute(_told().limit(PAGE_SIZE + 1), {"board": board_id, "before": before}))
    shown, place = rows[:PAGE_SIZE], ZoneInfo(zone)
    days = groupby(map(_event, shown), lambda each: each.at.astimezone(place).date())
    return Page([Day(day, list(those)) for day, those in days], shown[-1].id if len(rows) > PAGE_SIZE else None)


def events(board_id: int) -> Iterator[Event]:
    """Everything that happened on the board, newest first."""
    return map(_event, db.session.execute(_told(), {"board": board_id, "before": NEWEST}))


@cache
def _told() -> Any:
    """The records that have a phrase: the others must not fill a page that then shows nothing."""
    return (
        select(Activity.id, Activity.at, Activity.verb, Activity.subject_type, Activity.snapshot, Person.name)
        .outerjoin(Person, Person.id == Activity.person_id)
        .where(
            Activity.board_id == bindparam("board", type_=Integer),
            Activity.id < bindparam("before", type_=Integer),
            tuple_(Activity.subject_type, Activity.verb).in_([*PHRASES, *filter(ABOVE.get, ABOVE)]),
        )
        .order_by(Activity.id.desc())
    )


def told(row: Any) -> Event | None:
    """A row of the record (at, verb, subject_type, snapshot, name) in words; ``None`` where it is not told."""
    return None if _phrase(row) is None else _event(row)


def _event(row: Any) -> Event:
    name = TEXTS.get((row.subject_type, row.verb)) or TEXTS.get(row.subject_type, "")
    snapshot, in_words = row.snapshot or {}, IN_WORDS.get(row.subject_type)
    text = in_words(snapshot) if in_words else str(snapshot.get(name) or "")
    return Event(row.at, row.name or "", _phrase(row), text)


def _phrase(row: Any) -> Any | None:
    about = (row.subject_type, row.verb)
    return PHRASES.get(about) or ABOVE.get(about)
