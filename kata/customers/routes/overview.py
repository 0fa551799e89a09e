"""The room itself: moments of truth across the organisation."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kata.access.guard import signed_in, viewer
from kata.customers.pages.overview import overview
from kata.web.render import page

blueprint = Blueprint("overview", __name__)


@blueprint.get("/customers")
@signed_in
def customers_room() -> ResponseReturnValue:
    asked = request.args
    after = asked.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else None
    context = overview(viewer(), team=asked.get("team", ""), area=asked.get("area", ""), after=number)
    return page("customers/index.html", **context)
