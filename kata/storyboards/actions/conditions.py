"""Grasping the current condition and setting, wording and ending target conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.measures.models import Measure
from kata.measures.words import KIND_SHORT
from kata.rules import Conflict, DomainError
from kata.storyboards.models import (
    CurrentCondition,
    Experiment,
    Obstacle,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.storyboards.models.conditions import aims_as_text, steps_as_text

SHORTEST = timedelta(days=7)
LONGEST = timedelta(days=93)


@dataclass(frozen=True)
class Aim:
    """One measure of a target condition: from the value it has, to the value wanted."""

    measure_id: int
    from_value: float | None
    to_value: float


def describe(
    board: Storyboard, seen: int, *, as_of: date, facts: str, steps: Sequence[Mapping[str, str]], by: int
) -> CurrentCondition:
    """Write the next version of the current condition; ``seen`` is the number of the version it was written from."""
    board.expect_live()
    latest = db.session.execute(
        select(CurrentCondition)
        .where(CurrentCondition.board_id == board.id)
        .order_by(CurrentCondition.number.desc())
        .limit(1)
    ).scalar_one_or_none()
    number = latest.number if latest else 0
    if latest is not None and number != seen:
        raise Conflict({**latest.snapshot(), "steps": steps_as_text(latest.steps)}, number)
    if as_of > clock.today(board.team.time_zone):
        raise DomainError("as_of", _("The current condition is what was seen: its day cannot lie ahead."))
    condition = CurrentCondition(
        board_id=board.id, number=number + 1, as_of=as_of, facts=facts, steps=[dict(step) for step in steps], by_id=by
    )
    db.session.add(condition)
    record("described the current condition", condition, by=by)
    return condition


def set_target(board: Storyboard, *, achieve_by: date, pattern: str, aims: Sequence[Aim], by: int) -> TargetCondition:
    """Set the next target condition, once the last one has ended and the actual condition was looked at afresh."""
    board.expect_live()
    _expect_grasped(board)
    _expect_date(board, achieve_by)
    number = db.session.scalar(
        select(func.coalesce(func.max(TargetCondition.number), 0)).where(TargetCondition.board_id == board.id)
    )
    target = TargetCondition(board_id=board.id, number=(number or 0) + 1, achieve_by=achieve_by, pattern=pattern)
    db.session.add(target)
    record("set the target condition", target, by=by)
    _take_aim(board, target, aims, by=by)
    return target


def _expect_grasped(board: Storyboard) -> None:
    last = db.session.execute(
        select(TargetCondition.id, TargetCondition.ended_at)
        .where(TargetCondition.board_id == board.id)
        .order_by(TargetCondition.number.desc())
        .limit(1)
    ).one_or_none()
    if last and last.ended_at is None:
        raise DomainError("", _("A target condition is active. End it with its reflection before the next one."))
    latest = db.session.execute(
        select(CurrentCondition.id, CurrentCondition.created_at)
        .where(CurrentCondition.board_id == board.id)
        .order_by(CurrentCondition.number.desc())
        .limit(1)
    ).one_or_none()
    if latest is None:
        raise DomainError("", _("Grasp the current condition first: where you are decides what comes next."))
    if last and latest.created_at < last.ended_at:
        raise DomainError("", _("Look at the actual condition afresh first: the last target condition has changed it."))


def _expect_date(board: Storyboard, achieve_by: date) -> None:
    today = clock.today(board.team.time_zone)
    if achieve_by <= today:
        raise DomainError("achieve_by", _("Choose a day that lies ahead."))
    if not board.practice and achieve_by < today + SHORTEST:
        raise DomainError("achieve_by", _("Give it at least a week; a shorter aim is an experiment, not a condition."))
    if achieve_by > today + LONGEST:
        raise DomainError("achieve_by", _("Three months at most: further out, nobody can see the next obstacle."))


def rewrite_target(target: TargetCondition, seen: int | None, *, pattern: str, aims: Sequence[Aim], by: int) -> None:
    """Word the pattern and choose the measures better. The achieve-by date does not move."""
    if seen != target.version:
        raise Conflict({**target.snapshot(), "aims": _aims_as_text(target)}, target.version)
    target.board.expect_live()
    target.rewrite(pattern)
    flag_modified(target, "pattern")  # its measures are rows of their own: a change of them alone is a new version too
    record("reworded the target condition", target, by=by)
    _take_aim(target.board, target, aims, by=by)


def _aims_as_text(target: TargetCondition) -> str:
    rows = db.session.execute(
        select(Measure.name, Measure.kind, TargetMeasure.from_value, TargetMeasure.to_value)
        .join(Measure, Measure.id == TargetMeasure.measure_id)
        .where(TargetMeasure.target_id == target.id, TargetMeasure.removed_at.is_(None))
        .order_by(Measure.kind, TargetMeasure.id)
    )
    return aims_as_text((f"{row.name} ({KIND_SHORT[row.kind]})", row.from_value, row.to_value) for row in rows)


def _take_aim(board: Storyboard, target: TargetCondition, aims: Sequence[Aim], *, by: int) -> None:
    _expect_own_measures(board.team_id, [aim.measure_id for aim in aims])
    held = {
        row.measure_id: row
        for row in db.session.scalars(select(TargetMeasure).where(TargetMeasure.target_id == target.id))
    }
    for aim in aims:
        row = held.pop(aim.measure_id, None)
        if row is None:
            row = TargetMeasure(board_id=board.id, target_id=target.id, measure_id=aim.measure_id, to_value=0.0)
            db.session.add(row)
        elif (row.from_value, row.to_value, row.removed_at) == (aim.from_value, aim.to_value, None):
            continue
        row.from_value, row.to_value, row.removed_at = aim.from_value, aim.to_value, None
        record("aimed at", row, by=by)
    for row in held.values():
        if row.removed_at is None:
            row.removed_at = clock.now()
            record("no longer aims at", row, by=by)


def _expect_own_measures(team_id: int, measure_ids: list[int]) -> None:
    if len(set(measure_ids)) < len(measure_ids):
        raise DomainError("aims", _("A measure stands here twice. Keep one row for it."))
    own = db.session.scalar(
        select(func.count()).select_from(Measure).where(Measure.id.in_(measure_ids), Measure.team_id == team_id)
    )
    if own != len(measure_ids):
        raise DomainError("aims", _("Choose one of the team's own measures."))


def end_target(target: TargetCondition, seen: int | None, *, status: str, reflection: str, by: int) -> None:
    """End the target condition with its summary reflection; its obstacles stay in the history."""
    target.expect_version(seen)
    target.board.expect_live()
    unfinished = select(Experiment.id).where(Experiment.board_id == target.board_id, Experiment.ended_at.is_(None))
    if db.session.scalar(unfinished.limit(1)) is not None:
        raise DomainError("", _("An experiment is still open. Conclude it or set it aside, then reflect."))
    target.end(status, reflection)
    record(f"ended the target condition as {status}", target, by=by)
    _empty_parking_lot(target, by=by)


def _empty_parking_lot(target: TargetCondition, *, by: int) -> None:
    """The next condition starts with an empty parking lot; whoever is still in focus goes back to waiting."""
    in_focus = select(Obstacle).where(Obstacle.target_id == target.id, Obstacle.status == "focus")
    for obstacle in db.session.scalars(in_focus):
        obstacle.wait()
        record("left behind", obstacle, by=by)
