"""What happened on a board, day by day, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from kata.activity.models import Activity
from kata.extensions import db
from kata.identity.models import Person
from kata.teams.words import days_in_words


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
    ("coaching_rhythm", "set the rhythm"): _l("set the rhythm of the coaching cycles"),
    ("coaching_rhythm", "changed the rhythm"): _l("changed the rhythm of the coaching cycles"),
    ("coaching_rhythm", "ended the rhythm"): _l("ended the rhythm of the coaching cycles"),
    ("coaching_rhythm", "took the rhythm up again"): _l("took the rhythm of the coaching cycles up again"),
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
    "coaching_rhythm": "days",
}

#: Texts that a snapshot holds as something else than words.
IN_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "coaching_rhythm": lambda rhythm: f"{days_in_words(rhythm['days'])}, {rhythm['at'][:5]}",
}

MOST = 400


def days(board_id: int, zone: str) -> list[Day]:
    """The newest events of the board, grouped by the team's days, newest first."""
    place = ZoneInfo(zone)
    told = groupby(events(board_id, MOST), lambda each: each.at.astimezone(place).date())
    return [Day(day, list(those)) for day, those in told]


def events(board_id: int, most: int | None = None) -> Iterator[Event]:
    """What happened on the board, newest first; among its newest ``most`` records, or all of them."""
    rows = db.session.execute(
        select(Activity.at, Activity.verb, Activity.subject_type, Activity.snapshot, Person.name)
        .outerjoin(Person, Person.id == Activity.person_id)
        .where(Activity.board_id == board_id)
        .order_by(Activity.at.desc(), Activity.id.desc())
        .limit(most)
    )
    return (_event(row) for row in rows if (row.subject_type, row.verb) in PHRASES)


def _event(row: Any) -> Event:
    name = TEXTS.get((row.subject_type, row.verb)) or TEXTS.get(row.subject_type, "")
    snapshot, in_words = row.snapshot or {}, IN_WORDS.get(row.subject_type)
    text = in_words(snapshot) if in_words else str(snapshot.get(name) or "")
    return Event(row.at, row.name or "", PHRASES[(row.subject_type, row.verb)], text)
