"""Skills, and the levels at which coaches saw them: evidence of capability, never a score."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import EditableInPart, Recorded
from kata.extensions import Model

KATAS = ("improvement", "coaching")
#: The columns that describe the levels, from the first to the fifth.
DESCRIPTIONS = ("novice", "beginner", "competent", "proficient", "expert")
LEVELS = range(1, len(DESCRIPTIONS) + 1)


class Skill(EditableInPart, Model):
    """A routine of the improvement kata or of the coaching kata, with what a coach sees at each of its five levels.

    The version counts everything but ``position``: nobody who words a skill is interrupted by somebody who puts the
    catalogue in order.
    """

    __tablename__ = "skill"
    recorded_fields: ClassVar = ("kata", "name", "position", *DESCRIPTIONS, "archived_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    kata: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    novice: Mapped[str] = mapped_column(default="")
    beginner: Mapped[str] = mapped_column(default="")
    competent: Mapped[str] = mapped_column(default="")
    proficient: Mapped[str] = mapped_column(default="")
    expert: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("kata in ('improvement', 'coaching')", name="kata"),)

    scope = Scope()

    @validates("name", *DESCRIPTIONS, "archived_at")
    def _said_otherwise_is_another_version(self, key: str, value: Any) -> Any:
        if self.id is not None and value != getattr(self, key):
            self.version += 1
        return value

    def describe(self, level: int) -> str:
        """What a coach sees at a level (1 to 5)."""
        words: str = getattr(self, DESCRIPTIONS[level - 1])
        return words


class ObservedLevel(Recorded, Model):
    """At which level somebody entitled to it saw a skill, when, and by what evidence.

    Rows never change: the newest holds, the older ones stay.
    """

    __tablename__ = "observed_level"
    recorded_fields: ClassVar = ("person_id", "skill_id", "level", "evidence", "observed_on", "by_id", "cycle_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    evidence: Mapped[str]
    observed_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("coaching_cycle.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (
        CheckConstraint("level between 1 and 5", name="level"),
        CheckConstraint("person_id <> by_id", name="no_self_score"),
        Index("ix_observed_level_person", "person_id", "skill_id", "observed_on", "id", "level"),
    )
