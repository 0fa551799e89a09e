"""Reading people, sessions and links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kata import clock
from kata.extensions import db
from kata.identity.models import Person, SignInLink, SignInSession
from kata.identity.secrets import hashed


@dataclass(frozen=True, slots=True)
class Account:
    """The signed-in person as Flask-Login sees them: a live session and its owner."""

    token: str
    session_id: int
    person_id: int
    name: str
    language: str
    time_zone: str
    theme: str
    is_administrator: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.token


def account(token: str) -> Account | None:
    """The account behind a session token while session and person are both live."""
    row = db.session.execute(
        select(
            SignInSession.id,
            Person.id.label("person_id"),
            Person.name,
            Person.language,
            Person.time_zone,
            Person.theme,
            Person.is_administrator,
        )
        .join(Person, Person.id == SignInSession.person_id)
        .where(
            SignInSession.token_hash == hashed(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    return Account(token, *row) if row else None


def person_by_email(email: str) -> Person | None:
    """The active person with this address, in any case."""
    found = select(Person).where(Person.email == email.strip().lower(), Person.disabled_at.is_(None))
    return db.session.scalars(found).one_or_none()


def person(person_id: int, *, lock: bool = False) -> Person | None:
    query = select(Person).where(Person.id == person_id)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def usable_link(token: str, *, lock: bool = False) -> SignInLink | None:
    """The one-time link for ``token`` while it can still be used."""
    query = select(SignInLink).where(
        SignInLink.token_hash == hashed(token), SignInLink.used_at.is_(None), SignInLink.expires_at > clock.now()
    )
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def installation_is_empty() -> bool:
    """Whether nobody has an account yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def live_sessions(person_id: int) -> list[tuple[int, str, datetime]]:
    """Id, device and start of each of the person's live sessions, newest first."""
    rows = db.session.execute(
        select(SignInSession.id, SignInSession.device, SignInSession.created_at)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > clock.now(),
        )
        .order_by(SignInSession.id.desc())
    )
    return [tuple(row) for row in rows]
