"""Anonymising somebody at their request: what they learned stays, their name goes.

The rooms above say what they do at it (``at_leaving``), in the same transaction: end roles, strike out what was
written about the person in confidence. Nothing brings any of it back, so whoever returns is a new person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, or_, select

from kata import clock, trigrams
from kata.activity.actions import forget_places, note, strike
from kata.activity.models import Activity
from kata.extensions import db, fetch
from kata.folding import folded
from kata.identity import throttle, traces
from kata.identity.former import mark
from kata.identity.mentions import Form, forms_of
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.identity.queries import other_administrators
from kata.identity.traces import Found
from kata.outbox.models import Mail
from kata.rules import DomainError
from kata.web.models import Submission

#: What stands in place of a private text that was struck out, where a text has to stand.
ELIDED = "[…]"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who is anonymised, by which administrator, and which addresses they ever had; ``struck`` are the tables in which

    texts that named them were rewritten.
    """

    person_id: int
    by: int
    addresses: frozenset[str]
    struck: frozenset[str]


Room = Callable[[Leaving], None]
_rooms: list[Room] = []


def at_leaving(room: Room) -> None:
    """Let a room do its part when somebody is anonymised."""
    _rooms.append(room)


def ways_of_naming(person: Person) -> list[Form]:
    """How texts may name the person: by every name and every address that they ever had here."""
    told = [snapshot for _id, snapshot in _events_about(person.id)]
    names = [person.name, *(str(each["name"]) for each in told if each.get("name"))]
    return forms_of(dict.fromkeys(names), sorted(_addresses(person, told)))


def anonymise(person: Person, seen: int | None, *, confirmed: str, named: Found, by: int) -> None:
    """Take the person's name, address and account away for good; done already, it does nothing.

    ``confirmed`` is their name, typed; ``named`` is where texts name them in the ways that are to leave. The caller
    holds the person and every administrator locked.
    """
    if person.anonymised_at is not None:
        return
    _expect_leaving(person, confirmed, by=by)
    person.expect_version(seen)
    addresses = _addresses(person, [snapshot for _id, snapshot in _events_about(person.id)])
    traces.strike(named, _("[name]"))
    leaving = Leaving(person.id, by, addresses, named.tables)
    _close(person)
    _forget_the_way_in(leaving)
    _forget_in_the_record(leaving)
    for room in _rooms:
        room(leaving)
    trigrams.forget({Person.__tablename__, *leaving.struck})
    note("anonymised", by=by, about="person", subject_id=person.id, texts=len(named.hits))


def _expect_leaving(person: Person, confirmed: str, *, by: int) -> None:
    if person.id == by:
        raise DomainError("", _("This is your own account. Another administrator can anonymise it."))
    if person.is_administrator and not other_administrators(person.id):
        raise DomainError("", _("This is the last administrator. Make somebody else one first, then try again."))
    if folded(confirmed) != folded(" ".join(person.name.split())):
        raise DomainError("confirmed", _("This is not the name. Type it as it stands above: nothing was changed."))


def _close(person: Person) -> None:
    """What is left of the row: its number, to which everything points, and the mark in place of the name."""
    now = clock.now()
    person.name = mark(person.id)
    person.name_folded = ""
    person.email = person.password_hash = None
    person.is_administrator = False
    person.disabled_at = person.disabled_at or now
    person.anonymised_at = now
    for setting in ("language", "time_zone", "theme"):
        setattr(person, setting, Person.__table__.c[setting].default.arg)
    db.session.flush()


def _forget_the_way_in(leaving: Leaving) -> None:
    mine = leaving.person_id
    for gone in (
        delete(SignInSession).where(SignInSession.person_id == mine),
        delete(SignInLink).where(SignInLink.person_id == mine),
        delete(Submission).where(Submission.person_id == mine),
        delete(AddressChange).where(AddressChange.person_id == mine),
        delete(Mail).where(or_(Mail.person_id == mine, func.lower(Mail.address).in_(leaving.addresses))),
    ):
        db.session.connection().execute(gone)
    throttle.forget_accounts({*leaving.addresses, f"person:{mine}", f"new address of {mine}"}, _places(leaving))


def _places(leaving: Leaving) -> set[str]:
    """From where somebody signed in, or tried to."""
    tried = select(Activity.address).distinct().where(or_(Activity.person_id == leaving.person_id, _UNKNOWN))
    return {row.address for row in fetch(tried)}


#: Tries to sign in are done by no person: nobody is known to be behind them.
_UNKNOWN = (Activity.subject_type == "person") & Activity.person_id.is_(None)


def _forget_in_the_record(leaving: Leaving) -> None:
    """That something was done by this row, and when, stays; the name, the addresses and the places leave."""
    tries = select(Activity.id, Activity.snapshot).where(_UNKNOWN, Activity.snapshot.is_not(None))
    theirs = [row for row in fetch(tries) if row.snapshot.get("email") in leaving.addresses]
    strike((row.id, _without(row.snapshot, "email")) for row in theirs)
    strike((id_, _without(told, "name", "email", "before", "device")) for id_, told in _events_about(leaving.person_id))
    forget_places(leaving.person_id, [row.id for row in theirs])


def _without(told: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in told.items() if name not in names}


def _events_about(person_id: int) -> list[tuple[int, dict[str, object]]]:
    query = select(Activity.id, Activity.snapshot).where(
        Activity.subject_type == "person", Activity.subject_id == person_id, Activity.snapshot.is_not(None)
    )
    return [(row.id, row.snapshot) for row in fetch(query.order_by(Activity.id))]


def _addresses(person: Person, told: Sequence[dict[str, object]]) -> frozenset[str]:
    kept = [person.email, *(each.get(name) for each in told for name in ("email", "before"))]
    return frozenset(str(address).lower() for address in kept if address)
