"""Signing in and out, and changing one's own account."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import update

from kata import clock
from kata.activity.actions import note, note_seldom, record
from kata.extensions import db
from kata.identity import links, passwords, throttle
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.identity.queries import address_change, link_of, other_administrators, owner_of, person_by_email
from kata.identity.queries import person as person_by_id
from kata.identity.secrets import hashed, new_token, token_of_submission
from kata.outbox import actions as outbox
from kata.rules import DomainError

MAILED_LINK_LIFETIME = timedelta(hours=2)
ADDRESS_LIFETIME = timedelta(days=1)


class TooManyTries(Exception):
    """Somebody tried too often; they are told to wait."""


def check_password(email: str, password: str, address: str) -> Person | None:
    """The person whose password this is, or ``None``, in the same time for known and unknown addresses.

    Counts the try first (raises ``TooManyTries``) and holds no database lock while it hashes.
    """
    account = email.strip().lower()
    if not throttle.admit(account, address):
        note_seldom("sign-in throttled", by=None, about="person", email=account[:254])
        db.session.commit()
        raise TooManyTries
    person = person_by_email(account)
    whose = person.id if person else None
    kept = person.password_hash if person else None
    db.session.commit()
    known = passwords.verify(kept, password) if kept else passwords.verify_nobody(password)
    if person is None or not known:
        note("sign-in failed", by=None, about="person", subject_id=whose, email=account[:254])
        db.session.commit()
        return None
    throttle.forget(account, address)
    if passwords.needs_rehash(kept or ""):
        person.password_hash = passwords.hash_password(password)
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
    ended = db.session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.person_id == by, SignInSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    if ended.rowcount:  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
        note("signed out", by=by, about="person", subject_id=by)


def end_all_sessions(person_id: int, *, but: int | None = None) -> None:
    """End the person's sessions at once, for instance because their password changed or their account closed."""
    query = update(SignInSession).where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None))
    if but is not None:
        query = query.where(SignInSession.id != but)
    db.session.execute(query.values(ended_at=clock.now()))


def end_other_sessions(person_id: int, *, but: int) -> None:
    """Sign oneself out on every device but the one at hand."""
    end_all_sessions(person_id, but=but)
    note("signed out everywhere else", by=person_id, about="person", subject_id=person_id)


def confirm_own_password(person_id: int, password: str, address: str, *, field: str) -> Person:
    """The person, once they have proved themselves again; ``DomainError`` at ``field`` otherwise.

    Counts the try first and holds no database lock while it hashes: it commits, so call it before any write.
    """
    if not throttle.admit(f"person:{person_id}", address):
        note_seldom("password throttled", by=person_id, about="person", subject_id=person_id)
        db.session.commit()
        raise DomainError(field, _("Too many tries. Wait a quarter of an hour, then try again."))
    person = _existing(person_id)
    kept = person.password_hash
    db.session.commit()
    if not (passwords.verify(kept, password) if kept else passwords.verify_nobody(password)):
        note("password refused", by=person_id, about="person", subject_id=person_id)
        db.session.commit()
        raise DomainError(field, _("This is not your password. Nothing was changed."))
    throttle.forget(f"person:{person_id}", address)
    return person


def change_password(person_id: int, current: str, new: str, *, address: str, keep_session: int) -> None:
    """Replace one's own password; the session at hand goes on, every other ends. Commits before it hashes."""
    person = confirm_own_password(person_id, current, address, field="current")
    new_hash = hash_new_password(new, name=person.name, email=person.email)
    set_password(_existing(person_id), new_hash, by=person_id, keep_session=keep_session)


def set_password(person: Person, password_hash: str, *, by: int | None, keep_session: int | None = None) -> None:
    """Take a password that was hashed beforehand, outside the transaction; every other session ends."""
    person.password_hash = password_hash
    end_all_sessions(person.id, but=keep_session)
    record("set password", person, by=by)


def hash_new_password(password: str, *, name: str, email: str | None) -> str:
    """The hash of a good enough password; ``DomainError`` with the reason otherwise.

    Slow, so it first commits: no lock is held while it works. Call it before any write.
    """
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""
    if reason := passwords.weakness(password, hints=[name, email or "", host]):
        raise DomainError("password", reason)
    db.session.commit()
    return passwords.hash_password(password)


