"""The answers that every noun of a storyboard shares: an editor in its sheet, and the sheets that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from flask import Response, abort

from kata.access.guard import viewer
from kata.extensions import end_writing
from kata.storyboards import pages
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.web import htmx
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page, refused


def edit(board_id: int, root: str, template: str, title: str, form: Form, **context: Any) -> Response:
    """The editor ``template`` in place of the element ``root``; as a page of its own without htmx.

    Also the answer when ``form`` was refused: with its errors, and its status. The board around the editor is read
    for the page alone; an editor that itself shows more of the board than its number brings ``place`` along.
    """
    context = {"board_id": board_id, "form": form, "root": root, **context}
    piece = Partial(root, f"storyboards/{template}", context)
    whole = {**context, "editor": f"storyboards/{template}", "title": title}
    if not htmx.asked() and "place" not in context:
        whole["place"] = pages.place(viewer(), board_id)
    if form.errors or form.theirs:
        whole.pop("form")
        return refused("storyboards/editor.html", form, partial=piece, **whole)
    return page("storyboards/editor.html", partial=piece, **whole)


def again(board_id: int) -> Storyboard:
    """The board with its team as it stands after a refused write, whose rollback let go of all that was loaded."""
    return queries.board(viewer(), board_id=board_id) or abort(404)


def saved(
    board_id: int, *sheets: str, form: Form | None = None, undo: Undo | None = None, say: str = "", at: str = ""
) -> Response:
    """The changed sheets of the board; a redirect to the board (to the part ``at``) without htmx."""
    changed = partial(pages.partials, viewer(), board_id, *sheets)
    return _answer(board_id, changed, at, form=form, undo=undo, say=say)


def parked(board_id: int, target_id: int, *, form: Form | None = None, undo: Undo | None = None) -> Response:
    """The same where something changed in a target condition's parking lot alone."""
    changed = partial(pages.parking_lot, viewer(), board_id, target_id)
    return _answer(board_id, changed, "obstacles", form=form, undo=undo)


def _answer(board_id: int, changed: Callable[[], Iterable[Partial]], at: str, **told: Any) -> Response:
    end_writing()
    # An editor that stands on a page of its own has no sheets to change: it leads back to the board instead. Its sheets
    # stand on the page of a coaching cycle, too.
    on_the_board = htmx.asked() and htmx.stands_on(f"/boards/{board_id}", f"/boards/{board_id}/coach")
    return done(*(changed() if on_the_board else ()), to=f"/boards/{board_id}{'#' + at if at else ''}", **told)
