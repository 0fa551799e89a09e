"""Signing in and out, one-time links, and changing one's own account."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from kata import clock
from kata.activity.actions import note, record
from kata.extensions import db
from kata.identity import passwords, throttle
from kata.identity.models import Person, SignInLink, SignInSession
from kata.identity.queries import person_by_email
from kata.identity.secrets import hashed, new_token
from kata.rules import DomainError

LINK_LIFETIME = timedelta(days=7)


class TooManyTries(Exception):
    """Somebody tried too often; they are told to wait."""


def check_password(email: str, password: str, address: str) -> Person | None:
    """The person whose password this is, or ``None``, in the same time for known and unknown addresses.

    Counts the try first (raises ``TooManyTries``) and holds no database lock while it hashes.
    """
    account = email.strip().lower()
    if not throttle.admit(account, address):
        note("sign-in throttled", by=None, about="person", email=account[:254])
        db.session.commit()
        raise TooManyTries
    person = person_by_email(account)
    kept = person.password_hash if person else None
    db.session.commit()
    known = passwords.verify(kept, password) if kept else passwords.verify_nobody(password)
    if person is None or not known:
        note("sign-in failed", by=None, about="person", email=account[:254])
        db.session.commit()
        return None
    throttle.forget(account, address)
    return person


def open_session(person_id: int, *, device: str) -> str:
    """Start a session for the person and answer its token, which goes into the cookie only."""
    token = new_token()
    lifetime: timedelta = current_app.config["SESSION_LIFETIME"]
    row = SignInSession(
        token_hash=hashed(token), person_id=person_id, expires_at=clock.now() + lifetime, device=device[:200]
    )
    db.session.add(row)
    note("signed in", by=person_id, about="person", subject_id=person_id, device=device[:200])
    return token


def end_session(session_id: int, *, by: int) -> None:
    """End one of one's own sessions, this one or another device's."""
    db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.person_id == by, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    note("signed out", by=by, about="person", subject_id=by)


def end_all_sessions(person_id: int, *, but: int | None = None) -> None:
    """End the person's sessions at once, for instance because their password changed or their account closed."""
    query = update(SignInSession).where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
    if but is not None:
        query = query.where(SignInSession.id != but)
    db.session.execute(query.values(ended_at=clock.now()))


def set_password(person: Person, password_hash: str, *, by: int | None, keep_session: int | None = None) -> None:
    """Take a password that was hashed beforehand, outside the transaction; every other session ends."""
    person.password_hash = password_hash
    end_all_sessions(person.id, but=keep_session)
    record("set password", person, by=by)


def hash_new_password(password: str, *, name: str, email: str | None) -> str:
    """The hash of a good enough password; ``DomainError`` with the reason otherwise. Slow: call before any write."""
    if reason := passwords.weakness(password, hints=[name, email or ""]):
        raise DomainError("password", reason)
    return passwords.hash_password(password)


def create_person(name: str, email: str | None, *, by: int | None, administrator: bool = False) -> Person:
    """A new account; without e-mail it is reached by one-time links only."""
    address = (email or "").strip().lower() or None
    if address and db.session.scalar(select(Person.id).where(Person.email == address)):
        raise DomainError("email", _("Somebody already has this address."))
    person = Person(name=name, email=address, is_administrator=administrator)
    db.session.add(person)
    record("created", person, by=by)
    return person


def create_link(person: Person, *, by: int | None) -> str:
    """A one-time sign-in link's token for the person; earlier unused links stop working."""
    if person.disabled_at is not None:
        raise DomainError("", _("This account is closed. Open it again first."))
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None))
        .values(expires_at=clock.now())
    )
    token = new_token()
    row = SignInLink(
        token_hash=hashed(token), person_id=person.id, created_by_id=by, expires_at=clock.now() + LINK_LIFETIME
    )
    db.session.add(row)
    note("made a sign-in link", by=by, about="person", subject_id=person.id)
    return token


def use_link(link: SignInLink) -> None:
    """Spend a one-time link. The caller holds the row locked, so two people at once cannot both use it."""
    link.used_at = clock.now()
    note("used a sign-in link", by=link.person_id, about="person", subject_id=link.person_id)
