"""Measures and readings. A gap stays a gap: there is no row for a day on which nothing was measured."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.rules import DomainError
from kata.teams.models import Team

KINDS = ("outcome", "process")
BETTER = ("up", "down", "neither")


class Measure(Editable, Model):
    """A number that a team follows.

    An *outcome measure* is what the customer feels, a *process measure* what the team can act on.
    """

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

    def archive(self) -> None:
        """Take it out of the choices; its readings and every target that names it stay."""
        if self.archived_at is not None:
            raise DomainError("", _("This measure is archived already."))
        self.archived_at = clock.now()

    def restore(self) -> None:
        """Bring it back into use."""
        if self.archived_at is None:
            raise DomainError("", _("This measure is in use already."))
        self.archived_at = None

    def expect_day(self, day: date) -> None:
        """Raise when a reading cannot be of ``day``: it has not come yet where the team is."""
        if day > clock.today(self.team.time_zone):
            raise DomainError("day", _("That day has not come yet. A reading is what was measured, not a plan."))


class Reading(Editable, Model):
    """One dated value of a measure, with the why behind the number where somebody knew it.

    A wrong one is corrected, or struck out with a reason; it is never deleted. A struck-out reading keeps its day:
    a value entered for that day later takes its place in the same row, and the record keeps both.
    """

    __tablename__ = "reading"
    recorded_fields: ClassVar = ("measure_id", "day", "value", "note", "struck_reason", "struck_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    day: Mapped[date]
    value: Mapped[float]
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("measure_id", "day"),
        CheckConstraint("value > -1e15 and value < 1e15", name="finite"),
        CheckConstraint("(struck_at is null) = (struck_reason = '')", name="struck_with_reason"),
    )

    @property
    def scope(self) -> Scope:
        return self.measure.scope

    @property
    def record_team_id(self) -> int | None:
        return self.measure.team_id

    def correct(self, day: date, value: float, note: str) -> None:
        """Say what was really measured. On a struck-out reading this brings it back into use."""
        self.measure.expect_day(day)
        self.day, self.value, self.note = day, value, note
        self.struck_at, self.struck_reason = None, ""

    def strike(self, reason: str) -> None:
        """Take it out of every figure because it was not a measurement at all; ``reason`` says why."""
        if self.struck_at is not None:
            raise DomainError("", _("This reading is struck out already."))
        if not reason.strip():
            raise DomainError("reason", _("Say why this reading does not count."))
        self.struck_at, self.struck_reason = clock.now(), reason

    def restore(self) -> None:
        """Let it count again as it was."""
        if self.struck_at is None:
            raise DomainError("", _("This reading counts already."))
        self.struck_at, self.struck_reason = None, ""
