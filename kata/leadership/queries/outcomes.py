"""Outcome measures of teams, and the changes that a rule of their charts names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, case, exists, func, or_, select, union_all

from kata.extensions import UtcDateTime, db, fetch
from kata.leadership.models import OutcomeChange, TeamFigures
from kata.leadership.queries.kept import within
from kata.measures.models import Measure, Picture
from kata.measures.pictures import judged
from kata.measures.series import Series
from kata.spc import Nature
from kata.teams.models import Team

NATURES = {Nature.IMPROVEMENT: "better", Nature.CONCERN: "worse"}
TEAMS = bindparam("teams", type_=Integer, expanding=True)
DAY, END = bindparam("day", type_=Date), bindparam("end", type_=UtcDateTime())


class OutcomeRow(NamedTuple):
    """An outcome measure of a team. ``seal`` is the fingerprint of its chart, from which its ``changes`` follow."""

    id: int
    team_id: int
    created_at: datetime
    archived_at: datetime | None
    seal: str
    changes: Sequence[tuple[date, str]]


def outcomes_of(team_ids: Collection[int], known: Mapping[int, str]) -> tuple[list[OutcomeRow], set[int]]:
    """The outcome measures of teams, and the ids of those whose changes are new: their seal is not the ``known`` one.

    The chart is judged from its readings only where it says something else than before.
    """
    rows = list(fetch(_measures(), {"teams": sorted(team_ids)}))
    seals = {row.id: row.body["seal"] if row.body else "" for row in rows}
    new = {row.id for row in rows if seals[row.id] and seals[row.id] != known.get(row.id)}
    kept = _kept(seals.keys() - new)
    found = []
    for row in rows:
        changes = changes_of(judged(db.session.get_one(Measure, row.id))) if row.id in new else kept.get(row.id, [])
        found.append(OutcomeRow(row.id, row.team_id, row.created_at, row.archived_at, seals[row.id], changes))
    return found, new


def changes_of(series: Series) -> list[tuple[date, str]]:
    """The days on which readings in a row began to be signals of one nature; gaps do not end them."""
    found, before = list[tuple[date, str]](), ""
    for day, point in zip(series.days, series.analysis.points, strict=True):
        if point.value is None:
            continue
        nature = NATURES.get(point.nature, "neither") if point.signals else ""
        if nature and nature != before:
            found.append((day, nature))
        before = nature
    return found


def _kept(measure_ids: Collection[int]) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = {}
    if measure_ids:
        for row in fetch(_changes(), {"measures": sorted(measure_ids)}):
            found.setdefault(row.measure_id, []).append((row.day, row.nature))
    return found


@cache
def _measures() -> Any:
    return (
        select(Measure.id, Measure.team_id, Measure.created_at, Measure.archived_at, Picture.body)
        .outerjoin(Picture, Picture.measure_id == Measure.id)
        .where(Measure.team_id.in_(TEAMS), Measure.kind == "outcome")
    )


@cache
def _changes() -> Any:
    of = bindparam("measures", type_=Integer, expanding=True)
    return select(OutcomeChange.measure_id, OutcomeChange.day, OutcomeChange.nature).where(
        OutcomeChange.measure_id.in_(of)
    )


#: So many of the measures that changed last stand on the page.
SHOWN = 6
#: An area with no more teams than these is asked team by team.
FEW_TEAMS = 50


def changed(area_id: int, day: date, most: int = SHOWN) -> list[Any]:
    """The outcome measures of the area's teams whose newest change up to a day is for the better or for the worse, the
    ones that changed last first; only changes since their team began to practise count.
    """
    return list(fetch(_changed(), {**_as_of(area_id, day), "most": most}))


def _as_of(area_id: int, day: date) -> dict[str, Any]:
    return {"area": area_id, "day": day, "end": datetime.combine(day + timedelta(days=1), time(), UTC)}


@cache
def _changed() -> Any:
    """From the teams of an area where it has few. Where it has many, from the newest change of all on: enough of them
    are soon found to be its own.
    """
    few = select(Team.id).where(_of_area()).limit(FEW_TEAMS + 1).cte("few")
    are_few = select(func.count()).select_from(few).scalar_subquery() <= FEW_TEAMS
    most, newest = bindparam("most", type_=Integer), (OutcomeChange.day.desc(), OutcomeChange.measure_id)
    of_few = _named(Team.id.in_(select(few.c.id)), OutcomeChange.day, OutcomeChange.nature)
    of_few = of_few.join(OutcomeChange, OutcomeChange.measure_id == Measure.id).where(_since(TeamFigures), _is_newest())
    # Asked of each change that is come to: `is true` keeps it from being a join, for which all would be read.
    own = select(1).select_from(Measure).join(Team, Team.id == Measure.team_id)
    own = own.join(TeamFigures, TeamFigures.team_id == Team.id)
    own = own.where(Measure.id == OutcomeChange.measure_id, _stood(), _of_area().is_(True), _since(TeamFigures))
    walked = select(OutcomeChange.measure_id, OutcomeChange.day, OutcomeChange.nature).where(
        OutcomeChange.day <= DAY,
        OutcomeChange.nature != "neither",
        _is_newest().is_(True),
        own.correlate(OutcomeChange).exists().is_(True),
    )
    last = walked.order_by(*newest).limit(case((are_few, 0), else_=most)).subquery().c
    ways = (
        of_few.order_by(*newest).limit(case((are_few, most), else_=0)),
        _named(Measure.id == last.measure_id, last.day, last.nature).order_by(last.day.desc(), last.measure_id),
    )
    return union_all(*(select(each.subquery()) for each in ways))


def _since(figures: Any) -> ColumnElement[bool]:
    """A change counts that is for the better or for the worse, up to a day and since its team began."""
    change = OutcomeChange
    return and_(change.day <= DAY, change.day >= figures.practising_since, change.nature != "neither")


def _is_newest() -> ColumnElement[bool]:
    later = OutcomeChange.__table__.alias().c
    same = later.measure_id == OutcomeChange.measure_id
    return ~exists().where(same, later.day > OutcomeChange.day, later.day <= DAY).correlate(OutcomeChange)


def _named(which: ColumnElement[bool], *more: Any) -> Any:
    """Outcome measures that teams that practise had at the end of a day (in UTC), with their team."""
    return (
        select(
            Measure.id,
            Measure.name,
            Measure.unit,
            Measure.low,
            Measure.high,
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            TeamFigures.practising_since,
            *more,
        )
        .join(Team, Team.id == Measure.team_id)
        .join(TeamFigures, TeamFigures.team_id == Team.id)
        .where(_stood(), which)
    )


def _stood() -> ColumnElement[bool]:
    there = (or_(ended.is_(None), ended >= END) for ended in (Measure.archived_at, Team.closed_at))
    return and_(Measure.kind == "outcome", Measure.created_at < END, *there)


def _of_area() -> ColumnElement[bool]:
    return (Team.area_id + 0).in_(within())


def unchanged(area_id: int, day: date, most: int) -> list[Any]:
    """The outcome measures of the area's teams that show routine variation since their team began, by name."""
    return list(fetch(_unchanged(), {**_as_of(area_id, day), "most": most}))


