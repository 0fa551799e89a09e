"""Which groups may be told of, so that no figure and no difference of two is about fewer than five people. Pure.

Areas form a tree, and what is told of an area can be taken away from what is told of the area above it; what was told
of a quarter can be taken away from what is told of the next. Both together leave the people of an area who are in none
of the areas below that are told of, and of these the ones who changed between the two quarters. That is nobody, or at
least ``FEWEST`` people; else the area is not told of in that quarter, and what was told before stands.

People are bits of whole numbers: a group of forty thousand is one number, and what two groups share is one ``and``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

FEWEST = 5

Group = int


@dataclass
class Quarter:
    """The organisation as it stood at the end of a quarter.

    ``parents`` is the tree of areas; ``groups`` are the people of each area, those of the areas below it included;
    ``seen`` are the people who were observed in the quarter. ``told`` is filled by ``tell_newest``.
    """

    parents: Mapping[int, int | None]
    groups: Mapping[int, Group]
    seen: Group
    told: set[int] = field(default_factory=set)

    def below(self, area: int) -> set[int]:
        """The areas below an area that are told of."""
        return self.told & self._below[area]

    def above(self, area: int) -> list[int]:
        """The areas above an area, the nearest first."""
        return self._above[area]

    @cached_property
    def _above(self) -> dict[int, list[int]]:
        return {area: list(above(self.parents, area)) for area in self.groups}

    @cached_property
    def _below(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for area, way in self._above.items():
            for each in way:
                found[each].add(area)
        return found

    def left(self, area: int, apart_from: set[int]) -> Group:
        """Those of the area who are in none of the others."""
        group = self.groups.get(area, 0)
        for each in apart_from:
            group &= ~self.groups.get(each, 0)
        return group


def above(parents: Mapping[int, int | None], area: int) -> Iterator[int]:
    """The areas above an area, the nearest first."""
    passed, at = {area}, parents.get(area)
    while at is not None and at not in passed:
        passed.add(at)
        yield at
        at = parents.get(at)


def tell_newest(quarters: Sequence[Quarter]) -> None:
    """Decide which areas are told of in the newest quarter, the last of ``quarters``; those higher up come first.

    What was told of the quarters before it stands, so that a decision never has to be taken back.
    """
    now = quarters[-1]
    for area in sorted(now.groups, key=lambda each: (len(now.above(each)), each)):
        now.told.add(area)
        if not all(_is_safe(quarters, each) for each in (area, *now.above(area))):
            now.told.discard(area)


def _is_safe(quarters: Sequence[Quarter], area: int) -> bool:
    """Whether nothing that is told of an area in the newest quarter tells of a few, whatever it is compared with."""
    *before, now = quarters
    if area not in now.told:
        return True
    below = now.below(area)
    if not _is_enough(now.left(area, below)):
        return False
    seen: Group = 0
    for earlier, following in zip(reversed(before), reversed(quarters[1:]), strict=True):
        seen |= following.seen
        if area in earlier.told:
            both = below & earlier.below(area)
            then, since = earlier.left(area, both), now.left(area, both)
            if not _is_enough((then ^ since) | (then & since & seen)):
                return False
    return True


def _is_enough(group: Group) -> bool:
    return group == 0 or group.bit_count() >= FEWEST
