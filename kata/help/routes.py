"""The addresses of help: what there is, a page, and its pictures. For everybody who is signed in."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, abort, current_app, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kata.access.guard import signed_in, viewer
from kata.access.policy import Action, Scope, Viewer, allows
from kata.help import rendering
from kata.help.catalogue import FOLDER, GROUPS, PAGES, PICTURES, SLUGS
from kata.help.rendering import Document
from kata.web.render import page

blueprint = Blueprint("help", __name__)

A_DAY = 86_400


@blueprint.get("/help")
@signed_in
def index() -> ResponseReturnValue:
    found = [(entry, _document(entry.slug, viewer().is_administrator)) for entry in PAGES]
    groups = [(label, [each for each in found if each[0].group == group]) for group, label in GROUPS.items()]
    return page("help/index.html", groups=groups)


@blueprint.get("/help/<slug>")
@signed_in
def document(slug: str) -> ResponseReturnValue:
    if slug not in SLUGS:
        abort(404)
    return page("help/document.html", document=_document(slug, viewer().is_administrator), slug=slug)


@blueprint.get("/help/pictures/<picture>")
@signed_in
def picture(picture: str) -> ResponseReturnValue:
    """Kept by the browser for a day, and only by the reader's own."""
    response = send_from_directory(PICTURES, picture, max_age=A_DAY)
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return response


@cache
def _document(slug: str, administers: bool) -> Document:
    """The page, rendered once for administrators and once for everyone else: it leads only where its reader may go."""
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    reader = Viewer(person_id=0, name="", is_administrator=administers)
    return rendering.document(text, lambda path: _opens(path, reader))


def _opens(path: str, reader: Viewer) -> bool:
    """Whether an address is a page that this kind of reader may open."""
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return False
    mark: str = getattr(current_app.view_functions[endpoint], "access", "")
    return not values and (
        mark == "signed in" or (mark in Action.__members__ and allows(reader, Action[mark], Scope()))
    )
