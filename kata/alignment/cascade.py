"""What the tree of challenges shows of an area: its challenges, what serves them level by level, what serves none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kata.access.policy import Action, Scope, Viewer, allows
from kata.alignment.queries import cascade as queries
from kata.teams import queries as teams

#: How many challenges an address may open at once; what is further is read on the page of its own area.
MOST_OPENED = 30
#: What the page shows where no area is asked for and several stand at the top.
NO_AREA: dict[str, Any] = {"branches": [], "above": None, "untied": None, "can_set": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: which challenges are ``opened`` in place, and from where on one list goes on.

    ``only`` shows the boards of one challenge, or those of the area's teams that serve one ``above`` or are ``untied``.
    """

    opened: tuple[int, ...] = ()
    only: int | str = ""
    after: int = queries.LAST


@dataclass(slots=True)
class Branch:
    """A challenge with what is shown under it, and the address that shows or hides it."""

    row: Any
    is_open: bool
    toggle: str
    can_tie: bool
    branches: list[Branch] = field(default_factory=list)
    cards: list[Any] = field(default_factory=list)
    more: str = ""


@dataclass(slots=True)
class Place:
    """An area with what is in it and in all below it, as far as the viewer sees it."""

    row: Any
    challenges: int = 0
    boards: int = 0
    untied: int = 0
    children: list[Place] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return Scope(area_id=self.row.id)

    def walk(self) -> Iterator[Place]:
        """It and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def places(rows: Iterable[Any]) -> list[Place]:
    """The areas as trees, each with the sums of all below it; one whose parent is closed stands at the top."""
    rows = list(rows)
    by_id = {row.id: Place(row, row.challenges, row.boards, row.untied) for row in rows}
    roots: list[Place] = []
    for row in rows:
        siblings = by_id[row.parent_id].children if row.parent_id in by_id else roots
        siblings.append(by_id[row.id])
    for root in roots:
        _sum(root)
    return roots


def _sum(place: Place) -> None:
    for child in place.children:
        _sum(child)
        place.challenges += child.challenges
        place.boards += child.boards
        place.untied += child.untied


def find(roots: list[Place], slug: str | None) -> tuple[Place | None, list[Place]]:
    """The area of this slug and the way to it; without a slug the one at the top, where there is one alone."""
    if slug is None:
        return (roots[0] if len(roots) == 1 else None), []
    for root in roots:
        if way := _way(root, slug):
            return way[-1], way[:-1]
    return None, []


def _way(place: Place, slug: str) -> list[Place]:
    if place.row.slug == slug:
        return [place]
    for child in place.children:
        if way := _way(child, slug):
            return [place, *way]
    return []


def of_area(viewer: Viewer, place: Place, asked: Asked) -> dict[str, Any]:
    """The page of one area: the same number of statements whatever stands in it."""
    area_id, base = place.row.id, f"/challenges/{place.row.slug}"
    rows = queries.challenges(viewer, area_id, list(asked.opened))
    leaders = teams.leaders_by_area([area_id]).get(area_id, [])
    return {
        "branches": _branches(viewer, rows, asked, base),
        "above": _shelf(viewer, area_id, "above", asked, base),
        "untied": _shelf(viewer, area_id, "untied", asked, base),
        "practising": queries.of_leaders(viewer, area_id),
        "leaders": leaders,
        "leads": viewer.person_id in {each.person_id for each in leaders},
        "can_set": allows(viewer, Action.SET_AREA_CHALLENGE, place.scope),
    }


@dataclass(frozen=True, slots=True)
class Shelf:
    """Boards of an area's own teams, and the address at which the list goes on."""

    cards: list[Any]
    more: str


def _shelf(viewer: Viewer, area_id: int, name: str, asked: Asked, base: str) -> Shelf:
    after = asked.after if asked.only == name else queries.LAST
    rows = queries.elsewhere(viewer, area_id, tied=name == "above", after=after)
    shown = rows[: queries.EACH]
    return Shelf(shown, f"{base}?only={name}&after={shown[-1].id}" if len(rows) > queries.EACH else "")


def _branches(viewer: Viewer, rows: list[Any], asked: Asked, base: str) -> list[Branch]:
    """The rows as trees; a challenge of the area itself is always open, another one where the address says so."""
    made: dict[int, Branch] = {}
    for row in rows:
        is_open = row.depth == 0 or row.id in asked.opened
        can_tie = allows(viewer, Action.SET_AREA_CHALLENGE, Scope(area_id=row.area_id))
        made.setdefault(row.id, Branch(row, is_open, _toggled(base, asked.opened, row.id), can_tie))
    for each in made.values():
        if each.row.depth and each.row.serves_id in made:
            made[each.row.serves_id].branches.append(each)
    _hang_boards(viewer, made, asked, base)
    return [each for each in made.values() if each.row.depth == 0 and asked.only in ("", each.row.id)]


def _hang_boards(viewer: Viewer, made: dict[int, Branch], asked: Asked, base: str) -> None:
    opened = [number for number, each in made.items() if each.is_open]
    one = isinstance(asked.only, int)
    after = asked.after if one else queries.LAST
    under = defaultdict(list)
    for row in queries.serving(viewer, opened, after):
        under[row.serves_id].append(row)
    for number in opened:
        each, shown = made[number], under[number]
        each.cards = shown
        whole = len(shown) < queries.EACH or (not one and each.row.boards == len(shown))
        each.more = "" if whole else _further(each, shown, base)


def _further(branch: Branch, shown: list[Any], base: str) -> str:
    """Further boards stand on the page of the challenge's own area."""
    page = base if branch.row.depth == 0 else f"/challenges/{branch.row.area_slug}"
    return f"{page}?only={branch.row.id}&after={shown[-1].id}"


def _toggled(base: str, opened: tuple[int, ...], number: int) -> str:
    left = [each for each in opened if each != number] if number in opened else [*opened, number]
    query = "&".join(f"open={each}" for each in left[-MOST_OPENED:])
    return f"{base}?{query}#challenge-{number}" if query else f"{base}#challenge-{number}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: a challenge of an area, or a storyboard of a team."""

    row: Any
    is_board: bool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name, None)

    @property
    def linked(self) -> bool | None:
        """Whether a storyboard's challenge names what the customer feels."""
        return self.row.measure_id is not None and self.row.moment_id is not None if self.is_board else None


def lines(viewer: Viewer, roots: list[Place]) -> Iterator[Line]:
    """The challenges of these areas and of all below them, then the boards."""
    ids = [each.row.id for root in roots for each in root.walk()]
    yield from (Line(row, is_board=False) for row in queries.given_in(ids))
    yield from (Line(row, is_board=True) for row in queries.boards_in(viewer, ids))
