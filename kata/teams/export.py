"""What leaves of the organisation as files: its areas with their teams, and who belongs to a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from kata.teams.pages import AreaNode
from kata.teams.words import country_in_words
from kata.web.csv import Columns

ROLE = {"coach": _l("coach"), "member": _l("member")}


class Line(NamedTuple):
    """A team with its area and all areas above that; an area without teams of its own has a line too."""

    area: str
    leaders: str
    team: str | None
    people: int | None
    country: str


def lines(nodes: Iterable[AreaNode], above: tuple[str, ...] = ()) -> Iterator[Line]:
    """The tree from the top down, a line for each team; ``above`` are the names of the areas over ``nodes``."""
    for node in nodes:
        way, leaders = (*above, node.name), ", ".join(each.name for each in node.leaders)
        for team in node.teams or (None,):
            name, people = (team.name, team.people) if team else (None, None)
            country = country_in_words(team.country, team.region) if team else ""
            yield Line(" › ".join(way), leaders, name, people, country)
        yield from lines(node.children, way)


TEAMS: Columns = (
    (_l("Area"), attrgetter("area")),
    (_l("Led by"), attrgetter("leaders")),
    (_l("Team"), attrgetter("team")),
    (_l("People"), attrgetter("people")),
    (_l("Country"), attrgetter("country")),
)

MEMBERS: Columns = (
    (_l("Name"), attrgetter("name")),
    (_l("Role"), lambda row: ROLE[row.role]),
    (_l("From"), attrgetter("started_at")),
    (_l("Until"), lambda row: getattr(row, "ended_at", None)),
)
