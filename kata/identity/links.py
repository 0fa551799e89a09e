"""One-time sign-in links: how somebody without a password gets in, and somebody without e-mail at all."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from kata import clock
from kata.activity.actions import note, note_seldom
from kata.extensions import db
from kata.identity.models import Person, SignInLink
from kata.identity.secrets import hashed, new_link_token
from kata.rules import DomainError

LIFETIME = timedelta(days=7)


def create(person: Person, *, by: int | None, token: str | None = None) -> str:
    """A one-time sign-in link's token for the person; earlier unused links stop working."""
    if person.disabled_at is not None:
        raise DomainError("", _("This account is closed. Open it again first."))
    spoil(person.id)
    token = token or new_link_token()
    row = SignInLink(token_hash=hashed(token), person_id=person.id, created_by_id=by, expires_at=clock.now() + LIFETIME)
    db.session.add(row)
    note("made a sign-in link", by=by, about="person", subject_id=person.id)
    return token


def refuse() -> None:
    """Note that a link was tried which does not sign in, used up or never made."""
    note_seldom("sign-in link refused", by=None, about="person")


def use(link: SignInLink) -> bool:
    """Spend a one-time link; false when somebody else did so a moment ago."""
    spent = db.session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
        return False
    note("used a sign-in link", by=link.person_id, about="person", subject_id=link.person_id)
    return True


def spoil(person_id: int) -> None:
    """Let none of the person's unused links work any more."""
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.person_id == person_id, SignInLink.used_at.is_(None), SignInLink.expires_at > clock.now())
        .values(expires_at=clock.now())
    )
