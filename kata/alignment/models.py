"""Barriers: obstacles that a team cannot remove, which way they took, and how leaders answered them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock, trigrams
from kata.access.policy import Scope
from kata.activity.models import EditableInPart, Recorded
from kata.extensions import Model
from kata.folding import folded, folded_column
from kata.rules import DomainError
from kata.storyboards.models import Obstacle, Storyboard

KINDS = ("practice", "procedure", "programme", "policy", "tool", "skill")
ANSWERS = ("removed", "promised", "cannot", "instead")
#: Why a team takes its barrier back.
TAKEN_BACK = ("ourselves", "gone")


class Barrier(EditableInPart, Model):
    """An obstacle put before whoever leads the area, in words that stand by themselves.

    ``area_id`` is where it waits; of several that were put together one (``lead``) is answered, and the others get its
    answers. ``status`` is *open*, the kind of the newest answer, or *taken_back* by the team for good.
    The version counts what is said and done by those whom it concerns.
    """

    __tablename__ = "barrier"
    recorded_fields: ClassVar = (
        "obstacle_id",
        "area_id",
        "kind",
        "text",
        "cost",
        "moment_id",
        "measure_id",
        "raised_by_id",
        "raised_at",
        "status",
        "promised_for",
        "answered_at",
        "lead_id",
        "back_why",
        "back_words",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"), index=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    text_folded: Mapped[str] = folded_column("text")
    cost: Mapped[str]
    moment_id: Mapped[int | None] = mapped_column(ForeignKey("moment_of_truth.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)
    status: Mapped[str] = mapped_column(String(10), default="open")
    promised_for: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("barrier.id"), index=True)
    back_why: Mapped[str | None] = mapped_column(String(10))
    back_words: Mapped[str] = mapped_column(default="", server_default="")
    back_at: Mapped[datetime | None]
    back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")
    obstacle: Mapped[Obstacle] = relationship(lazy="raise_on_sql")
    lead: Mapped[Barrier | None] = relationship(remote_side=[id], lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("kind in ('practice', 'procedure', 'programme', 'policy', 'tool', 'skill')", name="kind"),
        CheckConstraint("status in ('open', 'removed', 'promised', 'cannot', 'instead', 'taken_back')", name="status"),
        CheckConstraint("(status = 'promised') = (promised_for is not null)", name="promise_has_its_day"),
        CheckConstraint("lead_id is null or lead_id <> id", name="not_own_lead"),
        CheckConstraint("back_why in ('ourselves', 'gone')", name="back_why"),
        CheckConstraint("(status = 'taken_back') = (back_why is not null)", name="back_has_its_reason"),
        Index("ix_barrier_area", "area_id", "status"),
        Index("ix_barrier_raised", "raised_at", "id"),
        Index(
            "uq_barrier_waiting",
            "obstacle_id",
            unique=True,
            sqlite_where=sql("status in ('open', 'promised')"),
            postgresql_where=sql("status in ('open', 'promised')"),
        ),
    )

    @validates("text")
    def _fold(self, _key: str, words: str) -> str:
        self.text_folded = folded(words)
        return words

    @property
    def scope(self) -> Scope:
        """Its team is the one that waits, its area that of the leader who answers, and ``learner_id`` who raised it."""
        area_id = self.lead.area_id if self.lead else self.area_id
        coaches = frozenset({self.board.coach_id} - {None})
        return Scope(self.board.team_id, area_id, learner_id=self.raised_by_id, coach_ids=coaches)

    @property
    def waits(self) -> bool:
        """Whether it still stands in the way: not answered, or promised for a day."""
        return self.status in {"open", "promised"}

    def expect_own_answer(self) -> None:
        """Raise ``DomainError`` where another one is answered for it."""
        if self.lead_id is not None:
            raise DomainError("", _("This barrier was put together with another, which is answered for both."))

    def expect_not_taken_back(self) -> None:
        """Raise ``DomainError`` where the team waits no more, by its own word."""
        if self.status == "taken_back":
            raise DomainError("", _("The team has taken it back, so it waits for nothing. Nothing was changed."))

    def take(self, answer: BarrierAnswer) -> None:
        """An answer came: it holds from now on."""
        self.status, self.promised_for, self.answered_at = answer.kind, answer.by_date, answer.at
        self.touch()

    def take_back(self, why: str, words: str, by: int) -> None:
        """The team waits for it no more; what was answered before stays. It cannot be undone: it is raised again."""
        self.status, self.promised_for = "taken_back", None
        self.back_why, self.back_words, self.back_at, self.back_by_id = why, words, clock.now(), by
        self.touch()

    def move_to(self, area_id: int) -> None:
        """Wait in another area."""
        self.area_id = area_id
        self.touch()

    def join(self, lead: Barrier | None) -> None:
        """Be answered together with ``lead``, or by itself again."""
        self.lead_id, self.lead = (lead.id, lead) if lead else (None, None)
        self.touch()

    def touch(self) -> None:
        """Whoever has it open to answer it saw something else."""
        self.version += 1


class BarrierStop(Recorded, Model):
    """Where a barrier came on its way: to which area, from when on, brought by whom and why."""

    __tablename__ = "barrier_stop"
    recorded_fields: ClassVar = ("barrier_id", "area_id", "by_id", "reason", "at")

    id: Mapped[int] = mapped_column(primary_key=True)
    barrier_id: Mapped[int] = mapped_column(ForeignKey("barrier.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    barrier: Mapped[Barrier] = relationship(lazy="raise_on_sql")

    @property
    def record_board_id(self) -> int:
        return self.barrier.board_id


class BarrierAnswer(Recorded, Model):
    """What a leader said to a barrier. Rows never change: the newest holds, the older ones stay."""

    __tablename__ = "barrier_answer"
    recorded_fields: ClassVar = ("barrier_id", "kind", "words", "by_date", "by_id", "at")

    id: Mapped[int] = mapped_column(primary_key=True)
    barrier_id: Mapped[int] = mapped_column(ForeignKey("barrier.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(default="")
    by_date: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    barrier: Mapped[Barrier] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("kind in ('removed', 'promised', 'cannot', 'instead')", name="kind"),
        CheckConstraint("(kind = 'promised') = (by_date is not null)", name="promise_has_its_day"),
        CheckConstraint("kind not in ('cannot', 'instead') or words <> ''", name="says_why"),
    )

    @property
    def record_board_id(self) -> int:
        return self.barrier.board_id


class BarrierNews(Model):
    """Somebody has not read yet what became of a barrier: a row for each of them, which their own word takes away."""

    __tablename__ = "barrier_news"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    barrier_id: Mapped[int] = mapped_column(ForeignKey("barrier.id"), primary_key=True, index=True)


trigrams.kept(Barrier.text_folded)
