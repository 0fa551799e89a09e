"""A regular conversation: the plan, and each time that it took place with what was heard."""

from __future__ import annotations

from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.customers.models import Conversation
from kata.customers.pages.parts import WORDS
from kata.customers.queries import conversations as queries
from kata.customers.queries import moments, voices
from kata.web.htmx import Partial


def fresh(who: Viewer, conversation_id: int) -> Conversation:
    """The conversation as it stands now."""
    found = queries.conversation(who, lock=False, conversation_id=conversation_id)
    if found is None:
        raise LookupError(f"conversation {conversation_id} went away while it was shown")
    return found


def whole(who: Viewer, conversation: Conversation) -> dict[str, Any]:
    """The context of the conversation's page."""
    log = queries.log(conversation.id)
    heard = voices.heard_at(who, [each.id for each in log])
    wordings = voices.wordings([voice.id for rows in heard.values() for voice in rows])
    return {**plan(conversation).context, "log": log, "heard": heard, "wordings": wordings, **WORDS}


def due(who: Viewer) -> Partial | None:
    """What Today may say: the conversations of one's teams that are due or overdue, in one statement."""
    today = clock.today(who.time_zone)
    rows = queries.due(who.teams, today)
    context = {"talks": rows, "today": today}
    return Partial("conversations-due", "customers/_due.html", context) if rows else None


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
