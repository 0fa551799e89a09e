"""What stands on a storyboard now, one statement a sheet. ``past.py`` answers the same shapes for another day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from kata.customers.models import MomentOfTruth
from kata.extensions import fetch
from kata.identity.models import Person
from kata.measures.models import Measure
from kata.storyboards import notes
from kata.storyboards.models import (
    Amendment,
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Photo,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.storyboards.queries.heads import head as head  # a board is read from here: its head, its answers
from kata.storyboards.queries.signals import answers as answers
from kata.teams.models import Area

RECORD_SIZE = 5

# Making an alias or a statement costs more than running it, so both are made once; a statement is never changed.
SERVED = aliased(Challenge)
BOARD, IDS = bindparam("board", type_=Integer), bindparam("ids", type_=Integer, expanding=True)


def challenge(board_id: int) -> Any | None:
    """The board's challenge with its measure, moment of truth and the area challenge that it serves."""
    return fetch(_challenge(), {"board": board_id}).one_or_none()


@cache
def _challenge() -> Any:
    return (
        select(
            Challenge.id,
            Challenge.statement,
            Challenge.by_date,
            Challenge.serves_id,
            Challenge.measure_id,
            Challenge.from_value,
            Challenge.to_value,
            Challenge.moment_id,
            Challenge.version,
            Measure.name.label("measure"),
            Measure.unit,
            Measure.better,
            Measure.low,
            Measure.high,
            MomentOfTruth.name.label("moment"),
            SERVED.statement.label("serves"),
            Area.name.label("serves_area"),
            Area.slug.label("serves_slug"),
        )
        .outerjoin(Measure, Measure.id == Challenge.measure_id)
        .outerjoin(MomentOfTruth, MomentOfTruth.id == Challenge.moment_id)
        .outerjoin(SERVED, SERVED.id == Challenge.serves_id)
        .outerjoin(Area, Area.id == SERVED.area_id)
        .where(Challenge.board_id == BOARD, Challenge.ended_at.is_(None))
    )


def area_challenges(area_ids: list[int]) -> list[Any]:
    """The open challenges of these areas: what a board's challenge may serve."""
    query = (
        select(Challenge.id, Challenge.statement, Challenge.by_date, Challenge.version, Area.name.label("area"))
        .join(Area, Area.id == Challenge.area_id)
        .where(Challenge.area_id.in_(area_ids), Challenge.ended_at.is_(None))
        .order_by(Area.name, Challenge.id)
    )
    return list(fetch(query))


def condition(board_id: int) -> Any | None:
    """The newest version of the current condition."""
    return fetch(_newest_condition(), {"board": board_id}).one_or_none()


def conditions(board_id: int) -> list[Any]:
    """Every version of the current condition, newest first."""
    return list(fetch(_conditions(), {"board": board_id}))


@cache
def _newest_condition() -> Any:
    return _conditions().limit(1)


@cache
def _conditions() -> Any:
    return (
        select(
            CurrentCondition.id,
            CurrentCondition.number,
            CurrentCondition.as_of,
            CurrentCondition.facts,
            CurrentCondition.steps,
            CurrentCondition.created_at,
            Person.name.label("by"),
        )
        .outerjoin(Person, Person.id == CurrentCondition.by_id)
        .where(CurrentCondition.board_id == BOARD)
        .order_by(CurrentCondition.number.desc())
    )


def target(board_id: int) -> list[Any]:
    """The newest target condition, a row for each of its measures (one row with none where it has none)."""
    return list(fetch(_target(), {"board": board_id}))


def targets(board_id: int) -> list[Any]:
    """All target conditions of the board, newest first, without their measures."""
    query = (
        select(
            TargetCondition.id,
            TargetCondition.number,
            TargetCondition.achieve_by,
            TargetCondition.pattern,
            TargetCondition.status,
            TargetCondition.reflection,
            TargetCondition.created_at,
            TargetCondition.ended_at,
        )
        .where(TargetCondition.board_id == board_id)
        .order_by(TargetCondition.number.desc())
    )
    return list(fetch(query))


@cache
def _target() -> Any:
    newest = select(func.max(TargetCondition.number)).where(TargetCondition.board_id == BOARD).scalar_subquery()
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
            TargetCondition.version,
            TargetMeasure.measure_id,
            TargetMeasure.from_value,
            TargetMeasure.to_value,
            Measure.name.label("measure"),
            Measure.unit,
            Measure.better,
            Measure.low,
            Measure.high,
            Measure.kind,
        )
        .outerjoin(
            TargetMeasure, and_(TargetMeasure.target_id == TargetCondition.id, TargetMeasure.removed_at.is_(None))
        )
        .outerjoin(Measure, Measure.id == TargetMeasure.measure_id)
        .where(TargetCondition.board_id == BOARD, TargetCondition.number == newest)
        .order_by(Measure.kind, TargetMeasure.id)
    )


def obstacles(target_id: int) -> list[Any]:
    """The obstacles of a target condition in their order, those that have ended last, with how often each was tried."""
    return list(fetch(_obstacles(), {"target": target_id}))


def obstacles_in_use(target_id: int) -> list[Any]:
    """The same while the target condition is active and its board lives, each with the open experiment's id."""
    return list(fetch(_obstacles_in_use(), {"target": target_id}))


def every_obstacle(board_id: int) -> Iterable[Any]:
    """The obstacles of all target conditions of the board, the newest condition's first, with its number."""
    query = _lots().add_columns(TargetCondition.number.label("target_number"))
    query = query.join(TargetCondition, TargetCondition.id == Obstacle.target_id)
    return fetch(query.where(Obstacle.board_id == board_id).order_by(TargetCondition.number.desc(), *_in_their_order()))