def change_email(person_id: int, email: str, current: str, *, address: str) -> None:
    """Take another address for oneself, where no mail could prove it. Whether somebody else has it is not told: a wrong
    one reads the same.
    """
    person = _prove_for_email(person_id, current, address)
    before = person.email
    person.email = free_address(email, person.id, taken=unusable_address())
    if person.email != before:
        record("changed e-mail", person, by=person_id, before=before)


def _prove_for_email(person_id: int, current: str, address: str) -> Person:
    """The person, by their password. Commits.

    Tries are counted whether they succeed or not, since whoever knows their own password could ask about any address.
    """
    confirm_own_password(person_id, current, address, field="email_password")
    if not throttle.admit(f"new address of {person_id}", address):
        raise DomainError("email", _("Too many tries. Wait a quarter of an hour, then try again."))
    return _existing(person_id)


def ask_for_email(person_id: int, email: str, current: str, *, address: str) -> None:
    """Want another address: it is taken when the link that is mailed there is opened; the old one is told.

    Nothing is looked up here, so nobody learns from the answer whether somebody else has the address.
    """
    person = _prove_for_email(person_id, current, address)
    wanted, nonce = email.strip().lower(), new_token()
    if wanted == person.email:
        return
    db.session.execute(
        update(AddressChange)
        .where(AddressChange.person_id == person_id, AddressChange.used_at.is_(None))
        .values(expires_at=clock.now())
    )
    change = AddressChange(
        token_hash=hashed(address_token(nonce)),
        person_id=person_id,
        email=wanted,
        expires_at=clock.now() + ADDRESS_LIFETIME,
    )
    db.session.add(change)
    outbox.write("new address", nonce, wanted, person_id=person_id, about={"nonce": nonce})
    if person.email:
        outbox.write("old address", nonce, person.email, person_id=person_id, about={"to": wanted})
    note("asked for another e-mail", by=person_id, about="person", subject_id=person_id, email=wanted)


def address_token(nonce: str) -> str:
    """What stands in the link that proves an address; only this installation can work it out."""
    return token_of_submission("address", nonce)


def take_email(person_id: int, token: str) -> None:
    """The link was opened by whom it was made for: the address is theirs from now on."""
    change = address_change(token, lock=True)
    if change is None or change.person_id != person_id:
        raise DomainError("", _("This link works no more. Ask for the change again."))
    person = _existing(person_id)
    before, change.used_at = person.email, clock.now()
    person.email = free_address(change.email, person.id, taken=unusable_address())
    record("changed e-mail", person, by=person_id, before=before)


def ask_for_link(email: str, address: str) -> None:
    """Want a sign-in link by mail. The same is done for every address, and the mail finds out whose it is.

    Raises ``TooManyTries``. The caller commits.
    """
    account = email.strip().lower()
    if not throttle.admit(f"forgotten:{account}", address):
        note_seldom("asked for too many sign-in links", by=None, about="person", email=account[:254])
        db.session.commit()
        raise TooManyTries
    outbox.write("forgotten", new_token(), account)
    note("asked for a sign-in link", by=None, about="person", email=account[:254])


def link_token(key: str) -> str:
    """What stands in a mailed sign-in link, by the key of its mail."""
    return token_of_submission("forgotten", key)


def mailed_link(person: Person, token: str) -> None:
    """Let a mailed link sign the person in, once and soon; others that they have go on working.

    Again changes nothing.
    """
    if link_of(hashed(token)) is None:
        expires = clock.now() + MAILED_LINK_LIFETIME
        db.session.add(SignInLink(token_hash=hashed(token), person_id=person.id, expires_at=expires))
        note("made a sign-in link", by=None, about="person", subject_id=person.id)


def unusable_address() -> str:
    """What people without the right to know are told of an address that is malformed or somebody else's."""
    return str(_("This address cannot be used here. Check how it is written, or ask an administrator."))


def free_address(email: str | None, person_id: int | None, *, taken: str) -> str | None:
    """The address as it is kept; ``DomainError`` with the sentence ``taken`` when somebody else has it."""
    address = (email or "").strip().lower() or None
    if address is None:
        return None
    owner = owner_of(address)
    if owner is not None and owner != person_id:
        raise DomainError("email", taken)
    return address


