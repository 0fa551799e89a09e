"""What becomes of an instruction once the coach has it."""

from __future__ import annotations

from kata.activity.actions import record
from kata.coaching.models import Instruction


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
