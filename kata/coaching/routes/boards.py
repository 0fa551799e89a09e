"""What coaching adds to a board: its wall follows the question that the coach is at, its history tells of cycles."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching import card, words
from kata.coaching.queries import cycles as queries
from kata.coaching.queries.cycles import Question
from kata.coaching.routes import blueprint
from kata.storyboards.queries import history
from kata.web import htmx, sections
from kata.web.htmx import Partial


@blueprint.get("/boards/<int:board_id>/question")
@guarded(queries.question, Action.READ)
def question(now: Question) -> ResponseReturnValue:
    """The question at which the board's cycle is; 204 while the coach has not moved ``since``.

    A wall asks every 1.2 seconds. It polls, since an event stream holds a thread of the server for each screen:
    two processes with two threads would hold four walls, where two hundred can ask in turns.
    """
    if request.args.get("since") == now.since:
        return "", 204
    if not htmx.asked():
        return redirect(f"/boards/{now.board_id}/wall", 303)
    return htmx.pieces((_asked(now),))


def on_the_wall(head: Any) -> Partial | None:
    """Where the question stands on the wall, also while none is asked."""
    now = queries.question(viewer(), board_id=head.id)
    return None if now is None else _asked(now)


def _asked(now: Question) -> Partial:
    step = card.BY_KEY.get(now.place or "")
    return Partial("coaching", "coaching/_wall.html", {"now": now, "step": step, "steps": card.STEPS})


sections.add("wall", on_the_wall)
history.ABOVE |= words.PHRASES
history.IN_WORDS |= words.IN_WORDS
