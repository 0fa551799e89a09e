"""The challenges that leaders give to their areas, which the teams' challenges may serve."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards.actions import boards as actions
from kata.storyboards.forms import AreaChallengeForm, ServingForm
from kata.storyboards.models import Challenge
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.teams import queries as teams
from kata.teams.models import Area
from kata.web.forms import Form, attempt, offer
from kata.web.render import done, page, problem_of, refused


@blueprint.get("/areas/<int:area_id>/challenges/new")
@guarded(teams.area, Action.SET_AREA_CHALLENGE)
def new_area_challenge(area: Area) -> ResponseReturnValue:
    form = AreaChallengeForm(draft=f"area-{area.id}")
    _offer_above(form, area.id)
    return page("storyboards/area_challenge.html", area=area, form=form)


@blueprint.post("/areas/<int:area_id>/challenges")
@guarded(teams.area, Action.SET_AREA_CHALLENGE)
def set_area_challenge(area: Area) -> ResponseReturnValue:
    form = AreaChallengeForm(draft=f"area-{area.id}")
    _offer_above(form, area.id)
    if attempt(form, lambda: _set(area, form)):
        return done(to=f"/challenges/{area.slug}", form=form, say=_("The teams of the area can serve it now."))
    return refused("storyboards/area_challenge.html", form, area=area)


def _set(area: Area, form: AreaChallengeForm) -> Challenge:
    given = (form.statement.data, form.by_date.data)
    return actions.set_area_challenge(area, *given, serves_id=form.serves_id.data, by=viewer().person_id)


def _offer_above(form: AreaChallengeForm | ServingForm, area_id: int) -> bool:
    """Let an open challenge of an area above be chosen, or none; whether there is one."""
    above = sheets.area_challenges(actions.areas_above(area_id)[1:])
    form.serves_id.choices = offer([("", _("none")), *((c.id, f"{c.area}: {c.statement}") for c in above)])
    return bool(above)


@blueprint.get("/challenges/<int:challenge_id>/serving")
@guarded(queries.area_challenge, Action.SET_AREA_CHALLENGE)
def ask_serving(challenge: Challenge) -> ResponseReturnValue:
    return _serving(challenge, ServingForm(formdata=None, serves_id=challenge.serves_id))


@blueprint.post("/challenges/<int:challenge_id>/serving")
@guarded(queries.area_challenge, Action.SET_AREA_CHALLENGE)
def serve(challenge: Challenge) -> ResponseReturnValue:
    form, number, slug = ServingForm(), challenge.id, _slug(challenge)
    _offer_above(form, challenge.area_id or 0)
    if attempt(form, lambda: actions.tie(challenge, form.serves_id.data, by=viewer().person_id)):
        return done(to=f"/challenges/{slug}", form=form, say=_("Saved. The tree shows it from both sides."))
    return _serving(queries.area_challenge(viewer(), challenge_id=number) or abort(404), form, form.http_status)


def _serving(challenge: Challenge, form: ServingForm, status: int = 200) -> Response:
    found = _offer_above(form, challenge.area_id or 0)
    return page("storyboards/serving.html", status=status, form=form, challenge=challenge, offered=found)


def _slug(challenge: Challenge) -> str:
    return challenge.area.slug if challenge.area else ""


@blueprint.post("/challenges/<int:challenge_id>/ending")
@guarded(queries.area_challenge, Action.SET_AREA_CHALLENGE)
def end_area_challenge(challenge: Challenge) -> Response:
    form = Form()
    to = f"/challenges/{_slug(challenge)}"
    if attempt(form, lambda: actions.end_area_challenge(challenge, by=viewer().person_id)):
        return done(to=to, say=_("Ended. The challenges that served it keep saying so."))
    return problem_of(form, to)
