"""A measure: its page, what it is, and how its chart is read."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, export, forms, pages, queries
from kata.measures.forms import VersionForm
from kata.measures.models import Measure
from kata.measures.routes.answers import fresh, refused_with, saved, stand
from kata.web import csv
from kata.web.forms import attempt
from kata.web.render import Undo, page, show

blueprint = Blueprint("measures", __name__)


@blueprint.get("/measures/<int:measure_id>")
@guarded(queries.measure, Action.READ)
def measure(shown: Measure) -> ResponseReturnValue:
    now = stand(shown)
    parts = pages.whole(viewer(), now)
    return page("measures/measure.html", partial=parts[-1], **pages.page_of(now.of, *parts))


@blueprint.get("/measures/<int:measure_id>.csv")
@guarded(queries.measure, Action.READ)
def readings_csv(shown: Measure) -> ResponseReturnValue:
    columns = export.columns(counted=shown.per is not None)
    return csv.answer(shown.name, columns, export.rows(stand(shown).seen.whole))


@blueprint.get("/measures/<int:measure_id>/about")
@guarded(queries.measure, Action.READ)
def about(shown: Measure) -> ResponseReturnValue:
    return show(f"/measures/{shown.id}", pages.about(shown))


@blueprint.get("/measures/<int:measure_id>/edit")
@guarded(queries.measure, Action.ADD_READING)
def edit_measure(shown: Measure) -> ResponseReturnValue:
    part = pages.about_form(shown, forms.description(shown, queries.owners(shown.team_id)))
    return page("measures/edit.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>")
@guarded(queries.measure, Action.ADD_READING)
def rewrite_measure(shown: Measure) -> ResponseReturnValue:
    form = forms.description(shown, queries.owners(shown.team_id), sent=True)
    measure_id, by = shown.id, viewer().person_id
    if attempt(form, lambda: actions.rewrite(shown, form.version.data, by=by, **form.described())):
        return saved(measure_id, form)
    part = pages.about_form(pages.measure(viewer(), measure_id), form)
    return page("measures/edit.html", status=form.http_status, partial=part, **part.context)


@blueprint.get("/measures/<int:measure_id>/rules")
@guarded(queries.measure, Action.READ)
def rules(shown: Measure) -> ResponseReturnValue:
    return show(f"/measures/{shown.id}#measure-rules", pages.rules(stand(shown)))


@blueprint.get("/measures/<int:measure_id>/rules/edit")
@guarded(queries.measure, Action.ADD_READING)
def edit_rules(shown: Measure) -> ResponseReturnValue:
    part = pages.rules_form(stand(shown), forms.chart_settings(shown))
    return page("measures/edit_rules.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/rules")
@guarded(queries.measure, Action.ADD_READING)
def set_rules(shown: Measure) -> ResponseReturnValue:
    form, measure_id, by = forms.chart_settings(shown, sent=True), shown.id, viewer().person_id
    if attempt(form, lambda: actions.configure(shown, form.version.data, by=by, **form.configured())):
        return saved(measure_id, form, at="#measure-rules")
    part = pages.rules_form(fresh(measure_id), form)
    return page("measures/edit_rules.html", status=form.http_status, partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/archive")
@guarded(queries.measure, Action.ADD_READING)
def archive_measure(shown: Measure) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    archived = attempt(form, lambda: actions.archive(shown, form.version.data, by=by))
    return _turned(shown.id, form, archived, _("Archived. Its readings are kept."), "restoration")


@blueprint.post("/measures/<int:measure_id>/restoration")
@guarded(queries.measure, Action.ADD_READING)
def restore_measure(shown: Measure) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    restored = attempt(form, lambda: actions.restore(shown, form.version.data, by=by))
    return _turned(shown.id, form, restored, _("Back in use."), "archive")


def _turned(measure_id: int, form: VersionForm, succeeded: bool, say: str, back: str) -> ResponseReturnValue:
    again = pages.measure(viewer(), measure_id)
    if succeeded:
        return saved(measure_id, form, undo=Undo(say, f"/measures/{measure_id}/{back}", {"version": again.version}))
    return refused_with(measure_id, form, pages.about(again, form))
