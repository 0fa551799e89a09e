"""What the pages of the teams room show, worked out before the template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from kata.access.policy import Scope

#: Up to so many teams the whole organisation is shown at once; above it, one area at a time.
TEAMS_AT_ONCE = 150
#: Then so many areas at most are shown, the upper ones.
AREAS_AT_ONCE = 40


class AreaRow(NamedTuple):
    """An area as ``queries.area_rows`` tells of it."""

    id: int
    parent_id: int | None
    name: str
    slug: str


@dataclass(slots=True)
class AreaNode:
    """An area with what hangs on it. ``count`` is the number of open teams in it and below it."""

    id: int
    name: str
    slug: str
    count: int = 0
    leaders: Sequence[Any] = ()
    teams: Sequence[Any] = ()
    children: list[AreaNode] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return Scope(area_id=self.id)


def tree(areas: Iterable[Any], counts: Mapping[int, int]) -> list[AreaNode]:
    """The areas as a tree, each level in the order given, with the teams counted up to the top.

    An area whose parent is not among them stands at the top, so that none is ever lost from view.
    """
    rows = list(areas)
    nodes = {row.id: AreaNode(row.id, row.name, row.slug) for row in rows}
    roots: list[AreaNode] = []
    for row in rows:
        siblings = nodes[row.parent_id].children if row.parent_id in nodes else roots
        siblings.append(nodes[row.id])
    for node in roots:
        _count(node, counts)
    return roots


def _count(node: AreaNode, counts: Mapping[int, int]) -> int:
    node.count = counts.get(node.id, 0) + sum(_count(child, counts) for child in node.children)
    return node.count


def walk(nodes: Iterable[AreaNode], depth: int = 0) -> Iterator[tuple[AreaNode, int]]:
    """Each area with its depth, from the top down."""
    for node in nodes:
        yield node, depth
        yield from walk(node.children, depth + 1)


def options(areas: Iterable[Any], chosen: str = "") -> Markup:
    """All areas as the options of a select, each below the one that it belongs to; ``chosen`` is the slug of one."""
    told = _options(tuple(map(tuple, areas)))
    value = Markup(' value="{}"').format(chosen)
    return Markup(told.replace(value, f"{value} selected", 1)) if chosen else told  # noqa: S704 - made of escaped parts


@lru_cache(maxsize=4)
def _options(areas: tuple[tuple[Any, ...], ...]) -> Markup:
    """Kept, since an organisation of two hundred areas changes seldom and is offered often."""
    roots = tree((AreaRow(*each) for each in areas), {})
    option = Markup('<option value="{}">{}{}</option>')
    return Markup("").join(option.format(node.slug, "\u2003" * depth, node.name) for node, depth in walk(roots))


def keep_upper(nodes: Sequence[AreaNode], most: int) -> None:
    """Leave out the lower levels where all levels together have more than ``most`` areas; the first is always kept.

    What is left out is counted all the same, and stands on the page of the area above it.
    """
    level, count = list(nodes), 0
    while level:
        count += len(level)
        below = [child for node in level for child in node.children]
        if count + len(below) > most:
            for node in level:
                node.children = []
            return
        level = below


def places(areas: Iterable[Any], allowed: frozenset[int] | None = None) -> list[tuple[int, str, int]]:
    """Areas for a list to choose from: id, name and depth; only ``allowed`` ones unless that is ``None``."""
    found = [(node.id, node.name, depth) for node, depth in walk(tree(areas, {}))]
    return found if allowed is None else [place for place in found if place[0] in allowed]


def hang(nodes: Iterable[AreaNode], teams: Iterable[Any], leaders: Mapping[int, Sequence[Any]]) -> None:
    """Put teams and leaders where they belong."""
    by_area: dict[int, list[Any]] = defaultdict(list)
    for team in teams:
        by_area[team.area_id].append(team)
    for node, _depth in walk(nodes):
        node.teams, node.leaders = by_area.get(node.id, ()), leaders.get(node.id, ())


def find(nodes: Iterable[AreaNode], slug: str) -> AreaNode | None:
    """The area of this slug."""
    return next((node for node, _depth in walk(nodes) if node.slug == slug), None)