@cache
def _obstacles() -> Any:
    query = notes.widened(_lots()).where(Obstacle.target_id == bindparam("target", type_=Integer))
    return query.order_by(*_in_their_order())


@cache
def _obstacles_in_use() -> Any:
    running = select(Experiment.id).where(Experiment.board_id == Obstacle.board_id, Experiment.ended_at.is_(None))
    return (
        _obstacles()
        .add_columns(running.correlate(Obstacle).scalar_subquery().label("open_id"))
        .join(TargetCondition, TargetCondition.id == Obstacle.target_id)
        .join(Storyboard, Storyboard.id == Obstacle.board_id)
        .where(TargetCondition.ended_at.is_(None), Storyboard.ended_on.is_(None), Storyboard.archived_at.is_(None))
    )


def _in_their_order() -> tuple[Any, ...]:
    return Obstacle.ended_at.is_not(None), Obstacle.position, Obstacle.id


@cache
def _lots() -> Any:
    tried = (
        select(func.count())
        .where(Experiment.obstacle_id == Obstacle.id)
        .correlate(Obstacle)
        .scalar_subquery()
        .label("tried")
    )
    return select(
        Obstacle.id,
        Obstacle.text,
        Obstacle.position,
        Obstacle.status,
        Obstacle.note,
        Obstacle.created_at,
        Obstacle.focused_at,
        Obstacle.ended_at,
        Obstacle.version,
        tried,
    )


def experiments(
    board_id: int, *, before: int | None = None, only: int | None = None, most: int = RECORD_SIZE + 1
) -> list[Any]:
    """A page of the experiment record, newest first; one row more than ``RECORD_SIZE`` says that there are older ones.

    ``before`` is the number of the last one shown; ``only`` an id, for one experiment; ``most`` how many at most.
    """
    values = {"board": board_id, "most": most, "before": before, "only": only}
    asked = {name: value for name, value in values.items() if value is not None}
    return list(fetch(_experiments(before is not None, only is not None), asked))


def record(board_id: int) -> Iterable[Any]:
    """The whole experiment record, newest first."""
    return fetch(_experiments(False, False).limit(None), {"board": board_id})


@cache
def _experiments(before: bool, only: bool) -> Any:
    narrowed = [Experiment.number < bindparam("before", type_=Integer)] if before else []
    narrowed += [Experiment.id == bindparam("only", type_=Integer)] if only else []
    return (
        select(
            Experiment.id,
            Experiment.board_id,
            Experiment.target_id,
            Experiment.obstacle_id,
            Experiment.number,
            Experiment.kind,
            Experiment.step,
            Experiment.expectation,
            Experiment.measure_id,
            Experiment.expected_value,
            Experiment.check_on,
            Experiment.created_at,
            Experiment.happened,
            Experiment.happened_value,
            Experiment.happened_on,
            Experiment.learned,
            Experiment.set_aside_reason,
            Experiment.ended_at,
            Experiment.version,
            Obstacle.text.label("obstacle"),
            TargetCondition.number.label("target_number"),
            Measure.name.label("measure"),
            Measure.unit,
        )
        .join(Obstacle, Obstacle.id == Experiment.obstacle_id)
        .join(TargetCondition, TargetCondition.id == Experiment.target_id)
        .outerjoin(Measure, Measure.id == Experiment.measure_id)
        .where(Experiment.board_id == BOARD, *narrowed)
        .order_by(Experiment.number.desc())
        .limit(bindparam("most", type_=Integer))
    )


def beside(board_id: int, number: int) -> tuple[Any | None, Any | None]:
    """Id, number and step of the experiment before this number of the board, and of the one after it."""
    rows = list(fetch(_beside(), {"board": board_id, "number": number}))
    before = next((row for row in rows if row.number < number), None)
    return before, next((row for row in rows if row.number > number), None)


@cache
def _beside() -> Any:
    number = bindparam("number", type_=Integer)
    ahead, behind = aliased(Experiment), aliased(Experiment)
    before = select(func.max(ahead.number)).where(ahead.board_id == BOARD, ahead.number < number).scalar_subquery()
    after = select(func.min(behind.number)).where(behind.board_id == BOARD, behind.number > number).scalar_subquery()
    return select(Experiment.id, Experiment.number, Experiment.step).where(
        Experiment.board_id == BOARD, Experiment.number.in_([before, after])
    )


def photos(experiment_ids: list[int]) -> list[Any]:
    """The photos of these experiments in the order they were added."""
    return list(fetch(_photos(), {"ids": experiment_ids}))


@cache
def _photos() -> Any:
    return (
        select(Photo.id, Photo.experiment_id, Photo.caption, Photo.sha256, Photo.width, Photo.height)
        .where(Photo.experiment_id.in_(IDS), Photo.removed_at.is_(None))
        .order_by(Photo.id)
    )


def amendments(experiment_ids: list[int]) -> list[Any]:
    """The amendments of these experiments, oldest first, with who made them."""
    return list(fetch(_amendments(), {"ids": experiment_ids}))


@cache
def _amendments() -> Any:
    return (
        select(
            Amendment.experiment_id,
            Amendment.field,
            Amendment.before,
            Amendment.after,
            Amendment.at,
            Person.name.label("by"),
        )
        .join(Person, Person.id == Amendment.by_id)
        .where(Amendment.experiment_id.in_(IDS))
        .order_by(Amendment.id)
    )
