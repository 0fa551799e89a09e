"""Obstacles: what stands between the actual and the target condition; at most one is in focus."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import EditableInPart
from kata.extensions import Model
from kata.rules import DomainError
from kata.storyboards.models.boards import Storyboard


class Obstacle(EditableInPart, Model):
    """One obstacle in the parking lot of one target condition: waiting, in focus, removed or set aside.

    Its version counts its wording alone, so that whoever rewords it is not interrupted by somebody who puts the lot
    in order. Place and focus need no version: they change under the board's lock, which the guard takes.
    """

    __tablename__ = "obstacle"
    recorded_fields: ClassVar = (
        "target_id",
        "text",
        "position",
        "status",
        "note",
        "created_at",
        "focused_at",
        "ended_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("target_condition.id"))
    text: Mapped[str]
    position: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    focused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("status in ('waiting', 'focus', 'removed', 'set aside')", name="status"),
        Index("ix_obstacle_target", "target_id", "position"),
        Index(
            "uq_obstacle_focus",
            "board_id",
            unique=True,
            sqlite_where=sql("status = 'focus'"),
            postgresql_where=sql("status = 'focus'"),
        ),
    )

    @validates("text")
    def _other_words_are_another_version(self, _key: str, words: str) -> str:
        if self.id is not None and words != self.text:
            self.version += 1
        return words

    @property
    def scope(self) -> Scope:
        return self.board.scope

    @property
    def open(self) -> bool:
        return self.status in {"waiting", "focus"}

    def reword(self, words: str) -> None:
        """Say it better, while it is in the parking lot."""
        if not self.open:
            raise DomainError("text", _("This obstacle has left the parking lot meanwhile. Put it back to reword it."))
        self.text = words

    def focus(self) -> None:
        """Become the one obstacle that the next experiments work on."""
        if not self.open:
            raise DomainError("", _("This obstacle is no longer in the parking lot. Put it back first."))
        self.status, self.focused_at = "focus", clock.now()

    def wait(self) -> None:
        """Go back to waiting, from focus or from having ended."""
        self.status, self.ended_at = "waiting", None

    def end(self, status: str, note: str) -> None:
        """Leave the parking lot as *removed* or *set aside*; it stays in the history."""
        if not self.open:
            raise DomainError("", _("This obstacle has already left the parking lot."))
        self.status, self.note, self.ended_at = status, note, clock.now()
