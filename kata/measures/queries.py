"""Reading measures and their readings.

What a board needs most, the newest values of several measures, is one statement that seeks by measure and day, so
that it costs the same with a hundred readings and with a million. Struck-out readings count nowhere but in the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, bindparam, case, func, literal, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.extensions import db
from kata.identity.models import Person
from kata.measures.models import Measure, Reading
from kata.teams.models import Team

EARLIEST = date(1, 1, 1)
_WITH_TEAM = joinedload(Reading.measure, innerjoin=True).joinedload(Measure.team, innerjoin=True)


class Choice(NamedTuple):
    """A measure as something to pick in a form."""

    id: int
    name: str
    unit: str
    better: str
    kind: str


@dataclass(frozen=True, slots=True)
class LatestValue:
    """The newest value that counts, and the one before it."""

    value: float
    day: date
    previous: float | None = None
    previous_day: date | None = None


class DatedValue(NamedTuple):
    """One reading without its words."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class TeamMeasure:
    """A line of a team's list of measures."""

    id: int
    name: str
    unit: str
    better: str
    kind: str
    archived: bool
    latest: LatestValue | None


class FoundMeasure(NamedTuple):
    """A measure in the command box: what it is called, where it is, whose it is."""

    label: str
    href: str
    detail: str


class ReadingRow(NamedTuple):
    """A line of the table of readings."""

    id: int
    day: date
    value: float
    note: str
    version: int
    struck_at: datetime | None
    struck_reason: str
    by_name: str | None


class Event(NamedTuple):
    """Something that happened to a reading, with what stood afterwards."""

    at: datetime
    verb: str
    by_name: str | None
    snapshot: dict[str, Any]


# Measures ------------------------------------------------------------------------------------------------------------


def visible(viewer: Viewer) -> Select[Measure]:
    """The measures that the viewer may see, which is all of them: what is measured is open to everyone signed in."""
    return select(Measure)


def measure(viewer: Viewer, *, lock: bool, measure_id: int) -> Measure | None:
    """The measure with its team; the loader of the addresses below ``/measures/<id>``."""
    query = visible(viewer).where(Measure.id == measure_id).options(joinedload(Measure.team, innerjoin=True))
    return db.session.scalars(query.with_for_update(of=Measure) if lock else query).one_or_none()


def owner(viewer: Viewer, *, lock: bool, slug: str) -> Team | None:
    """The team, while it is open, that a new measure will belong to."""
    query = select(Team).where(Team.slug == slug, Team.closed_at.is_(None))
    return db.session.scalars(query.with_for_update(of=Team) if lock else query).one_or_none()


def choices(team_id: int) -> list[Choice]:
    """The team's measures in use, outcome measures first."""
    query = (
        select(Measure.id, Measure.name, Measure.unit, Measure.better, Measure.kind)
        .where(Measure.team_id == team_id, Measure.archived_at.is_(None))
        .order_by(Measure.kind, func.lower(Measure.name))
    )
    return [Choice(*row) for row in db.session.execute(query)]


def named(team_id: int, name: str) -> tuple[int, str] | None:
    """Id and name of the team's measure of this name, in any case, archived ones too.

    Compared here, since SQLite folds the case of plain Latin letters only; a team has few measures.
    """
    wanted = name.casefold()
    rows = db.session.execute(select(Measure.id, Measure.name).where(Measure.team_id == team_id))
    return next(((row.id, row.name) for row in rows if row.name.casefold() == wanted), None)


def team_measures(team_id: int) -> list[TeamMeasure]:
    """All measures of a team with their newest values: outcome measures first, archived ones last. Two statements."""
    query = (
        select(Measure.id, Measure.name, Measure.unit, Measure.better, Measure.kind, Measure.archived_at)
        .where(Measure.team_id == team_id)
        .order_by(Measure.archived_at.is_not(None), Measure.kind, func.lower(Measure.name))
    )
    rows = db.session.execute(query).all()
    latest = latest_values(row.id for row in rows)
    return [TeamMeasure(*row[:5], row.archived_at is not None, latest.get(row.id)) for row in rows]


def find_measures(text: str, limit: int) -> list[FoundMeasure]:
    """Measures in use whose name holds ``text``; those that begin with it come first."""
    wanted, name = text.strip().lower(), func.lower(Measure.name)
    query = (
        select(Measure.id, Measure.name, Team.name)
        .join(Team, Team.id == Measure.team_id)
        .where(Measure.archived_at.is_(None), name.contains(wanted, autoescape=True))
        .order_by(case((name.startswith(wanted, autoescape=True), 0), else_=1), name, Measure.id)
        .limit(limit)
    )
    if not wanted:
        return []
    rows = db.session.execute(query)
    return [FoundMeasure(label, f"/measures/{measure_id}", team) for measure_id, label, team in rows]


# Values --------------------------------------------------------------------------------------------------------------


