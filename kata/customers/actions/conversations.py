"""Planning regular conversations with customers, logging those that took place, and striking personal data out.

The activity record never holds with whom a conversation is, nor what was noted of it, as with voices: so there is one
place to take personal data from.
"""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from kata import clock
from kata.activity.actions import record
from kata.customers.actions.moments import expect_own_customer
from kata.customers.actions.voices import STRUCK
from kata.customers.models import RHYTHMS, Conversation, ConversationHeld
from kata.customers.telling import expect_no_repeat
from kata.extensions import db
from kata.rules import Conflict, DomainError
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
    _expect_version(conversation, seen)
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


# Striking out ---------------------------------------------------------------------------------------------------------


def strike_partner(conversation: Conversation, seen: int | None, *, partner: str, reason: str, by: int) -> None:
    """Put a role in the place of a name. Nothing brings the name back."""
    _expect_version(conversation, seen)
    expect_partner_strike(conversation, partner=partner, reason=reason)
    conversation.partner = partner
    conversation.mark_struck(reason)
    record(STRUCK, conversation, by=by)


def expect_partner_strike(conversation: Conversation, *, partner: str, reason: str) -> None:
    """Raise when nothing would leave, or when the reason would keep what is to leave."""
    if partner == conversation.partner:
        raise DomainError("partner", _("Nothing would leave: put a role in the place of the name first."))
    expect_no_repeat(conversation.partner, partner, reason)


def strike_note(held: ConversationHeld, seen: int | None, *, note: str, reason: str, by: int) -> None:
    """Put the cleaned note, or none, in the place of what stood. Nothing brings it back."""
    if seen != held.version:
        raise Conflict({**held.snapshot(), "note": held.note}, held.version)
    expect_note_strike(held, note=note, reason=reason)
    held.note = note
    held.mark_struck(reason)
    record(STRUCK, held, by=by)


def expect_note_strike(held: ConversationHeld, *, note: str, reason: str) -> None:
    """Raise when nothing would leave, or when the reason would keep what is to leave."""
    if note == held.note:
        raise DomainError("note", _("Nothing would leave: take the personal data out of the text first."))
    expect_no_repeat(held.note, note, reason)


def _expect_version(conversation: Conversation, seen: int | None) -> None:
    """With whom it is is no part of the record, so a conflict must bring it along itself."""
    if seen != conversation.version:
        raise Conflict({**conversation.snapshot(), "partner": conversation.partner}, conversation.version)
