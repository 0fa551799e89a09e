"""Who belongs to a team: adding somebody who has an account, another role, and leaving."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.teams import actions, export, finding, queries
from kata.teams.forms import RoleForm
from kata.teams.models import Membership, Team
from kata.teams.routes.blueprint import blueprint
from kata.teams.routes.parts import again, people_part, row_id, team_page
from kata.web import csv
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page

FOUND_AT_MOST = 20


@blueprint.get("/teams/<slug>/members.csv")
@guarded(queries.team_by_slug, Action.READ)
def members_csv(team: Team) -> ResponseReturnValue:
    """Who belongs to the team now, and after them who once did."""
    everyone = [*queries.people_of_team(team.id), *queries.former_people_of_team(team.id)]
    return csv.answer(f"{team.name} {_('Members')}", export.MEMBERS, everyone, team.time_zone)


@blueprint.get("/teams/<slug>/members/new")
@guarded(queries.team_by_slug, Action.MANAGE_TEAM)
def member_new(team: Team) -> ResponseReturnValue:
    text = request.args.get("q", "").strip()[:100]
    found = finding.people_named(text, FOUND_AT_MOST) if text else []
    held = {(row.person_id, row.role) for row in queries.people_of_team(team.id)}
    return page("teams/member_new.html", team=team, q=text, found=found, held=held)


@blueprint.post("/teams/<slug>/members")
@guarded(queries.team_by_slug, Action.MANAGE_TEAM)
def member_add(team: Team) -> ResponseReturnValue:
    form, person_id = RoleForm(), row_id(request.form.get("person_id"))
    if attempt(form, lambda: actions.add_member(team, person_id, form.role.data, by=viewer().person_id)):
        return done(_people(team.id), to=f"/teams/{team.slug}#team-people", say=_("Welcome to the team."))
    return _refused(team.id, form)


@blueprint.post("/memberships/<int:membership_id>/role")
@guarded(queries.membership, Action.MANAGE_TEAM)
def membership_role(membership: Membership) -> ResponseReturnValue:
    form, team = RoleForm(), membership.team
    if attempt(form, lambda: actions.change_role(membership, form.role.data, by=viewer().person_id)):
        return done(_people(team.id), to=f"/teams/{team.slug}#team-people", say=_("The role is changed."))
    return _refused(team.id, form)


@blueprint.post("/memberships/<int:membership_id>/end")
@guarded(queries.membership, Action.MANAGE_TEAM)
def membership_end(membership: Membership) -> ResponseReturnValue:
    form, team, address = Form(), membership.team, f"/teams/{membership.team.slug}"
    if not attempt(form, lambda: actions.end_membership(membership, by=viewer().person_id)):
        return _refused(team.id, form)
    back = {"person_id": membership.person_id, "role": membership.role}
    undo = Undo(_("The membership has ended. It stays in the team's history."), f"{address}/members", back)
    return done(_people(team.id), to=f"{address}#team-people", undo=undo)


def _people(team_id: int) -> Partial:
    return people_part(again(team_id))


def _refused(team_id: int, form: Form) -> Response:
    return team_page(again(team_id), problem=form)
