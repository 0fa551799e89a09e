"""Measures and readings. A gap stays a gap: there is no row for a day on which nothing was measured."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.rules import DomainError
from kata.teams.models import Team

KINDS = ("outcome", "process")
BETTER = ("up", "down", "neither")
CADENCES = ("day", "week", "month", "quarter")
PRESETS = ("mdc", "wheeler", "run")


class Measure(Editable, Model):
    """A number that a team follows.

    An *outcome measure* is what the customer feels, a *process measure* what the team can act on. ``per`` makes it a
    share or a rate: the value is ``per`` times numerator by denominator (100 for a percentage, 1000 for complaints in
    a thousand contacts). ``low`` and ``high`` are what the number cannot pass by its nature; ``target`` is where it
    should be; the last five say how its chart is read (``trend`` 0: that rule is off; ``baseline``: the first points
    of each phase that the limits are made of).
    """

    __tablename__ = "measure"
    recorded_fields: ClassVar = (
        "team_id",
        "name",
        "definition",
        "unit",
        "better",
        "kind",
        "source",
        "archived_at",
        "per",
        "low",
        "high",
        "target",
        "cadence",
        "owner_id",
        "preset",
        "shift",
        "trend",
        "screened",
        "baseline",
    )

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
    per: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    target: Mapped[float | None]
    cadence: Mapped[str] = mapped_column(String(8), default="", server_default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    preset: Mapped[str] = mapped_column(String(8), default="mdc", server_default="mdc")
    shift: Mapped[int] = mapped_column(default=7, server_default="7")
    trend: Mapped[int] = mapped_column(default=7, server_default="7")
    screened: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    baseline: Mapped[int | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("team_id", "name"),
        CheckConstraint("better in ('up', 'down', 'neither')", name="better"),
        CheckConstraint("kind in ('outcome', 'process')", name="kind"),
        CheckConstraint("per is null or per > 0", name="per"),
        CheckConstraint("low is null or high is null or low < high", name="bounds"),
        CheckConstraint("cadence in ('', 'day', 'week', 'month', 'quarter')", name="cadence"),
        CheckConstraint("preset in ('mdc', 'wheeler', 'run')", name="preset"),
        CheckConstraint("shift between 6 and 9", name="shift"),
        CheckConstraint("trend in (0, 6, 7)", name="trend"),
        CheckConstraint("baseline is null or baseline >= 12", name="baseline"),
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
    recorded_fields: ClassVar = (
        "measure_id",
        "day",
        "value",
        "note",
        "struck_reason",
        "struck_at",
        "numerator",
        "denominator",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    day: Mapped[date]
    value: Mapped[float]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("measure_id", "day"),
        CheckConstraint("value > -1e15 and value < 1e15", name="finite"),
        CheckConstraint("(struck_at is null) = (struck_reason = '')", name="struck_with_reason"),
        CheckConstraint("(numerator is null) = (denominator is null)", name="both_counts"),
        CheckConstraint("denominator is null or denominator > 0", name="denominator"),
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


class Phase(Editable, Model):
    """From this day on the limits are drawn anew, because the process was changed, and ``reason`` says how.

    Always a person's decision with a written reason, never the app's: a chart that rebases itself hides what it finds.
    """

    __tablename__ = "phase"
    recorded_fields: ClassVar = ("measure_id", "starts_on", "reason", "by_id", "removed_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    starts_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        Index(
            "uq_phase_day",
            "measure_id",
            "starts_on",
            unique=True,
            sqlite_where=text("removed_at is null"),
            postgresql_where=text("removed_at is null"),
        ),
    )

    @property
    def scope(self) -> Scope:
        return self.measure.scope

    @property
    def record_team_id(self) -> int | None:
        return self.measure.team_id


class Picture(Model):
    """What a measure's chart says now, kept ready by every write, so that boards and lists need not compute it.

    ``body`` holds the newest points with their signals, the limits of the last phase and the verdict;
    ``stamp`` counts the writes: whatever is drawn from the readings is as good as its stamp.
    """

    __tablename__ = "measure_picture"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    stamp: Mapped[int] = mapped_column(default=1)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
