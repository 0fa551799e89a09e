"""Reading a team's regular conversations with its customers, which are closed with its voices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from kata.access.policy import Viewer
from kata.customers.models import Conversation, ConversationHeld, Customer
from kata.customers.queries.voices import heard_by
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.teams.models import Team

HELD_SHOWN = 20


class Held:
    """A conversation that took place, with the one it belongs to: the guard's subject for what was heard in it."""

    def __init__(self, held: ConversationHeld, conversation: Conversation) -> None:
        self.held, self.conversation, self.scope = held, conversation, conversation.scope


def conversation(viewer: Viewer, *, lock: bool, conversation_id: int) -> Conversation | None:
    """The conversation with its team; the loader of the addresses below ``/conversations/<id>``."""
    query = (
        select(Conversation)
        .join(Conversation.team)
        .where(Conversation.id == conversation_id, heard_by(viewer, Conversation.team_id))
        .options(contains_eager(Conversation.team))
    )
    return db.session.scalars(query.with_for_update(of=Conversation) if lock else query).one_or_none()


def held(viewer: Viewer, *, lock: bool, held_id: int) -> Held | None:
    """One that took place; the loader of the addresses below ``/held/<id>``."""
    found = db.session.get(ConversationHeld, held_id)
    if found is None:
        return None
    of = conversation(viewer, lock=lock, conversation_id=found.conversation_id)
    return Held(found, of) if of else None


def of_team(viewer: Viewer, team_id: int) -> list[Any]:
    """The team's regular conversations: those in use by the day of the next one, archived ones last."""
    last = select(func.max(ConversationHeld.held_on)).where(ConversationHeld.conversation_id == Conversation.id)
    query = (
        select(
            Conversation.id,
            Conversation.partner,
            Conversation.rhythm,
            Conversation.next_on,
            Conversation.archived_at,
            Conversation.version,
            Customer.name.label("customer"),
            last.correlate(Conversation).scalar_subquery().label("last"),
        )
        .outerjoin(Customer, Customer.id == Conversation.customer_id)
        .where(Conversation.team_id == team_id, heard_by(viewer, Conversation.team_id))
        .order_by(Conversation.archived_at.is_not(None), Conversation.next_on, Conversation.id)
    )
    return list(fetch(query))


def log(conversation_id: int) -> list[Any]:
    """The last times that it took place, newest first: day, note, who wrote it down."""
    query = _log().where(ConversationHeld.conversation_id == conversation_id)
    newest = query.order_by(ConversationHeld.held_on.desc(), ConversationHeld.id.desc()).limit(HELD_SHOWN)
    return list(fetch(newest))


def log_of(held_id: int) -> Any:
    """One of these times."""
    return fetch(_log().where(ConversationHeld.id == held_id)).one()


def _log() -> Select[*tuple[Any, ...]]:
    return select(
        ConversationHeld.id,
        ConversationHeld.held_on,
        ConversationHeld.note,
        ConversationHeld.struck_at,
        ConversationHeld.struck_reason,
        Person.name.label("by"),
    ).outerjoin(Person, Person.id == ConversationHeld.by_id)


def due(teams: Collection[int], until: date) -> list[Any]:
    """What the teams planned to have happened by ``until``, the longest overdue first: for Today.

    Without teams no statement.
    """
    return list(fetch(_due(), {"teams": sorted(teams), "until": until})) if teams else []


@cache
def _due() -> Any:
    return (
        select(Conversation.id, Conversation.partner, Conversation.next_on, Team.name.label("team"), Team.time_zone)
        .join(Team, Team.id == Conversation.team_id)
        .where(
            Conversation.team_id.in_(bindparam("teams", expanding=True)),
            Conversation.archived_at.is_(None),
            Conversation.next_on <= bindparam("until"),
            Team.closed_at.is_(None),
        )
        .order_by(Conversation.next_on, Conversation.id)
        .limit(10)
    )
