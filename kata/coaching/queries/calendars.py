"""The secret addresses at which calendars read."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, select

from kata.access.policy import Viewer
from kata.coaching.models import CalendarFeed
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.identity.secrets import hashes_of_typed
from kata.teams.queries import viewer_of


def reader_of(token: str) -> Viewer | None:
    """Whose calendar reads at this address, with the roles they hold now.

    ``None`` alike where the address was never made, was revoked, or its person's account is closed.
    """
    account = fetch(_account(), {"hashes": hashes_of_typed(token)}).one_or_none()
    return viewer_of(account) if account is not None else None


@cache
def _account() -> Any:
    return (
        select(
            Person.id.label("person_id"),
            Person.name,
            Person.theme,
            Person.language,
            Person.time_zone,
            Person.is_administrator,
        )
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(
            CalendarFeed.token_hash.in_(bindparam("hashes", type_=String, expanding=True)),
            CalendarFeed.revoked_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )


def live_of(person_id: int) -> list[CalendarFeed]:
    """The person's addresses that work; one, but for two that were made at the same moment."""
    query = select(CalendarFeed).where(CalendarFeed.person_id == person_id, CalendarFeed.revoked_at.is_(None))
    return list(db.session.scalars(query.order_by(CalendarFeed.id)))


def is_live(token_hash: str) -> bool:
    """Whether the address that was just made works: sent again much later, it may have been revoked."""
    query = select(CalendarFeed.id).where(CalendarFeed.token_hash == token_hash, CalendarFeed.revoked_at.is_(None))
    return db.session.scalar(query) is not None
