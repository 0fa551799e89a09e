"""The coaching cycle: one run through the card by a coach with a learner at the board."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.coaching.card import CLOSING, KEYS, PLACES
from kata.extensions import Model
from kata.identity.models import Person
from kata.rules import DomainError
from kata.storyboards.models import Storyboard

#: Longer than this at one question nobody talked all the time: a lid was closed, somebody was called away.
LONGEST_STAY = timedelta(minutes=20)
#: A cycle in which nothing has moved for so long was left open.
LEFT_AFTER = timedelta(hours=3)


class CoachingCycle(Editable, Model):
    """Who coached whom at which board, and where on the card they are. What was said is in ``CycleNote``.

    These facts belong to the board and are as open as it is; a board has at most one running cycle. A cycle ends as
    *held*, or *broken off* where it did not come to its end.
    """

    __tablename__ = "coaching_cycle"
    recorded_fields: ClassVar = (
        "board_id",
        "learner_id",
        "coach_id",
        "held_on",
        "paper",
        "status",
        "place",
        "threshold",
        "step_id",
        "started_at",
        "ended_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    coach_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    held_on: Mapped[date]
    paper: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10), default="running")
    place: Mapped[str] = mapped_column(String(10), default=KEYS[0])
    threshold: Mapped[str | None] = mapped_column(String(10))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("experiment.id"))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id], lazy="raise_on_sql")
    coach: Mapped[Person] = relationship(foreign_keys=[coach_id], lazy="raise_on_sql")
    #: The note at the question where the cycle stood when it was loaded; it comes with a cycle that is to be turned.
    noted: Mapped[CycleNote | None] = relationship(
        primaryjoin="and_(CycleNote.cycle_id == CoachingCycle.id, CycleNote.part == CoachingCycle.place)",
        foreign_keys="CycleNote.cycle_id",
        viewonly=True,
        uselist=False,
        lazy="raise_on_sql",
    )

    __table_args__ = (
        CheckConstraint("status in ('running', 'held', 'broken off')", name="status"),
        CheckConstraint("(status = 'running') = (ended_at is null)", name="ended_with_status"),
        CheckConstraint("coach_id <> learner_id", name="coach_not_learner"),
        Index(
            "uq_coaching_cycle_running",
            "board_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_coaching_cycle_board", "board_id", "id"),
        Index("ix_coaching_cycle_held", "board_id", "held_on"),
        Index("ix_coaching_cycle_held_on", "held_on"),
        Index("ix_coaching_cycle_learner", "learner_id", "held_on", "id"),
        Index("ix_coaching_cycle_coach", "coach_id", "id"),
    )

    @property
    def scope(self) -> Scope:
        """The board's; its learner is who learned at this cycle, its second coach who may watch its coach."""
        board = self.board
        return Scope(
            team_id=board.team_id,
            area_id=board.team.area_id,
            learner_id=self.learner_id,
            coach_ids=frozenset({board.coach_id} - {None}),
            second_coach_id=self.watcher_id,
        )

    @property
    def watcher_id(self) -> int | None:
        """The board's second coach, as long as the coach whom they coach runs the cycle; nobody watches themselves."""
        watcher = self.board.second_coach_id
        watches = self.coach_id == self.board.coach_id and watcher not in {self.coach_id, self.learner_id}
        return watcher if watches else None

    @property
    def running(self) -> bool:
        return self.ended_at is None

    @property
    def left_open(self) -> bool:
        """Whether it still runs, and nobody has moved it for so long that they have gone."""
        return self.running and clock.now() - self.asked_at > LEFT_AFTER

    def expect_run_by(self, person_id: int) -> None:
        """Raise ``DomainError`` unless this person runs the cycle and it has not ended."""
        self.expect_coached_by(person_id)
        if not self.running:
            raise DomainError("", _("This cycle has ended meanwhile; nothing was changed."))

    def expect_coached_by(self, person_id: int) -> None:
        """Raise ``DomainError`` unless this person is its coach, whether it still runs or not."""
        if self.coach_id != person_id and not self.running:
            raise DomainError("", _("This cycle has ended meanwhile; nothing was changed."))
        if self.coach_id != person_id:
            raise DomainError("", _("Somebody else runs this cycle now. Take it over to go on with it."))

    def go_to(self, place: str) -> int | None:
        """Turn to a place on the card; answers the seconds that the one before took, ``None`` where nobody can say."""
        if place not in PLACES:
            raise DomainError("place", _("The card has no such question."))
        stayed, left = clock.now() - self.asked_at, self.place
        if place != left:
            self.place, self.asked_at = place, clock.now()
        return None if stayed > LONGEST_STAY or left == CLOSING else int(stayed.total_seconds())

    def mark_threshold(self, place: str) -> None:
        """Facts ended and guessing began at this question; the next step belongs there."""
        if place not in KEYS:
            raise DomainError("place", _("The card has no such question."))
        self.threshold = place

    def take_over(self, coach_id: int) -> None:
        """Another coach goes on with the cycle where it stands."""
        if not self.running:
            raise DomainError("", _("This cycle has ended meanwhile; there is nothing to take over."))
        if coach_id == self.learner_id:
            raise DomainError("", _("Nobody coaches themselves: another coach has to take this cycle over."))
        self.coach_id, self.asked_at = coach_id, clock.now()

    def end(self, status: str) -> None:
        """End as *held* or *broken off*; again changes nothing."""
        if self.running:
            self.status, self.ended_at = status, clock.now()


class CycleNote(Editable, Model):
    """One text of a cycle: the coach's note at a question, the feedback, the coach's own next practice, or the

    learner's reflection; and how long the question took, measured by the clock. For the learner and their coaches.
    """

    __tablename__ = "cycle_note"
    recorded_fields: ClassVar = ("cycle_id", "part", "words", "seconds")

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("coaching_cycle.id"))
    part: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(default="")
    seconds: Mapped[int | None]

    __table_args__ = (UniqueConstraint("cycle_id", "part"),)
