"""Which submissions of forms have been carried out, so that sending one twice does it once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kata import clock
from kata.extensions import Model


class Submission(Model):
    """A form that was carried out. The key came with the form; the answer to it again is the same page."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
