"""Reading readings: one by its address, those of some days, the pages of a table, and what happened to one."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.measures.models import Measure, Reading
from kata.measures.queries.measures import lock_measure, visible
from kata.teams.models import Team

_WITH_TEAM = joinedload(Reading.measure, innerjoin=True).joinedload(Measure.team, innerjoin=True)


class ReadingRow(NamedTuple):
    """A line of the table of readings."""

    id: int
    day: date
    value: float
    note: str
    version: int
    struck_at: datetime | None
    struck_reason: str
    numerator: float | None
    denominator: float | None
    by_name: str | None


class Event(NamedTuple):
    """Something that happened to a reading, with what stood afterwards."""

    at: datetime
    verb: str
    by_name: str | None
    snapshot: dict[str, Any]


def reading(viewer: Viewer, *, lock: bool, reading_id: int) -> Reading | None:
    """The reading with its measure and team; the loader of the addresses below ``/readings/<id>``.

    To write, its measure is locked first, as everywhere: what a write changes is the chart of the whole measure.
    """
    if lock:
        lock_measure(select(Reading.measure_id).where(Reading.id == reading_id))
    query = (
        visible(viewer)
        .with_only_columns(Reading, maintain_column_froms=True)
        .join(Reading, Reading.measure_id == Measure.id)
        .join(Team, Team.id == Measure.team_id)
        .where(Reading.id == reading_id)
        .options(contains_eager(Reading.measure).contains_eager(Measure.team))
    )
    return db.session.scalars(query).one_or_none()


def on_day(measure_id: int, day: date) -> Reading | None:
    """The reading of that day, struck out or not."""
    return db.session.scalars(_on_day(), {"measure_id": measure_id, "day": day}).one_or_none()


@cache
def _on_day() -> Any:
    query = select(Reading).where(Reading.measure_id == bindparam("measure_id"), Reading.day == bindparam("day"))
    return query.options(_WITH_TEAM)


def on_days(measure_id: int, first: date, last: date) -> list[Reading]:
    """The readings from ``first`` to ``last``, struck-out ones too, for a comparison with what was pasted."""
    query = select(Reading).where(Reading.measure_id == measure_id, Reading.day.between(first, last))
    return list(db.session.scalars(query.options(_WITH_TEAM)))


def newest(measure_id: int, limit: int, *, before: date | None = None) -> list[Reading]:
    """The newest readings that count, or those before a day; oldest first."""
    query = select(Reading).where(Reading.measure_id == measure_id, Reading.struck_at.is_(None))
    if before is not None:
        query = query.where(Reading.day < before)
    found = db.session.scalars(query.order_by(Reading.day.desc()).limit(limit))
    return list(reversed(list(found)))


def readings(measure_id: int, limit: int, *, before: date | None = None, after: date | None = None) -> list[ReadingRow]:
    """At most ``limit`` lines of the table, newest first: those before a day, or the next ones after it."""
    values = {"measure_id": measure_id, "most": limit, "edge": after or before or date.max}
    rows = [ReadingRow._make(row) for row in fetch(_later() if after else _earlier(), values)]
    return rows[::-1] if after else rows


@cache
def _earlier() -> Any:
    return _table().where(Reading.day < bindparam("edge")).order_by(Reading.day.desc())


@cache
def _later() -> Any:
    return _table().where(Reading.day > bindparam("edge")).order_by(Reading.day)


def _table() -> Any:
    return (
        select(
            Reading.id,
            Reading.day,
            Reading.value,
            Reading.note,
            Reading.version,
            Reading.struck_at,
            Reading.struck_reason,
            Reading.numerator,
            Reading.denominator,
            Person.name,
        )
        .join(Person, Person.id == Reading.entered_by_id, isouter=True)
        .where(Reading.measure_id == bindparam("measure_id"))
        .limit(bindparam("most"))
    )


def events(reading_id: int) -> list[Event]:
    """What happened to a reading, oldest first."""
    query = (
        select(Activity.at, Activity.verb, Person.name, Activity.snapshot)
        .join(Person, Person.id == Activity.person_id, isouter=True)
        .where(Activity.subject_type == Reading.__tablename__, Activity.subject_id == reading_id)
        .order_by(Activity.id)
    )
    return [Event(*row) for row in fetch(query)]
