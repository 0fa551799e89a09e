"""Reading measures: one by its address, a team's, those that a form offers or the command box finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, case, func, select
from sqlalchemy.orm import joinedload

from kata import trigrams
from kata.access.policy import Viewer
from kata.extensions import db, fetch
from kata.folding import pattern
from kata.identity.models import Person
from kata.measures.glance import Glance
from kata.measures.models import Measure, Picture
from kata.measures.queries.values import DatedValue
from kata.teams.models import Team
from kata.teams.queries import people_of_team

_AROUND = (joinedload(Measure.team, innerjoin=True), joinedload(Measure.owner))


class Choice(NamedTuple):
    """A measure as something to pick in a form."""

    id: int
    name: str
    unit: str
    better: str
    kind: str


@dataclass(frozen=True)
class TeamMeasure:
    """A measure in its team's list, with its picture; without one where nothing was read yet."""

    id: int
    name: str
    unit: str
    better: str
    kind: str
    archived: bool
    low: float | None
    high: float | None
    cadence: str
    owner: str | None
    since: datetime
    glance: Glance | None

    @property
    def latest(self) -> DatedValue | None:
        """The newest reading that counts."""
        newest = self.glance.latest if self.glance else None
        return DatedValue(*newest) if newest else None


class FoundMeasure(NamedTuple):
    """A measure in the command box: what it is called, where it is, whose it is."""

    label: str
    href: str
    detail: str


def visible(viewer: Viewer) -> Select[Measure]:
    """The measures that the viewer may see, which is all of them: what is measured is open to everyone signed in."""
    return select(Measure)


def measure(viewer: Viewer, *, lock: bool, measure_id: int) -> Measure | None:
    """The measure with its team and owner; the loader of the addresses below ``/measures/<id>``."""
    return db.session.scalars(_measure(lock), {"measure_id": measure_id}).one_or_none()


@cache
def _measure(lock: bool) -> Any:
    """Built once, since every request of the room runs it: all may see all measures, so no viewer is in it."""
    query = select(Measure).where(Measure.id == bindparam("measure_id")).options(*_AROUND)
    return query.with_for_update(of=Measure) if lock else query


def lock_measure(of: Select[int]) -> None:
    """Let nobody else write to the measure whose id ``of`` finds, until this transaction ends."""
    db.session.execute(select(Measure.id).where(Measure.id == of.scalar_subquery()).with_for_update())


def owner(viewer: Viewer, *, lock: bool, slug: str) -> Team | None:
    """The team, while it is open, that a new measure will belong to."""
    query = select(Team).where(Team.slug == slug, Team.closed_at.is_(None))
    return db.session.scalars(query.with_for_update(of=Team) if lock else query).one_or_none()


def owners(team_id: int) -> list[tuple[int, str]]:
    """Id and name of those who may own a measure of the team: whoever belongs to it, in any role."""
    return sorted({(row.person_id, row.name) for row in people_of_team(team_id)}, key=itemgetter(1))


def choices(team_id: int) -> list[Choice]:
    """The team's measures in use, outcome measures first."""
    return [Choice(*row) for row in fetch(_CHOICES, {"team_id": team_id})]


_CHOICES: Any = (
    select(Measure.id, Measure.name, Measure.unit, Measure.better, Measure.kind)
    .where(Measure.team_id == bindparam("team_id"), Measure.archived_at.is_(None))
    .order_by(Measure.kind, func.lower(Measure.name))
)


def named(team_id: int, name: str) -> tuple[int, str] | None:
    """Id and name of the team's measure of this name, in any case, archived ones too.

    Compared here, since SQLite folds the case of plain Latin letters only; a team has few measures.
    """
    wanted = name.casefold()
    rows = fetch(select(Measure.id, Measure.name).where(Measure.team_id == team_id))
    return next(((row.id, row.name) for row in rows if row.name.casefold() == wanted), None)


def team_measures(team_id: int) -> list[TeamMeasure]:
    """All measures of a team with their pictures: outcome measures first, archived ones last. One statement."""
    return [_team_measure(row) for row in fetch(_TEAM_MEASURES, {"team_id": team_id})]


def _team_measure(row: Any) -> TeamMeasure:
    return TeamMeasure(
        id=row.id,
        name=row.name,
        unit=row.unit,
        better=row.better,
        kind=row.kind,
        archived=row.archived_at is not None,
        low=row.low,
        high=row.high,
        cadence=row.cadence,
        owner=row.owner,
        since=row.created_at,
        glance=Glance(row.id, row.stamp, row.body) if row.stamp and row.body["n"] else None,
    )


_TEAM_MEASURES: Any = (
    select(
        Measure.id,
        Measure.name,
        Measure.unit,
        Measure.better,
        Measure.kind,
        Measure.archived_at,
        Measure.low,
        Measure.high,
        Measure.cadence,
        Person.name.label("owner"),
        Measure.created_at,
        Picture.stamp,
        Picture.body,
    )
    .join(Picture, Picture.measure_id == Measure.id, isouter=True)
    .join(Person, Person.id == Measure.owner_id, isouter=True)
    .where(Measure.team_id == bindparam("team_id"))
    .order_by(Measure.archived_at.is_not(None), Measure.kind, func.lower(Measure.name))
)


def find_measures(text: str, limit: int) -> list[FoundMeasure]:
    """Measures in use whose name holds ``text``; those that begin with it come first."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    values = {"name": pattern(wanted), "begins": pattern(wanted)[1:], "most": limit, **trigrams.letters(wanted)}
    rows = fetch(_named(trigrams.way(wanted)), values)
    return [FoundMeasure(row.name, f"/measures/{row.id}", row.team) for row in rows]


@cache
def _named(by: str) -> Any:
    name, named, begins = func.lower(Measure.name), bindparam("name", type_=String), bindparam("begins", type_=String)
    query = (
        select(Measure.id, Measure.name, Team.name.label("team"))
        .join(Team, Team.id == Measure.team_id)
        .where(Measure.archived_at.is_(None), name.like(named, escape="\\"))
    )
    order = (case((name.like(begins, escape="\\"), 0), else_=1), name, Measure.id)
    return trigrams.found(query, Measure, order, by)
