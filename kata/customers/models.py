"""Whom a team serves, the moments at which they judge it, and what was heard from them.

A moment of truth belongs to the journey of one customer of the team; it is measured by outcome measures, and worked on
by the storyboards whose challenge names it. A voice is one thing heard, in the customer's own words where we have them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock, trigrams
from kata.access.policy import Scope
from kata.activity.models import Editable, EditableInPart, Recorded
from kata.extensions import Model
from kata.rules import DomainError
from kata.teams.models import Team

LONGEST_NAME = 160
SOURCES = (
    "letter",
    "focus group",
    "complaint",
    "one-to-one",
    "survey card",
    "market research",
    "loyalty and defection",
    "panel",
    "customer meeting",
)
SAYINGS = ("has not worked", "needs to change", "someone does better", "worked well")
RHYTHMS = {"week": 7, "two weeks": 14, "month": 30, "quarter": 91}


class Customer(Editable, Model):
    """Somebody whom the team serves, inside or outside the organisation."""

    __tablename__ = "customer"
    recorded_fields: ClassVar = ("team_id", "name", "about", "inside", "archived_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    about: Mapped[str] = mapped_column(default="")
    inside: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("team_id", "name"),)

    @property
    def scope(self) -> Scope:
        return self.team.scope


class MomentOfTruth(EditableInPart, Model):
    """A touchpoint at which a customer forms a judgement of the service, named as the customer would name it.

    ``place`` orders the moments along the journey of their customer, from zero. The version counts everything but that:
    nobody who words a moment is interrupted by somebody who puts the journey in order.
    """

    __tablename__ = "moment_of_truth"
    recorded_fields: ClassVar = ("team_id", "name", "about", "customer_id", "place", "archived_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    about: Mapped[str] = mapped_column(default="", server_default="")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    place: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (UniqueConstraint("team_id", "name"),)

    @validates("name", "about", "customer_id", "archived_at")
    def _said_otherwise_is_another_version(self, key: str, value: Any) -> Any:
        if self.id is not None and value != getattr(self, key):
            self.version += 1
        return value

    @property
    def scope(self) -> Scope:
        return self.team.scope


class MomentMeasure(Recorded, Model):
    """A measure that tells how a moment of truth goes for the customer."""

    __tablename__ = "moment_measure"
    recorded_fields: ClassVar = ("moment_id", "measure_id", "removed_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    moment_id: Mapped[int] = mapped_column(ForeignKey("moment_of_truth.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    removed_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("moment_id", "measure_id"),)


class Struck:
    """Words from which personal data can be struck out for good: when that was done last, and what kind it was.

    The words themselves are no part of ``recorded_fields``: the record keeps that they were struck out, not the words.
    """

    struck_at: Mapped[datetime | None]
    struck_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")

    def mark_struck(self, reason: str) -> None:
        """Say what kind of personal data left; a reason there must be."""
        if not reason.strip():
            raise DomainError("reason", _("Say what kind of personal data leaves, without repeating it."))
        self.struck_at, self.struck_reason = clock.now(), reason


class Voice(Struck, Editable, Model):
    """One thing heard from a customer, through one listening source.

    ``words`` are the customer's own. Personal data in them can be struck out for good (``strike``), which is the one
    thing in the house that takes written words away: the record keeps that it was done, by whom and why, not the words.
    """

    __tablename__ = "voice"
    recorded_fields: ClassVar = (
        "team_id",
        "customer_id",
        "moment_id",
        "source",
        "heard_on",
        "says",
        "struck_at",
        "struck_reason",
        "archived_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    moment_id: Mapped[int | None] = mapped_column(ForeignKey("moment_of_truth.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation_held.id"))
    source: Mapped[str] = mapped_column(String(24))
    heard_on: Mapped[date]
    says: Mapped[str] = mapped_column(String(24))
    words: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint(f"source in ({', '.join(repr(each) for each in SOURCES)})", name="source"),
        CheckConstraint(f"says in ({', '.join(repr(each) for each in SAYINGS)})", name="says"),
        Index("ix_voice_team", "team_id", "heard_on", "id"),
        Index("ix_voice_conversation", "conversation_id"),
        Index("ix_voice_heard", "heard_on", "id"),
    )

    @property
    def scope(self) -> Scope:
        return self.team.scope

    def strike(self, words: str, why: str, reason: str) -> None:
        """Put ``words`` and ``why``, freed of personal data, in place of what stood; ``reason`` says what left."""
        self.words, self.why = words, why
        self.mark_struck(reason)


class VoiceWording(Model):
    """What a voice said before somebody worded it better; gone for good when personal data is struck out."""

    __tablename__ = "voice_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    words: Mapped[str]
    why: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(default=clock.now)


class Listening(Editable, Model):
    """How a team listens: whether its voices are closed to the team itself."""

    __tablename__ = "listening"
    recorded_fields: ClassVar = ("team_id", "closed")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), unique=True)
    closed: Mapped[bool] = mapped_column(default=False)


class Conversation(Struck, Editable, Model):
    """A regular conversation of a team with a customer: with whom, and how often. ``partner`` may name somebody."""

    __tablename__ = "conversation"
    recorded_fields: ClassVar = (
        "team_id",
        "customer_id",
        "rhythm",
        "next_on",
        "struck_at",
        "struck_reason",
        "archived_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    partner: Mapped[str] = mapped_column(String(LONGEST_NAME))
    rhythm: Mapped[str] = mapped_column(String(12))
    next_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint(f"rhythm in ({', '.join(repr(each) for each in RHYTHMS)})", name="rhythm"),)

    @property
    def scope(self) -> Scope:
        return self.team.scope


class ConversationHeld(Struck, Editable, Model):
    """One time that it took place: what was talked about; what was heard hangs on it as voices."""

    __tablename__ = "conversation_held"
    recorded_fields: ClassVar = ("conversation_id", "held_on", "by_id", "struck_at", "struck_reason")

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


trigrams.kept(Customer.name)
trigrams.kept(MomentOfTruth.name)
trigrams.kept(Voice.words, Voice.why)
