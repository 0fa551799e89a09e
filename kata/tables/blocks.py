"""Rows by the block, since what is asked of a thousand rows at once costs a tenth of what it costs row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from kata.tables.cells import Cell

ROWS_A_BLOCK = 1024
CELLS_A_BLOCK = 1 << 15  # a wide table has shorter blocks, so that none is large
#: A table of so few cells stays in memory when it was read once.
MOST_KEPT = 1 << 18
_AT_ONCE = 32
#: Days, each on a line. Where a cell holds lines itself, there are more of them than cells.
_DAYS, _DAY_LINE = re.compile(r"(?:\d{4}-\d\d-\d\d\n)*+", re.ASCII), len("2026-06-12\n")

Cells: TypeAlias = Sequence[Cell]


@dataclass(frozen=True)
class Stretch:
    """Cells of one column, with the numbers of their rows."""

    numbers: Sequence[int]
    cells: Sequence[Cell]

    def pairs(self) -> Iterator[tuple[int, Cell]]:
        """Each cell with the number of its row."""
        return zip(self.numbers, self.cells, strict=True)

    @cached_property
    def days(self) -> list[date] | None:
        """The days, where all cells are written as 2026-06-12; None where any is not, and must be looked at."""
        try:
            written = "\n".join([*self.cells, ""])  # type: ignore[list-item]  # TypeError for what is no text
            if not _DAYS.fullmatch(written) or len(written) != _DAY_LINE * len(self.cells):
                return None  # 20260612 and 2026-W24-5 would be read, too
            return list(map(date.fromisoformat, self.cells))  # type: ignore[arg-type]  # they are all text
        except (TypeError, ValueError):
            return None


@dataclass(frozen=True)
class Block:
    """Neighbouring rows with the numbers that they have in the file, from 1."""

    numbers: Sequence[int]
    rows: Sequence[Cells]
    _stretches: dict[int, Stretch] = field(default_factory=dict, compare=False, repr=False)

    def pairs(self) -> Iterator[tuple[int, Cells]]:
        """Each row with its number."""
        return zip(self.numbers, self.rows, strict=True)

    def below(self, number: int) -> Block:
        """The rows that stand below the row of this number."""
        if not self.numbers or self.numbers[0] > number:
            return self
        kept = len(self.numbers) - sum(1 for each in self.numbers if each <= number)
        return Block(self.numbers[-kept:], self.rows[-kept:]) if kept else Block((), ())

    def filled(self, *, keeps_blank: bool) -> Block:
        """The rows in which something stands; with ``keeps_blank`` the others too, as one blank cell each."""
        if self._is_filled:
            return self
        kept = [
            (number, cells if holds else ("",))
            for number, cells in self.pairs()
            if (holds := any(cells) or 0 in cells) or keeps_blank
        ]
        return Block([number for number, _cells in kept], [cells for _number, cells in kept])

    @cached_property
    def _is_filled(self) -> bool:
        return all(map(any, self.rows))

    def stretch(self, at: int) -> Stretch:
        """The column at this place, from 0. The same one each time, so that what was found out about it stays."""
        if at not in self._stretches:
            self._stretches[at] = Stretch(self.numbers, [cells[at] for cells in self.rows])
        return self._stretches[at]


Blocks: TypeAlias = Callable[[], Iterator[Block]]


class Gathered:
    """Rows, numbered from 1, by the block. ``number`` is that of the last one that came, also where it was the last
    before a fault.
    """

    def __init__(self, rows: Iterable[Cells]) -> None:
        self.rows = iter(rows)
        self.number = 0

    def __iter__(self) -> Iterator[Block]:
        while rows := self._next():
            yield Block(range(self.number - len(rows) + 1, self.number + 1), rows)

    def _next(self) -> list[Cells]:
        rows: list[Cells] = []
        cells, room = 0, True
        try:
            while room:
                before = len(rows)
                rows.extend(islice(self.rows, _AT_ONCE))
                cells += sum(map(len, islice(rows, before, None)))
                room = before < len(rows) < ROWS_A_BLOCK and cells < CELLS_A_BLOCK
        finally:
            self.number += len(rows)
        return rows


class Kept:
    """Blocks that stay in memory once somebody has gone through all of them, where they are small; else read anew."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._kept: list[Block] | None = None

    def __call__(self) -> Iterator[Block]:
        return self._first_time() if self._kept is None else iter(self._kept)

    def _first_time(self) -> Iterator[Block]:
        kept, room = list[Block](), MOST_KEPT
        for block in self._blocks():
            yield block
            room -= sum(map(len, block.rows))
            kept.append(block)
            if room < 0:
                kept.clear()
        if room >= 0:
            self._kept = kept
