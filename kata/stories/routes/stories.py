"""The story of a storyboard for whoever sees the storyboard, and one chapter of it by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from kata import clock
from kata.access.guard import guarded, may
from kata.access.policy import Action
from kata.stories.forms import DAYS, ReplaceForm, ShareForm
from kata.stories.pages import story as pages
from kata.stories.queries import links, opening
from kata.stories.queries.opening import Opened
from kata.stories.routes import blueprint
from kata.storyboards.routes.boards import row_number
from kata.web.forms import Form
from kata.web.render import page, refused


@blueprint.get("/boards/<int:board_id>/story")
@guarded(opening.seen, Action.READ)
def board_story(opened: Opened) -> ResponseReturnValue:
    return show(opened)


@blueprint.get("/boards/<int:board_id>/story/chapters/<int:number>")
@guarded(lambda who, *, lock, board_id, number: _Numbered.of(who, board_id, number), Action.READ)
def story_chapter(asked: _Numbered) -> ResponseReturnValue:
    told = pages.chapter(asked.opened, asked.number, asked_after())
    if told is None:
        abort(404)
    return page("stories/chapter.html", story=told, way=way(asked.opened), reader="signed in")


class _Numbered:
    """A chapter of a story, as a subject for the guard."""

    def __init__(self, opened: Opened, number: int) -> None:
        self.opened, self.number, self.scope = opened, number, opened.scope

    @classmethod
    def of(cls, who: Any, board_id: int, number: int) -> _Numbered | None:
        opened = opening.seen(who, board_id=board_id)
        return cls(opened, number) if opened is not None else None


def show(opened: Opened, form: Form | None = None) -> Response:
    """The story's page; with the form as it was refused, where it was."""
    can_stop = may(Action.STOP_STORY, opened.scope)
    context: dict[str, Any] = {
        "story": pages.story(opened, asked_after()),
        "way": way(opened),
        "reader": "signed in",
        "form": form or new_form(opened),
        "links": links.of_board(opened.id) if can_stop and opened.finished else [],
        "replacing": ReplaceForm(formdata=None),
    }
    if form is not None:
        return refused("stories/story.html", **context)
    return page("stories/story.html", **context)


def new_form(opened: Opened) -> ShareForm:
    """The form by which the story is shared, as somebody finds it."""
    until = clock.today(opened.row.time_zone) + timedelta(days=DAYS)
    return ShareForm(formdata=None, draft=f"story-{opened.id}", until=until)


def way(opened: Opened) -> str:
    """How the addresses of the story begin for whoever is signed in."""
    return f"/boards/{opened.id}/story"


def asked_after() -> int:
    """After which chapter, or which experiment of a chapter, the page goes on."""
    return request.args.get("after", 0, type=row_number)
