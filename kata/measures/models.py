"""Measures and readings. A gap stays a gap: there is no row for a day on which nothing was measured."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.teams.models import Team

KINDS = ("outcome", "process")
BETTER = ("up", "down", "neither")


class Measure(Editable, Model):
    """A number a team follows: an outcome measure is what the customer feels, a process measure what the team can act on."""

    __tablename__ = "measure"
    recorded_fields: ClassVar = ("team_id", "name", "definition", "unit", "better", "kind", "source", "archived_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(String(40), default="")
    better: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("team_id", "name"),
        CheckConstraint("better in ('up', 'down', 'neither')", name="better"),
        CheckConstraint("kind in ('outcome', 'process')", name="kind"),
    )

    @property
    def scope(self) -> Scope:
        return self.team.scope



class Reading(Editable, Model):
    """One dated value of a measure, with the why behind the number where somebody knew it."""

    __tablename__ = "reading"
    recorded_fields: ClassVar = ("measure_id", "day", "value", "note")

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    day: Mapped[date]
    value: Mapped[float]
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("measure_id", "day"),)

    @property
    def scope(self) -> Scope:
        return self.measure.scope

    @property
    def record_team_id(self) -> int | None:
        return self.measure.team_id

