"""The challenge of a board, and the challenges that leaders give to their areas."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.queries.moments import moment_names
from kata.measures.queries import choices
from kata.storyboards.actions import boards as actions
from kata.storyboards.forms import ChallengeForm
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import again, edit, saved
from kata.web.forms import attempt, offer

FIELDS = ("statement", "by_date", "serves_id", "measure_id", "from_value", "to_value", "moment")


@blueprint.get("/boards/<int:board_id>/challenge/edit")
@guarded(queries.board, Action.WRITE_BOARD)
def edit_challenge(board: Storyboard) -> ResponseReturnValue:
    stated = sheets.challenge(board.id)
    asked = {} if stated else {"serves_id": request.args.get("serves", type=int)}
    return _editor(board, ChallengeForm(obj=stated, draft=_draft(board), **asked))


@blueprint.post("/boards/<int:board_id>/challenge")
@guarded(queries.board, Action.WRITE_BOARD)
def state_challenge(board: Storyboard) -> ResponseReturnValue:
    form = _offered(board, ChallengeForm(draft=_draft(board)))
    if attempt(
        form,
        lambda: actions.state_challenge(
            board, form.version.data, by=viewer().person_id, **{name: form[name].data for name in FIELDS}
        ),
    ):
        return saved(board.id, "head", "challenge", "actual", "felt", form=form, at="challenge")
    return _editor(again(board.id), form)


def _draft(board: Storyboard) -> str:
    return f"board-{board.id}-challenge"


def _offered(board: Storyboard, form: ChallengeForm) -> ChallengeForm:
    outcome = [m for m in choices(board.team_id) if m.kind == "outcome"]
    above = sheets.area_challenges(actions.areas_above(board.team.area_id))
    form.measure_id.choices = offer([("", _("none yet")), *((m.id, m.name) for m in outcome)])
    form.serves_id.choices = offer([("", _("none")), *((c.id, f"{c.area}: {c.statement}") for c in above)])
    return form


def _editor(board: Storyboard, form: ChallengeForm) -> Response:
    return edit(
        board.id,
        "challenge",
        "_challenge_edit.html",
        _("Challenge"),
        _offered(board, form),
        moments=moment_names(board.team_id),
        team_slug=board.team.slug,
    )
