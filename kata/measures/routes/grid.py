"""Several readings at once, in a grid."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, forms, pages, queries
from kata.measures.actions import Comparison, RowsChanged
from kata.measures.forms import GridForm
from kata.measures.models import Measure
from kata.measures.pages import day_of
from kata.rules import DomainError
from kata.web.forms import attempt
from kata.web.render import done, page

blueprint = Blueprint("grid", __name__)


@blueprint.get("/measures/<int:measure_id>/readings/edit")
@guarded(queries.measure, Action.ADD_READING)
def edit_readings(shown: Measure) -> ResponseReturnValue:
    part = pages.grid(shown, pages.open_grid(shown, day_of(request.args.get("before"))))
    return page("measures/grid.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/readings/edit")
@guarded(queries.measure, Action.ADD_READING)
def save_readings(shown: Measure) -> ResponseReturnValue:
    form, results, measure_id = forms.grid(shown, pages.today(shown)), list[Comparison](), shown.id
    if attempt(form, lambda: results.append(_save(shown, form, viewer().person_id))):
        return done(to=f"/measures/{measure_id}", form=form, say=told(results[0]))
    part = pages.grid(pages.measure(viewer(), measure_id), form)
    return page("measures/grid.html", status=form.http_status, partial=part, **part.context)


def _save(shown: Measure, form: GridForm, by: int) -> Comparison:
    try:
        return actions.save_rows(shown, form.given, seen=form.versions(), by=by)
    except RowsChanged as changed:
        form.show_changed(changed.readings)
        text = _("Some of these days have another value by now. Nothing was saved: look at the marked rows.")
        raise DomainError("", text) from None


def told(result: Comparison) -> str:
    """What was saved, in a sentence."""
    if result.is_done:
        return str(_("All of these readings were there already."))
    new, changed = len(result.new), len(result.changed)
    added = ngettext("%(num)s reading added.", "%(num)s readings added.", new) if new else ""
    corrected = ngettext("%(num)s corrected.", "%(num)s corrected.", changed) if changed else ""
    return f"{added} {corrected}".strip()
