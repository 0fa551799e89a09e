"""The challenge: the direction, given before the target conditions that lead there."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.teams.models import Area


class Challenge(Editable, Model):
    """What would be great for the customer, by when. A storyboard's may serve one of the areas above its team."""

    __tablename__ = "challenge"
    recorded_fields: ClassVar = (
        "statement",
        "by_date",
        "area_id",
        "serves_id",
        "measure_id",
        "from_value",
        "to_value",
        "moment_id",
        "ended_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("storyboard.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    statement: Mapped[str]
    by_date: Mapped[date | None]
    serves_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    from_value: Mapped[float | None]
    to_value: Mapped[float | None]
    moment_id: Mapped[int | None] = mapped_column(ForeignKey("moment_of_truth.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("(board_id is null) <> (area_id is null)", name="board_or_area"),
        CheckConstraint("serves_id is null or serves_id <> id", name="not_serving_itself"),
        Index("ix_challenge_measure", "measure_id"),
        Index(
            "uq_challenge_board",
            "board_id",
            unique=True,
            sqlite_where=text("ended_at is null and board_id is not null"),
            postgresql_where=text("ended_at is null and board_id is not null"),
        ),
    )

    @property
    def scope(self) -> Scope:
        return Scope(area_id=self.area_id)

    @property
    def linked_to_customer(self) -> bool:
        """Whether it names what the customer feels: an outcome measure and a moment of truth."""
        return self.measure_id is not None and self.moment_id is not None
