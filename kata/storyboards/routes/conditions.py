"""The current condition: every version kept, the newest on the board."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards import pages
from kata.storyboards.actions import conditions as actions
from kata.storyboards.forms import ConditionForm
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import edit, saved
from kata.web.forms import attempt, spare_rows
from kata.web.render import page

SPARE_STEPS = 3


@blueprint.get("/boards/<int:board_id>/conditions")
@guarded(queries.board, Action.READ)
def list_conditions(board: Storyboard) -> ResponseReturnValue:
    """Every version of the current condition, newest first."""
    return page(
        "storyboards/conditions.html",
        place=pages.place(viewer(), board.id),
        conditions=sheets.conditions(board.id),
        targets=sheets.targets(board.id),
    )


@blueprint.get("/boards/<int:board_id>/conditions/new")
@guarded(queries.board, Action.WRITE_BOARD)
def new_condition(board: Storyboard) -> ResponseReturnValue:
    latest = sheets.condition(board.id)
    form = ConditionForm(
        draft=f"board-{board.id}-condition",
        version=str(latest.number) if latest else "0",
        facts=latest.facts if latest else "",
        as_of=clock.today(board.team.time_zone),
        steps=list(latest.steps) if latest else [],
    )
    return _editor(board, form)


@blueprint.post("/boards/<int:board_id>/conditions")
@guarded(queries.board, Action.WRITE_BOARD)
def describe_condition(board: Storyboard) -> ResponseReturnValue:
    form = ConditionForm(draft=f"board-{board.id}-condition")
    if attempt(
        form,
        lambda: actions.describe(
            board,
            form.seen,
            as_of=form.as_of.data,
            facts=form.facts.data,
            steps=form.written_steps(),
            by=viewer().person_id,
        ),
    ):
        return saved(board.id, "head", "actual", "process", "target", form=form, at="actual")
    return _editor(board, form)


def _editor(board: Storyboard, form: ConditionForm) -> Response:
    spare_rows(form.steps, len(form.written_steps()) + SPARE_STEPS, f"board-{board.id}")
    return edit(board.id, "actual", "_actual_edit.html", _("Current condition"), form)
