"""Moments of truth: the touchpoints that a challenge is about."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kata import clock
from kata.activity.models import Recorded
from kata.extensions import Model

LONGEST_NAME = 160


class MomentOfTruth(Recorded, Model):
    """A touchpoint at which a customer forms a judgement of the service, named as the customer would name it."""

    __tablename__ = "moment_of_truth"
    recorded_fields: ClassVar = ("team_id", "name")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    __table_args__ = (UniqueConstraint("team_id", "name"),)
