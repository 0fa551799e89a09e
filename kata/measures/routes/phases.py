"""A phase: started with a reason, taken back, brought back."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, forms, pages, queries
from kata.measures.forms import VersionForm
from kata.measures.models import Measure, Phase
from kata.measures.pages import day_of
from kata.measures.routes.answers import fresh, refused_with, saved, stand
from kata.web.forms import attempt
from kata.web.render import Undo, page, show

blueprint = Blueprint("phases", __name__)


@blueprint.get("/measures/<int:measure_id>/phases")
@guarded(queries.measure, Action.READ)
def phases(shown: Measure) -> ResponseReturnValue:
    return show(f"/measures/{shown.id}#measure-phases", pages.phases(stand(shown)))


@blueprint.get("/measures/<int:measure_id>/phases/new")
@guarded(queries.measure, Action.ADD_READING)
def new_phase(shown: Measure) -> ResponseReturnValue:
    form = forms.new_phase(shown.id, day_of(request.args.get("on")))
    part = pages.phases(stand(shown), form)
    return page("measures/phase.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/phases")
@guarded(queries.measure, Action.ADD_READING)
def start_phase(shown: Measure) -> ResponseReturnValue:
    form, measure_id, by = forms.new_phase(shown.id, sent=True), shown.id, viewer().person_id
    if attempt(form, lambda: actions.start_phase(shown, by=by, **form.started())):
        return saved(measure_id, form, at="#measure-chart")
    part = pages.phases(fresh(measure_id), form)
    return page("measures/phase.html", status=form.http_status, partial=part, **part.context)


@blueprint.post("/phases/<int:phase_id>/removal")
@guarded(queries.phase, Action.ADD_READING)
def remove_phase(shown: Phase) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    removed = attempt(form, lambda: actions.remove_phase(shown, form.version.data, by=by))
    return _turned(shown, form, removed, _("The limits are drawn as before."), "restoration")


@blueprint.post("/phases/<int:phase_id>/restoration")
@guarded(queries.phase, Action.ADD_READING)
def restore_phase(shown: Phase) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    restored = attempt(form, lambda: actions.restore_phase(shown, form.version.data, by=by))
    return _turned(shown, form, restored, _("The phase is back."), "removal")


def _turned(shown: Phase, form: VersionForm, succeeded: bool, say: str, back: str) -> ResponseReturnValue:
    measure_id, phase_id = shown.measure_id, shown.id
    if succeeded:
        undo = Undo(say, f"/phases/{phase_id}/{back}", {"version": shown.version})
        return saved(measure_id, form, at="#measure-phases", undo=undo)
    return refused_with(measure_id, form, pages.phases(fresh(measure_id), trouble=form))
