"""What a board answered when a measure that it works on showed a signal."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.storyboards.models.boards import Storyboard


class SignalAnswer(Editable, Model):
    """Which experiment expected this signal, or that none did, in somebody's words; it claims no cause.

    A signal is known by its measure, the day of the first point that shows it, and the rule.
    """

    __tablename__ = "signal_answer"
    recorded_fields: ClassVar = ("measure_id", "day", "rule", "experiment_id", "words", "by_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    day: Mapped[date]
    rule: Mapped[str] = mapped_column(String(20))
    experiment_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("board_id", "measure_id", "day", "rule"),)

    @property
    def scope(self) -> Scope:
        return self.board.scope
