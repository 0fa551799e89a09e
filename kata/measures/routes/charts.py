"""A measure's chart as a file of its own."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.measures import pages, queries
from kata.measures.models import Measure
from kata.measures.routes.answers import stand
from kata.web.csv import file_name

blueprint = Blueprint("charts", __name__)


@blueprint.get("/measures/<int:measure_id>.svg")
@guarded(queries.measure, Action.READ)
def chart_svg(shown: Measure) -> ResponseReturnValue:
    return _file(shown, "svg", "image/svg+xml", _sheet(shown))


@blueprint.get("/measures/<int:measure_id>.png")
@guarded(queries.measure, Action.READ)
def chart_png(shown: Measure) -> ResponseReturnValue:
    from kata.charts.png import png  # a large library that few requests need

    return _file(shown, "png", "image/png", png(_sheet(shown)))


def _sheet(of: Measure) -> str:
    now = stand(of)
    if not now.seen.whole.days:
        abort(404)  # nothing was read yet
    return pages.sheet(viewer(), now)


def _file(of: Measure, kind: str, mimetype: str, body: str | bytes) -> Response:
    made = Response(body, mimetype=mimetype)
    made.headers.set("Content-Disposition", "attachment", filename=f"{file_name(of.name)}.{kind}")
    return made
