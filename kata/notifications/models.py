"""How often somebody wants to be told what changed, and when their next turn is."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kata.activity.models import Editable
from kata.extensions import Model

RHYTHMS = ("weekly", "daily", "off")
#: Who never chose anything is told on Monday morning, where they are.
WEEKDAY, HOUR = 0, 7


class DigestSetting(Editable, Model):
    """What somebody chose; who has no row never chose. ``weekday`` counts from Monday, ``hour`` is theirs."""

    __tablename__ = "digest_setting"
    recorded_fields: ClassVar = ("person_id", "rhythm", "weekday", "hour")

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    rhythm: Mapped[str] = mapped_column(String(6), default="weekly")
    weekday: Mapped[int] = mapped_column(default=WEEKDAY)
    hour: Mapped[int] = mapped_column(default=HOUR)

    __table_args__ = (
        CheckConstraint("rhythm in ('weekly', 'daily', 'off')", name="rhythm"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("hour between 0 and 23", name="hour"),
    )


class DigestTurn(Model):
    """When the worker looks next whether there is something to tell somebody: it follows from what they chose.

    ``zone`` is the time zone in which that moment was worked out. What happened before ``begun_at`` is not told. Nobody
    who is off has a moment.
    """

    __tablename__ = "digest_turn"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    next_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]

    __table_args__ = (Index("ix_digest_turn_next", "next_at"),)
