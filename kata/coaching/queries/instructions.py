"""Instructions: those that a coach still carries, and those around a cycle."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import joinedload

from kata.access.policy import Viewer
from kata.coaching.models import Instruction
from kata.extensions import db, fetch
from kata.identity.models import Person

COACH = bindparam("coach", type_=Integer)


def carried(coach_id: int) -> list[Any]:
    """What the coach was told and has not marked as habit yet, the oldest first, with who said it."""
    return list(fetch(_carried(), {"coach": coach_id}))


@cache
def _carried() -> Any:
    return (
        select(
            Instruction.id,
            Instruction.question,
            Instruction.trigger,
            Instruction.words,
            Instruction.given_at,
            Person.name.label("by"),
        )
        .join(Person, Person.id == Instruction.by_id)
        .where(Instruction.coach_id == COACH, Instruction.habit_at.is_(None))
        .order_by(Instruction.id)
    )


def instruction(viewer: Viewer, *, lock: bool = False, instruction_id: int) -> Instruction | None:
    """An instruction for the guard: only for the coach who carries it and for whom gave it."""
    query = (
        select(Instruction)
        .where(
            Instruction.id == instruction_id,
            (Instruction.coach_id == viewer.person_id) | (Instruction.by_id == viewer.person_id),
        )
        .options(joinedload(Instruction.cycle, innerjoin=True))
    )
    return db.session.scalars(query.with_for_update(of=Instruction) if lock else query).one_or_none()


def given(cycle_id: int, by: int) -> Instruction | None:
    """The instruction that this person gave at the cycle."""
    query = select(Instruction).where(Instruction.cycle_id == cycle_id, Instruction.by_id == by)
    return db.session.scalars(query).one_or_none()


def around(cycle_id: int, coach_id: int) -> list[Any]:
    """Those of the cycle, and all others that its coach carries, the newest first.

    ``pages.cycle`` says who reads them.
    """
    return list(fetch(_around(), {"cycle": cycle_id, "coach": coach_id}))


@cache
def _around() -> Any:
    here = Instruction.cycle_id == bindparam("cycle", type_=Integer)
    carried = (Instruction.coach_id == COACH) & Instruction.habit_at.is_(None)
    return (
        select(
            Instruction.id,
            Instruction.cycle_id,
            Instruction.question,
            Instruction.trigger,
            Instruction.words,
            Instruction.given_at,
            Instruction.habit_at,
            Instruction.coach_id,
            Instruction.by_id,
            Instruction.version,
            Person.name.label("by"),
        )
        .join(Person, Person.id == Instruction.by_id)
        .where(here | carried)
        .order_by(Instruction.id.desc())
    )
