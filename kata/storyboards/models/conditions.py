"""Where the process is, every version kept, and where it should be next, by a date that does not move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable, Recorded
from kata.extensions import Model
from kata.rules import DomainError
from kata.storyboards.models.boards import Storyboard

ENDINGS = ("achieved", "not achieved", "left")


class CurrentCondition(Recorded, Model):
    """Dated facts: how the process runs. Rows never change; what is known better becomes the next version.

    ``steps`` is the block diagram, in order: ``[{"name": …, "time": …, "note": …}]``. It lives inside the row because
    a version is read and replaced whole, never step by step.
    """

    __tablename__ = "current_condition"
    recorded_fields: ClassVar = ("number", "as_of", "facts", "steps", "by_id", "created_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    number: Mapped[int]
    as_of: Mapped[date]
    facts: Mapped[str]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (UniqueConstraint("board_id", "number"),)


def steps_as_text(steps: Sequence[Mapping[str, Any]]) -> str:
    """The process steps as lines, for showing two versions beside each other."""
    return "\n".join(" · ".join(filter(None, (s["name"], s.get("time"), s.get("note")))) for s in steps)


def aims_as_text(aims: Iterable[tuple[str, float | None, float | None]]) -> str:
    """Measures with their from → to as lines, for showing two versions beside each other."""
    return "\n".join(
        f"{name}: {' → '.join('–' if value is None else f'{value:.10g}' for value in ends)}" for name, *ends in aims
    )


class TargetCondition(Editable, Model):
    """The next condition: a pattern wanted and measures from → to, by a date. Exactly one is active on a board."""

    __tablename__ = "target_condition"
    recorded_fields: ClassVar = ("number", "achieve_by", "pattern", "status", "reflection", "created_at", "ended_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    number: Mapped[int]
    achieve_by: Mapped[date]
    pattern: Mapped[str]
    status: Mapped[str] = mapped_column(String(12), default="active")
    reflection: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        CheckConstraint("status in ('active', 'achieved', 'not achieved', 'left')", name="status"),
        CheckConstraint("(status = 'active') = (ended_at is null)", name="ended_with_status"),
        Index("ix_target_condition_ended_at", "ended_at"),
        Index(
            "uq_target_condition_active",
            "board_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    @property
    def scope(self) -> Scope:
        return self.board.scope

    @validates("achieve_by")
    def _date_does_not_move(self, _key: str, value: date) -> date:
        if self.achieve_by is not None and value != self.achieve_by:
            raise DomainError("achieve_by", _("The achieve-by date does not move: a date that slips teaches nothing."))
        return value

    def rewrite(self, pattern: str) -> None:
        """Word the pattern better while the condition is active."""
        self._expect_active()
        self.pattern = pattern

    def end(self, status: str, reflection: str) -> None:
        """End as *achieved*, *not achieved* or *left*, with the summary reflection."""
        self._expect_active()
        if not reflection.strip():
            raise DomainError("reflection", _("Write what this target condition taught before it ends."))
        self.status, self.reflection, self.ended_at = status, reflection, clock.now()

    def _expect_active(self) -> None:
        if self.ended_at is not None:
            raise DomainError("", _("This target condition has ended; what it said is kept as it was."))


class TargetMeasure(Recorded, Model):
    """One measure of a target condition, from → to."""

    __tablename__ = "target_measure"
    recorded_fields: ClassVar = ("target_id", "measure_id", "from_value", "to_value", "removed_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target_condition.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    from_value: Mapped[float | None]
    to_value: Mapped[float]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("target_id", "measure_id"),
        Index("ix_target_measure_board", "board_id"),
        Index("ix_target_measure_measure", "measure_id"),
    )
