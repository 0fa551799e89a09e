"""The administrator's look into a closed board, and the way to it from an address that is nothing to everyone else."""

from __future__ import annotations

from flask import g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from kata.access.guard import guarded, viewer
from kata.access.policy import Action, Scope, allows
from kata.storyboards.actions import boards as actions
from kata.storyboards.forms import OpeningForm
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.routes import blueprint
from kata.web.errors import in_words
from kata.web.forms import attempt
from kata.web.render import page, problem, refused


@blueprint.get("/boards/<int:board_id>/opening")
@guarded(queries.closed_board, Action.OPEN_CLOSED_BOARD)
def ask_opening(board: Storyboard) -> ResponseReturnValue:
    return page("storyboards/opening.html", form=OpeningForm(), board_id=board.id)


@blueprint.post("/boards/<int:board_id>/opening")
@guarded(queries.closed_board, Action.OPEN_CLOSED_BOARD)
def open_board(board: Storyboard) -> ResponseReturnValue:
    form = OpeningForm()
    if attempt(form, lambda: actions.open_closed(board, form.reason.data, by=viewer().person_id)):
        return make_response(redirect(f"/boards/{board.id}", 303))
    return refused("storyboards/opening.html", form, board_id=board.id)


@blueprint.errorhandler(NotFound)
def offer_opening(error: NotFound) -> ResponseReturnValue:
    """Still 404, since the board is as closed as it was; who may open it is told how, and nobody else that it is."""
    board_id = (request.view_args or {}).get("board_id")
    if request.method != "GET" or board_id is None or not _may_open(board_id):
        return in_words(error)
    return problem(
        error,
        _("This storyboard is closed to its team"),
        _("As an administrator you may look into it for an hour. The team will see that you did, when, and why."),
        link=f"/boards/{board_id}/opening",
        link_text=_("Look into it"),
    )


def _may_open(board_id: int) -> bool:
    """Asked of the policy first: for everyone else a closed board costs no more time than one that never was."""
    who = g.get("viewer")
    if who is None or not allows(who, Action.OPEN_CLOSED_BOARD, Scope()):
        return False
    return queries.board(who, board_id=board_id) is None and queries.closed_board(who, board_id=board_id) is not None
