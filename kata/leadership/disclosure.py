"""What may be told so that no figure, and no difference of figures, is about fewer than five people. Pure.

Levels are private, so whoever knows every figure that was ever told must not be able to work out a person's: they are
told by ``Cells``. How much is practised on storyboards can be read there by everyone; it is withheld of small groups
all the same (``told_of``), since the figures of a few would be read as figures about them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

FEWEST = 5

Item = TypeVar("Item")
Parents = Mapping[int, int | None]


class Cells(Generic[Item]):
    """What was told of people in each area of a tree, so that at least ``FEWEST`` new items come at once.

    An item is what is known of a person; a newer one takes its place. New items are told in the lowest area in which
    enough of them come together, or wait. Each item is told in one cell only, and a cell is told anew only with
    ``FEWEST`` items that were never told before. Figures are sums of cells; so in whatever way figures are added to and
    taken from each other, of the last telling that is left over at least these items are left over whole: no sum or
    difference is about fewer people, whatever else somebody knows of the figures.
    """

    def __init__(self) -> None:
        self._told: dict[int, dict[int, Item]] = {}
        self._homes: dict[int, int] = {}

    def tell(self, parents: Parents, waiting: dict[int, tuple[int, Item]]) -> None:
        """Tell what can be told of those who wait: of each person the area and the item. Who was told waits no more."""
        arriving: dict[int, dict[int, Item]] = defaultdict(dict)
        for person, (area, item) in waiting.items():
            arriving[area][person] = item
        for area in sorted(parents, key=lambda each: (-len(list(above(parents, each))), each)):
            here, up = arriving.pop(area, {}), parents[area]
            if len(here) >= FEWEST:
                self._take_in(area, here)
                for person in here:
                    del waiting[person]
            elif here and up is not None:
                arriving[up] |= here

    def _take_in(self, area: int, items: dict[int, Item]) -> None:
        """Tell the cell anew: with what is new, and without those who have been told of elsewhere since."""
        self._homes |= dict.fromkeys(items, area)
        stayed = {person: item for person, item in self._told.get(area, {}).items() if self._homes[person] == area}
        self._told[area] = stayed | items

    def of_areas(self, parents: Parents) -> dict[int, list[Item]]:
        """What is told of each area: the items of its cell and of the cells below it."""
        found: dict[int, list[Item]] = defaultdict(list)
        for area, items in self._told.items():
            for each in (area, *above(parents, area)):
                found[each] += items.values()
        return found


def told_of(parents: Parents, groups: Mapping[int, int]) -> set[int]:
    """The areas that may be told of, of which ``groups`` has the people as bits of a whole number.

    The people of an area, less those of any areas below that are told of, are nobody or at least ``FEWEST``. Areas
    higher up come first.
    """
    ways = {area: list(above(parents, area)) for area in groups}
    told: set[int] = set()
    for area in sorted(groups, key=lambda each: (len(ways[each]), each)):
        told.add(area)
        if not all(_is_enough(_left(each, told, ways, groups)) for each in (area, *ways[area]) if each in told):
            told.discard(area)
    return told


def above(parents: Parents, area: int) -> Iterator[int]:
    """The areas above an area, the nearest first."""
    passed, at = {area}, parents.get(area)
    while at is not None and at not in passed:
        passed.add(at)
        yield at
        at = parents.get(at)


def _left(area: int, told: set[int], ways: Mapping[int, list[int]], groups: Mapping[int, int]) -> int:
    """Those of the area who are in no area below it that is told of."""
    group = groups[area]
    for each in told:
        if area in ways[each]:
            group &= ~groups[each]
    return group


def _is_enough(group: int) -> bool:
    return group == 0 or group.bit_count() >= FEWEST
