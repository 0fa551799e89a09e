"""The parking lot."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards.actions import obstacles as actions
from kata.storyboards.forms import NewObstacleForm, ObstacleEndingForm, ObstacleForm, PositionForm
from kata.storyboards.models import Obstacle, Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import edit, parked, saved
from kata.web.forms import Form, attempt
from kata.web.render import Undo, problem_of


@blueprint.get("/boards/<int:board_id>/obstacles/new")
@guarded(queries.board, Action.WRITE_BOARD)
def new_obstacle(board: Storyboard) -> ResponseReturnValue:
    return _adding(board, NewObstacleForm(draft=f"board-{board.id}-obstacle"))


@blueprint.post("/boards/<int:board_id>/obstacles")
@guarded(queries.board, Action.WRITE_BOARD)
def add_obstacle(board: Storyboard) -> ResponseReturnValue:
    form, parked_now = NewObstacleForm(draft=f"board-{board.id}-obstacle"), []
    if attempt(form, lambda: parked_now.append(actions.add(board, form.text.data, by=viewer().person_id))):
        if not parked_now:  # it was, by the same submission before
            return saved(board.id, "obstacles", form=form, at="obstacles")
        return parked(board.id, parked_now[0].target_id, form=form)
    return _adding(board, form)


def _adding(board: Storyboard, form: Form) -> Response:
    return edit(board.id, "obstacle-new", "_obstacle_new.html", _("Add an obstacle"), form)


@blueprint.get("/obstacles/<int:obstacle_id>/edit")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def edit_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    return _wording(obstacle, ObstacleForm(obj=obstacle, draft=f"obstacle-{obstacle.id}"))


@blueprint.post("/obstacles/<int:obstacle_id>")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def rewrite_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form, target_id = ObstacleForm(draft=f"obstacle-{obstacle.id}"), obstacle.target_id
    if attempt(form, lambda: actions.rewrite(obstacle, form.version.data, form.text.data, by=viewer().person_id)):
        return parked(obstacle.board_id, target_id, form=form)
    return _wording(obstacle, form)


def _wording(obstacle: Obstacle, form: Form) -> Response:
    root = f"obstacle-{obstacle.id}"
    return edit(obstacle.board_id, root, "_obstacle_edit.html", _("Obstacle"), form, obstacle=obstacle)


@blueprint.get("/obstacles/<int:obstacle_id>/ending")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def ask_obstacle_ending(obstacle: Obstacle) -> ResponseReturnValue:
    return _ending(obstacle, ObstacleEndingForm(draft=f"obstacle-{obstacle.id}-ending", status="removed"))


@blueprint.post("/obstacles/<int:obstacle_id>/ending")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def end_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form = ObstacleEndingForm(draft=f"obstacle-{obstacle.id}-ending")
    if attempt(form, lambda: actions.end(obstacle, form.status.data, form.note.data, by=viewer().person_id)):
        undo = Undo(_("It has left the parking lot."), f"/obstacles/{obstacle.id}/return")
        return saved(obstacle.board_id, "obstacles", "record", form=form, undo=undo, at="obstacles")
    return _ending(obstacle, form)


def _ending(obstacle: Obstacle, form: Form) -> Response:
    root = f"obstacle-{obstacle.id}"
    return edit(obstacle.board_id, root, "_obstacle_ending.html", _("Obstacle"), form, obstacle=obstacle)


@blueprint.post("/obstacles/<int:obstacle_id>/return")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def return_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form = Form()
    if attempt(form, lambda: actions.put_back(obstacle, by=viewer().person_id)):
        return parked(obstacle.board_id, obstacle.target_id)
    return problem_of(form, f"/boards/{obstacle.board_id}#obstacles")


@blueprint.post("/obstacles/<int:obstacle_id>/focus")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def focus_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form, before = Form(), []
    if attempt(form, lambda: before.append(actions.focus(obstacle, by=viewer().person_id))):
        was = before[0] if before else None
        back = f"/obstacles/{was.id}/focus" if was else f"/obstacles/{obstacle.id}/waiting"
        return saved(obstacle.board_id, "obstacles", "record", undo=Undo(_("In focus now."), back), at="obstacles")
    return problem_of(form, f"/boards/{obstacle.board_id}#obstacles")


@blueprint.post("/obstacles/<int:obstacle_id>/waiting")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def unfocus_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form = Form()
    if attempt(form, lambda: actions.unfocus(obstacle, by=viewer().person_id)):
        undo = Undo(_("Back in the parking lot."), f"/obstacles/{obstacle.id}/focus")
        return saved(obstacle.board_id, "obstacles", "record", undo=undo, at="obstacles")
    return problem_of(form, f"/boards/{obstacle.board_id}#obstacles")


@blueprint.post("/obstacles/<int:obstacle_id>/position")
@guarded(queries.obstacle, Action.WRITE_BOARD)
def move_obstacle(obstacle: Obstacle) -> ResponseReturnValue:
    form, before = PositionForm(), []
    if attempt(form, lambda: before.append(actions.move(obstacle, form.to.data, by=viewer().person_id))):
        undo = Undo(_("Moved."), f"/obstacles/{obstacle.id}/position", {"to": before[0]})
        return parked(obstacle.board_id, obstacle.target_id, undo=undo)
    return problem_of(form, f"/boards/{obstacle.board_id}#obstacles")
