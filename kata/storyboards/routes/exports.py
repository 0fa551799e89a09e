"""The lists of this room as files for a spreadsheet."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.storyboards import export
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import history, lists, sheets
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.boards import asked_list
from kata.web import csv


@blueprint.get("/boards.csv")
@signed_in
def boards_csv() -> ResponseReturnValue:
    shown, words = asked_list()
    return csv.answer(_("Storyboards"), export.BOARDS, lists.everything(viewer(), show=shown, words=words))


@blueprint.get("/boards/<int:board_id>/experiments.csv")
@guarded(queries.board, Action.READ)
def experiments_csv(board: Storyboard) -> ResponseReturnValue:
    name = f"{board.focus_process} {_('Experiments')}"
    return csv.answer(name, export.EXPERIMENTS, sheets.record(board.id), board.team.time_zone)


@blueprint.get("/boards/<int:board_id>/obstacles.csv")
@guarded(queries.board, Action.READ)
def obstacles_csv(board: Storyboard) -> ResponseReturnValue:
    name = f"{board.focus_process} {_('Obstacles')}"
    return csv.answer(name, export.OBSTACLES, sheets.every_obstacle(board.id), board.team.time_zone)


@blueprint.get("/boards/<int:board_id>/history.csv")
@guarded(queries.board, Action.READ)
def history_csv(board: Storyboard) -> ResponseReturnValue:
    name = f"{board.focus_process} {_('History')}"
    return csv.answer(name, export.HISTORY, history.events(board.id), board.team.time_zone)
