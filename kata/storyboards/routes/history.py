"""The wording rules for the browser, and what happened on a board day by day."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.storyboards import pages, wording
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import history
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.boards import row_number
from kata.web.render import page


@blueprint.get("/wording.json")
@signed_in
def wording_rules() -> ResponseReturnValue:
    response = jsonify(wording.as_json())
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@blueprint.get("/boards/<int:board_id>/history")
@guarded(queries.board, Action.READ)
def board_history(board: Storyboard) -> ResponseReturnValue:
    place = pages.place(viewer(), board.id)
    before = request.args.get("before", type=row_number)
    told = history.page(board.id, place.head.time_zone, history.NEWEST if before is None else before)
    return page("storyboards/history.html", place=place, days=told.days, older=told.older, newest=before is None)
