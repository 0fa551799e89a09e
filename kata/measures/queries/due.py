"""Which readings are due, for whoever writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import fetch
from kata.measures.cadence import Due, next_due
from kata.measures.models import Measure, Reading
from kata.teams.cadence import PracticeDays, local_day
from kata.teams.models import Team


@dataclass(frozen=True, slots=True)
class DueMeasure:
    """A measure whose next reading is due today or late; ``last`` is the day of its newest one."""

    id: int
    name: str
    team: str
    due: Due
    last: date | None


def due_measures(viewer: Viewer) -> list[DueMeasure]:
    """What the viewer might write down now, the latest first: theirs, and those of their teams that nobody owns.

    Days are the teams'. One statement, and none for somebody without a team.
    """
    if not viewer.teams:
        return []
    rows = fetch(_followed(), {"teams": sorted(viewer.teams), "me": viewer.person_id})
    found = [(row, _due(row)) for row in rows]
    listed = [DueMeasure(row.id, row.name, row.team, due, row.last) for row, due in found if due.on <= due.today]
    return sorted(listed, key=lambda each: (each.due.on, each.name))


def _due(row: Any) -> Due:
    today = clock.today(row.time_zone)
    since = local_day(row.created_at, row.time_zone)
    due = next_due(row.cadence, row.last, since, PracticeDays.from_mask(row.practice_days), today)
    assert due is not None, "only measures with a cadence are asked for"  # noqa: S101 - for the type checker
    return due


@cache
def _followed() -> Any:
    last = (
        select(Reading.day)
        .where(Reading.measure_id == Measure.id, Reading.struck_at.is_(None))
        .order_by(Reading.day.desc())
        .limit(1)
        .correlate(Measure)
        .scalar_subquery()
    )
    return (
        select(
            Measure.id,
            Measure.name,
            Measure.cadence,
            Measure.created_at,
            Team.name.label("team"),
            Team.time_zone,
            Team.practice_days,
            last.label("last"),
        )
        .join(Team, Team.id == Measure.team_id)
        .where(
            Measure.team_id.in_(bindparam("teams", expanding=True)),
            Measure.archived_at.is_(None),
            Measure.cadence != "",
            Team.closed_at.is_(None),
            or_(Measure.owner_id.is_(None), Measure.owner_id == bindparam("me")),
        )
    )
