"""What stands in a story: its conditions, its chapters, what was in the way and what was tried; bounded on every page.

A chapter is a target condition. Nothing of coaching is read here, so that no story can tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from kata.alignment.models import Barrier, BarrierAnswer
from kata.extensions import fetch
from kata.measures.models import Measure, Picture, Reading
from kata.stories.queries.opening import BOARD, of_measure
from kata.storyboards.models import CurrentCondition, Experiment, Obstacle, TargetCondition, TargetMeasure

#: So many chapters and obstacles a page tells at most.
CHAPTERS, OBSTACLES = 12, 120
IDS, MOST = bindparam("ids", type_=Integer, expanding=True), bindparam("most", type_=Integer)
AFTER = bindparam("after", type_=Integer)


def conditions(board_id: int) -> list[Any]:
    """Where it began, and where it stood at last: one row where these are the same, none without any."""
    return list(fetch(_conditions(), {"board": board_id}))


@cache
def _conditions() -> Any:
    of_board = CurrentCondition.board_id == BOARD
    ends = (select(end(CurrentCondition.number)).where(of_board).scalar_subquery() for end in (func.min, func.max))
    return (
        select(CurrentCondition.number, CurrentCondition.as_of, CurrentCondition.facts, CurrentCondition.steps)
        .where(of_board, CurrentCondition.number.in_(list(ends)))
        .order_by(CurrentCondition.number)
    )


def chapters(board_id: int, after: int = 0, most: int = CHAPTERS + 1) -> list[Any]:
    """The target conditions after a number, a row for each of their measures (one with none where there is none).

    ``tried`` counts the experiments of a chapter, ``parked`` its obstacles that nobody worked on, ``reached`` is the
    measure's last reading up to the end of the chapter.
    """
    return list(fetch(_chapters(), {"board": board_id, "after": after, "most": most}))


@cache
def _chapters() -> Any:
    shown = (
        select(TargetCondition.id)
        .where(TargetCondition.board_id == BOARD, TargetCondition.number > AFTER)
        .order_by(TargetCondition.number)
        .limit(MOST)
    )
    tried = select(func.count()).where(Experiment.target_id == TargetCondition.id)
    parked = select(func.count()).where(Obstacle.target_id == TargetCondition.id, ~_worked_on())
    reached = (
        select(Reading.value)
        .where(
            Reading.measure_id == TargetMeasure.measure_id,
            Reading.struck_at.is_(None),
            or_(TargetCondition.ended_at.is_(None), Reading.day <= func.date(TargetCondition.ended_at)),
        )
        .order_by(Reading.day.desc())
        .limit(1)
        .correlate(TargetMeasure, TargetCondition)
    )
    return (
        select(
            TargetCondition.id,
            TargetCondition.number,
            TargetCondition.achieve_by,
            TargetCondition.pattern,
            TargetCondition.status,
            TargetCondition.reflection,
            TargetCondition.created_at,
            TargetCondition.ended_at,
            tried.correlate(TargetCondition).scalar_subquery().label("tried"),
            parked.correlate(TargetCondition).scalar_subquery().label("parked"),
            TargetMeasure.from_value,
            TargetMeasure.to_value,
            reached.scalar_subquery().label("reached"),
            Measure.kind,
            *of_measure(),
        )
        .select_from(TargetCondition)
        .outerjoin(
            TargetMeasure, and_(TargetMeasure.target_id == TargetCondition.id, TargetMeasure.removed_at.is_(None))
        )
        .outerjoin(Measure, Measure.id == TargetMeasure.measure_id)
        .outerjoin(Picture, Picture.measure_id == Measure.id)
        .where(TargetCondition.id.in_(shown))
        .order_by(TargetCondition.number, Measure.kind, TargetMeasure.id)
    )


def _worked_on() -> Any:
    """Whether an obstacle was tried at, or raised as a barrier."""
    tried, raised = aliased(Experiment), aliased(Barrier)
    return or_(*(exists().where(each.obstacle_id == Obstacle.id) for each in (tried, raised)))


def obstacles(target_ids: Sequence[int]) -> list[Any]:
    """The obstacles of these chapters that somebody worked on; each with its newest barrier, and what was answered."""
    return list(fetch(_obstacles(), {"ids": list(target_ids)})) if target_ids else []


@cache
def _obstacles() -> Any:
    newest, last = Barrier.__table__.alias(), BarrierAnswer.__table__.alias()
    barrier = select(func.max(newest.c.id)).where(newest.c.obstacle_id == Obstacle.id).correlate(Obstacle)
    answer = select(func.max(last.c.id)).where(last.c.barrier_id == Barrier.id).correlate(Barrier)
    return (
        select(
            Obstacle.id,
            Obstacle.target_id,
            Obstacle.text,
            Obstacle.status,
            Obstacle.note,
            Barrier.id.label("barrier_id"),
            Barrier.text.label("barrier"),
            Barrier.cost,
            Barrier.raised_at,
            Barrier.status.label("barrier_status"),
            Barrier.answered_at,
            BarrierAnswer.words.label("answer"),
            BarrierAnswer.by_date,
        )
        .select_from(Obstacle)
        .outerjoin(Barrier, Barrier.id == barrier.scalar_subquery())
        .outerjoin(BarrierAnswer, BarrierAnswer.id == answer.scalar_subquery())
        .where(Obstacle.target_id.in_(IDS), _worked_on())
        .order_by(Obstacle.target_id, Obstacle.position, Obstacle.id)
        .limit(OBSTACLES)
    )


def experiments(target_ids: Sequence[int], after: int, most: int) -> list[Any]:
    """The experiments of these chapters after a number, in the order in which they were made."""
    values = {"ids": list(target_ids), "after": after, "most": most}
    return list(fetch(_experiments(), values)) if target_ids else []


@cache
def _experiments() -> Any:
    return (
        select(
            Experiment.id,
            Experiment.number,
            Experiment.target_id,
            Experiment.obstacle_id,
            Experiment.kind,
            Experiment.step,
            Experiment.expectation,
            Experiment.expected_value,
            Experiment.check_on,
            Experiment.happened,
            Experiment.happened_value,
            Experiment.happened_on,
            Experiment.learned,
            Experiment.set_aside_reason,
            Obstacle.text.label("obstacle"),
            Measure.name.label("measure"),
            Measure.unit,
        )
        .select_from(Experiment)
        .join(Obstacle, Obstacle.id == Experiment.obstacle_id)
        .outerjoin(Measure, Measure.id == Experiment.measure_id)
        .where(Experiment.target_id.in_(IDS), Experiment.number > AFTER)
        .order_by(Experiment.number)
        .limit(MOST)
    )
