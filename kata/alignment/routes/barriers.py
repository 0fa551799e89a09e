"""Barriers: the list, the page of one, and raising one from an obstacle."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.alignment import actions, export, pages, words
from kata.alignment.forms import BackForm, BarrierFields, RaiseForm, RewordForm
from kata.alignment.models import Barrier
from kata.alignment.queries import barriers as queries
from kata.alignment.queries import lists
from kata.alignment.queries.lists import Asked
from kata.alignment.routes import blueprint
from kata.customers.queries.moments import offered_moments
from kata.measures.queries import choices
from kata.storyboards import pages as boards
from kata.storyboards.models import Obstacle
from kata.storyboards.queries.boards import obstacle as load_obstacle
from kata.storyboards.routes.answers import again
from kata.storyboards.routes.boards import row_number
from kata.teams.queries import area_rows
from kata.web import csv, htmx
from kata.web.forms import Form, attempt
from kata.web.render import done, page

SHOWN = ("mine", "teams", "open", "answered")


@blueprint.get("/barriers")
@signed_in
def list_barriers() -> ResponseReturnValue:
    asked, area = _asked()
    after = request.args.get("after", type=row_number)
    rows = lists.listed(viewer(), asked, after)
    return page(
        "alignment/list.html",
        lines=pages.lines(viewer(), rows[: lists.SIZE]),
        shown=asked.show,
        area=area,
        next=rows[lists.SIZE - 1].id if len(rows) > lists.SIZE else None,
    )


@blueprint.get("/barriers.csv")
@signed_in
def barriers_csv() -> ResponseReturnValue:
    asked, _area = _asked()
    return csv.answer(_("Barriers"), export.BARRIERS, pages.lines(viewer(), lists.everything(viewer(), asked)))


def _asked() -> tuple[Asked, str]:
    """Which barriers the address asks for, and the area that it names; to begin with what is the viewer's own."""
    who, slug = viewer(), request.args.get("area", "")
    own = "mine" if who.areas_led else "teams" if who.teams else "open"
    show = request.args.get("show", "open" if slug else own)
    found = [row.id for row in area_rows() if row.slug == slug] if slug else []
    return Asked(show if show in SHOWN else "open", (found or [0])[0] if slug else None), slug


@blueprint.get("/barriers/<int:barrier_id>")
@guarded(queries.barrier, Action.READ)
def show_barrier(barrier: Barrier) -> ResponseReturnValue:
    """The whole page; to htmx the place of the answer, whose editor was cancelled."""
    if htmx.asked():
        return htmx.pieces((pages.work(pages.line(viewer(), queries.whole(viewer(), barrier.id)), barrier.id),))
    return page("alignment/barrier.html", editor=None, **pages.whole(viewer(), barrier.id))


@blueprint.get("/obstacles/<int:obstacle_id>/barrier")
@guarded(load_obstacle, Action.RAISE_BARRIER)
def new_barrier(obstacle: Obstacle) -> ResponseReturnValue:
    form = RaiseForm(formdata=None, draft=f"obstacle-{obstacle.id}-barrier", text=obstacle.text)
    return _raising(obstacle.id, obstacle.board_id, obstacle.text, form)


@blueprint.post("/obstacles/<int:obstacle_id>/barrier")
@guarded(load_obstacle, Action.RAISE_BARRIER)
def raise_barrier(obstacle: Obstacle) -> ResponseReturnValue:
    form, raised = RaiseForm(draft=f"obstacle-{obstacle.id}-barrier"), list[Barrier]()
    number, board_id, text = obstacle.id, obstacle.board_id, obstacle.text
    _offer(form, obstacle.board.team_id)
    if attempt(form, lambda: raised.append(actions.raise_barrier(obstacle, form.said(), by=viewer().person_id))):
        to = f"/barriers/{raised[0].id}" if raised else f"/boards/{board_id}#obstacle-{number}"
        return done(to=to, form=form, say=_("Raised. You see here and on the board who has it, and what is answered."))
    return _raising(number, board_id, text, form)


def _raising(obstacle_id: int, board_id: int, obstacle: str, form: RaiseForm) -> Response:
    _offer(form, again(board_id).team_id)
    place = boards.place(viewer(), board_id)
    context: dict[str, Any] = {"place": place, "obstacle_id": obstacle_id, "obstacle": obstacle, "means": words.MEANS}
    return page("alignment/raise.html", status=_status(form), form=form, **context)


@blueprint.get("/barriers/<int:barrier_id>/words")
@guarded(queries.barrier, Action.WRITE_BOARD)
def edit_barrier(barrier: Barrier) -> ResponseReturnValue:
    return _wording(barrier.id, barrier.board_id, RewordForm(obj=barrier, draft=f"barrier-{barrier.id}-words"))


@blueprint.post("/barriers/<int:barrier_id>/words")
@guarded(queries.barrier, Action.WRITE_BOARD)
def reword_barrier(barrier: Barrier) -> ResponseReturnValue:
    form, number, board_id = RewordForm(draft=f"barrier-{barrier.id}-words"), barrier.id, barrier.board_id
    _offer(form, barrier.board.team_id)
    if attempt(form, lambda: actions.reword(barrier, form.version.data, form.said(), by=viewer().person_id)):
        return done(to=f"/barriers/{number}", form=form, say=_("Saved."))
    return _wording(number, board_id, form)


def _wording(barrier_id: int, board_id: int, form: RewordForm) -> Response:
    _offer(form, again(board_id).team_id)
    context: dict[str, Any] = {"place": boards.place(viewer(), board_id), "barrier_id": barrier_id}
    return page("alignment/reword.html", status=_status(form), form=form, means=words.MEANS, **context)


@blueprint.get("/barriers/<int:barrier_id>/withdrawal")
@guarded(queries.barrier, Action.WRITE_BOARD)
def ask_back(barrier: Barrier) -> ResponseReturnValue:
    return page("alignment/back.html", **pages.taking_back(barrier))


@blueprint.post("/barriers/<int:barrier_id>/withdrawal")
@guarded(queries.barrier, Action.WRITE_BOARD)
def take_back(barrier: Barrier) -> ResponseReturnValue:
    form, number, by = BackForm(draft=f"barrier-{barrier.id}-withdrawal"), barrier.id, viewer().person_id
    if attempt(form, lambda: actions.take_back(barrier, form.version.data, form.said(), by=by)):
        return done(to=f"/barriers/{number}", form=form, say=_("Taken back. Whoever leads there is told."))
    again = queries.barrier(viewer(), barrier_id=number) or abort(404)
    return page("alignment/back.html", status=form.http_status, **pages.taking_back(again, form))


def _status(form: Form) -> int:
    return form.http_status if form.errors or form.form_errors else 200


def _offer(form: BarrierFields, team_id: int) -> None:
    form.offer(offered_moments(team_id), choices(team_id))
