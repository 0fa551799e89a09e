"""What the second coach makes of a cycle: for the coach alone, never about the learner."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.coaching.models.cycles import CoachingCycle
from kata.extensions import Model


class CoachingObservation(Editable, Model):
    """What the coach said at one question, and what the learner said; the clock knows how long it took.

    It belongs to the coach who was watched: who takes the cycle over afterwards does not read it.
    """

    __tablename__ = "coaching_observation"
    recorded_fields: ClassVar = ("cycle_id", "question", "coach_id", "by_id", "coach_said", "learner_said")

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("coaching_cycle.id"))
    question: Mapped[str] = mapped_column(String(10))
    coach_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    coach_said: Mapped[str] = mapped_column(default="")
    learner_said: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("cycle_id", "question", "by_id", "coach_id"),)


class Instruction(Editable, Model):
    """The one thing to do differently, with the moment that calls for it; it meets the coach at that question.

    Seen by that coach and by whom gave it, shown in every cycle until the coach marks it as habit.
    """

    __tablename__ = "instruction"
    recorded_fields: ClassVar = (
        "cycle_id",
        "coach_id",
        "by_id",
        "question",
        "trigger",
        "words",
        "given_at",
        "habit_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("coaching_cycle.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    question: Mapped[str] = mapped_column(String(10))
    trigger: Mapped[str] = mapped_column(String(200))
    words: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    habit_at: Mapped[datetime | None]

    cycle: Mapped[CoachingCycle] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("cycle_id", "by_id"),
        Index("ix_instruction_coach", "coach_id", "habit_at"),
        Index("ix_instruction_by", "by_id"),
    )

    @property
    def scope(self) -> Scope:
        """The coach is the one whose instruction it is; the second coach the one who gave it."""
        return Scope(learner_id=self.coach_id, second_coach_id=self.by_id)

    def become_habit(self) -> None:
        """The coach does it without being told."""
        if self.habit_at is None:
            self.habit_at = clock.now()

    def come_back(self) -> None:
        """It was marked as habit too early."""
        self.habit_at = None
