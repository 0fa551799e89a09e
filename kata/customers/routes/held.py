"""A conversation that took place, and what was heard in it, written down right there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import conversations as actions
from kata.customers.actions.voices import hear
from kata.customers.forms import HeldForm, VoiceForm
from kata.customers.models import Conversation, ConversationHeld
from kata.customers.pages import talks as pages
from kata.customers.queries import conversations as queries
from kata.customers.queries.conversations import Held
from kata.customers.queries.moments import offered_moments
from kata.web.forms import Form, attempt
from kata.web.render import done, page, refused

blueprint = Blueprint("held", __name__)


@blueprint.get("/conversations/<int:conversation_id>/held/new")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def new_held(of: Conversation) -> ResponseReturnValue:
    today = clock.today(of.team.time_zone)
    form = HeldForm(data={"held_on": today}, draft=f"conversation-{of.id}-held")
    return page("customers/held_new.html", form=form, talk=of, team=of.team, today=today)


@blueprint.post("/conversations/<int:conversation_id>/held")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def log_held(of: Conversation) -> ResponseReturnValue:
    """Logged; straight on to what was heard in it."""
    form, number, by = HeldForm(draft=f"conversation-{of.id}-held"), of.id, viewer().person_id
    made = list[ConversationHeld]()
    if attempt(form, lambda: made.append(actions.log(of, held_on=form.held_on.data, note=form.note.data or "", by=by))):
        to = f"/held/{made[0].id}/voices/new" if made else f"/conversations/{number}"
        return done(to=to, form=form, say=_("Logged. What did you hear?"))
    fresh = pages.fresh(viewer(), number)
    today = clock.today(fresh.team.time_zone)
    return refused("customers/held_new.html", form, talk=fresh, team=fresh.team, today=today)


@blueprint.get("/held/<int:held_id>/voices/new")
@guarded(queries.held, Action.WRITE_CUSTOMERS)
def new_voice_of_held(of: Held) -> ResponseReturnValue:
    now = {"heard_on": of.held.held_on, "source": "customer meeting"}
    form = VoiceForm(data=now, draft=f"held-{of.held.id}-voice")
    form.offer(offered_moments(of.conversation.team_id))
    return page("customers/voice_of_held.html", form=form, **_around(of))


@blueprint.post("/held/<int:held_id>/voices")
@guarded(queries.held, Action.WRITE_CUSTOMERS)
def add_voice_of_held(of: Held) -> ResponseReturnValue:
    form, held_id, by = VoiceForm(draft=f"held-{of.held.id}-voice"), of.held.id, viewer().person_id
    talk = of.conversation
    form.offer(offered_moments(talk.team_id))
    number, customer_id = talk.id, talk.customer_id
    if attempt(form, lambda: hear(talk.team, form.said(), held=of.held, customer_id=customer_id, by=by)):
        return done(to=f"/conversations/{number}#held-{held_id}", form=form, say=_("Written down."))
    return _refused(held_id, form)


def _refused(held_id: int, form: Form) -> ResponseReturnValue:
    again = queries.held(viewer(), lock=False, held_id=held_id)
    if again is None:
        raise LookupError(f"conversation held {held_id} went away while it was written about")
    return refused("customers/voice_of_held.html", form, **_around(again))


def _around(of: Held) -> dict[str, Any]:
    team = of.conversation.team
    return {"held": of.held, "talk": of.conversation, "team": team, "today": clock.today(team.time_zone)}
