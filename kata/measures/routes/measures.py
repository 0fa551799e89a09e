"""A measure: what it is, its table, and a team's way to a new one."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, export, forms, pages, queries
from kata.measures.forms import MeasureForm, VersionForm
from kata.measures.models import Measure
from kata.measures.pages import Place
from kata.teams.models import Team
from kata.teams.queries import team_by_slug
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, page, refused, show

blueprint = Blueprint("measures", __name__)


@blueprint.get("/measures/<int:measure_id>")
@guarded(queries.measure, Action.READ)
def measure(shown: Measure) -> ResponseReturnValue:
    parts = pages.whole(shown, Place.of(request.args))
    return page("measures/measure.html", partial=parts[-1], **pages.page_of(shown, *parts))


@blueprint.get("/measures/<int:measure_id>.csv")
@guarded(queries.measure, Action.READ)
def readings_csv(shown: Measure) -> ResponseReturnValue:
    answer = Response(export.as_csv(queries.values(shown.id)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"measure-{shown.id}.csv")
    return answer


@blueprint.get("/measures/<int:measure_id>/about")
@guarded(queries.measure, Action.READ)
def about(shown: Measure) -> ResponseReturnValue:
    return show(f"/measures/{shown.id}", pages.about(shown))


@blueprint.get("/measures/<int:measure_id>/edit")
@guarded(queries.measure, Action.ADD_READING)
def edit_measure(shown: Measure) -> ResponseReturnValue:
    part = pages.about_form(shown, forms.description(shown))
    return page("measures/edit.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>")
@guarded(queries.measure, Action.ADD_READING)
def rewrite_measure(shown: Measure) -> ResponseReturnValue:
    form, measure_id, by = forms.description(shown, sent=True), shown.id, viewer().person_id
    if attempt(form, lambda: actions.rewrite(shown, form.version.data, **form.described(), by=by)):
        fresh = pages.measure(viewer(), measure_id)
        return done(pages.head(fresh), pages.about(fresh), to=f"/measures/{measure_id}", form=form)
    part = pages.about_form(pages.measure(viewer(), measure_id), form)
    return page("measures/edit.html", status=form.http_status, partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/archive")
@guarded(queries.measure, Action.ADD_READING)
def archive_measure(shown: Measure) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    archived = attempt(form, lambda: actions.archive(shown, form.version.data, by=by))
    return _whole_measure(shown.id, form, archived, _("Archived. Its readings are kept."), "restoration")


@blueprint.post("/measures/<int:measure_id>/restoration")
@guarded(queries.measure, Action.ADD_READING)
def restore_measure(shown: Measure) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    restored = attempt(form, lambda: actions.restore(shown, form.version.data, by=by))
    return _whole_measure(shown.id, form, restored, _("Back in use."), "archive")


def _whole_measure(measure_id: int, form: Form, succeeded: bool, say: str, back: str) -> ResponseReturnValue:
    fresh = pages.measure(viewer(), measure_id)
    parts = pages.whole(fresh, Place())
    if succeeded:
        undo = Undo(say, f"/measures/{measure_id}/{back}", {"version": fresh.version})
        return done(*parts, to=f"/measures/{measure_id}", undo=undo)
    trouble = pages.about(fresh, form)
    context = pages.page_of(fresh, *parts, trouble)
    return page("measures/measure.html", status=form.http_status, partial=trouble, **context)


@blueprint.get("/teams/<slug>/measures")
@guarded(team_by_slug, Action.READ)
def team_measures(team: Team) -> ResponseReturnValue:
    part = pages.team_measures(team)
    return page("measures/team.html", partial=part, **part.context)


@blueprint.get("/teams/<slug>/measures/new")
@guarded(queries.owner, Action.ADD_READING)
def new_measure(team: Team) -> ResponseReturnValue:
    return page("measures/new.html", form=MeasureForm(draft=f"team-{team.id}-measure"), team=team)


@blueprint.post("/teams/<slug>/measures")
@guarded(queries.owner, Action.ADD_READING)
def create_measure(team: Team) -> ResponseReturnValue:
    form, by, slug = MeasureForm(draft=f"team-{team.id}-measure"), viewer().person_id, team.slug
    if attempt(form, lambda: actions.create(team.id, **form.described(), by=by)):
        made = queries.named(team.id, form.name.data or "")
        return done(to=f"/measures/{made[0]}" if made else f"/teams/{slug}", form=form, say=_("The measure is there."))
    return refused("measures/new.html", form, team=queries.owner(viewer(), lock=False, slug=slug))
