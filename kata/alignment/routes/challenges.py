"""The tree of challenges: of an area, from what it serves down to the experiments of today."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import signed_in, viewer
from kata.alignment import cascade, export
from kata.alignment.cascade import Asked, Place
from kata.alignment.queries import cascade as queries
from kata.alignment.routes import blueprint
from kata.storyboards.routes.boards import row_number
from kata.web import csv
from kata.web.render import page


@blueprint.get("/challenges")
@signed_in
def all_challenges() -> ResponseReturnValue:
    """The one area at the top, or those at the top where there are several."""
    return _tree(None)


@blueprint.get("/challenges/<slug>")
@signed_in
def challenges(slug: str) -> ResponseReturnValue:
    return _tree(slug)


@blueprint.get("/challenges.csv")
@signed_in
def all_challenges_csv() -> ResponseReturnValue:
    return _file(cascade.places(queries.areas(viewer())))


@blueprint.get("/challenges/<slug>.csv")
@signed_in
def challenges_csv(slug: str) -> ResponseReturnValue:
    place, _way = cascade.find(cascade.places(queries.areas(viewer())), slug)
    return _file([place] if place else abort(404))


def _tree(slug: str | None) -> ResponseReturnValue:
    roots = cascade.places(queries.areas(viewer()))
    place, way = cascade.find(roots, slug)
    if place is None and slug is not None:
        abort(404)
    shown: dict[str, Any] = cascade.of_area(viewer(), place, _asked()) if place else cascade.NO_AREA
    below = place.children if place else roots
    return page("alignment/challenges.html", place=place, way=way, below=below, asked=_asked(), **shown)


def _asked() -> Asked:
    numbers = [number for number in request.args.getlist("open", type=row_number) if number]
    asked = request.args.get("only", "")
    only: int | str = row_number(asked) if asked.isdecimal() else asked if asked in {"above", "untied"} else ""
    after = request.args.get("after", queries.LAST, type=row_number)
    return Asked(tuple(dict.fromkeys(numbers))[: cascade.MOST_OPENED], only, after)


def _file(roots: list[Place]) -> ResponseReturnValue:
    return csv.answer(_("Challenges"), export.CASCADE, cascade.lines(viewer(), roots))
