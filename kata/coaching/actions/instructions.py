"""Giving a coach the one thing to do differently, and what becomes of it once the coach has it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask_babel import gettext as _

from kata.activity.actions import record
from kata.coaching.models import CoachingCycle, Instruction
from kata.coaching.queries import instructions as queries
from kata.extensions import db
from kata.rules import Conflict, DomainError


@dataclass(frozen=True, slots=True)
class Told:
    """At which question, at which sign, what to do."""

    question: str
    trigger: str
    words: str


def instruct(cycle: CoachingCycle, told: Told, seen: int | None, *, by: int) -> Instruction:
    """Give the coach of the cycle their one instruction, or reword it while they carry it."""
    row = queries.given(cycle.id, by)
    if row is None:
        row = Instruction(cycle_id=cycle.id, coach_id=cycle.coach_id, by_id=by, cycle=cycle, **asdict(told))
        db.session.add(row)
        record("instructed", row, by=by)
        return row
    if row.coach_id != cycle.coach_id:
        raise DomainError("", _("One instruction a cycle: in this one you gave it to the coach who ran it before."))
    if row.habit_at is not None:
        raise DomainError("", _("It is a habit by now and stays as it was said. Give the next one at the next cycle."))
    now = {name: getattr(row, name) for name in asdict(told)}
    if now == asdict(told):
        return row
    if row.version != seen:
        raise Conflict(now, row.version)
    row.question, row.trigger, row.words = told.question, told.trigger, told.words
    record("reworded", row, by=by)
    return row


def mark_habit(instruction: Instruction, *, by: int) -> None:
    """The coach does it without being told; it is shown no more."""
    if instruction.habit_at is None:
        instruction.become_habit()
        record("marked as habit", instruction, by=by)


def carry_on(instruction: Instruction, *, by: int) -> None:
    """It was marked too early: it meets the coach again."""
    if instruction.habit_at is not None:
        instruction.come_back()
        record("took up again", instruction, by=by)
