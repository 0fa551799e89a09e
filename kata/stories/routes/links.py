"""Sharing a story by a link, stopping a link, and putting another in its place."""

from __future__ import annotations

from flask import Response, abort, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.identity.secrets import hashed, token_of_submission
from kata.stories import actions
from kata.stories.forms import ReplaceForm, ShareForm
from kata.stories.models import StoryLink
from kata.stories.queries import links, opening
from kata.stories.routes import blueprint
from kata.stories.routes.stories import show
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards
from kata.web.forms import Form, attempt
from kata.web.render import done, page


@blueprint.post("/boards/<int:board_id>/story/links")
@guarded(boards.board, Action.SHARE_STORY)
def share_story(board: Storyboard) -> ResponseReturnValue:
    """The link is in the answer itself and nowhere else; the same submission again is shown the same link."""
    form, board_id, by = ShareForm(draft=f"story-{board.id}"), board.id, viewer().person_id
    token = token_of_submission("story", by, board_id, form.once.data)
    told = {"until": form.until.data, "with_names": form.names.data == "with"}
    if attempt(form, lambda: actions.share(board, token, **told, by=by)):
        return _made(board_id, token)
    return _refused(board_id, form)


@blueprint.post("/story-links/<int:link_id>/replacement")
@guarded(links.link, Action.SHARE_STORY)
def replace_link(link: StoryLink) -> ResponseReturnValue:
    """Another link, which is shown in the answer alone, and the end of the one before."""
    form, board_id, by = ReplaceForm(), link.board_id, viewer().person_id
    token = token_of_submission("story", by, board_id, form.once.data)
    if attempt(form, lambda: actions.replace(link, token, by=by)):
        return _made(board_id, token)
    return _refused(board_id, form)


@blueprint.post("/story-links/<int:link_id>/stopping")
@guarded(links.link, Action.STOP_STORY)
def stop_link(link: StoryLink) -> ResponseReturnValue:
    form, board_id = Form(), link.board_id
    if not attempt(form, lambda: actions.stop(link, by=viewer().person_id)):
        return _refused(board_id, form)
    return done(to=f"/boards/{board_id}/story#links", say=_("The link is stopped: whoever opens it finds nothing."))


def _made(board_id: int, token: str) -> Response:
    address = f"{current_app.config['PUBLIC_URL']}/stories/{token}"
    return page("stories/link_made.html", board_id=board_id, link=links.made(hashed(token)), address=address)


def _refused(board_id: int, form: Form) -> Response:
    opened = opening.seen(viewer(), board_id=board_id) or abort(404)
    if isinstance(form, ShareForm):
        return show(opened, form)
    whole = ShareForm(formdata=None, draft=f"story-{board_id}")
    whole.form_errors.extend(text for errors in form.errors.values() for text in errors)
    return show(opened, whole)
