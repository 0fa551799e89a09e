"""A team's measures, and its way to a new one."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, export, forms, pages, queries
from kata.teams.models import Team
from kata.teams.queries import team_by_slug
from kata.web import csv
from kata.web.forms import attempt
from kata.web.render import done, page, refused

blueprint = Blueprint("of_teams", __name__)


@blueprint.get("/teams/<slug>/measures")
@guarded(team_by_slug, Action.READ)
def team_measures(team: Team) -> ResponseReturnValue:
    part = pages.team_measures(team)
    return page("measures/team.html", partial=part, **part.context)


@blueprint.get("/teams/<slug>/measures.csv")
@guarded(team_by_slug, Action.READ)
def team_measures_csv(team: Team) -> ResponseReturnValue:
    return csv.answer(f"{team.name} {_('Measures')}", export.MEASURES, queries.team_measures(team.id))


@blueprint.get("/teams/<slug>/measures/new")
@guarded(queries.owner, Action.ADD_READING)
def new_measure(team: Team) -> ResponseReturnValue:
    return page("measures/new.html", form=forms.new_measure(team.id, queries.owners(team.id)), team=team)


@blueprint.post("/teams/<slug>/measures")
@guarded(queries.owner, Action.ADD_READING)
def create_measure(team: Team) -> ResponseReturnValue:
    form, by, slug = forms.new_measure(team.id, queries.owners(team.id)), viewer().person_id, team.slug
    if attempt(form, lambda: actions.create(team.id, by=by, **form.described())):
        made = queries.named(team.id, form.name.data or "")
        return done(to=f"/measures/{made[0]}" if made else f"/teams/{slug}", form=form, say=_("The measure is there."))
    return refused("measures/new.html", form, team=queries.owner(viewer(), lock=False, slug=slug))
