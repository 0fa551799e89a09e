"""What a coach does with an instruction of the second coach: make it a habit, or take it up again."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching.actions import instructions as actions
from kata.coaching.models import Instruction
from kata.coaching.queries import instructions as queries
from kata.coaching.routes import blueprint
from kata.web import redirects
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done


@blueprint.post("/instructions/<int:instruction_id>/habit")
@guarded(queries.instruction, Action.MARK_HABIT)
def mark_habit(instruction: Instruction) -> ResponseReturnValue:
    """It is a habit now: it goes from where it stood, and can be brought back."""
    address = f"/instructions/{instruction.id}/carrying"
    attempt(form := Form(), lambda: actions.mark_habit(instruction, by=viewer().person_id))
    told = Partial(f"instruction-{instruction.id}", "coaching/_habit.html", {"instruction": instruction})
    return done(told, to=_back(instruction), form=form, undo=Undo(_("A habit now; it is shown no more."), address))


@blueprint.post("/instructions/<int:instruction_id>/carrying")
@guarded(queries.instruction, Action.MARK_HABIT)
def carry_on(instruction: Instruction) -> ResponseReturnValue:
    attempt(form := Form(), lambda: actions.carry_on(instruction, by=viewer().person_id))
    told = Partial(f"instruction-{instruction.id}", "coaching/_habit.html", {"instruction": instruction})
    return done(told, to=_back(instruction), form=form, say=_("It meets you at its question again."))


def _back(instruction: Instruction) -> str:
    """Where the person came from: the cycle that runs, or the page of coaching."""
    return redirects.safe_next(request.form.get("next"), f"/boards/{instruction.cycle.board_id}/coach")
