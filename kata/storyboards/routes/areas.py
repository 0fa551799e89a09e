"""The challenges that leaders give to their areas, which the teams' challenges may serve."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards.actions import boards as actions
from kata.storyboards.forms import AreaChallengeForm
from kata.storyboards.models import Challenge
from kata.storyboards.queries import boards as queries
from kata.storyboards.routes import blueprint
from kata.teams import queries as teams
from kata.teams.models import Area
from kata.web.forms import Form, attempt
from kata.web.render import done, page, problem_of, refused


@blueprint.get("/areas/<int:area_id>/challenges/new")
@guarded(teams.area, Action.SET_AREA_CHALLENGE)
def new_area_challenge(area: Area) -> ResponseReturnValue:
    return page("storyboards/area_challenge.html", area=area, form=AreaChallengeForm(draft=f"area-{area.id}"))


@blueprint.post("/areas/<int:area_id>/challenges")
@guarded(teams.area, Action.SET_AREA_CHALLENGE)
def set_area_challenge(area: Area) -> ResponseReturnValue:
    form = AreaChallengeForm(draft=f"area-{area.id}")
    if attempt(
        form,
        lambda: actions.set_area_challenge(area, form.statement.data, form.by_date.data, by=viewer().person_id),
    ):
        return done(to=f"/teams?area={area.slug}", form=form, say=_("The teams of the area can serve it now."))
    return refused("storyboards/area_challenge.html", form, area=area)


@blueprint.post("/challenges/<int:challenge_id>/ending")
@guarded(queries.area_challenge, Action.SET_AREA_CHALLENGE)
def end_area_challenge(challenge: Challenge) -> Response:
    form = Form()
    to = f"/teams?area={challenge.area.slug}" if challenge.area else "/teams"
    if attempt(form, lambda: actions.end_area_challenge(challenge, by=viewer().person_id)):
        return done(to=to, say=_("Ended. The challenges that served it keep saying so."))
    return problem_of(form, to)
