"""One reading: written down, corrected, struck out with a reason, and its way until now."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, forms, pages, queries
from kata.measures.forms import CorrectionForm, StrikeForm, VersionForm
from kata.measures.models import Measure, Reading
from kata.measures.pages import Editor, Place
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, page

blueprint = Blueprint("readings", __name__)


@blueprint.post("/measures/<int:measure_id>/readings")
@guarded(queries.measure, Action.ADD_READING)
def add_reading(shown: Measure) -> ResponseReturnValue:
    form, by, measure_id = forms.new_reading(shown.id), viewer().person_id, shown.id
    if attempt(form, lambda: actions.add_reading(shown, by=by, **form.given())):
        fresh = pages.measure(viewer(), measure_id)
        changed = pages.head(fresh), pages.new_reading(fresh), pages.readings(fresh, Place())
        return done(*changed, to=f"/measures/{measure_id}", form=form)
    fresh = pages.measure(viewer(), measure_id)
    parts = pages.whole(fresh, Place(), form)
    return page("measures/measure.html", status=form.http_status, partial=parts[2], **pages.page_of(fresh, *parts))


@blueprint.get("/readings/<int:reading_id>")
@guarded(queries.reading, Action.READ)
def reading(shown: Reading) -> ResponseReturnValue:
    return _opened(shown.id)


@blueprint.post("/readings/<int:reading_id>")
@guarded(queries.reading, Action.ADD_READING)
def correct_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = forms.correction(shown, sent=True), viewer().person_id, shown.id
    if attempt(form, lambda: actions.correct(shown, form.version.data, by=by, **form.given())):
        return _saved(reading_id, form)
    return _opened(reading_id, correction=form)


@blueprint.post("/readings/<int:reading_id>/strike")
@guarded(queries.reading, Action.ADD_READING)
def strike_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = forms.strike(shown, sent=True), viewer().person_id, shown.id
    if attempt(form, lambda: actions.strike(shown, form.version.data, reason=form.reason.data or "", by=by)):
        back = f"/readings/{reading_id}/restoration"
        undo = Undo(_("Struck out: it counts nowhere."), back, {"version": shown.version})
        return _saved(reading_id, form, undo)
    return _opened(reading_id, strike=form)


@blueprint.post("/readings/<int:reading_id>/restoration")
@guarded(queries.reading, Action.ADD_READING)
def restore_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = VersionForm(), viewer().person_id, shown.id
    if attempt(form, lambda: actions.restore_reading(shown, form.version.data, by=by)):
        return _saved(reading_id, form, say=_("It counts again."))
    return _opened(reading_id, trouble=form)


def _saved(reading_id: int, form: Form, undo: Undo | None = None, say: str = "") -> ResponseReturnValue:
    """The table again, and the newest value above it."""
    place, shown = Place.of(request.args), pages.reading(viewer(), reading_id)
    fresh = pages.measure(viewer(), shown.measure_id)
    parts = pages.head(fresh), pages.readings(fresh, place)
    return done(*parts, to=f"/measures/{fresh.id}{place.query}#reading-{reading_id}", form=form, undo=undo, say=say)


def _opened(
    reading_id: int,
    *,
    correction: CorrectionForm | None = None,
    strike: StrikeForm | None = None,
    trouble: VersionForm | None = None,
) -> ResponseReturnValue:
    """The reading on its own page, or its line of the table open; with the form that was refused, where one was."""
    shown, place = pages.reading(viewer(), reading_id), Place.of(request.args)
    editor = Editor(
        shown, correction or forms.correction(shown), strike or forms.strike(shown), trouble, pages.today(shown.measure)
    )
    refused = correction or strike or trouble
    status = refused.http_status if refused else 200
    if htmx.asked():
        of = pages.measure(viewer(), shown.measure_id)
        return htmx.pieces((pages.readings(of, place, editor),), status)
    past = pages.history(reading_id)
    return page("measures/reading.html", status=status, editor=editor, place=place, past=past, **pages.WORDS)
