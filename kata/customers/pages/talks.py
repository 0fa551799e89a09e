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

FIRST_TO_BEGIN_A_DAY = "Pacific/Kiritimati"


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
