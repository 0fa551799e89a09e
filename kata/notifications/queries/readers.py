"""Who is told, when, and as whom they read at this moment."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, or_, select

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.notifications.models import HOUR, WEEKDAY, DigestSetting, DigestTurn
from kata.notifications.schedule import Wish
from kata.outbox import queries as outbox
from kata.outbox.models import Mail
from kata.teams.models import Membership, Team

#: What a mail that may have reached its reader looks like.
LEFT = ("claimed", "sending", "sent", "uncertain")
#: The same with those that will still be sent: what they tell, another one need not.
TOLD = ("waiting", *LEFT)
WORKING_DAYS = 0b0011111


def reader(person_id: int, told: tuple[str, ...] = TOLD) -> Any | None:
    """The person as the worker knows them, ``None`` where nobody can be told anything: no address, a closed account.

    The row is an account, from which ``teams.queries.viewer_of`` makes whom they are now; with what they chose
    (``wish_of``), their turn, and what their newest digest was about (``told``), of those in one of these states.
    """
    return fetch(_reader(told), {"person": person_id}).one_or_none()


@cache
def _reader(told: tuple[str, ...]) -> Any:
    return _readers(told).where(Person.id == bindparam("person", type_=Integer))


def without_turn(most: int) -> list[Any]:
    """People who can be told and have no turn yet."""
    return list(fetch(_readers().where(DigestTurn.person_id.is_(None)).limit(most)))


def due(most: int) -> list[Any]:
    """Whose turn it is, or whose turn was worked out in a time zone that is no longer theirs."""
    moved = (DigestTurn.zone != Person.time_zone) & DigestTurn.next_at.is_not(None)
    turn = or_(DigestTurn.next_at <= clock.now(), moved)
    return list(fetch(_readers().where(turn).order_by(DigestTurn.next_at, Person.id).limit(most)))


@cache
def _readers(states: tuple[str, ...] = TOLD) -> Any:
    told = (
        select(Mail.about)
        .where(Mail.person_id == Person.id, Mail.kind == "digest", Mail.state.in_(states))
        .order_by(Mail.id.desc())
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(
            Person.id.label("person_id"),
            Person.name,
            Person.theme,
            Person.language,
            Person.time_zone,
            Person.is_administrator,
            Person.email,
            func.coalesce(DigestSetting.rhythm, "weekly").label("rhythm"),
            func.coalesce(DigestSetting.weekday, WEEKDAY).label("weekday"),
            func.coalesce(DigestSetting.hour, HOUR).label("hour"),
            DigestSetting.version,
            DigestTurn.next_at,
            DigestTurn.zone,
            DigestTurn.begun_at,
            told.label("told"),
        )
        .outerjoin(DigestSetting, DigestSetting.person_id == Person.id)
        .outerjoin(DigestTurn, DigestTurn.person_id == Person.id)
        .where(Person.email.is_not(None), Person.disabled_at.is_(None))
    )


def wish_of(row: Any) -> Wish:
    """What a reader chose, or what holds for who never chose."""
    return Wish(row.rhythm, row.weekday, row.hour, row.time_zone)


def told_before(mail: Mail) -> dict[str, Any]:
    """What the digest before this one was about, of those that may have reached its reader."""
    return outbox.newest("digest", mail.person_id or 0, TOLD, before=mail.id) or {}


def setting(person_id: int, *, lock: bool = False) -> DigestSetting | None:
    """What the person chose, if they ever chose."""
    query = select(DigestSetting).where(DigestSetting.person_id == person_id)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def turn(person_id: int) -> DigestTurn | None:
    """Their turn, locked."""
    query = select(DigestTurn).where(DigestTurn.person_id == person_id).with_for_update()
    return db.session.scalars(query).one_or_none()


def practice_days(viewer: Viewer) -> int:
    """The weekdays on which any of their teams practises; Monday to Friday for who belongs to none."""
    query = select(Team.practice_days).where(
        Team.id == Membership.team_id,
        Team.closed_at.is_(None),
        Membership.person_id == viewer.person_id,
        Membership.ended_at.is_(None),
    )
    days = 0
    for row in fetch(query):
        days |= row.practice_days
    return days or WORKING_DAYS