def change_profile(person: Person, seen: int | None, *, name: str, language: str, time_zone: str) -> None:
    """Change how one is named, and how days and numbers are shown to one."""
    person.expect_version(seen)
    person.name, person.language, person.time_zone = name, language, time_zone
    record("changed profile", person, by=person.id)


def change_theme(person_id: int, theme: str) -> None:
    """Light, dark, or as the device has it."""
    person = _existing(person_id)
    person.theme = theme
    record("changed theme", person, by=person_id, theme=theme)


def settle_in(person_id: int, *, name: str | None, email: str | None, password: str, session_id: int) -> None:
    """What somebody who came by a one-time link gives: a password, and what the account lacks. Commits first."""
    person = _existing(person_id)
    if password and not (email or person.email):
        raise DomainError("email", _("A password needs an address to go with it."))
    if email and not password:
        raise DomainError("password", _("An address needs a password to go with it."))
    new_hash = hash_new_password(password, name=name or person.name, email=email or person.email) if password else None
    person = _existing(person_id)
    if name:
        person.name = name
    if email and person.email is None:
        person.email = free_address(email, person.id, taken=unusable_address())
    if new_hash:
        set_password(person, new_hash, by=person_id, keep_session=session_id)
    record("settled in", person, by=person_id)


def join_anew(name: str, email: str, password_hash: str, *, time_zone: str, language: str) -> Person:
    """The account of somebody who was invited. An address that somebody else has gets no account, and no reason."""
    address = free_address(email, None, taken=no_account())
    person = Person(name=name, email=address, password_hash=password_hash, time_zone=time_zone, language=language)
    db.session.add(person)
    db.session.flush()
    record("created", person, by=person.id)
    return person


def no_account() -> str:
    """What somebody hears who has an account already, or whose address cannot have one."""
    sentence = _(
        "No account can be made with this address. If you have one, sign in first: the invitation stays good for it."
    )
    return str(sentence)


# What administrators do ---------------------------------------------------------------------------------------------


def create_person(
    name: str, email: str | None, *, by: int | None, administrator: bool = False, time_zone: str = "Europe/London"
) -> Person:
    """A new account; without e-mail it is reached by one-time links only."""
    address = free_address(email, None, taken=_("Somebody already has this address."))
    person = Person(name=name, email=address, is_administrator=administrator, time_zone=time_zone)
    db.session.add(person)
    record("created", person, by=by)
    return person


def rewrite_person(
    person: Person, seen: int | None, *, name: str, email: str | None, administrator: bool, by: int
) -> None:
    """Correct an account's name and address, or change whether it administers."""
    person.expect_named()
    person.expect_version(seen)
    if person.is_administrator and not administrator and not other_administrators(person.id):
        raise DomainError(
            "is_administrator", _("This is the last administrator. Make somebody else one first, then try again.")
        )
    person.name = name
    person.email = free_address(email, person.id, taken=_("Somebody already has this address."))
    changed, person.is_administrator = person.is_administrator != administrator, administrator
    record("rewrote", person, by=by)
    if changed:
        note(_ADMINISTERS[administrator], by=by, about="person", subject_id=person.id)


#: How it is told that an account administers from now on, or does no more.
_ADMINISTERS = {True: "made an administrator", False: "no administrator any more"}


def close_account(person: Person, *, by: int) -> None:
    """Let nobody in by this account any more; what its owner did and belonged to stays in the history."""
    if person.id == by:
        raise DomainError("", _("This is your own account. Another administrator can close it."))
    if person.disabled_at is not None:
        return
    person.disabled_at = clock.now()
    end_all_sessions(person.id)
    links.spoil(person.id)
    record("closed account", person, by=by)


def sign_out_everywhere(person: Person, *, by: int) -> None:
    """End somebody's sessions without closing their account: a device was lost, or is in the wrong hands."""
    end_all_sessions(person.id)
    note("was signed out everywhere", by=by, about="person", subject_id=person.id)


def reopen_account(person: Person, *, by: int) -> None:
    """Let its owner in again, by their password or a new one-time link."""
    person.expect_named()
    if person.disabled_at is None:
        return
    person.disabled_at = None
    record("reopened account", person, by=by)


def _existing(person_id: int) -> Person:
    person = person_by_id(person_id, lock=True)
    if person is None:
        raise DomainError("", _("This account is not there any more."))
    person.expect_named()
    return person
