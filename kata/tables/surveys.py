"""What all cells of a column say together about how they are written: proved, to be asked, or contradicting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from kata.tables.cells import Cell, Either, text_of

MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 60


class Verdict(StrEnum):
    CERTAIN = "certain"  # every cell can be read in one way only, whatever is chosen
    PROVED = "proved"  # some cells can, and all of those agree
    AMBIGUOUS = "ambiguous"  # none does: it must be asked
    MIXED = "mixed"  # they contradict each other: it must be told, with the rows


@dataclass(frozen=True, slots=True)
class Example:
    row: int
    value: str


@dataclass(slots=True)
class Sightings:
    """How often something was met, and where first."""

    count: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, row: int, cell: Cell) -> None:
        self.count += 1
        if self.count <= MOST_EXAMPLES:
            text = text_of(cell)
            shown = text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE - 1]}…"
            self.examples.append(Example(row, shown))

    def add_all(self, seen: Iterable[tuple[int, Cell]], count: int) -> None:
        """The same for ``count`` of them; no more are looked at than make examples."""
        wanted = min(max(MOST_EXAMPLES - self.count, 0), count)
        for row, cell in islice(seen, wanted):
            self.add(row, cell)
        self.count += count - wanted


@dataclass(slots=True)
class Survey:
    """Cells by what they prove. ``one`` and ``other`` are the two ways: day or month first, point or comma."""

    read: int = 0
    missing: int = 0
    one: Sightings = field(default_factory=Sightings)
    other: Sightings = field(default_factory=Sightings)
    open: Sightings = field(default_factory=Sightings)  # can be read in both ways, with two results
    unreadable: Sightings = field(default_factory=Sightings)

    @property
    def verdict(self) -> Verdict:
        if self.one.count and self.other.count:
            return Verdict.MIXED
        if self.one.count or self.other.count:
            return Verdict.PROVED
        return Verdict.AMBIGUOUS if self.open.count else Verdict.CERTAIN

    @property
    def way(self) -> bool | None:
        """The first way is proved (True), the second (False), or none."""
        return bool(self.one.count) if self.verdict is Verdict.PROVED else None

    def take(self, row: int, cell: Cell, either: Either[Any]) -> None:
        """Add a cell by what it can mean."""
        if either.is_nothing:
            self.unreadable.add(row, cell)
            return
        self.read += 1
        if either.is_open:
            self.open.add(row, cell)
        elif (proof := either.proof) is not None:
            (self.one if proof else self.other).add(row, cell)


def survey_values(cells: Iterable[Cell]) -> Counter[str]:
    """How often each text stands in the column: groups to choose from, words that say nothing."""
    return Counter(map(text_of, cells))
