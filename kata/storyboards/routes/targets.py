"""Target conditions: set, word better, end with a reflection."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures.queries import choices
from kata.measures.words import KIND_SHORT
from kata.storyboards import pages
from kata.storyboards.actions import conditions as actions
from kata.storyboards.actions.conditions import Aim
from kata.storyboards.forms import NewTargetForm, TargetEditForm, TargetEndingForm, TargetForm
from kata.storyboards.models import Storyboard, TargetCondition
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import again, edit, saved
from kata.web.forms import attempt, spare_rows

SPARE_AIMS = 2


@blueprint.get("/boards/<int:board_id>/targets/new")
@guarded(queries.board, Action.WRITE_BOARD)
def new_target(board: Storyboard) -> ResponseReturnValue:
    aims = [{"measure_id": line.measure_id, "from_value": line.now} for line in pages.lines_to_carry_on(board.id)]
    return _editor(board, NewTargetForm(draft=f"board-{board.id}-target", aims=aims))


@blueprint.post("/boards/<int:board_id>/targets")
@guarded(queries.board, Action.WRITE_BOARD)
def set_target(board: Storyboard) -> ResponseReturnValue:
    form = _offered(board, NewTargetForm(draft=f"board-{board.id}-target"))
    if attempt(
        form,
        lambda: actions.set_target(
            board,
            achieve_by=form.achieve_by.data,
            pattern=form.pattern.data,
            aims=_aims(form),
            by=viewer().person_id,
        ),
    ):
        return saved(board.id, "head", "target", "actual", "obstacles", "felt", "record", form=form, at="target")
    return _editor(again(board.id), form)


@blueprint.get("/targets/<int:target_id>/edit")
@guarded(queries.target, Action.WRITE_BOARD)
def edit_target(target: TargetCondition) -> ResponseReturnValue:
    rows = [row for row in sheets.target(target.board_id) if row.measure_id and row.id == target.id]
    aims = [{"measure_id": row.measure_id, "from_value": row.from_value, "to_value": row.to_value} for row in rows]
    form = TargetEditForm(draft=f"target-{target.id}", version=target.version, pattern=target.pattern, aims=aims)
    return _editor(target.board, form, target)


@blueprint.post("/targets/<int:target_id>")
@guarded(queries.target, Action.WRITE_BOARD)
def rewrite_target(target: TargetCondition) -> ResponseReturnValue:
    form = _offered(target.board, TargetEditForm(draft=f"target-{target.id}"))
    if attempt(
        form,
        lambda: actions.rewrite_target(
            target, form.version.data, pattern=form.pattern.data, aims=_aims(form), by=viewer().person_id
        ),
    ):
        return saved(target.board_id, "head", "target", "actual", "felt", form=form, at="target")
    return _editor(again(target.board_id), form, target)


@blueprint.get("/targets/<int:target_id>/ending")
@guarded(queries.target, Action.WRITE_BOARD)
def ask_target_ending(target: TargetCondition) -> ResponseReturnValue:
    return _ending(target, TargetEndingForm(draft=f"target-{target.id}-ending", version=target.version))


@blueprint.post("/targets/<int:target_id>/ending")
@guarded(queries.target, Action.WRITE_BOARD)
def end_target(target: TargetCondition) -> ResponseReturnValue:
    form = TargetEndingForm(draft=f"target-{target.id}-ending")
    if attempt(
        form,
        lambda: actions.end_target(
            target,
            form.version.data,
            status=form.status.data,
            reflection=form.reflection.data,
            by=viewer().person_id,
        ),
    ):
        return saved(target.board_id, "head", "target", "actual", "obstacles", "felt", "record", form=form, at="target")
    return _ending(target, form)


def _aims(form: TargetForm) -> list[Aim]:
    rows = [row.form for row in form.aims]
    return [Aim(row.measure_id.data, row.from_value.data, row.to_value.data) for row in rows if row.measure_id.data]


def _offered(board: Storyboard, form: TargetForm) -> TargetForm:
    form.offer([(m.id, f"{m.name} ({KIND_SHORT[m.kind]})") for m in choices(board.team_id)])
    return form


def _editor(board: Storyboard, form: TargetForm, target: TargetCondition | None = None) -> Response:
    spare_rows(form.aims, len(_aims(form)) + SPARE_AIMS, f"board-{board.id}")
    title, slug = _("Target condition"), board.team.slug
    return edit(board.id, "target", "_target_edit.html", title, _offered(board, form), target=target, team_slug=slug)


def _ending(target: TargetCondition, form: TargetEndingForm) -> Response:
    rows = [row for row in sheets.target(target.board_id) if row.id == target.id]
    return edit(
        target.board_id, "target", "_target_ending.html", _("Reflect on the target condition"), form, target=rows[0]
    )
