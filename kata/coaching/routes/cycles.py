"""A cycle as its coach runs it: begin, go through the card, plan the next step, close."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching import card
from kata.coaching.actions import cycles as actions
from kata.coaching.forms.cycles import BeginForm, ClosingForm, NextStepForm, SeeForm, TurnForm
from kata.coaching.models import CoachingCycle
from kata.coaching.pages import guide as guides
from kata.coaching.pages.rhythms import rhythm_line
from kata.coaching.queries import cycles as queries
from kata.coaching.queries import instructions
from kata.coaching.routes import blueprint
from kata.extensions import end_writing
from kata.storyboards import pages as boards
from kata.storyboards.actions.experiments import Plan
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as board_queries
from kata.storyboards.queries import heads
from kata.storyboards.queries.heads import Seen, scope_of
from kata.storyboards.routes.due import offer_measures
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import done, page, problem_of, refused, show


@blueprint.get("/boards/<int:board_id>/coach")
@guarded(heads.seen, Action.COACH)
def coach_board(board: Seen) -> ResponseReturnValue:
    """The guide where this coach's cycle stands; the way into one where none runs."""
    cycle = queries.running(board.id)
    if cycle is None or cycle.coach_id != viewer().person_id:
        return _entrance(board.head, cycle)
    if htmx.asked():
        return show("", guides.partial(viewer(), cycle))
    return _guide_page(board.head, cycle)


def _entrance(head: Any, cycle: CoachingCycle | None, form: Form | None = None) -> Response:
    context: dict[str, Any] = {
        "place": boards.place_of(viewer(), head),
        "cycle": cycle,
        "steps": card.STEPS,
        "last": queries.last_held(head.id, viewer().person_id),
        "told_rows": instructions.carried(viewer().person_id),
        "rhythm": rhythm_line(viewer(), head.id, scope_of(head)),
    }
    if form is not None:
        return refused("coaching/entrance.html", form, **context)
    return page("coaching/entrance.html", form=BeginForm(), **context)


def _guide_page(head: Any, cycle: CoachingCycle, form: Form | None = None) -> Response:
    """The guide over the board; once the questions are through nobody looks at the board any more."""
    asking = cycle.place != card.CLOSING
    around = boards.working_sheets(viewer(), head) if asking else {"place": boards.place_of(viewer(), head)}
    context = {**around, "asking": asking, **guides.context(viewer(), cycle, form)}
    return page("coaching/guide.html", status=form.http_status if form else 200, **context)


def _again(cycle_id: int, board_id: int, form: Form) -> Response:
    """The guide with what was refused, read anew: the rollback let go of all that was loaded."""
    cycle = queries.cycle(viewer(), cycle_id=cycle_id) or abort(404)
    if cycle.coach_id != viewer().person_id or not (cycle.running or form.theirs):
        return problem_of(form, f"/boards/{board_id}/coach")
    if htmx.asked():
        return htmx.pieces((guides.partial(viewer(), cycle, form),), form.http_status)
    return _guide_page(heads.head(board_id), cycle, form)


def _turned(cycle: CoachingCycle, form: Form | None, *sheets: str) -> Response:
    """The guide at its next place, with the sheets of the board that changed."""
    changed: tuple[Partial, ...] = ()
    end_writing()
    if htmx.asked():
        changed = (guides.partial(viewer(), cycle), *boards.partials(viewer(), cycle.board_id, *sheets))
    return done(*changed, to=f"/boards/{cycle.board_id}/coach", form=form)


@blueprint.post("/boards/<int:board_id>/cycles")
@guarded(board_queries.board, Action.COACH)
def begin_cycle(board: Storyboard) -> ResponseReturnValue:
    form, address = BeginForm(), f"/boards/{board.id}/coach"
    if attempt(form, lambda: actions.begin(board, by=viewer().person_id)):
        return done(to=address, form=form)
    return _entrance(heads.head(board.id), queries.running(board.id), form)


