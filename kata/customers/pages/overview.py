"""All moments of truth of the organisation, team by team, the reader's own teams first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.customers.pages.parts import WORDS, Card, Listens, cards, counted, listens
from kata.customers.queries import moments as queries
from kata.customers.queries import voices
from kata.teams import pages as teams
from kata.teams.queries import area_rows, team_rows


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
    all_teams, roots = team_rows(), teams.tree(area_rows(), {})
    wanted, chosen = _wanted(all_teams, roots, team, area)
    rows = queries.listed(viewer, teams=wanted, after=after)
    more, rows = len(rows) > queries.LIST_SIZE, rows[: queries.LIST_SIZE]
    shown = {row.team_id for row in rows}
    return {
        "teams": _by_team(viewer, rows),
        "mine": [row for row in all_teams if row.id in viewer.teams],
        "silent": [row for row in all_teams if row.id in viewer.teams - shown and _asked(row.id, wanted, after)],
        "all_teams": all_teams,
        "areas": [(node, depth) for node, depth in teams.walk(roots)],
        "chosen": chosen,
        "next": rows[-1].id if more else None,
        **WORDS,
    }


def _wanted(all_teams: list[Any], roots: list[Any], team: str, area: str) -> tuple[set[int] | None, dict[str, str]]:
    """The ids of the teams that are asked for (``None``: all), and the slugs that asked for them."""
    one = next((row for row in all_teams if row.slug == team), None)
    if one:
        return {one.id}, {"team": team, "area": ""}
    node = teams.find(roots, area)
    if node:
        below = {each.id for each, _depth in teams.walk([node])}
        return {row.id for row in all_teams if row.area_id in below}, {"team": "", "area": area}
    return None, {"team": "", "area": ""}


def _asked(team_id: int, wanted: Collection[int] | None, after: int | None) -> bool:
    return after is None and (wanted is None or team_id in wanted)


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
