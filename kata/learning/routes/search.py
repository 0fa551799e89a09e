"""The search over everything learned, and what was tried before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import signed_in, viewer
from kata.customers.models import MomentOfTruth
from kata.learning import wording
from kata.learning.pages import search as pages
from kata.learning.queries import search
from kata.learning.queries.search import Filters
from kata.learning.routes import blueprint
from kata.measures.models import Measure
from kata.storyboards.routes.boards import row_number
from kata.teams import pages as tree
from kata.teams import queries as teams
from kata.web.language import reader
from kata.web.prose import clean
from kata.web.render import page

#: Up to so many areas they are offered in a list; with more, a result's own area leads to what that area learned.
AREAS_OFFERED = 60
LAST_PAGE = search.BLOCK // search.SIZE


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address without it."""

    text: str
    without: str


@blueprint.get("/learning")
@signed_in
def learning() -> ResponseReturnValue:
    text, areas = asked_words(), teams.area_rows()
    roots = tree.tree(areas, {})
    node = tree.find(roots, request.args.get("area", ""))
    team = _team()
    found = pages.results(viewer(), text, _filters(node, team), _asked_page())
    context: dict[str, Any] = {
        "words": text,
        "found": found,
        "kinds": pages.KINDS,
        "areas": tree.walk(roots) if len(areas) <= AREAS_OFFERED else [],
        "asked": {name: clean(request.args.get(name, ""))[:80] for name in ASKED},
        "narrowed": any(request.args.get(name) for name in ASKED),
        "chips": _chips(node, team),
        "further": _further(found),
    }
    return page("learning/search.html", **context)


@blueprint.get("/learning/tried.json")
@signed_in
def tried_before() -> ResponseReturnValue:
    """What was tried before, for the browser of whoever writes; 204 where nothing was."""
    rows = pages.tried(viewer(), asked_words())
    return jsonify(rows) if rows else ("", 204)


#: What the address may narrow the search to.
ASKED = ("kind", "area", "team", "measure", "moment", "since", "until")


def asked_words() -> str:
    """The words of the address, as far as they are read."""
    return clean(request.args.get("q", "")[: wording.LONGEST_QUERY]).strip()


def asked_day(name: str) -> date | None:
    """A day of the address; none where it says something else."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _filters(node: Any, team: Any) -> Filters:
    """What the address narrows to; a name that there is not finds nothing rather than everything."""
    kind, until = request.args.get("kind"), asked_day("until")
    areas = tuple(each.id for each, _depth in tree.walk([node])) if node else (0,)
    return Filters(
        kind=kind if kind in pages.KINDS else None,
        areas=areas if request.args.get("area") else None,
        team=(team.id if team else 0) if request.args.get("team") else None,
        measure=request.args.get("measure", type=row_number),
        moment=request.args.get("moment", type=row_number),
        since=_midnight(asked_day("since")),
        until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        before=request.args.get("before", type=row_number),
    )


def _team() -> Any:
    slug = clean(request.args.get("team", ""))[:80]
    return teams.team_by_slug(viewer(), lock=False, slug=slug) if slug else None


def _midnight(day: date | None) -> datetime | None:
    """When the day begins where the reader is; days at the very ends of the calendar narrow nothing."""
    inside = day is not None and 1 < day.year < date.max.year
    return datetime.combine(day, time(), reader().zone) if day and inside else None


def _asked_page() -> int:
    return min(max(request.args.get("page", 1, type=row_number), 1), LAST_PAGE)


def _chips(node: Any, team: Any) -> list[Chip]:
    """The filters that have no field of their own on the page."""
    about = [("measure", Measure), ("moment", MomentOfTruth)]
    ids = [(name, model, id_) for name, model in about if (id_ := request.args.get(name, type=row_number)) is not None]
    names = search.names(ids)
    told = {
        "team": (request.args.get("team"), team.name if team else None, _("Team: %(name)s")),
        "measure": (request.args.get("measure"), names.get("measure"), _("Measure: %(name)s")),
        "moment": (request.args.get("moment"), names.get("moment"), _("Moment of truth: %(name)s")),
    }
    unknown = _("unknown")
    return [
        Chip(words % {"name": name or unknown}, address(**{key: None}))
        for key, (asked, name, words) in told.items()
        if asked
    ]


def address(**changes: Any) -> str:
    """The address of this search with some of it changed; without its place in the pages."""
    kept = {name: request.args[name] for name in ("q", *ASKED) if request.args.get(name)}
    values = {name: value for name, value in {**kept, **changes}.items() if value is not None}
    return f"/learning?{urlencode(values, errors='replace')}" if values else "/learning"


def _further(found: pages.Results) -> str | None:
    """Where the list goes on."""
    before = request.args.get("before", type=row_number)
    if found.next_page:
        return address(before=before, page=found.next_page)
    return address(before=found.older) if found.older else None
