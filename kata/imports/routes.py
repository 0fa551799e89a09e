"""Addresses of imports."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.imports import actions, forms, jobs, pages, queries
from kata.imports import tidying as _tidying  # noqa: F401 - its job of the worker
from kata.imports.forms import ChoicesForm, SaveForm, TableForm, UploadForm
from kata.imports.models import Upload
from kata.measures.queries import choices as measures_of
from kata.web.forms import Form, attempt, offer
from kata.web.htmx import Partial
from kata.web.render import done, page, refused, show

blueprint = Blueprint("imports", __name__)


@blueprint.get("/measures/import")
@signed_in
def new_import() -> ResponseReturnValue:
    form = _offered(UploadForm(formdata=None, measure=request.args.get("measure")))
    form.team.data = request.args.get("team")
    return page("imports/new.html", **pages.start(viewer(), form))


@blueprint.post("/measures/import")
@signed_in
def take_in() -> ResponseReturnValue:
    teams = {team.slug: team.id for team in queries.teams(viewer())}
    if not teams:
        abort(403)
    form, by = _offered(UploadForm()), viewer().person_id
    taken: list[Upload] = []

    def take() -> None:
        measure_id = form.measure_id(teams[form.team.data])
        taken.append(actions.take_in(teams[form.team.data], *form.chosen(), measure_id=measure_id, by=by))

    if attempt(form, take):
        if taken:
            jobs.start(taken[0].id)
        return done(to=f"/imports/{taken[0].id}" if taken else "/measures/import", form=form)
    return refused("imports/new.html", **pages.start(viewer(), form))


@blueprint.get("/imports/<int:upload_id>")
@guarded(queries.upload, Action.READ)
def show_import(shown: Upload) -> ResponseReturnValue:
    jobs.see_to(shown)
    return _page(shown.id)


@blueprint.post("/imports/<int:upload_id>/table")
@guarded(queries.upload, Action.ADD_READING)
def read_table(shown: Upload) -> ResponseReturnValue:
    form, upload_id = _table_form(shown, sent=True), shown.id
    if attempt(form, lambda: actions.choose(shown, {**shown.choices, "table": form.chosen()})):
        return _went_on(upload_id)
    return _page(upload_id, table_form=form, status=form.http_status)


@blueprint.post("/imports/<int:upload_id>")
@guarded(queries.upload, Action.ADD_READING)
def choose(shown: Upload) -> ResponseReturnValue:
    facts, upload_id, zone = pages.facts(shown), shown.id, shown.team.time_zone
    if facts is None:
        return done(to=f"/imports/{upload_id}")
    form, before = forms.choices_form(facts, measures_of(shown.team_id), zone), shown.choices
    is_same = before.get("form", {}).get("measure") == form.measure.data
    names = ("table", "recipe_name") if is_same else ("table",)
    kept: dict[str, Any] = {name: before[name] for name in names if name in before}
    if attempt(form, lambda: actions.choose(shown, {**kept, **form.choices(zone)})):
        return _went_on(upload_id)
    return _page(upload_id, form=form, status=form.http_status)


@blueprint.post("/imports/<int:upload_id>/saving")
@guarded(queries.upload, Action.ADD_READING)
def save(shown: Upload) -> ResponseReturnValue:
    form, upload_id, by = SaveForm(), shown.id, viewer().person_id

    def agree() -> None:
        seen, name, again = form.seen.data or "", form.recipe_name.data or "", bool(form.again.data)
        actions.agree(shown, seen=seen, recipe_name=name, again=again, by=by)

    if attempt(form, agree):
        return _went_on(upload_id)
    return _page(upload_id, save_form=form, status=form.http_status)


@blueprint.post("/imports/<int:upload_id>/removal")
@guarded(queries.upload, Action.ADD_READING)
def drop(shown: Upload) -> ResponseReturnValue:
    form, upload_id = Form(), shown.id
    if attempt(form, lambda: actions.drop(shown)):
        return done(to="/measures/import")
    return _page(upload_id, status=form.http_status)


def _went_on(upload_id: int) -> ResponseReturnValue:
    """Do the work, and show how far it came: whether anything is saved, the page says."""
    jobs.start(upload_id)
    return show(f"/imports/{upload_id}", _step(upload_id))


def _page(upload_id: int, *, status: int = 200, **sent: Any) -> ResponseReturnValue:
    part = _step(upload_id, **sent)
    return page("imports/import.html", status=status, partial=part, **part.context)


def _step(
    upload_id: int,
    *,
    form: ChoicesForm | None = None,
    table_form: TableForm | None = None,
    save_form: SaveForm | None = None,
) -> Partial:
    of = pages.upload(viewer(), upload_id)
    facts = pages.facts(of)
    if facts is not None and form is None and of.state == "asked":
        known = of.choices.get("form", {})
        form = forms.choices_form(facts, measures_of(of.team_id), of.team.time_zone, known)
    if save_form is None:
        name = of.choices.get("recipe_name") or of.choices.get("measure", {}).get("name")
        save_form = SaveForm(formdata=None, recipe_name=name)
    return pages.step(of, form, table_form or _table_form(of), save_form)


def _table_form(of: Upload, *, sent: bool = False) -> TableForm:
    facts = pages.facts(of)
    now = {"sheet": facts.sheet, "header_row": facts.header_row} if facts else {}
    source: dict[str, Any] = {} if sent else {"formdata": None}
    form = TableForm.of({**now, **of.choices.get("table", {})}, **source)
    is_text = facts.kind == "csv" if facts else bool(of.outcome.get("is_text"))
    form.offer(of.outcome.get("sheets", ()), facts, is_text=is_text)
    return form


def _offered(form: UploadForm) -> UploadForm:
    form.team.choices = offer((team.slug, team.name) for team in queries.teams(viewer()))
    return form
