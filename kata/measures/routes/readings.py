"""One reading: written down, corrected, struck out with a reason, and its way until now."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import actions, forms, pages, queries
from kata.measures.forms import CorrectionForm, NoteForm, StrikeForm, VersionForm
from kata.measures.glance import Glance
from kata.measures.models import Measure, Reading
from kata.measures.pages import Editor, Place
from kata.measures.routes.answers import fresh, glance, refused_with, saved, told
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, page, show

blueprint = Blueprint("readings", __name__)


@blueprint.get("/measures/<int:measure_id>/readings/new")
@guarded(queries.measure, Action.ADD_READING)
def new_reading(shown: Measure) -> ResponseReturnValue:
    """The measure's line on Today, open; ``open=no`` closes it. Without htmx the form on the measure's own page."""
    line = pages.due_line(viewer(), shown) if request.args.get("open") == "no" else pages.due_form(shown)
    return show(f"/measures/{shown.id}#reading-new", line)


@blueprint.post("/measures/<int:measure_id>/readings")
@guarded(queries.measure, Action.ADD_READING)
def add_reading(shown: Measure) -> ResponseReturnValue:
    """Written down; ``card`` says that it was on Today, whose line then tells what was read."""
    form, by, measure_id = forms.new_reading(shown), viewer().person_id, shown.id
    on_today, before = request.form.get("card", type=int) == measure_id, glance(measure_id)
    if attempt(form, lambda: actions.add_reading(shown, by=by, **form.given())):
        if on_today:
            return done(pages.read_line(pages.measure(viewer(), measure_id)), to="/", form=form)
        return told(measure_id, form, lambda now: pages.added(viewer(), now, before, form.day.data))
    of = pages.measure(viewer(), measure_id)
    return refused_with(measure_id, form, pages.due_form(of, form) if on_today else pages.new_reading(of, form))


@blueprint.get("/readings/<int:reading_id>")
@guarded(queries.reading, Action.READ)
def reading(shown: Reading) -> ResponseReturnValue:
    return _opened(shown.id)


@blueprint.post("/readings/<int:reading_id>")
@guarded(queries.reading, Action.ADD_READING)
def correct_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = forms.correction(shown, sent=True), viewer().person_id, shown.id
    day, before = shown.day, glance(shown.measure_id)
    if attempt(form, lambda: actions.correct(shown, form.version.data, by=by, **form.given())):
        return _saved(reading_id, form, before, moved=form.day.data != day)
    return _opened(reading_id, correction=form)


@blueprint.post("/readings/<int:reading_id>/strike")
@guarded(queries.reading, Action.ADD_READING)
def strike_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = forms.strike(shown, sent=True), viewer().person_id, shown.id
    before = glance(shown.measure_id)
    if attempt(form, lambda: actions.strike(shown, form.version.data, reason=form.reason.data or "", by=by)):
        back = f"/readings/{reading_id}/restoration"
        undo = Undo(_("Struck out: it counts nowhere."), back, {"version": shown.version})
        return _saved(reading_id, form, before, undo=undo)
    return _opened(reading_id, strike=form)


@blueprint.post("/readings/<int:reading_id>/restoration")
@guarded(queries.reading, Action.ADD_READING)
def restore_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = VersionForm(), viewer().person_id, shown.id
    before = glance(shown.measure_id)
    if attempt(form, lambda: actions.restore_reading(shown, form.version.data, by=by)):
        return _saved(reading_id, form, before, say=_("It counts again."))
    return _opened(reading_id, trouble=form)


@blueprint.get("/readings/<int:reading_id>/note")
@guarded(queries.reading, Action.ADD_READING)
def edit_note(shown: Reading) -> ResponseReturnValue:
    return _opened(shown.id, note=forms.note(shown))


@blueprint.post("/readings/<int:reading_id>/note")
@guarded(queries.reading, Action.ADD_READING)
def annotate_reading(shown: Reading) -> ResponseReturnValue:
    form, by, reading_id = forms.note(shown, sent=True), viewer().person_id, shown.id
    before = glance(shown.measure_id)
    if attempt(form, lambda: actions.annotate(shown, form.version.data, note=form.note.data or "", by=by)):
        return _saved(reading_id, form, before)
    return _opened(reading_id, note=form)


def _saved(
    reading_id: int,
    form: Form,
    before: Glance | None,
    *,
    moved: bool = False,
    undo: Undo | None = None,
    say: str = "",
) -> ResponseReturnValue:
    """The measure's page again, at the reading's line; all of it where the line moved to another day."""
    measure_id, at = pages.reading(viewer(), reading_id).measure_id, f"#reading-{reading_id}"
    if moved:
        return saved(measure_id, form, at=at)
    changed = partial(pages.rewritten, viewer(), before=before, reading_id=reading_id)
    return told(measure_id, form, changed, at=at, undo=undo, say=say)


def _opened(
    reading_id: int,
    *,
    correction: CorrectionForm | None = None,
    strike: StrikeForm | None = None,
    note: NoteForm | None = None,
    trouble: VersionForm | None = None,
) -> ResponseReturnValue:
    """The reading on its own page, or its line of the table open; with the form that was refused, where one was."""
    shown = pages.reading(viewer(), reading_id)
    editor = Editor(
        shown,
        correction or forms.correction(shown),
        strike or forms.strike(shown),
        trouble,
        pages.today(shown.measure),
        note,
    )
    refused = correction or strike or trouble or note
    status = refused.http_status if refused and refused.errors else 200
    if htmx.asked():
        now = fresh(shown.measure_id)
        return htmx.pieces((pages.readings(now.of, now.seen.whole, now.seen.place, editor),), status)
    past, place = pages.history(reading_id), Place.of(request.args)
    return page("measures/reading.html", status=status, editor=editor, place=place, past=past, **pages.WORDS)