@cache
def _unchanged() -> Any:
    of = OutcomeChange
    any_change = exists().where(
        of.measure_id == Measure.id, of.day <= DAY, of.day >= TeamFigures.practising_since, of.nature != "neither"
    )
    began = TeamFigures.practising_since <= DAY
    query = _named(_of_area()).where(began, ~any_change)
    return query.order_by(Measure.name, Measure.id).limit(bindparam("most", type_=Integer))


def listed(area_id: int, day: date, after: int | None, most: int) -> list[Any]:
    """Every outcome measure of the area's teams with its newest change up to a day, in the order of ids."""
    return list(fetch(_listed(), {**_as_of(area_id, day), "after": after or 0, "most": most}))


@cache
def _listed() -> Any:
    later = OutcomeChange.__table__.alias().c
    newest = (
        select(func.max(later.day))
        .where(later.measure_id == Measure.id, later.day <= DAY, later.day >= TeamFigures.practising_since)
        .correlate(Measure, TeamFigures)
        .scalar_subquery()
    )
    return (
        _named(_of_area())
        .add_columns(OutcomeChange.day, OutcomeChange.nature)
        .outerjoin(OutcomeChange, and_(OutcomeChange.measure_id == Measure.id, OutcomeChange.day == newest))
        .where(Measure.id > bindparam("after", type_=Integer))
        .order_by(Measure.id)
        .limit(bindparam("most", type_=Integer))
    )
