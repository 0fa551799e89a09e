"""Observed levels with the place where each was observed, and how the organisation stood when a quarter ended.

Levels of a person are for that person and their coaches: nothing here is ever shown, it is counted by ``levels``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import func, select

from kata.activity.models import Activity
from kata.coaching.models import CoachingCycle, ObservedLevel
from kata.extensions import fetch
from kata.leadership.levels import Observation, Organisation, next_quarter
from kata.storyboards.models import Storyboard
from kata.teams.models import Area, Membership, Team


def observations() -> list[Observation]:
    """Every observation that belongs to a team: the one of the cycle's storyboard, or else the one in which the person

    had been longest when it was written.
    """
    found = []
    for row in fetch(_observed()):
        if row.team_id is not None:
            written = row.at.astimezone(UTC).date()
            found.append(
                Observation(row.id, row.person_id, row.skill_id, row.level, row.observed_on, written, row.team_id)
            )
    return found


@cache
def _observed() -> Any:
    belonged = (
        select(Membership.team_id)
        .where(
            Membership.person_id == ObservedLevel.person_id,
            Membership.started_at <= ObservedLevel.at,
            func.coalesce(Membership.ended_at, ObservedLevel.at) >= ObservedLevel.at,
        )
        .order_by(Membership.started_at, Membership.id)
        .limit(1)
        .correlate(ObservedLevel)
        .scalar_subquery()
    )
    return (
        select(
            ObservedLevel.id,
            ObservedLevel.person_id,
            ObservedLevel.skill_id,
            ObservedLevel.level,
            ObservedLevel.observed_on,
            ObservedLevel.at,
            func.coalesce(Storyboard.team_id, belonged).label("team_id"),
        )
        .outerjoin(CoachingCycle, CoachingCycle.id == ObservedLevel.cycle_id)
        .outerjoin(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .order_by(ObservedLevel.id)
    )


def organisations(quarters: Sequence[date]) -> dict[date, Organisation]:
    """How teams and areas stood at the end of each quarter, as the activity record has it; where it says nothing of a

    team or an area up to then, as they stand now.
    """
    teams: dict[int, int] = {team_id: area for team_id, area in fetch(select(Team.id, Team.area_id))}
    areas: dict[int, int | None] = {area_id: parent for area_id, parent in fetch(select(Area.id, Area.parent_id))}
    team_moves = [(row.at, row.subject_id, row.snapshot["area_id"]) for row in fetch(_snapshots("team"))]
    area_moves = [(row.at, row.subject_id, row.snapshot["parent_id"]) for row in fetch(_snapshots("area"))]
    return {
        quarter: Organisation(_as_of(quarter, teams, team_moves), _as_of(quarter, areas, area_moves))
        for quarter in quarters
    }


def _as_of(quarter: date, now: dict[int, Any], moves: Iterable[tuple[datetime, int, Any]]) -> dict[int, Any]:
    end = datetime.combine(next_quarter(quarter), time(), UTC)
    return now | {subject: place for at, subject, place in moves if at < end}


@cache
def _snapshots(kind: str) -> Any:
    query = select(Activity.at, Activity.subject_id, Activity.snapshot).where(
        Activity.subject_type == kind, Activity.snapshot.is_not(None)
    )
    return query.order_by(Activity.id)
