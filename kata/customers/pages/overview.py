"""All moments of truth of the organisation, team by team, the reader's own teams first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.customers.pages.parts import WORDS, Card, Listens, cards, counted, listens
from kata.customers.queries import moments as queries
from kata.customers.queries import voices
from kata.teams import pages as teams
from kata.teams.queries import area_rows, open_team_named, own_teams, teams_offered

#: More teams are no choice but a heap: one's own are offered then, and those of an area that was chosen.
MOST_OFFERED = 150


@dataclass(frozen=True, slots=True)
class TeamMoments:
    """The moments of one team on this page, and how it listens."""

    name: str
    slug: str
    mine: bool
    listens: Listens
    cards: tuple[Card, ...]


def overview(viewer: Viewer, *, team: str = "", area: str = "", after: int | None = None) -> dict[str, Any]:
    """The page's context; an unknown team or area is as none."""
    areas = area_rows()
    wanted, chosen = _wanted(areas, team, area)
    rows = queries.listed(viewer, wanted, after=after)
    more, rows = len(rows) > queries.LIST_SIZE, rows[: queries.LIST_SIZE]
    shown, mine = {row.team_id for row in rows}, own_teams(viewer)
    offered = teams_offered(None if wanted.areas is None else wanted.areas, MOST_OFFERED + 1)
    return {
        "teams": _by_team(viewer, rows),
        "mine": mine,
        "silent": [row for row in mine if row.id not in shown and _asked(row, wanted, after)],
        "offered": offered if len(offered) <= MOST_OFFERED else [*mine],
        "too_many": len(offered) > MOST_OFFERED,
        "areas": teams.options(areas, chosen["area"]),
        "chosen": chosen,
        "next": rows[-1].id if more else None,
        **WORDS,
    }


def _wanted(areas: list[Any], team: str, area: str) -> tuple[queries.Narrowed, dict[str, Any]]:
    """What is asked for, and the team (its row) and the slug of the area that asked for it."""
    one = open_team_named(team) if team else None
    if one:
        return queries.Narrowed(team_id=one.id), {"team": one, "area": ""}
    node = teams.find(teams.tree(areas, {}), area) if area else None
    if node:
        below = frozenset(each.id for each, _depth in teams.walk([node]))
        return queries.Narrowed(areas=below), {"team": None, "area": area}
    return queries.Narrowed(), {"team": None, "area": ""}


def _asked(team: Any, wanted: queries.Narrowed, after: int | None) -> bool:
    if after is not None or (wanted.areas is not None and team.area_id not in wanted.areas):
        return False
    return wanted.team_id in {None, team.id}


def _by_team(viewer: Viewer, rows: list[Any]) -> list[TeamMoments]:
    told = {row.team_id for row in rows if row.told}
    heard = voices.sources(viewer, sorted(told), clock.today(viewer.time_zone))
    ids = [row.id for row in rows if row.told]
    made = cards(viewer, rows, counted(heard, ids), voices.newest(viewer, ids))
    found = []
    for (team_id, name, slug), group in groupby(
        made, key=lambda card: (card.moment.team_id, card.moment.team, card.moment.team_slug)
    ):
        of_team = [row for row in heard if row.team_id == team_id]
        how = listens(of_team, closed=team_id not in told, told=team_id in told)
        found.append(TeamMoments(name, slug, team_id in viewer.teams, how, tuple(group)))
    return found
