"""Regular conversations with customers: the plan."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import archiving
from kata.customers.actions import conversations as actions
from kata.customers.forms import ConversationEditForm, ConversationForm
from kata.customers.models import Conversation
from kata.customers.pages import talks as pages
from kata.customers.queries import conversations as queries
from kata.customers.queries.moments import customers
from kata.customers.routes.answers import again, edit, saved
from kata.measures.forms import VersionForm
from kata.measures.queries import owner
from kata.teams.models import Team
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page, problem_of, refused

blueprint = Blueprint("conversations", __name__)


@blueprint.get("/teams/<slug>/conversations/new")
@guarded(owner, Action.WRITE_CUSTOMERS)
def new_conversation(team: Team) -> ResponseReturnValue:
    now = {"rhythm": "month", "next_on": clock.today(team.time_zone)}
    form = ConversationForm(data=now, draft=_draft(team))
    form.offer(customers(team.id))
    return page("customers/conversation_new.html", form=form, team=team)


@blueprint.post("/teams/<slug>/conversations")
@guarded(owner, Action.WRITE_CUSTOMERS)
def plan_conversation(team: Team) -> ResponseReturnValue:
    form, team_id, by = ConversationForm(draft=_draft(team)), team.id, viewer().person_id
    form.offer(customers(team_id))
    to = f"/teams/{team.slug}/customers#conversations"
    if attempt(form, lambda: actions.plan(team, **form.described(), by=by)):
        return done(to=to, form=form, say=_("Planned."))
    return refused("customers/conversation_new.html", form, team=again(team_id))


def _draft(team: Team) -> str:
    return f"team-{team.id}-conversation"


@blueprint.get("/conversations/<int:conversation_id>")
@guarded(queries.conversation, Action.READ)
def conversation(shown: Conversation) -> ResponseReturnValue:
    if htmx.asked():  # an editor in the page was closed
        return htmx.pieces((pages.plan(shown),))
    return page("customers/conversation.html", **pages.whole(viewer(), shown))


@blueprint.get("/conversations/<int:conversation_id>/edit")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def edit_conversation(shown: Conversation) -> ResponseReturnValue:
    return _editing(shown, _offered(shown, ConversationEditForm(obj=shown, draft=f"conversation-{shown.id}")))


@blueprint.post("/conversations/<int:conversation_id>")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def replan_conversation(shown: Conversation) -> ResponseReturnValue:
    form, number, by = ConversationEditForm(draft=f"conversation-{shown.id}"), shown.id, viewer().person_id
    _offered(shown, form)
    if attempt(form, lambda: actions.replan(shown, form.version.data, **form.described(), by=by)):
        return _saved(number, form)
    return _editing(pages.fresh(viewer(), number), form)


def _offered(of: Conversation, form: ConversationEditForm) -> ConversationEditForm:
    form.offer(customers(of.team_id), of.customer_id)
    return form


def _editing(shown: Conversation, form: Form) -> ResponseReturnValue:
    context = {"team": shown.team, "talk": shown, "form": form}
    part = Partial("conversation-plan", "customers/_conversation_edit.html", context)
    crumb = (shown.partner, f"/conversations/{shown.id}")
    return edit(_("Change the plan"), crumb, part, form)


@blueprint.post("/conversations/<int:conversation_id>/archive")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def archive_conversation(shown: Conversation) -> ResponseReturnValue:
    form, number, by = VersionForm(), shown.id, viewer().person_id
    if attempt(form, lambda: archiving.archive(shown, form.version.data, by=by)):
        back = f"/conversations/{number}/restoration"
        return _saved(number, form, Undo(_("Archived. Nothing of it is lost."), back, {"version": shown.version}))
    return problem_of(form, f"/conversations/{number}")


@blueprint.post("/conversations/<int:conversation_id>/restoration")
@guarded(queries.conversation, Action.WRITE_CUSTOMERS)
def restore_conversation(shown: Conversation) -> ResponseReturnValue:
    form, number, by = VersionForm(), shown.id, viewer().person_id
    if attempt(form, lambda: archiving.restore(shown, form.version.data, by=by)):
        return _saved(number, form, say=_("Back in use."))
    return problem_of(form, f"/conversations/{number}")


def _saved(number: int, form: Form, undo: Undo | None = None, say: str = "") -> ResponseReturnValue:
    return saved(
        f"/conversations/{number}",
        lambda: [pages.plan(pages.fresh(viewer(), number))],
        form=form,
        undo=undo,
        say=say,
    )
