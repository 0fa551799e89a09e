"""People and how they get in. Secrets are kept as hashes only."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from kata import clock, trigrams
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.folding import folded, folded_column
from kata.identity.former import PersonName
from kata.rules import DomainError

THEMES = ("system", "light", "dark")


class Person(Editable, Model):
    """Someone who practises, coaches, leads or administers. People without e-mail sign in by a one-time link.

    Whoever was anonymised keeps their row alone: their account never opens again, and ``name`` reads *Former
    colleague* with their number.
    """

    __tablename__ = "person"
    recorded_fields: ClassVar = ("name", "email", "is_administrator", "disabled_at", "anonymised_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(PersonName(120))
    name_folded: Mapped[str] = folded_column("name")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="en_GB")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    theme: Mapped[str] = mapped_column(String(8), default="system")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    disabled_at: Mapped[datetime | None]
    anonymised_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("theme in ('system', 'light', 'dark')", name="theme"),
        CheckConstraint(
            "anonymised_at is null or (email is null and password_hash is null and disabled_at is not null)",
            name="nobody_gets_in_by_it",
        ),
        Index("ix_person_name", "name", "id"),
        # The command box looks through all names while somebody types: from this index alone, in its order.
        Index(
            "ix_person_found",
            "name",
            "id",
            "name_folded",
            sqlite_where=text("disabled_at is null"),
            postgresql_where=text("disabled_at is null"),
        ),
    )

    @validates("name")
    def _fold(self, _key: str, name: str) -> str:
        self.name_folded = folded(name)
        return name

    @property
    def scope(self) -> Scope:
        """People belong to the installation, not to a team: what may be done to an account asks no place."""
        return Scope()

    def expect_named(self) -> None:
        """Raise ``DomainError`` once the person was anonymised: whoever comes back is a new person."""
        if self.anonymised_at is not None:
            raise DomainError("", _("This person was anonymised. Whoever comes back gets a new account."))


class SignInSession(Model):
    """One signed-in device. The cookie carries a random token; this row decides whether it still counts."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(200), default="")


class SignInLink(Model):
    """A one-time link that signs somebody in and lets them set a password; can be printed for people without e-mail."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AddressChange(Model):
    """Another address that somebody wants to sign in with, until the link that was mailed there has proved it."""

    __tablename__ = "address_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Model):
    """How often something was tried from one place in the current window; the key is a hash, never an address."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=1)


trigrams.kept(Person.name_folded)
