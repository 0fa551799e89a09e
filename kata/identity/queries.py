"""Reading people, sessions and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import UtcDateTime, db, fetch
from kata.folding import folded
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.identity.secrets import hashed, hashes_of_typed


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
    values = {"token": hashed(token), "now": clock.now()}
    row = fetch(_account(), values).one_or_none()
    return Account(token, *row) if row else None


@cache
def _account() -> Any:
    """Built once: making the statement costs more than running it, and every request runs it."""
    return (
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
            SignInSession.token_hash == bindparam("token"),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > bindparam("now", type_=UtcDateTime()),
            Person.disabled_at.is_(None),
        )
    )


def person_by_email(email: str) -> Person | None:
    """The active person with this address, in any case."""
    found = select(Person).where(Person.email == email.strip().lower(), Person.disabled_at.is_(None))
    return db.session.scalars(found).one_or_none()


def owner_of(email: str) -> int | None:
    """Whose address this is, in any case; of open accounts and of closed ones."""
    return db.session.scalar(select(Person.id).where(Person.email == email.strip().lower()))


def person(person_id: int, *, lock: bool = False) -> Person | None:
    """The person; with ``lock`` as they stand once nobody else writes them."""
    query = select(Person).where(Person.id == person_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def account_of(viewer: Viewer, *, lock: bool, person_id: int) -> Person | None:
    """The loader for pages about one person's account."""
    return person(person_id, lock=lock)


def account_to_anonymise(viewer: Viewer, *, lock: bool, person_id: int) -> Person | None:
    """The loader for anonymising: the person, with every open administrator locked in one order, so that two who mean

    each other wait for one another; the second of them administers no more, and finds nobody.
    """
    if not lock or not viewer.is_administrator:
        return person(person_id)
    administers = and_(Person.is_administrator, Person.disabled_at.is_(None))
    query = select(Person).where(or_(Person.id == person_id, administers)).order_by(Person.id).with_for_update()
    query = query.execution_options(populate_existing=True)
    held = {each.id: each for each in db.session.scalars(query)}
    still = viewer.person_id in held and held[viewer.person_id].is_administrator
    return held.get(person_id) if still else None


def others_called(words: Sequence[str], but: int) -> dict[str, int]:
    """How many other people with an open account bear each of these folded words in their name."""
    folded_names = db.session.scalars(
        select(Person.name_folded).where(
            Person.id != but,
            Person.disabled_at.is_(None),
            or_(*(Person.name_folded.contains(word, autoescape=True) for word in words)),
        )
    )
    return Counter(word for name in folded_names for word in set(name.split()) & set(words))


def usable_link(token: str, *, lock: bool = False) -> SignInLink | None:
    """The one-time link for ``token`` while it can still be used: unused, not expired, its account open."""
    query = (
        select(SignInLink)
        .join(Person, Person.id == SignInLink.person_id)
        .where(
            SignInLink.token_hash.in_(hashes_of_typed(token)),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
            Person.disabled_at.is_(None),
        )
    )
    return db.session.scalars(query.with_for_update(of=SignInLink) if lock else query).one_or_none()


def installation_is_empty() -> bool:
    """Whether nobody has an account yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def live_sessions(person_id: int) -> list[tuple[int, str, datetime]]:
    """Id, device and start of each of the person's live sessions, the newest fifty."""
    rows = db.session.execute(
        select(SignInSession.id, SignInSession.device, SignInSession.created_at)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > clock.now(),
        )
        .order_by(SignInSession.id.desc())
        .limit(LIVE_SESSIONS_SHOWN)
    )
    return [(row.id, row.device, row.created_at) for row in rows]


PEOPLE_ON_A_PAGE = 50
LIVE_SESSIONS_SHOWN = 50


def people_page(text: str, *, after: int | None) -> tuple[list[Any], bool]:
    """A page of ``people_listing``, from the one behind person ``after`` on, and whether more follow."""
    query = people_listing(text).limit(PEOPLE_ON_A_PAGE + 1)
    if after is not None:
        last = select(Person.name).where(Person.id == after).scalar_subquery()
        query = query.where(tuple_(Person.name, Person.id) > tuple_(last, after))
    rows = list(db.session.execute(query))
    return rows[:PEOPLE_ON_A_PAGE], len(rows) > PEOPLE_ON_A_PAGE


def people_listing(text: str) -> Select[*tuple[Any, ...]]:
    """Accounts by name that match ``text``: id, name, email, is_administrator, disabled_at, anonymised_at."""
    query = select(
        Person.id, Person.name, Person.email, Person.is_administrator, Person.disabled_at, Person.anonymised_at
    )
    return query.where(*_matching(text)).order_by(Person.name, Person.id)


def _matching(text: str) -> list[ColumnElement[bool]]:
    """Every word of ``text`` is part of the name, or the whole of it part of the address."""
    words = folded(text).split()[:6]
    if not words:
        return []
    named = and_(*(Person.name_folded.contains(word, autoescape=True) for word in words))
    return [or_(Person.email.icontains(text.strip(), autoescape=True), named)]


def other_administrators(person_id: int) -> int:
    """How many other open accounts administer; locks them all, so that two cannot remove each other at once."""
    query = (
        select(Person.id)
        .where(Person.is_administrator, Person.disabled_at.is_(None))
        .order_by(Person.id)
        .with_for_update()
    )
    return sum(each != person_id for each in db.session.scalars(query))


def count_of_people() -> int:
    """How many accounts are open."""
    return db.session.scalar(select(func.count()).select_from(Person).where(Person.disabled_at.is_(None))) or 0


def address_change(token: str, *, lock: bool = False) -> AddressChange | None:
    """The wish for another address behind a mailed link, as long as it can be used."""
    query = select(AddressChange).where(
        AddressChange.token_hash.in_(hashes_of_typed(token)),
        AddressChange.used_at.is_(None),
        AddressChange.expires_at > clock.now(),
    )
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def link_of(token_hash: str) -> SignInLink | None:
    """The one-time link just made, used or not."""
    return db.session.scalars(select(SignInLink).where(SignInLink.token_hash == token_hash)).one_or_none()
