"""The storyboard: one learner's kata on one focus process."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock, trigrams
from kata.access.policy import Scope
from kata.activity.models import Editable, Recorded
from kata.extensions import Model
from kata.folding import folded, folded_column
from kata.identity.models import Person
from kata.rules import DomainError
from kata.teams.models import Team


class Storyboard(Editable, Model):
    """Open to everyone signed in unless closed to its team; a practice storyboard is always its team's alone."""

    __tablename__ = "storyboard"
    recorded_fields: ClassVar = (
        "team_id",
        "focus_process",
        "learner_id",
        "coach_id",
        "second_coach_id",
        "closed",
        "practice",
        "ended_on",
        "reflection",
        "archived_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    focus_process: Mapped[str] = mapped_column(String(160))
    focus_process_folded: Mapped[str] = folded_column("focus_process")
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_coach_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed: Mapped[bool] = mapped_column(default=False)
    practice: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_on: Mapped[date | None]
    reflection: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id], lazy="raise_on_sql")
    coach: Mapped[Person | None] = relationship(foreign_keys=[coach_id], lazy="raise_on_sql")
    second_coach: Mapped[Person | None] = relationship(foreign_keys=[second_coach_id], lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("not practice or closed", name="practice_is_closed"),
        CheckConstraint("coach_id is null or coach_id <> learner_id", name="coach_not_learner"),
        Index("ix_storyboard_learner", "learner_id"),
        Index("ix_storyboard_coach", "coach_id"),
        Index("ix_storyboard_second_coach", "second_coach_id"),
    )

    @validates("focus_process")
    def _fold(self, _key: str, focus_process: str) -> str:
        self.focus_process_folded = folded(focus_process)
        return focus_process

    @property
    def record_board_id(self) -> int:
        return self.id

    @property
    def scope(self) -> Scope:
        return Scope(
            team_id=self.team_id,
            area_id=self.team.area_id,
            learner_id=self.learner_id,
            coach_ids=frozenset({self.coach_id} - {None}),
            second_coach_id=self.second_coach_id,
        )

    @property
    def live(self) -> bool:
        """Whether people still write on it: neither ended nor archived."""
        return self.ended_on is None and self.archived_at is None

    def expect_live(self) -> None:
        """Raise ``DomainError`` when nothing may be written any more."""
        if not self.live:
            raise DomainError("", _("This storyboard has ended. Reopen it to write on it again; nothing was changed."))

    def close_to_team(self, closed: bool) -> None:
        """Show the storyboard to its team only, or to everyone signed in again."""
        if self.practice and not closed:
            raise DomainError("closed", _("A practice storyboard is its team's alone. Start a real one to share it."))
        self.closed = closed

    def end(self, reflection: str, on: date) -> None:
        """End the kata on this focus process with what it taught; the board stays readable."""
        self.expect_live()
        self.ended_on, self.reflection = on, reflection

    def archive(self) -> None:
        """Take the board out of the lists without ending the learning that it holds."""
        if self.archived_at is None:
            self.archived_at = clock.now()

    def reopen(self) -> None:
        """Bring an ended or archived board back."""
        self.ended_on = self.archived_at = None


class BoardOpening(Recorded, Model):
    """An administrator looked into a closed storyboard: until when, and why. The record is what makes it right."""

    __tablename__ = "board_opening"
    recorded_fields: ClassVar = ("board_id", "person_id", "reason", "expires_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]

    __table_args__ = (Index("ix_board_opening_person", "person_id", "board_id"),)


trigrams.kept(Storyboard.focus_process_folded)
