"""Experiments: one PDCA cycle each, with the prediction written down before anybody looks."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable, Recorded
from kata.extensions import Model
from kata.rules import DomainError
from kata.storyboards.models.boards import Storyboard

KINDS = ("go and see", "exploratory", "test a hypothesis")
AMENDABLE = ("step", "expectation", "happened", "learned")


class Experiment(Editable, Model):
    """Step and expectation first; then what happened; then what we learned. One is open on a board at a time.

    The stages follow from what is written: *draft* (no expectation yet), *running*, *seen* (what happened is written,
    what was learned is not), *concluded*; or *set aside* with a reason.
    """

    __tablename__ = "experiment"
    recorded_fields: ClassVar = (
        "number",
        "target_id",
        "obstacle_id",
        "kind",
        "step",
        "expectation",
        "measure_id",
        "expected_value",
        "check_on",
        "created_at",
        "started_at",
        "happened",
        "happened_value",
        "happened_on",
        "learned",
        "set_aside_reason",
        "ended_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("target_condition.id"))
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default="test a hypothesis")
    step: Mapped[str]
    expectation: Mapped[str] = mapped_column(default="")
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    expected_value: Mapped[float | None]
    check_on: Mapped[date | None]
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None]
    happened: Mapped[str] = mapped_column(default="")
    happened_value: Mapped[float | None]
    happened_on: Mapped[date | None]
    learned: Mapped[str] = mapped_column(default="")
    set_aside_reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        CheckConstraint("kind in ('go and see', 'exploratory', 'test a hypothesis')", name="kind"),
        CheckConstraint("happened = '' or expectation <> ''", name="predict_before_you_look"),
        CheckConstraint("learned = '' or happened <> ''", name="learning_after_result"),
        CheckConstraint(
            "ended_at is null or learned <> '' or set_aside_reason <> ''", name="ended_with_learning_or_reason"
        ),
        Index("ix_experiment_ended_at", "ended_at"),
        Index("ix_experiment_obstacle", "obstacle_id"),
        Index("ix_experiment_target", "target_id"),
        Index(
            "ix_experiment_measure",
            "measure_id",
            sqlite_where=text("measure_id is not null"),
            postgresql_where=text("measure_id is not null"),
        ),
        Index(
            "uq_experiment_open",
            "board_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    @property
    def scope(self) -> Scope:
        return self.board.scope

    @property
    def stage(self) -> str:
        """``draft``, ``running``, ``seen``, ``concluded`` or ``set aside``."""
        return stage(self.set_aside_reason, self.learned, self.happened, self.expectation)

    def replan(self, *, kind: str, step: str, expectation: str, check_on: date | None) -> None:
        """Word step and expectation, which is possible until a result is written."""
        if self.stage not in {"draft", "running"}:
            raise DomainError("", _("The result is written, so step and expectation are locked. Amend them instead."))
        self.kind, self.step, self.expectation, self.check_on = kind, step, expectation, check_on
        if not expectation:
            self.started_at = None
        elif self.started_at is None:
            self.started_at = clock.now()

    def predict_number(self, measure_id: int | None, value: float | None) -> None:
        """Add the expected value of a measure; both or neither."""
        if value is not None and measure_id is None:
            raise DomainError("measure_id", _("Say which measure the number belongs to."))
        self.measure_id, self.expected_value = (measure_id, value) if value is not None else (None, None)

    def see(self, happened: str, on: date, value: float | None) -> None:
        """Write what was seen and counted. Locks step and expectation."""
        self._expect_open()
        if not self.expectation:
            raise DomainError("expectation", _("Write down what you expect before you look; then log what happened."))
        self.happened, self.happened_on, self.happened_value = happened, on, value

    def learn(self, learned: str) -> None:
        """Write what we make of the result, which concludes the experiment."""
        self._expect_open()
        if not self.happened:
            raise DomainError("happened", _("Write what happened first; what we learned comes after it."))
        self.learned, self.ended_at = learned, clock.now()

    def set_aside(self, reason: str) -> None:
        """End without a learning, for a reason that stays with it."""
        self._expect_open()
        if not reason.strip():
            raise DomainError("reason", _("Say in a few words why it is set aside; that is worth knowing later."))
        self.set_aside_reason, self.ended_at = reason, clock.now()

    def amend(self, field: str, words: str) -> str:
        """Correct a locked text and answer what it said before."""
        if field not in AMENDABLE or not getattr(self, field):
            raise DomainError("field", _("Only what is already written and locked can be amended."))
        if not words.strip():
            raise DomainError("words", _("An amendment says it better; it does not take the words away."))
        before: str = getattr(self, field)
        setattr(self, field, words)
        return before

    def _expect_open(self) -> None:
        if self.ended_at is not None:
            raise DomainError("", _("This experiment has ended. A correction is an amendment; both texts are kept."))


def stage(set_aside_reason: str, learned: str, happened: str, expectation: str) -> str:
    """The stage that follows from what is written; the one place that decides it."""
    if set_aside_reason:
        return "set aside"
    if learned:
        return "concluded"
    if happened:
        return "seen"
    return "running" if expectation else "draft"


class Amendment(Recorded, Model):
    """A correction of a locked text: who, when, and what it said before."""

    __tablename__ = "amendment"
    recorded_fields: ClassVar = ("experiment_id", "field", "before", "after", "by_id", "at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    experiment_id: Mapped[int] = mapped_column(ForeignKey("experiment.id"), index=True)
    field: Mapped[str] = mapped_column(String(12))
    before: Mapped[str]
    after: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Photo(Recorded, Model):
    """A photo of what was seen, re-encoded by us; the picture itself lies in the data folder under its checksum."""

    __tablename__ = "photo"
    recorded_fields: ClassVar = ("experiment_id", "caption", "sha256", "width", "height", "by_id", "removed_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    experiment_id: Mapped[int] = mapped_column(ForeignKey("experiment.id"), index=True)
    caption: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.board.scope