@blueprint.post("/cycles/<int:cycle_id>/turn")
@guarded(queries.cycle, Action.COACH)
def turn(cycle: CoachingCycle) -> ResponseReturnValue:
    """On, back, to any question, or to where facts end: what was noted is kept wherever it goes."""
    form, number, board_id = TurnForm(), cycle.id, cycle.board_id
    form.draft = f"cycle-{number}-{form.left.data}"
    threshold = "threshold" in request.form
    note = cycle.noted if form.left.data == cycle.place else queries.note(number, form.left.data or "")
    to = "next" if threshold else request.form.get("to", card.after(cycle.place))
    if attempt(
        form,
        lambda: actions.turn(
            cycle,
            form.left.data or "",
            to,
            form.words.data,
            form.version.data,
            note=note,
            threshold=threshold,
            by=viewer().person_id,
        ),
    ):
        return _turned(cycle, form) if cycle.running else _kept(cycle, form)
    return _again(number, board_id, form)


def _kept(cycle: CoachingCycle, form: Form) -> Response:
    """Where a note leads that came after the end."""
    return done(to=f"/cycles/{cycle.id}", form=form, say=_("The cycle had ended on another device. Your note is kept."))


@blueprint.post("/cycles/<int:cycle_id>/step")
@guarded(queries.cycle, Action.COACH)
def plan_step(cycle: CoachingCycle) -> ResponseReturnValue:
    """The next step stands on the board; what is open there already may stay it."""
    number, board_id, by = cycle.id, cycle.board_id, viewer().person_id
    if "keep" in request.form:
        if attempt(kept := Form(), lambda: actions.keep_step(cycle, by=by)):
            return _turned(cycle, None)
        return problem_of(kept, f"/boards/{board_id}/coach")
    form = NextStepForm(draft=f"cycle-{number}-step")
    offer_measures(cycle.board.team_id, form)
    if attempt(form, lambda: actions.plan_step(cycle, _plan(form), by=by)):
        return _turned(cycle, form, "record")
    return _again(number, board_id, form)


def _plan(form: NextStepForm) -> Plan:
    return Plan(
        kind=form.kind.data,
        step=form.step.data,
        expectation=form.expectation.data,
        check_on=None,
        measure_id=form.measure_id.data,
        expected_value=form.expected_value.data,
    )


@blueprint.post("/cycles/<int:cycle_id>/seeing")
@guarded(queries.cycle, Action.COACH)
def go_and_see(cycle: CoachingCycle) -> ResponseReturnValue:
    form, number, board_id = SeeForm(draft=f"cycle-{cycle.id}-see"), cycle.id, cycle.board_id
    step = queries.step(cycle, lock=True) or abort(404)
    if attempt(
        form,
        lambda: actions.go_and_see(cycle, step, form.version.data, form.check_on.data, by=viewer().person_id),
    ):
        return _turned(cycle, form, "record")
    return _again(number, board_id, form)


@blueprint.post("/cycles/<int:cycle_id>/coach")
@guarded(queries.cycle, Action.COACH)
def take_over(cycle: CoachingCycle) -> ResponseReturnValue:
    form, address = Form(), f"/boards/{cycle.board_id}/coach"
    if attempt(form, lambda: actions.take_over(cycle, by=viewer().person_id)):
        return done(to=address, say=_("You go on with this cycle now."))
    return problem_of(form, address)


@blueprint.post("/cycles/<int:cycle_id>/closing")
@guarded(queries.cycle, Action.COACH)
def close(cycle: CoachingCycle) -> ResponseReturnValue:
    form, number, board_id = ClosingForm(draft=f"cycle-{cycle.id}-closing"), cycle.id, cycle.board_id
    texts = {
        card.FEEDBACK: (form.feedback.data, form.feedback_version.data),
        card.PRACTICE: (form.practice.data, form.practice_version.data),
    }
    if attempt(form, lambda: actions.close(cycle, texts, by=viewer().person_id)):
        return done(to=f"/cycles/{number}", form=form, say=_("The cycle is kept."))
    return _again(number, board_id, form)


@blueprint.post("/cycles/<int:cycle_id>/breaking-off")
@guarded(queries.cycle, Action.COACH)
def break_off(cycle: CoachingCycle) -> ResponseReturnValue:
    form, board_id = Form(), cycle.board_id
    if attempt(form, lambda: actions.break_off(cycle, by=viewer().person_id)):
        return done(to=f"/boards/{board_id}", say=_("Broken off. What was noted is kept."))
    return problem_of(form, f"/boards/{board_id}/coach")
