"""Links by which anyone may read the story of a finished storyboard, without signing in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Recorded
from kata.extensions import Model
from kata.storyboards.models import Storyboard


class StoryLink(Recorded, Model):
    """A link until a moment, or without an end; only the hash of its token is kept.

    It opens nothing while its storyboard is not finished or not open to everyone, whatever stands here (``queries``).
    """

    __tablename__ = "story_link"
    recorded_fields: ClassVar = ("with_names", "expires_at", "made_by_id", "stopped_at", "stopped_by_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("storyboard.id"), index=True)
    with_names: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    board: Mapped[Storyboard] = relationship(lazy="raise_on_sql")

    @property
    def scope(self) -> Scope:
        return self.board.scope

    def stop(self, by: int) -> None:
        """It opens nothing any more, from now on and for good."""
        self.stopped_at, self.stopped_by_id = clock.now(), by
