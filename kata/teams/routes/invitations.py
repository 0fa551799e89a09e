"""Inviting to a team by a link, and taking an invitation back."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, may, viewer
from kata.access.policy import Action
from kata.identity.secrets import hashed
from kata.outbox.sending import is_set_up
from kata.teams import actions, queries
from kata.teams.forms import InvitationForm
from kata.teams.models import Invitation, Team
from kata.teams.routes.blueprint import blueprint
from kata.teams.routes.parts import again, invitations_part, team_page
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, page


@blueprint.get("/teams/<slug>/invitations")
@guarded(queries.team_by_slug, Action.INVITE)
def invitations(team: Team) -> ResponseReturnValue:
    return _page(team, _form(team))


@blueprint.post("/teams/<slug>/invitations")
@guarded(queries.team_by_slug, Action.INVITE)
def invitation_create(team: Team) -> ResponseReturnValue:
    """The link is in the answer itself and nowhere else; the same submission again is shown the same link."""
    form, by = _form(team), viewer().person_id
    once = str(form.once.data)
    token = actions.invitation_token(by, team.id, once)
    values = {"role": form.role.data, "email": form.email.data, "once": once}
    if not attempt(form, lambda: actions.invite(team, **values, by=by)):
        return _page(again(team.id), form)
    address = f"{current_app.config['PUBLIC_URL']}/join/{token}"
    made = queries.invitation_of(hashed(token))
    return page("teams/invitation_made.html", team=again(team.id), invitation=made, address=address, mails=is_set_up())


@blueprint.post("/invitations/<int:invitation_id>/withdrawal")
@guarded(queries.invitation, Action.INVITE)
def invitation_withdraw(invitation: Invitation) -> ResponseReturnValue:
    form, team_id, back = Form(), invitation.team_id, request.form.get("back") == "1"
    change = actions.offer_again if back else actions.withdraw
    if not attempt(form, lambda: change(invitation, by=viewer().person_id)):
        return team_page(again(team_id), problem=form)
    team = again(team_id)
    address = f"/invitations/{invitation.id}/withdrawal"
    undo = None if back else Undo(_("The invitation is withdrawn: its link works no more."), address, {"back": "1"})
    return done(invitations_part(team), to=f"/teams/{team.slug}#team-invitations", undo=undo)


def _form(team: Team) -> InvitationForm:
    form = InvitationForm(draft=f"invitation-{team.id}")
    form.offer(coaches=may(Action.INVITE_COACH, team.scope))
    return form


def _page(team: Team, form: InvitationForm) -> Response:
    return page("teams/invitations.html", status=form.http_status if form.errors else 200, team=team, form=form)
