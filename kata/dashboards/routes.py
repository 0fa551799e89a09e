"""Today, the way to log at once, and the command box."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from kata import clock
from kata.access.guard import signed_in, viewer
from kata.dashboards import pages
from kata.dashboards.commands import results
from kata.storyboards.routes.due import due_card
from kata.web import sections
from kata.web.htmx import Partial
from kata.web.prose import clean
from kata.web.render import page

blueprint = Blueprint("dashboards", __name__)


@blueprint.get("/")
@signed_in
def today() -> ResponseReturnValue:
    who = viewer()
    due = pages.today(who)
    first = due_card(who, due.now[0].id, due.now[0]) if due.now else None
    return page(
        "dashboards/today.html",
        due=due,
        first=first,
        meetings=sections.of("meetings", who),
        others=sections.of("today", who),
        today=clock.today(who.time_zone),
    )


@blueprint.get("/log")
@signed_in
def log() -> ResponseReturnValue:
    """Straight to what is most due: where *log* under the thumb leads."""
    due = pages.today(viewer())
    place = next(iter((*due.now, *due.later)), None)
    if place is None or place.prompt is None:
        return redirect("/", 303)
    return redirect(place.prompt.where, 303)


@blueprint.get("/go")
@signed_in
def go() -> ResponseReturnValue:
    """The command box: boards, teams, people, measures and actions whose names contain the words."""
    words = clean(request.args.get("q", "")).strip()[:100]
    context: dict[str, Any] = {"words": words, "groups": results(viewer(), words)}
    return page("dashboards/go.html", partial=Partial("go-results", "dashboards/_results.html", context), **context)
