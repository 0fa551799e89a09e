"""Cycles as they can be read: those of a board, the page of each, the learner's reflection; and one held on paper."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching import card, export
from kata.coaching.actions import cycles as actions
from kata.coaching.forms.cycles import HeldForm, ReflectionForm
from kata.coaching.models import CoachingCycle
from kata.coaching.pages import cycle as pages
from kata.coaching.queries import cycles as queries
from kata.coaching.queries import held
from kata.coaching.routes import blueprint
from kata.storyboards import pages as boards
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as board_queries
from kata.storyboards.queries import heads
from kata.storyboards.queries.heads import Seen
from kata.storyboards.routes.boards import row_number
from kata.web import csv, htmx
from kata.web.forms import attempt
from kata.web.render import done, page, refused


@blueprint.get("/boards/<int:board_id>/cycles")
@guarded(heads.seen, Action.READ)
def list_cycles(board: Seen) -> ResponseReturnValue:
    """That cycles were held is open to whoever sees the board; the rest to those whom it concerns."""
    before = request.args.get("before", type=row_number)
    rows = held.listed(viewer(), board.id, before)
    older = rows[held.SIZE - 1].id if len(rows) > held.SIZE else None
    running = queries.running(board.id) if before is None else None
    context: dict[str, Any] = {"rows": rows[: held.SIZE], "older": older, "running": running, "steps": card.STEPS}
    return page("coaching/cycles.html", place=boards.place_of(viewer(), board.head), **context)


@blueprint.get("/boards/<int:board_id>/cycles.csv")
@guarded(heads.seen, Action.READ)
def cycles_of_board_csv(board: Seen) -> ResponseReturnValue:
    name = f"{board.head.focus_process} {_('Coaching cycles')}"
    return csv.answer(name, export.BOARD_CYCLES, held.every(viewer(), board.id))


@blueprint.get("/cycles/<int:cycle_id>")
@guarded(queries.cycle, Action.READ)
def show_cycle(cycle: CoachingCycle) -> ResponseReturnValue:
    """The whole page; to htmx the reflection, whose editor was cancelled."""
    if htmx.asked():
        return htmx.pieces((pages.reflection(cycle),))
    return page("coaching/cycle.html", **pages.context(viewer(), cycle))


@blueprint.get("/cycles/<int:cycle_id>/reflection")
@guarded(queries.cycle, Action.REFLECT)
def edit_reflection(cycle: CoachingCycle) -> ResponseReturnValue:
    form = pages.reflection_form(cycle, queries.note(cycle.id, card.REFLECTION))
    if htmx.asked():
        return htmx.pieces((pages.reflection(cycle, form),))
    return page("coaching/cycle.html", **pages.context(viewer(), cycle, form))


@blueprint.post("/cycles/<int:cycle_id>/reflection")
@guarded(queries.cycle, Action.REFLECT)
def reflect(cycle: CoachingCycle) -> ResponseReturnValue:
    form, number = ReflectionForm(draft=f"cycle-{cycle.id}-reflection"), cycle.id
    if attempt(form, lambda: actions.reflect(cycle, form.words.data, form.version.data, by=viewer().person_id)):
        return done(pages.reflection(cycle), to=f"/cycles/{number}#reflection", form=form)
    cycle = queries.cycle(viewer(), cycle_id=number) or abort(404)
    if htmx.asked():
        return htmx.pieces((pages.reflection(cycle, form),), form.http_status)
    return page("coaching/cycle.html", status=form.http_status, **pages.context(viewer(), cycle, form))


@blueprint.get("/boards/<int:board_id>/cycles/new")
@guarded(heads.seen, Action.COACH)
def new_held(board: Seen) -> ResponseReturnValue:
    return page("coaching/held.html", form=_held_form(board.id), **_held(board.head))


@blueprint.post("/boards/<int:board_id>/cycles/held")
@guarded(board_queries.board, Action.COACH)
def enter_held(board: Storyboard) -> ResponseReturnValue:
    form, number, entered = _held_form(board.id), board.id, list[CoachingCycle]()
    by = viewer().person_id
    if attempt(form, lambda: entered.append(actions.enter_held(board, form.held_on.data, form.texts, by=by))):
        to = f"/cycles/{entered[0].id}" if entered else f"/boards/{number}/cycles"
        return done(to=to, form=form, say=_("The cycle is kept."))
    return refused("coaching/held.html", form, **_held(heads.head(number)))


def _held_form(board_id: int) -> HeldForm:
    return HeldForm(draft=f"board-{board_id}-held")


def _held(head: Any) -> dict[str, Any]:
    return {"place": boards.place_of(viewer(), head), "steps": card.STEPS}
