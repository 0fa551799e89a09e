"""The history of a team: its page, its file, and the way there from the team's page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.learning import export
from kata.learning.pages import history as pages
from kata.learning.queries import timeline
from kata.learning.queries.timeline import Key, Narrowed
from kata.learning.routes import blueprint
from kata.learning.routes.search import asked_day
from kata.storyboards.routes.boards import row_number
from kata.teams import queries as teams
from kata.teams.models import Team
from kata.web import csv
from kata.web.render import page

ASKED = ("board", "kind", "since", "until")


@blueprint.get("/teams/<slug>/history")
@guarded(teams.team_by_slug, Action.READ)
def team_history(team: Team) -> ResponseReturnValue:
    boards, after = timeline.boards(viewer(), team.id), request.args.get("after", type=Key.read)
    query = urlencode({name: request.args[name] for name in ASKED if request.args.get(name)}, errors="replace")
    context: dict[str, Any] = {
        "team": team,
        "boards": boards,
        "kinds": pages.KINDS,
        "asked": {"board": request.args.get("board", type=row_number), "kind": request.args.get("kind", "")}
        | {name: day.isoformat() if (day := asked_day(name)) else "" for name in ("since", "until")},
        "query": query,
        "newest": after is None,
        "history": pages.history(viewer(), team, boards, _narrowed(team), after),
    }
    return page("learning/history.html", **context)


@blueprint.get("/teams/<slug>/history.csv")
@guarded(teams.team_by_slug, Action.READ)
def team_history_csv(team: Team) -> ResponseReturnValue:
    rows = pages.everything(viewer(), team, timeline.boards(viewer(), team.id), _narrowed(team))
    return csv.answer(f"{team.name} {_('History')}", export.HISTORY, rows, team.time_zone)


def _narrowed(team: Team) -> Narrowed:
    kind, until = request.args.get("kind"), asked_day("until")
    return Narrowed(
        board=request.args.get("board", type=row_number),
        kind=kind if kind in pages.KINDS else None,
        since=_midnight(asked_day("since"), team),
        until=_midnight(until + timedelta(days=1), team) if until and until < date.max else None,
    )


def _midnight(day: date | None, team: Team) -> datetime | None:
    """When the day begins where the team is; days at the very ends of the calendar narrow nothing."""
    inside = day is not None and 1 < day.year < date.max.year
    return datetime.combine(day, time(), ZoneInfo(team.time_zone)) if day and inside else None
