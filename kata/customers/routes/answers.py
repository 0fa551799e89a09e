"""The answers that the nouns of this room share: an editor in its place, and what changed by a write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, abort

from kata.extensions import end_writing
from kata.teams.models import Team
from kata.teams.queries import team as team_of
from kata.web import htmx
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page


def edit(title: str, crumb: tuple[str, str], part: Partial, form: Form, **context: Any) -> Response:
    """The editor ``part`` in place of what it edits; without htmx a page of its own, with ``crumb`` the way back.

    Also the answer when ``form`` was refused: with its errors, and its status.
    """
    status = form.http_status if form.errors or form.theirs else 200
    whole = {**part.context, **context, "title": title, "crumb": crumb, "editor": part.template}
    return page("customers/editor.html", status=status, partial=part, **whole)


def saved(
    path: str,
    changed: Callable[[], Iterable[Partial]],
    *,
    form: Form | None = None,
    undo: Undo | None = None,
    say: str = "",
    at: str = "",
) -> Response:
    """What changed on the page at ``path``; from anywhere else, the way there (to the part ``at``)."""
    end_writing()
    there = htmx.asked() and htmx.stands_on(path)
    return done(*(changed() if there else ()), to=f"{path}#{at}" if at else path, form=form, undo=undo, say=say)


def again(team_id: int) -> Team:
    """The team as it stands after a refused write, whose rollback let go of all that was loaded."""
    return team_of(team_id) or abort(404)
