"""A mail that waits to be sent, or what came of it.

A row says to whom, of which kind and about what. The words are made at the moment of sending (``kinds``): so nobody is
told what they may no longer read, no secret of a link lies in the database, and nothing private stays behind in it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kata import clock
from kata.extensions import Model

#: *Uncertain* was being handed over when its worker died: it may have arrived, so it is not sent again. *Dropped* had
#: nothing left to say when its turn came.
STATES = ("waiting", "claimed", "sending", "sent", "uncertain", "failed", "expired", "dropped")
#: Nothing more happens to these.
ENDED = ("sent", "uncertain", "failed", "expired", "dropped")


class Mail(Model):
    """One mail to one address. ``key`` names what it is about and is kept once: written twice, it is one mail.

    A worker claims a mail with a random ``claim`` until ``claimed_until``; whoever else comes sees that it is taken.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(String(254))
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        CheckConstraint(f"state in {STATES!r}", name="state"),
        CheckConstraint("(state in ('claimed', 'sending')) = (claim is not null)", name="claimed_by_somebody"),
        CheckConstraint(f"(state in {ENDED!r}) = (ended_at is not null)", name="ended_with_state"),
        Index("ix_mail_state", "state", "due_at"),
        Index("ix_mail_person", "person_id", "kind", "id"),
    )
