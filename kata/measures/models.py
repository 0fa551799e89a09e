"""Measures and readings. A gap stays a gap: there is no row for a day on which nothing was measured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock, trigrams
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.identity.models import Person
from kata.measures import shares
from kata.measures.shares import Counts
from kata.rules import DomainError
from kata.teams.models import Team
from kata.web.text import number

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
    owner: Mapped[Person | None] = relationship(lazy="raise_on_sql")

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

    def measured(self, value: float | None, counts: Counts | None) -> float:
        """The value of a reading as it is kept; raises where the numbers cannot be.

        Of a share or a rate it is made of the counts; where only a value is known, it is taken as it is.
        """
        if counts is None:
            if value is None:
                raise DomainError("value", _("Type the value that was measured."))
            self._expect_possible(value, "value")
            return value
        if self.per is None:
            raise DomainError("numerator", _("This measure is a plain number: give its value, not two counts."))
        if counts.denominator <= 0:
            text = _("This must be more than 0. A day on which there was nothing to count stays a gap: leave it out.")
            raise DomainError("denominator", text)
        made = shares.value_of(self.per, counts)
        self._expect_possible(made, "numerator")
        return made

    def allows(self, values: Iterable[float]) -> bool:
        """Whether the number can be each of these values by its nature."""
        return (self.low is None and self.high is None) or all(map(self._is_possible, values))

    def _expect_possible(self, value: float, field: str) -> None:
        if self._is_possible(value):
            return
        said, low, high = number(value), number(self.low), number(self.high)
        if self.low is not None and value < self.low:
            raise DomainError(field, _("%(value)s is below %(low)s, which cannot be here.", value=said, low=low))
        raise DomainError(field, _("%(value)s is above %(high)s, which cannot be here.", value=said, high=high))

    def expect_sense(self) -> None:
        """Raise where what was said of the measure contradicts itself."""
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise DomainError("high", _("The highest possible value must be more than the lowest."))
        if self.target is not None and not self._is_possible(self.target):
            raise DomainError("target", _("The target lies outside of what is possible for this measure."))

    def _is_possible(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


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

    @property
    def counts(self) -> Counts | None:
        """What the value is made of, where it is a share or a rate."""
        if self.numerator is None or self.denominator is None:
            return None
        return Counts(self.numerator, self.denominator)

    def correct(self, day: date, value: float | None, note: str, counts: Counts | None = None) -> None:
        """Say what was really measured. On a struck-out reading this brings it back into use."""
        self.measure.expect_day(day)
        self.value = self.measure.measured(value, counts)
        self.numerator, self.denominator = counts or (None, None)
        self.day, self.note = day, note
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

    def remove(self) -> None:
        """Judge its readings together with those before again; that it was there stays in the record."""
        if self.removed_at is not None:
            raise DomainError("", _("This phase was taken back already."))
        self.removed_at = clock.now()

    def restore(self) -> None:
        """Draw the limits anew from its day on again."""
        if self.removed_at is None:
            raise DomainError("", _("This phase is in use already."))
        self.removed_at = None


class Picture(Model):
    """What a measure's chart says now, kept ready by every write, so that boards and lists need not compute it.

    ``body`` holds the newest points with their signals, the limits of the last phase and the verdict;
    ``stamp`` counts the writes: whatever is drawn from the readings is as good as its stamp.
    """

    __tablename__ = "measure_picture"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    stamp: Mapped[int] = mapped_column(default=1)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


trigrams.kept(Measure.name)
