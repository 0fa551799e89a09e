"""A regular conversation: the plan, and each time that it took place with what was heard."""

from __future__ import annotations

from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.customers.models import Conversation
from kata.customers.pages.parts import WORDS
from kata.customers.queries import conversations as queries
from kata.customers.queries import moments, voices
from kata.customers.queries.conversations import Held
from kata.web.htmx import Partial

FIRST_TO_BEGIN_A_DAY = "Pacific/Kiritimati"


def fresh(who: Viewer, conversation_id: int) -> Conversation:
    """The conversation as it stands now."""
    found = queries.conversation(who, lock=False, conversation_id=conversation_id)
    if found is None:
        raise LookupError(f"conversation {conversation_id} went away while it was shown")
    return found


def fresh_held(who: Viewer, held_id: int) -> Held:
    """One that took place, as it stands now."""
    found = queries.held(who, lock=False, held_id=held_id)
    if found is None:
        raise LookupError(f"conversation held {held_id} went away while it was shown")
    return found


def whole(who: Viewer, conversation: Conversation) -> dict[str, Any]:
    """The context of the conversation's page."""
    log = queries.log(conversation.id)
    return {**plan(conversation).context, "log": log, **_heard(who, [each.id for each in log]), **WORDS}


def held(who: Viewer, conversation: Conversation, held_id: int) -> Partial:
    """One time that it took place, as it stands among the others."""
    context = {"held": queries.log_of(held_id), "team": conversation.team, **_heard(who, [held_id]), **WORDS}
    return Partial(f"held-{held_id}", "customers/_held.html", context)


def _heard(who: Viewer, held_ids: list[int]) -> dict[str, Any]:
    heard = voices.heard_at(who, held_ids)
    return {"heard": heard, "wordings": voices.wordings([voice.id for rows in heard.values() for voice in rows])}


def due(who: Viewer) -> Partial | None:
    """The section of Today: one's teams' conversations that are due or overdue there, in at most one statement."""
    found = [(row, clock.today(row.time_zone)) for row in queries.due(who.teams, clock.today(FIRST_TO_BEGIN_A_DAY))]
    talks = [(row, today) for row, today in found if row.next_on <= today]
    return Partial("conversations-due", "customers/_due.html", {"talks": talks}) if talks else None


def plan(conversation: Conversation) -> Partial:
    """With whom, how often, when next."""
    customers = moments.customers(conversation.team_id)
    context = {
        "team": conversation.team,
        "talk": conversation,
        "customer": next((each for each in customers if each.id == conversation.customer_id), None),
        "today": clock.today(conversation.team.time_zone),
        **WORDS,
    }
    return Partial("conversation-plan", "customers/_conversation_plan.html", context)
