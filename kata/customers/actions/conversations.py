"""Planning regular conversations with customers, and logging those that took place."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from kata import clock
from kata.activity.actions import record
from kata.customers.actions.moments import expect_own_customer
from kata.customers.models import RHYTHMS, Conversation, ConversationHeld
from kata.extensions import db
from kata.rules import DomainError
from kata.teams.cadence import PracticeDays
from kata.teams.models import Team


def plan(team: Team, *, partner: str, customer_id: int | None, rhythm: str, next_on: date, by: int) -> Conversation:
    """Agree to talk with somebody regularly."""
    expect_own_customer(team.id, customer_id)
    conversation = Conversation(
        team_id=team.id, team=team, partner=partner, customer_id=customer_id, rhythm=rhythm, next_on=next_on
    )
    db.session.add(conversation)
    record("planned", conversation, by=by)
    return conversation


def replan(
    conversation: Conversation,
    seen: int | None,
    *,
    partner: str,
    customer_id: int | None,
    rhythm: str,
    next_on: date,
    by: int,
) -> None:
    """Change with whom, how often, or when next."""
    conversation.expect_version(seen)
    if customer_id != conversation.customer_id:
        expect_own_customer(conversation.team_id, customer_id)
    conversation.partner, conversation.customer_id = partner, customer_id
    conversation.rhythm, conversation.next_on = rhythm, next_on
    record("replanned", conversation, by=by)


def log(conversation: Conversation, *, held_on: date, note: str, by: int) -> ConversationHeld:
    """It took place; the next one is due a rhythm later. One that is logged late never brings the next one nearer."""
    if held_on > clock.today(conversation.team.time_zone):
        raise DomainError("held_on", _("That day has not come yet. Log the conversation when it has taken place."))
    held = ConversationHeld(conversation_id=conversation.id, held_on=held_on, note=note, by_id=by)
    db.session.add(held)
    conversation.next_on = max(conversation.next_on, next_after(conversation, held_on))
    record("held", held, by=by)
    record("moved on", conversation, by=by)
    return held


def next_after(conversation: Conversation, held_on: date) -> date:
    """The team's first practice day a rhythm after ``held_on``."""
    due = held_on + timedelta(days=RHYTHMS[conversation.rhythm])
    days = PracticeDays.from_mask(conversation.team.practice_days)
    return due if due in days else days.next_practice_day(due)
