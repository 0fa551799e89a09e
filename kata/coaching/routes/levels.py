"""Observed levels: all of a person's, a new one, and the files of their levels and cycles."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching import export
from kata.coaching.actions import levels as actions
from kata.coaching.forms.skills import LevelForm
from kata.coaching.pages import levels as pages
from kata.coaching.pages import practice
from kata.coaching.paging import Key
from kata.coaching.queries import cycles
from kata.coaching.queries import levels as queries
from kata.coaching.queries.people import Practitioner, practitioner
from kata.coaching.routes import blueprint
from kata.extensions import db
from kata.web import csv, htmx
from kata.web.forms import attempt
from kata.web.render import done, page


@blueprint.get("/people/<int:person_id>/levels")
@guarded(practitioner, Action.READ_PRACTICE)
def levels(person: Practitioner) -> ResponseReturnValue:
    before = request.args.get("before", type=Key.read)
    return page("coaching/levels.html", **pages.listed(viewer(), person, before))


@blueprint.get("/people/<int:person_id>/levels.csv")
@guarded(practitioner, Action.READ_PRACTICE)
def levels_csv(person: Practitioner) -> ResponseReturnValue:
    rows = db.session.execute(queries.listing(person.id, practice.read_by(viewer(), person)))
    return csv.answer(f"{person.name} {_('Levels')}", export.LEVELS, rows)


@blueprint.get("/people/<int:person_id>/cycles.csv")
@guarded(practitioner, Action.READ_PRACTICE)
def cycles_csv(person: Practitioner) -> ResponseReturnValue:
    return csv.answer(f"{person.name} {_('Cycles')}", export.CYCLES, practice.every_cycle(viewer(), person))


@blueprint.get("/people/<int:person_id>/levels/new")
@guarded(practitioner, Action.OBSERVE_LEVEL)
def new_level(person: Practitioner) -> ResponseReturnValue:
    cycle_id, skill_id = request.args.get("cycle", type=int), request.args.get("skill", type=int)
    part = pages.observing(viewer(), person, cycle_id=cycle_id, skill_id=skill_id)
    return page("coaching/level_new.html", partial=part, **part.context)


@blueprint.post("/people/<int:person_id>/levels")
@guarded(practitioner, Action.OBSERVE_LEVEL)
def observe_level(person: Practitioner) -> ResponseReturnValue:
    form = LevelForm()
    form = LevelForm(draft=f"person-{person.id}-level-{form.skill_id.data or 'new'}")
    if attempt(form, lambda: actions.observe(person, form.seen(), by=viewer())):
        return _observed(person, form)
    found = {"cycle_id": form.cycle_id.data, "skill_id": form.skill_id.data}
    part = pages.observing(viewer(), person, **found, form=form)
    return page("coaching/level_new.html", status=form.http_status, partial=part, **part.context)


def _observed(person: Practitioner, form: LevelForm) -> Response:
    """What changed where the form stood: on the person's page how they grew, at a cycle what was observed there."""
    cycle_id, home = form.cycle_id.data, f"/people/{person.id}"
    say = _("Written down. The newest holds; the older ones stay.")
    if not htmx.asked() or htmx.stands_on(f"{home}/levels/new"):
        return done(to=_place(home, cycle_id), form=form, say=say)
    if htmx.stands_on(home):
        return done(practice.growth(viewer(), person), to=home, form=form, say=say)
    return done(pages.observing(viewer(), person, cycle_id=cycle_id), to=home, form=form, say=say)


def _place(home: str, cycle_id: int | None) -> str:
    """Where the level was written down: at a cycle that runs, in one that has ended, or on the person's page."""
    cycle = cycles.cycle(viewer(), cycle_id=cycle_id) if cycle_id is not None else None
    if cycle is None:
        return f"{home}#growth"
    return f"/boards/{cycle.board_id}/coach#level-new" if cycle.running else f"/cycles/{cycle.id}#level-new"
