"""Closing what a team hears to the team, opening it again, and an administrator's recorded look into it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import voices as actions
from kata.customers.forms import ClosingForm, LookForm
from kata.customers.pages import team as pages
from kata.customers.routes.answers import again, saved
from kata.teams.models import Team
from kata.teams.queries import team_by_slug
from kata.web.forms import attempt
from kata.web.render import Undo, page, problem_of, refused

blueprint = Blueprint("listening", __name__)


@blueprint.post("/teams/<slug>/listening")
@guarded(team_by_slug, Action.CLOSE_VOICES)
def close_voices(team: Team) -> ResponseReturnValue:
    form, path, by = ClosingForm(), f"/teams/{team.slug}/customers", viewer().person_id
    if not attempt(form, lambda: actions.set_closed(team, form.closed.data, by=by)):
        return problem_of(form, path)
    closed = form.closed.data
    say = _("Closed: only the team hears them.") if closed else _("Open: everyone signed in can read them.")
    undo = Undo(say, f"/teams/{team.slug}/listening", {} if closed else {"closed": "y"})
    return saved(path, lambda: [pages.listening(viewer(), again(team.id))], undo=undo, at="listening")


@blueprint.get("/teams/<slug>/voices/opening")
@guarded(team_by_slug, Action.OPEN_CLOSED_VOICES)
def ask_opening(team: Team) -> ResponseReturnValue:
    return page("customers/opening.html", form=LookForm(), team=team)


@blueprint.post("/teams/<slug>/voices/opening")
@guarded(team_by_slug, Action.OPEN_CLOSED_VOICES)
def open_voices(team: Team) -> ResponseReturnValue:
    form, team_id, slug, by = LookForm(), team.id, team.slug, viewer().person_id
    if attempt(form, lambda: actions.look_into(team, form.reason.data or "", by=by)):
        return make_response(redirect(f"/teams/{slug}/voices", 303))
    return refused("customers/opening.html", form, team=again(team_id))
