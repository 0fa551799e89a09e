"""Cycles: the one that runs at a board, those that somebody may read, and what was written at them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.coaching.models import CoachingCycle, CycleNote
from kata.coaching.queries import people
from kata.extensions import db
from kata.identity.models import Person
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries.boards import seen_by
from kata.storyboards.queries.boards import who as who_sees

BOARD, CYCLE = bindparam("board", type_=Integer), bindparam("cycle", type_=Integer)
LEARNER, COACH = aliased(Person), aliased(Person)


def cycle(viewer: Viewer, *, lock: bool = False, cycle_id: int) -> CoachingCycle | None:
    """The cycle with its board, for the guard: only for those who may read it. Its board is locked with it.

    The board comes first, as everywhere: two locks taken in two orders would wait for each other.
    """
    values = {"cycle": cycle_id, **who_sees(viewer), **people.who(viewer)}
    return db.session.scalars(_cycle(viewer.is_administrator, lock), values).one_or_none()


@cache
def _cycle(is_administrator: bool, lock: bool) -> Any:
    query = (
        select(CoachingCycle)
        .join(CoachingCycle.board)
        .join(Storyboard.team)
        .where(CoachingCycle.id == CYCLE, seen_by(is_administrator), people.reads_cycle())
        .options(contains_eager(CoachingCycle.board).contains_eager(Storyboard.team))
    )
    return query.with_for_update(of=[Storyboard, CoachingCycle]) if lock else query


def running(board_id: int, *, lock: bool = False) -> CoachingCycle | None:
    """The board's running cycle, if there is one."""
    return db.session.scalars(_running(lock), {"board": board_id}).one_or_none()


@cache
def _running(lock: bool) -> Any:
    query = select(CoachingCycle).where(CoachingCycle.board_id == BOARD, CoachingCycle.ended_at.is_(None))
    query = query.options(joinedload(CoachingCycle.board, innerjoin=True).joinedload(Storyboard.team, innerjoin=True))
    return query.with_for_update(of=CoachingCycle) if lock else query


def whose(board_id: int) -> Any | None:
    """The running cycle as everyone at the board may know it: id, coach and name, place on the card, since when."""
    return db.session.execute(_whose(), {"board": board_id}).one_or_none()


@cache
def _whose() -> Any:
    return (
        select(
            CoachingCycle.id,
            CoachingCycle.coach_id,
            COACH.name.label("coach"),
            CoachingCycle.place,
            CoachingCycle.started_at,
            CoachingCycle.asked_at,
        )
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .where(CoachingCycle.board_id == BOARD, CoachingCycle.ended_at.is_(None))
    )


def names(cycle: CoachingCycle) -> Any:
    """The names of its learner and coach, and the step on which it ended."""
    return db.session.execute(_names(), {"cycle": cycle.id}).one()


@cache
def _names() -> Any:
    return (
        select(
            LEARNER.name.label("learner"),
            COACH.name.label("coach"),
            Experiment.number.label("step_number"),
            Experiment.step,
            Experiment.expectation,
            Experiment.check_on,
            Experiment.version.label("step_version"),
            Experiment.ended_at.label("step_ended_at"),
        )
        .select_from(CoachingCycle)
        .join(LEARNER, LEARNER.id == CoachingCycle.learner_id)
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .outerjoin(Experiment, Experiment.id == CoachingCycle.step_id)
        .where(CoachingCycle.id == CYCLE)
    )


def notes(cycle_id: int) -> dict[str, CycleNote]:
    """What was written at the cycle, by the part of it."""
    return {note.part: note for note in db.session.scalars(_notes(), {"cycle": cycle_id})}


@cache
def _notes() -> Any:
    return select(CycleNote).where(CycleNote.cycle_id == CYCLE)


def note(cycle_id: int, part: str) -> CycleNote | None:
    """One of its texts."""
    query = select(CycleNote).where(CycleNote.cycle_id == cycle_id, CycleNote.part == part)
    return db.session.scalars(query).one_or_none()


def pulse(viewer: Viewer, board_id: int) -> Any | None:
    """The newest event of a board that the viewer sees: what a wall asks every other second, so it is one statement."""
    return db.session.execute(_pulse(viewer.is_administrator), {"board": board_id, **who_sees(viewer)}).one_or_none()


@cache
def _pulse(is_administrator: bool) -> Any:
    newest = select(func.max(Activity.id)).where(Activity.board_id == BOARD).scalar_subquery()
    return select(newest.label("last_change")).where(Storyboard.id == BOARD, seen_by(is_administrator))
