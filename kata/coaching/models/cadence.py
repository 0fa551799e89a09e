"""When cycles are planned, and the secret address under which a calendar reads them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable, Recorded
from kata.extensions import Model
from kata.rules import DomainError
from kata.storyboards.models import Storyboard


class CoachingRhythm(Editable, Model):
    """On which weekdays and at what time a board's cycles are planned, where its team is; one a board.

    ``days`` is a bitmask of weekdays with Monday lowest, like a team's practice days.
    """

    __tablename__ = "coaching_rhythm"
    recorded_fields: ClassVar = ("board_id", "days", "at", "minutes", "starts_on", "ended_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"), unique=True)
    days: Mapped[int]
    at: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(default=20)
    starts_on: Mapped[date]
    ended_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("days between 1 and 127", name="days"),
        CheckConstraint("minutes between 5 and 120", name="minutes"),
    )

    @property
    def scope(self) -> Scope:
        return self.board.scope

    @property
    def live(self) -> bool:
        """Whether cycles are still planned by it."""
        return self.ended_at is None

    def plan(self, days: int, at: time, minutes: int, starts_on: date, today: date) -> None:
        """Plan cycles so from a day on, which is today (where the team is) or lies ahead.

        The same days and time go on from the day on which they began: how long a cycle takes changes nothing that was
        planned. Another plan leaves the days behind it alone, which were planned otherwise.
        """
        goes_on = self.live and (self.days, self.at) == (days, at) and self.starts_on <= today
        if starts_on < today and not (goes_on and starts_on == self.starts_on):
            raise DomainError(
                "starts_on", _("What lies behind cannot be planned. Pick today or a day that lies ahead.")
            )
        if not goes_on or starts_on > today:
            self.starts_on = starts_on
        self.days, self.at, self.minutes, self.ended_at = days, at, minutes, None

    def end(self) -> None:
        """Plan no further cycles; again changes nothing."""
        if self.live:
            self.ended_at = clock.now()

    def take_up(self, ended_on: date, today: date) -> None:
        """Plan on as if it had not been ended; the days that have passed since stay without a plan."""
        if ended_on < today:
            self.starts_on = max(self.starts_on, today)
        self.ended_at = None


class CalendarFeed(Recorded, Model):
    """A secret address at which a person's calendar reads their planned cycles; only its hash is kept."""

    __tablename__ = "calendar_feed"
    recorded_fields: ClassVar = ("person_id", "made_at", "revoked_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        return Scope(learner_id=self.person_id)
