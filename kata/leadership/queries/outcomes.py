"""Outcome measures of teams, and the changes that a rule of their charts names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, select

from kata.extensions import db, fetch
from kata.leadership.models import OutcomeChange
from kata.measures.models import Measure, Picture
from kata.measures.pictures import judged
from kata.measures.series import Series
from kata.spc import Nature

NATURES = {Nature.IMPROVEMENT: "better", Nature.CONCERN: "worse"}
TEAMS = bindparam("teams", type_=Integer, expanding=True)


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
