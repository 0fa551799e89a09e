"""A signal of a measure that the board works on: which experiment expected it?"""

from __future__ import annotations

from typing import TypeVar

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards.actions import signals as actions
from kata.storyboards.forms import SignalAnswerForm, SignalChangeForm, SignalForm
from kata.storyboards.models import SignalAnswer, Storyboard
from kata.storyboards.queries import boards, sheets
from kata.storyboards.queries import signals as queries
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import edit, saved
from kata.web.forms import attempt, offer

Answer = TypeVar("Answer", bound=SignalAnswerForm)

#: So many of the newest experiments are offered.
OFFERED = 20


@blueprint.get("/boards/<int:board_id>/signals/new")
@guarded(boards.board, Action.WRITE_BOARD)
def new_signal_answer(board: Storyboard) -> ResponseReturnValue:
    """Asks about the signal that ``?measure=`` and ``?day=`` name."""
    form = SignalForm(request.args, draft=_draft(board))
    if form.measure_id.data is None or form.day.data is None:
        return redirect(f"/boards/{board.id}#felt", 303)
    return _asking(board, form)


@blueprint.post("/boards/<int:board_id>/signals")
@guarded(boards.board, Action.WRITE_BOARD)
def answer_signal(board: Storyboard) -> ResponseReturnValue:
    form = _offered(board.id, SignalForm(draft=_draft(board)))
    if attempt(form, lambda: actions.answer(board, by=viewer().person_id, **form.answered(), **form.shown())):
        return saved(board.id, "felt", form=form, at="felt")
    return _asking(board, form)


@blueprint.get("/signals/<int:answer_id>/edit")
@guarded(queries.answer, Action.WRITE_BOARD)
def edit_signal_answer(given: SignalAnswer) -> ResponseReturnValue:
    return _changing(given, SignalChangeForm(obj=given, draft=f"signal-{given.id}"))


@blueprint.post("/signals/<int:answer_id>")
@guarded(queries.answer, Action.WRITE_BOARD)
def change_signal_answer(given: SignalAnswer) -> ResponseReturnValue:
    form = _offered(given.board_id, SignalChangeForm(draft=f"signal-{given.id}"))
    if attempt(form, lambda: actions.reword(given, form.version.data, by=viewer().person_id, **form.answered())):
        return saved(given.board_id, "felt", form=form, at="felt")
    return _changing(given, form)


def _draft(board: Storyboard) -> str:
    return f"board-{board.id}-signal"


def _asking(board: Storyboard, form: SignalForm) -> Response:
    return _editor(board.id, form, f"/boards/{board.id}/signals")


def _changing(given: SignalAnswer, form: SignalChangeForm) -> Response:
    return _editor(given.board_id, form, f"/signals/{given.id}")


def _editor(board_id: int, form: SignalAnswerForm, action: str) -> Response:
    title = _("Which experiment expected it?")
    return edit(board_id, "signal", "_signal_edit.html", title, _offered(board_id, form), action=action)


def _offered(board_id: int, form: Answer) -> Answer:
    tried = sheets.experiments(board_id, most=OFFERED)
    words = [(row.id, f"{row.number}: {row.step[:100]}") for row in tried]
    form.experiment_id.choices = offer([("", _("None of them expected it")), *words])
    return form
