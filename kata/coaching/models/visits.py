"""How far somebody has read what happened at the boards that they coach."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kata.extensions import Model


class CoachingVisit(Model):
    """Until when a coach has read; moved by the coach's own word, since opening a page is not reading it."""

    __tablename__ = "coaching_visit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    read_until: Mapped[datetime]
