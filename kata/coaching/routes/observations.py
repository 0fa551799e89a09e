"""The second coach at a cycle: the page that follows the coach, what is heard at each question, the instruction."""

from __future__ import annotations

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching.actions import instructions as instructing
from kata.coaching.actions import observations as actions
from kata.coaching.actions.instructions import Told
from kata.coaching.forms.observations import InstructionForm, ObservationForm
from kata.coaching.models import CoachingCycle
from kata.coaching.pages import watching as pages
from kata.coaching.queries import cycles
from kata.coaching.queries import observations as queries
from kata.coaching.queries.observations import Asked
from kata.coaching.routes import blueprint
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import done, page


@blueprint.get("/cycles/<int:cycle_id>/observation")
@guarded(cycles.cycle, Action.WATCH_COACH)
def watch(cycle: CoachingCycle) -> ResponseReturnValue:
    """Live, or afterwards from what was remembered."""
    return page("coaching/observation.html", **pages.context(viewer(), cycle))


@blueprint.get("/cycles/<int:cycle_id>/observation/pulse")
@guarded(cycles.cycle, Action.WATCH_COACH)
def pulse(cycle: CoachingCycle) -> ResponseReturnValue:
    """Where the coach is, or 204 while they are where they were at ``since``; nothing that is typed is touched."""
    if request.args.get("since") == pages.since(cycle):
        return "", 204
    if not htmx.asked():
        return redirect(f"/cycles/{cycle.id}/observation", 303)
    return htmx.pieces((pages.live(cycle),))


@blueprint.post("/cycles/<int:cycle_id>/observations/<question>")
@guarded(queries.asked, Action.WATCH_COACH)
def observe(asked: Asked) -> ResponseReturnValue:
    cycle, question, by = asked.cycle, asked.question, viewer().person_id
    form, number = ObservationForm(draft=pages.draft(cycle.id, question)), cycle.id
    said = (form.coach_said.data, form.learner_said.data)
    if attempt(form, lambda: actions.observe(cycle, question, *said, form.version.data, by=by)):
        piece = pages.observed(cycle, question, row=queries.observation(cycle, question, by))
        return done(piece, to=f"/cycles/{number}/observation#observation-{question}", form=form)
    cycle = cycles.cycle(viewer(), cycle_id=number) or abort(404)
    return _again(cycle, form, pages.observed(cycle, question, form))


@blueprint.post("/cycles/<int:cycle_id>/instruction")
@guarded(cycles.cycle, Action.WATCH_COACH)
def instruct(cycle: CoachingCycle) -> ResponseReturnValue:
    form, number, by = InstructionForm(draft=f"cycle-{cycle.id}-instruction"), cycle.id, viewer().person_id
    told = Told(form.question.data or "", form.trigger.data, form.words.data)
    if attempt(form, lambda: instructing.instruct(cycle, told, form.version.data, by=by)):
        return done(pages.instruction(cycle, by), to=f"/cycles/{number}/observation#instruction", form=form)
    cycle = cycles.cycle(viewer(), cycle_id=number) or abort(404)
    return _again(cycle, form, pages.instruction(cycle, by, form))


def _again(cycle: CoachingCycle, form: Form, part: Partial) -> ResponseReturnValue:
    """The page with what was refused in its place."""
    if htmx.asked():
        return htmx.pieces((part,), form.http_status)
    context = pages.context(viewer(), cycle)
    context["parts"] = [part if part.id == each.id else each for each in context["parts"]]
    if part.id == context["instruction_part"].id:
        context["instruction_part"] = part
    return page("coaching/observation.html", status=form.http_status, **context)