def latest_values(measure_ids: Iterable[int], on: date | None = None) -> dict[int, LatestValue]:
    """The newest value of each measure, as of ``on`` where that is given; no entry where there is none."""
    found: dict[int, LatestValue] = {}
    for measure_id, values in recent_values(measure_ids, 2, on).items():
        newest, before = values[-1], values[-2] if len(values) > 1 else None
        found[measure_id] = LatestValue(
            newest.value, newest.day, before.value if before else None, before.day if before else None
        )
    return found


def recent_values(measure_ids: Iterable[int], n: int = 14, on: date | None = None) -> dict[int, list[DatedValue]]:
    """The last ``n`` values of each measure, oldest first, in one statement; none are asked for without measures."""
    ids = sorted(set(measure_ids))
    found: dict[int, list[DatedValue]] = {}
    if ids:
        values = {"ids": ids} if on is None else {"ids": ids, "on_day": on}
        for measure_id, day, value in db.session.execute(_recent(n, on is not None), values):
            found.setdefault(measure_id, []).append(DatedValue(day, value))
    return found


@cache
def _recent(n: int, up_to_a_day: bool) -> Select[int, date, float]:
    """For each measure the range of days that begins with its n-th newest: two seeks in the index of measure and day.

    A window function would number every reading of every measure first.
    """
    inner = aliased(Reading)
    nth = (
        select(inner.day)
        .where(inner.measure_id == Measure.id, inner.struck_at.is_(None))
        .order_by(inner.day.desc())
        .limit(1)
        .offset(n - 1)
    )
    query = (
        select(Reading.measure_id, Reading.day, Reading.value)
        .join(Reading, Reading.measure_id == Measure.id)
        .select_from(Measure)
        .where(Measure.id.in_(bindparam("ids", expanding=True)), Reading.struck_at.is_(None))
        .order_by(Reading.measure_id, Reading.day)
    )
    if up_to_a_day:
        on = bindparam("on_day", type_=Date)
        nth, query = nth.where(inner.day <= on), query.where(Reading.day <= on)
    start = func.coalesce(nth.correlate(Measure).scalar_subquery(), literal(EARLIEST))
    return query.where(Reading.day >= start)


# Readings ------------------------------------------------------------------------------------------------------------


def reading(viewer: Viewer, *, lock: bool, reading_id: int) -> Reading | None:
    """The reading with its measure and team; the loader of the addresses below ``/readings/<id>``."""
    query = (
        visible(viewer)
        .with_only_columns(Reading, maintain_column_froms=True)
        .join(Reading, Reading.measure_id == Measure.id)
        .join(Team, Team.id == Measure.team_id)
        .where(Reading.id == reading_id)
        .options(contains_eager(Reading.measure).contains_eager(Measure.team))
    )
    return db.session.scalars(query.with_for_update(of=Reading) if lock else query).one_or_none()


def on_day(measure_id: int, day: date) -> Reading | None:
    """The reading of that day, struck out or not."""
    query = select(Reading).where(Reading.measure_id == measure_id, Reading.day == day)
    return db.session.scalars(query.options(_WITH_TEAM)).one_or_none()


def on_days(measure_id: int, first: date, last: date) -> list[Reading]:
    """The readings from ``first`` to ``last``, struck-out ones too, for a comparison with what was pasted."""
    query = select(Reading).where(Reading.measure_id == measure_id, Reading.day.between(first, last))
    return list(db.session.scalars(query.options(_WITH_TEAM)))


def readings(measure_id: int, limit: int, *, before: date | None = None, after: date | None = None) -> list[ReadingRow]:
    """At most ``limit`` lines of the table, newest first: those before a day, or the next ones after it."""
    query = (
        select(
            Reading.id,
            Reading.day,
            Reading.value,
            Reading.note,
            Reading.version,
            Reading.struck_at,
            Reading.struck_reason,
            Person.name,
        )
        .join(Person, Person.id == Reading.entered_by_id, isouter=True)
        .where(Reading.measure_id == measure_id)
        .limit(limit)
    )
    if after is not None:
        later = db.session.execute(query.where(Reading.day > after).order_by(Reading.day)).all()
        return [ReadingRow(*row) for row in reversed(later)]
    if before is not None:
        query = query.where(Reading.day < before)
    return [ReadingRow(*row) for row in db.session.execute(query.order_by(Reading.day.desc()))]


def values(measure_id: int) -> list[tuple[date, float, str]]:
    """Day, value and note of every reading that counts, oldest first: what leaves as CSV."""
    query = select(Reading.day, Reading.value, Reading.note).where(
        Reading.measure_id == measure_id, Reading.struck_at.is_(None)
    )
    return [(row.day, row.value, row.note) for row in db.session.execute(query.order_by(Reading.day))]


def events(reading_id: int) -> list[Event]:
    """What happened to a reading, oldest first."""
    query = (
        select(Activity.at, Activity.verb, Person.name, Activity.snapshot)
        .join(Person, Person.id == Activity.person_id, isouter=True)
        .where(Activity.subject_type == Reading.__tablename__, Activity.subject_id == reading_id)
        .order_by(Activity.id)
    )
    return [Event(*row) for row in db.session.execute(query)]
