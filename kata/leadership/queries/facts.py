"""The facts of several teams at once, as ``figures`` takes them: as many statements for one team as for fifty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, and_, bindparam, func, select

from kata.alignment.models import Barrier as BarrierRow
from kata.alignment.models import BarrierAnswer
from kata.coaching.models import CoachingCycle
from kata.customers.models import MomentOfTruth
from kata.extensions import fetch
from kata.leadership.figures import Barrier, Board, Cycle, Experiment, Facts, Moment, Outcome, Span, Target
from kata.leadership.queries.outcomes import OutcomeRow
from kata.measures.models import Measure
from kata.storyboards.models import Challenge, Storyboard, TargetCondition
from kata.storyboards.models import Experiment as ExperimentRow
from kata.teams.models import Team

TEAMS = bindparam("teams", type_=Integer, expanding=True)
#: What a figure may be made of: a storyboard that its team keeps to itself, or one for practice, is in none.
IS_OPEN = and_(Storyboard.closed.is_(False), Storyboard.practice.is_(False))


def facts_of(team_ids: Collection[int], outcomes: Iterable[OutcomeRow]) -> dict[int, Facts]:
    """The facts of each team, in its own days; ``outcomes`` are its outcome measures with their changes."""
    asked = {"teams": sorted(team_ids)}
    teams = {row.id: row for row in fetch(_teams(), asked)}
    days = {team_id: _Days(row.time_zone) for team_id, row in teams.items()}
    ends = {team_id: days[team_id].of(row.closed_at) for team_id, row in teams.items()}
    boards: dict[int, list[Board]] = {team_id: [] for team_id in teams}
    for row in fetch(_boards(), asked):
        local = days[row.team_id]
        ended = _first(row.ended_on, local.of(row.archived_at), ends[row.team_id])
        boards[row.team_id].append(Board(row.id, row.learner_id, local.at(row.started_at), ended))
    ended_on = {board.id: board.ended for each in boards.values() for board in each}
    found: dict[str, dict[int, list[Any]]] = {
        "experiments": _by_team(fetch(_experiments(), asked), lambda row: _experiment(row, days[row.team_id])),
        "targets": _by_team(fetch(_targets(), asked), lambda row: _target(row, days[row.team_id])),
        "cycles": _by_team(fetch(_cycles(), asked), lambda row: Cycle(row.board_id, row.held_on, row.place == 1)),
        "barriers": _by_team(
            fetch(_barriers(), asked), lambda row: _barrier(row, days[row.team_id], ends[row.team_id])
        ),
        "moments": _moments(fetch(_moments_worked(), asked), days, ends, ended_on),
        "outcomes": _by_team(
            outcomes,
            lambda row: Outcome(
                _span(row.created_at, row.archived_at, days[row.team_id], ends[row.team_id]), row.changes
            ),
        ),
    }
    return {
        team_id: Facts(
            team=Span(days[team_id].at(row.created_at), ends[team_id]),
            boards=boards[team_id],
            **{name: of.get(team_id, ()) for name, of in found.items()},
        )
        for team_id, row in teams.items()
    }


class _Days:
    """A team's own days: in which of them a moment lies."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def at(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def of(self, moment: datetime | None) -> date | None:
        return self.at(moment) if moment else None


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _span(begun: datetime, ended: datetime | None, local: _Days, team_ended: date | None) -> Span:
    return Span(local.at(begun), _first(local.of(ended), team_ended))


def _by_team(rows: Iterable[Any], make: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.team_id].append(make(row))
    return found


def _experiment(row: Any, local: _Days) -> Experiment:
    sign = -1 if row.better == "down" else 1
    both = row.expected_value is not None and row.happened_value is not None
    return Experiment(
        board_id=row.board_id,
        predicted=local.of(row.started_at),
        seen=row.happened_on,
        ended=local.of(row.ended_at),
        concluded=row.ended_at is not None and bool(row.learned) and not row.set_aside,
        expected=sign * row.expected_value if both else None,
        happened=sign * row.happened_value if both else None,
    )


def _target(row: Any, local: _Days) -> Target:
    return Target(row.achieve_by, local.at(row.ended_at), row.status)


def _barrier(row: Any, local: _Days, team_ended: date | None) -> Barrier:
    """A team that was closed waits no more, as if it had taken its barriers back."""
    return Barrier(local.at(row.raised_at), local.of(row.answered_at), _first(local.of(row.back_at), team_ended))


