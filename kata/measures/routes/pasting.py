"""Readings from a spreadsheet: pasted, looked at together, then saved whole or not at all."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, pages, paste, queries
from kata.measures.actions import Comparison
from kata.measures.forms import PasteForm
from kata.measures.models import Measure
from kata.measures.routes.grid import told
from kata.web.forms import attempt
from kata.web.render import done, page

blueprint = Blueprint("pasting", __name__)


@blueprint.get("/measures/<int:measure_id>/readings/paste")
@guarded(queries.measure, Action.ADD_READING)
def paste_readings(shown: Measure) -> ResponseReturnValue:
    part = pages.paste_form(shown, PasteForm(draft=_draft(shown.id)))
    return page("measures/paste.html", partial=part, **part.context)


@blueprint.post("/measures/<int:measure_id>/readings/paste")
@guarded(queries.measure, Action.ADD_READING)
def pasted_readings(shown: Measure) -> ResponseReturnValue:
    """Without ``seen`` a look at what the rows were understood as, which writes nothing; with it the readings."""
    form, measure_id = PasteForm(draft=_draft(shown.id)), shown.id
    if not form.validate():
        part = pages.paste_form(shown, form)
        return page("measures/paste.html", status=form.http_status, partial=part, **part.context)
    pasted = paste.parse(
        form.text.data or "",
        day_first=form.day_first,
        today=pages.today(shown),
        counted=shown.per is not None,
        check=shown.measured,
    )
    if form.seen.data and pasted.is_ready and (answer := _save(shown, form, pages.given(pasted))):
        return answer
    fresh = pages.measure(viewer(), measure_id)
    part = pages.paste_form(fresh, form, pages.preview(fresh, pasted))
    return page("measures/paste.html", status=_status(form, pasted), partial=part, **part.context)


def _save(shown: Measure, form: PasteForm, given: list[actions.Given]) -> ResponseReturnValue | None:
    results: list[Comparison] = []
    by, measure_id = viewer().person_id, shown.id
    if attempt(form, lambda: results.append(actions.save(shown, given, seen=form.seen.data or "", by=by))):
        return done(to=f"/measures/{measure_id}", form=form, say=told(results[0]))
    return None


def _status(form: PasteForm, pasted: paste.Pasted) -> int:
    return 422 if pasted.problems or form.errors else 200


def _draft(measure_id: int) -> str:
    return f"measure-{measure_id}-paste"
