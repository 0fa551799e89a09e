"""What boards wanted and tried while a measure was read, for the time axis of the measure's own page.

Only the boards that the viewer may see, and of those that work on the measure: their challenge names it, a target
condition aims at it, or an experiment expected a number of it. It stands beside the readings and claims no cause.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import CompoundSelect, Integer, Select, bindparam, select, union

from kata.access.policy import Viewer
from kata.charts import Condition
from kata.charts import Experiment as Mark
from kata.extensions import fetch
from kata.measures.annotations import Told
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition, TargetMeasure
from kata.storyboards.queries.boards import seen_by, who
from kata.teams.models import Team

#: So many of the newest experiments are marked.
MOST = 80
MEASURE: Any = bindparam("measure", type_=Integer)


def told(viewer: Viewer, measure_id: int) -> Told:
    """The target conditions that aim at the measure, the experiments of the boards that work on it; two statements."""
    admin, values = viewer.is_administrator, {"measure": measure_id, **who(viewer)}
    conditions = tuple(_condition(row) for row in fetch(_conditions(admin), values))
    rows = fetch(_experiments(admin), values).all()
    boards = {row.board_id for row in rows}
    return Told(conditions, tuple(_mark(row, measure_id, several=len(boards) > 1) for row in reversed(rows)))


@cache
def _conditions(is_administrator: bool) -> Select[*tuple[Any, ...]]:
    return (
        select(
            TargetCondition.board_id,
            TargetCondition.number,
            TargetCondition.created_at,
            TargetCondition.ended_at,
            TargetCondition.achieve_by,
            TargetMeasure.to_value,
            Storyboard.focus_process,
            Team.time_zone,
        )
        .join(TargetMeasure, TargetMeasure.target_id == TargetCondition.id)
        .join(Storyboard, Storyboard.id == TargetCondition.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .where(TargetMeasure.measure_id == MEASURE, TargetMeasure.removed_at.is_(None), seen_by(is_administrator))
        .order_by(TargetCondition.created_at)
    )


@cache
def _experiments(is_administrator: bool) -> Select[*tuple[Any, ...]]:
    working: CompoundSelect[Any] = union(
        select(Challenge.board_id).where(Challenge.measure_id == MEASURE, Challenge.board_id.is_not(None)),
        select(TargetMeasure.board_id).where(TargetMeasure.measure_id == MEASURE),
        select(Experiment.board_id).where(Experiment.measure_id == MEASURE),
    )
    return (
        select(
            Experiment.id,
            Experiment.board_id,
            Experiment.number,
            Experiment.step,
            Experiment.created_at,
            Experiment.check_on,
            Experiment.happened_on,
            Experiment.measure_id,
            Experiment.expected_value,
            Experiment.happened_value,
            Storyboard.focus_process,
            Team.time_zone,
        )
        .join(Storyboard, Storyboard.id == Experiment.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .where(Experiment.board_id.in_(working), Experiment.set_aside_reason == "", seen_by(is_administrator))
        .order_by(Experiment.created_at.desc(), Experiment.id.desc())
        .limit(MOST)
    )


def _condition(row: Any) -> Condition:
    start = _day(row.created_at, row)
    end = _day(row.ended_at, row) if row.ended_at else row.achieve_by
    return Condition(
        start=start,
        end=max(start, end),
        name=_("Target condition %(number)s", number=row.number),
        words=row.focus_process,
        value=row.to_value,
        href=f"/boards/{row.board_id}#target",
        short=str(row.number),
    )


def _mark(row: Any, measure_id: int, *, several: bool) -> Mark:
    numbered = row.measure_id == measure_id
    return Mark(
        day=row.happened_on or _day(row.created_at, row),
        number=row.number,
        words=f"{row.focus_process}: {row.step}" if several else row.step,
        href=f"/experiments/{row.id}",
        expected=row.expected_value if numbered else None,
        expected_on=(row.happened_on or row.check_on) if numbered else None,
        happened=row.happened_value if numbered else None,
    )


def _day(moment: datetime, row: Any) -> date:
    return moment.astimezone(ZoneInfo(row.time_zone)).date()
