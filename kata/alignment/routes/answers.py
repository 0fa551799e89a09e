"""What leaders do with a barrier, and how those whom it concerns take note."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.alignment import actions, pages
from kata.alignment.forms import AnswerForm, PassingForm, TogetherForm
from kata.alignment.models import Barrier
from kata.alignment.queries import barriers as queries
from kata.alignment.queries import lists
from kata.alignment.routes import blueprint
from kata.extensions import end_writing
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page, problem_of


@blueprint.get("/barriers/<int:barrier_id>/answer")
@guarded(queries.barrier, Action.ANSWER_BARRIER)
def new_answer(barrier: Barrier) -> ResponseReturnValue:
    return _editing(barrier, pages.answering(barrier, today=lists.today(viewer())))


@blueprint.post("/barriers/<int:barrier_id>/answer")
@guarded(queries.barrier, Action.ANSWER_BARRIER)
def answer(barrier: Barrier) -> ResponseReturnValue:
    form, number, who = AnswerForm(draft=f"barrier-{barrier.id}-answer"), barrier.id, viewer()
    today = lists.today(who)
    seen, by = form.version.data, who.person_id
    if attempt(form, lambda: actions.answer(barrier, seen, form.said(), by=by, today=today)):
        return _done(number, form, _("Answered. The teams that wait see it on their boards."))
    return _editing(barrier, pages.answering(_again(number), form, today), form.http_status)


@blueprint.get("/barriers/<int:barrier_id>/passing")
@guarded(queries.barrier, Action.ANSWER_BARRIER)
def new_passing(barrier: Barrier) -> ResponseReturnValue:
    return _editing(barrier, pages.passing(barrier))


@blueprint.post("/barriers/<int:barrier_id>/passing")
@guarded(queries.barrier, Action.ANSWER_BARRIER)
def pass_up(barrier: Barrier) -> ResponseReturnValue:
    form, number, by = PassingForm(draft=f"barrier-{barrier.id}-passing"), barrier.id, viewer().person_id
    if attempt(form, lambda: actions.pass_up(barrier, form.version.data, form.reason.data, by=by)):
        return _done(number, form, _("Passed up. The team sees who has it now, and why."))
    return _editing(barrier, pages.passing(_again(number), form), form.http_status)


def _done(barrier_id: int, form: Form, say: str) -> Response:
    """On Today and on the leaders' pages what still waits; elsewhere the barrier's page anew."""
    if htmx.asked() and (htmx.stands_on("/") or htmx.stands_below("/leadership")):
        end_writing()
        return done(pages.to_answer(viewer()), to="/", form=form, say=say)
    return done(to=f"/barriers/{barrier_id}", form=form, say=say)


def _editing(barrier: Barrier, editor: Partial, status: int = 200) -> Response:
    """The editor in its place: by itself to htmx, else within the barrier's page."""
    if htmx.asked():
        return htmx.pieces((editor,), status)
    return page("alignment/barrier.html", status=status, editor=editor, **pages.whole(viewer(), barrier.id))


def _again(barrier_id: int) -> Barrier:
    """The barrier as it stands after a refused write, whose rollback let go of all that was loaded."""
    return queries.barrier(viewer(), barrier_id=barrier_id) or abort(404)


@blueprint.post("/barriers/<int:barrier_id>/companions")
@guarded(queries.barrier_to_join, Action.ANSWER_BARRIER)
def put_together(barrier: Barrier) -> ResponseReturnValue:
    form, number = TogetherForm(), barrier.id
    if attempt(form, lambda: actions.put_together(barrier, form.other.data, by=viewer())):
        undo = Undo(_("Put together: one answer reaches both."), f"/barriers/{form.other.data}/parting")
        return done(to=f"/barriers/{number}", undo=undo)
    return problem_of(form, f"/barriers/{number}")


@blueprint.post("/barriers/<int:barrier_id>/parting")
@guarded(queries.barrier, Action.ANSWER_BARRIER)
def take_apart(barrier: Barrier) -> ResponseReturnValue:
    form, number = Form(), barrier.id
    if attempt(form, lambda: actions.take_apart(barrier, by=viewer().person_id)):
        return done(to=f"/barriers/{number}", say=_("Taken apart: each is answered by itself again."))
    return problem_of(form, f"/barriers/{number}")


@blueprint.post("/barriers/<int:barrier_id>/reading")
@guarded(queries.barrier, Action.READ)
def take_note(barrier: Barrier) -> ResponseReturnValue:
    form, number = Form(), barrier.id
    if not attempt(form, lambda: actions.take_note(barrier, by=viewer().person_id)):
        return problem_of(form, "/")
    if htmx.asked() and htmx.stands_on("/"):
        end_writing()
        return done(pages.news(viewer()), to="/")
    return done(to=f"/barriers/{number}")
