"""The rhythm of a board: set, changed, ended and taken up again by those who run the board."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching.actions import rhythms as actions
from kata.coaching.forms.rhythms import RhythmForm
from kata.coaching.models import CoachingRhythm
from kata.coaching.queries import rhythms as queries
from kata.coaching.routes import blueprint
from kata.storyboards import pages as boards
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as board_queries
from kata.storyboards.routes.answers import again
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, page, problem_of, refused

USUAL = {"at": time(9, 15), "minutes": 20}


@blueprint.get("/boards/<int:board_id>/rhythm")
@guarded(board_queries.board, Action.RUN_BOARD)
def edit_rhythm(board: Storyboard) -> ResponseReturnValue:
    rhythm, today = queries.of_board(board.id), clock.today(board.team.time_zone)
    first = max(rhythm.starts_on, today) if rhythm is not None else today
    usual = {"days": board.team.practice_days, **USUAL} if rhythm is None else {}
    form = RhythmForm(obj=rhythm, draft=_draft(board), **usual)
    form.starts_on.data = first
    return page("coaching/rhythm.html", form=form, **_around(board, rhythm))


@blueprint.post("/boards/<int:board_id>/rhythm")
@guarded(board_queries.board, Action.RUN_BOARD)
def set_rhythm(board: Storyboard) -> ResponseReturnValue:
    form, by = RhythmForm(draft=_draft(board)), viewer().person_id
    values = {name: form[name].data for name in ("at", "minutes", "starts_on")}
    seen = form.version.data
    if attempt(form, lambda: actions.set_rhythm(board, seen, days=form.days.mask, **values, by=by)):
        return done(to=f"/boards/{board.id}/edit#rhythm", form=form, say=_("The cycles are planned."))
    board = again(board.id)
    return refused("coaching/rhythm.html", form, **_around(board, queries.of_board(board.id)))


@blueprint.post("/boards/<int:board_id>/rhythm/ending")
@guarded(board_queries.board, Action.RUN_BOARD)
def end_rhythm(board: Storyboard) -> ResponseReturnValue:
    form, back, number = Form(), request.form.get("back") == "1", board.id
    change = actions.take_up_rhythm if back else actions.end_rhythm
    if not attempt(form, lambda: change(board, by=viewer().person_id)):
        return problem_of(form, f"/boards/{number}/rhythm")
    address = f"/boards/{number}/rhythm/ending"
    undo = None if back else Undo(_("No further cycle is planned. What was held stays."), address, {"back": "1"})
    return done(to=f"/boards/{number}/edit#rhythm", undo=undo, say=_("The cycles are planned again."))


def _draft(board: Storyboard) -> str:
    return f"board-{board.id}-rhythm"


def _around(board: Storyboard, rhythm: CoachingRhythm | None) -> dict[str, Any]:
    live = rhythm is not None and rhythm.live
    return {"place": boards.place(viewer(), board.id), "live": live, "board": board}
