"""Cycles: the one that runs at a board, those that somebody may read, and what was written at them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from kata.access.policy import Scope, Viewer
from kata.coaching.card import FEEDBACK, PRACTICE
from kata.coaching.models import CoachingCycle, CycleNote
from kata.coaching.queries import people
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries.boards import seen_by
from kata.storyboards.queries.boards import who as who_sees

BOARD, CYCLE = bindparam("board", type_=Integer), bindparam("cycle", type_=Integer)
LEARNER, COACH = aliased(Person), aliased(Person)
#: The people of a cycle come with it.
NAMED = (joinedload(CoachingCycle.learner, innerjoin=True), joinedload(CoachingCycle.coach, innerjoin=True))


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
        .options(contains_eager(CoachingCycle.board).contains_eager(Storyboard.team), *NAMED)
    )
    if not lock:
        return query
    return query.options(joinedload(CoachingCycle.noted)).with_for_update(of=[Storyboard, CoachingCycle])


def running(board_id: int, *, lock: bool = False) -> CoachingCycle | None:
    """The board's running cycle, if there is one."""
    return db.session.scalars(_running(lock), {"board": board_id}).one_or_none()


@cache
def _running(lock: bool) -> Any:
    query = select(CoachingCycle).where(CoachingCycle.board_id == BOARD, CoachingCycle.ended_at.is_(None))
    board = joinedload(CoachingCycle.board, innerjoin=True).joinedload(Storyboard.team, innerjoin=True)
    query = query.options(board, *NAMED)
    return query.with_for_update(of=CoachingCycle) if lock else query


@dataclass(frozen=True, slots=True)
class Question:
    """Where a board's running cycle stands, as everyone who sees the board may know it; nothing of what is said.

    ``coach`` is ``None`` while no cycle runs.
    """

    board_id: int
    learner: str
    coach: str | None
    place: str | None
    cycle_id: int | None
    version: int | None
    scope = Scope()  # it is only ever read

    @property
    def since(self) -> str:
        """Changes with every move."""
        return f"{self.cycle_id}.{self.version}" if self.cycle_id else "none"


def question(viewer: Viewer, *, lock: bool = False, board_id: int) -> Question | None:
    """What a wall asks every other second, in one small statement; ``None`` where the viewer does not see the board."""
    row = fetch(_question(viewer.is_administrator), {"board": board_id, **who_sees(viewer)}).one_or_none()
    return None if row is None else Question(*row)


@cache
def _question(is_administrator: bool) -> Any:
    return (
        select(
            Storyboard.id,
            LEARNER.name,
            COACH.name,
            CoachingCycle.place,
            CoachingCycle.id.label("cycle_id"),
            CoachingCycle.version,
        )
        .select_from(Storyboard)
        .join(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(CoachingCycle, (CoachingCycle.board_id == Storyboard.id) & CoachingCycle.ended_at.is_(None))
        .outerjoin(COACH, COACH.id == CoachingCycle.coach_id)
        .where(Storyboard.id == BOARD, seen_by(is_administrator))
    )


def step(cycle: CoachingCycle, *, lock: bool = False) -> Experiment | None:
    """The step that the cycle ends with, once it is planned."""
    if cycle.step_id is None:
        return None
    query = select(Experiment).where(Experiment.id == cycle.step_id).options(joinedload(Experiment.board))
    return db.session.scalars(query.with_for_update(of=Experiment) if lock else query).one_or_none()


def notes(cycle_id: int) -> dict[str, Any]:
    """What was written at the cycle, by the part of it: words, seconds and version."""
    return {note.part: note for note in fetch(_notes(), {"cycle": cycle_id})}


@cache
def _notes() -> Any:
    return select(CycleNote.part, CycleNote.words, CycleNote.seconds, CycleNote.version).where(
        CycleNote.cycle_id == CYCLE
    )


def note(cycle_id: int, part: str) -> CycleNote | None:
    """One of its texts."""
    return db.session.scalars(_note(), {"cycle": cycle_id, "part": part}).one_or_none()


@cache
def _note() -> Any:
    return select(CycleNote).where(CycleNote.cycle_id == CYCLE, CycleNote.part == bindparam("part"))


def last_held(board_id: int, coach_id: int) -> Any | None:
    """The newest cycle held at the board with this coach: its day, and what the coach said and meant to practise."""
    return fetch(_last_held(), {"board": board_id, "coach": coach_id}).one_or_none()


@cache
def _last_held() -> Any:
    said, meant = aliased(CycleNote), aliased(CycleNote)
    return (
        select(
            CoachingCycle.id,
            CoachingCycle.held_on,
            said.words.label("feedback"),
            meant.words.label("practice"),
        )
        .outerjoin(said, (said.cycle_id == CoachingCycle.id) & (said.part == FEEDBACK))
        .outerjoin(meant, (meant.cycle_id == CoachingCycle.id) & (meant.part == PRACTICE))
        .where(
            CoachingCycle.board_id == BOARD,
            CoachingCycle.coach_id == bindparam("coach", type_=Integer),
            CoachingCycle.status == "held",
        )
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        .limit(1)
    )
