"""A story for whoever has its link: to read and nothing else, and nothing else of the app.

Each address asks for the link anew. A link that is stopped, has run out or never was, and one whose storyboard is no
longer finished or open, answer the same words with the same status, also for a chapter or a photo that there is not.
"""

from __future__ import annotations

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue

from kata.access.guard import public
from kata.stories.pages import story as pages
from kata.stories.queries import links, opening
from kata.stories.routes import blueprint
from kata.stories.routes.stories import asked_after
from kata.storyboards import photos
from kata.web.render import page


@blueprint.get("/stories/<token>")
@public
def shared_story(token: str) -> ResponseReturnValue:
    opened = opening.by_token(token)
    if opened is None:
        return _gone()
    return page("stories/shared.html", story=pages.story(opened, asked_after()), way=_way(token), reader="outside")


@blueprint.get("/stories/<token>/chapters/<int:number>")
@public
def shared_chapter(token: str, number: int) -> ResponseReturnValue:
    opened = opening.by_token(token)
    told = pages.chapter(opened, number, asked_after()) if opened is not None else None
    if told is None:
        return _gone()
    return page("stories/shared_chapter.html", story=told, way=_way(token), reader="outside")


@blueprint.get("/stories/<token>/photos/<int:photo_id>")
@public
def shared_photo(token: str, photo_id: int) -> ResponseReturnValue:
    return _photo(token, photo_id, small=False)


@blueprint.get("/stories/<token>/photos/<int:photo_id>/small")
@public
def shared_small_photo(token: str, photo_id: int) -> ResponseReturnValue:
    return _photo(token, photo_id, small=True)


def _photo(token: str, photo_id: int, *, small: bool) -> Response:
    opened = opening.by_token(token)
    checksum = links.photo(opened.id, photo_id) if opened is not None else None
    file = photos.path(photos.folder(), checksum, small=small) if checksum else None
    if file is None or not file.exists():
        return _gone()
    return send_file(file, mimetype="image/jpeg", max_age=0, etag=False)


def _way(token: str) -> str:
    return f"/stories/{token}"


def _gone() -> Response:
    return page("stories/gone.html", status=404)


@blueprint.after_app_request
def dress(response: Response) -> Response:
    """Nothing below ``/stories/`` is kept by anybody, found by search engines, or told to other sites by a link."""
    if request.path.startswith("/stories/"):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