def _moments(
    rows: Iterable[Any], days: dict[int, _Days], ends: dict[int, date | None], boards: dict[int, date | None]
) -> dict[int, list[Moment]]:
    """Each moment once, with the storyboards whose challenge names it; the rows come in the order of moments."""
    found: dict[int, list[Moment]] = defaultdict(list)
    for _moment_id, group in groupby(rows, key=lambda row: row.id):
        of = list(group)
        local, end = days[of[0].team_id], ends[of[0].team_id]
        worked = [
            Span(local.at(row.stated_at), _first(local.of(row.ended_at), boards.get(row.board_id), end))
            for row in of
            if row.stated_at is not None
        ]
        found[of[0].team_id].append(Moment(_span(of[0].created_at, of[0].archived_at, local, end), worked))
    return found


@cache
def _teams() -> Any:
    return select(Team.id, Team.time_zone, Team.created_at, Team.closed_at).where(Team.id.in_(TEAMS))


@cache
def _boards() -> Any:
    return select(
        Storyboard.id,
        Storyboard.team_id,
        Storyboard.learner_id,
        Storyboard.started_at,
        Storyboard.ended_on,
        Storyboard.archived_at,
    ).where(Storyboard.team_id.in_(TEAMS), IS_OPEN)


@cache
def _experiments() -> Any:
    row = ExperimentRow
    return (
        select(
            Storyboard.team_id,
            row.board_id,
            row.started_at,
            row.happened_on,
            row.ended_at,
            (row.learned != "").label("learned"),
            (row.set_aside_reason != "").label("set_aside"),
            row.expected_value,
            row.happened_value,
            Measure.better,
        )
        .join(Storyboard, Storyboard.id == row.board_id)
        .outerjoin(Measure, Measure.id == row.measure_id)
        .where(Storyboard.team_id.in_(TEAMS), IS_OPEN)
    )


@cache
def _targets() -> Any:
    return (
        select(Storyboard.team_id, TargetCondition.achieve_by, TargetCondition.ended_at, TargetCondition.status)
        .join(Storyboard, Storyboard.id == TargetCondition.board_id)
        .where(Storyboard.team_id.in_(TEAMS), IS_OPEN, TargetCondition.ended_at.is_not(None))
    )


@cache
def _cycles() -> Any:
    """The cycles held, each with its place among all that its coach held anywhere (on storyboards that count)."""
    here = (
        select(CoachingCycle.coach_id)
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .where(Storyboard.team_id.in_(TEAMS))
        .distinct()
    )
    order = (CoachingCycle.held_on, CoachingCycle.id)
    placed = (
        select(
            Storyboard.team_id,
            CoachingCycle.board_id,
            CoachingCycle.held_on,
            func.row_number().over(partition_by=CoachingCycle.coach_id, order_by=order).label("place"),
        )
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .where(CoachingCycle.coach_id.in_(here), CoachingCycle.status == "held", IS_OPEN)
        .subquery()
    )
    return select(placed).where(placed.c.team_id.in_(TEAMS))


@cache
def _barriers() -> Any:
    row = BarrierRow
    answered = select(func.min(BarrierAnswer.at)).where(BarrierAnswer.barrier_id == row.id).correlate(row)
    return (
        select(Storyboard.team_id, row.raised_at, answered.scalar_subquery().label("answered_at"), row.back_at)
        .join(Storyboard, Storyboard.id == row.board_id)
        .where(Storyboard.team_id.in_(TEAMS), IS_OPEN)
    )


@cache
def _moments_worked() -> Any:
    works = (
        select(Challenge.moment_id, Challenge.board_id, Challenge.created_at, Challenge.ended_at)
        .join(Storyboard, Storyboard.id == Challenge.board_id)
        .where(Storyboard.team_id.in_(TEAMS), IS_OPEN)
        .subquery()
    )
    return (
        select(
            MomentOfTruth.id,
            MomentOfTruth.team_id,
            MomentOfTruth.created_at,
            MomentOfTruth.archived_at,
            works.c.board_id,
            works.c.created_at.label("stated_at"),
            works.c.ended_at,
        )
        .outerjoin(works, works.c.moment_id == MomentOfTruth.id)
        .where(MomentOfTruth.team_id.in_(TEAMS))
        .order_by(MomentOfTruth.id)
    )
