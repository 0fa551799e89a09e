"""A table that holds readings already: each row a day with its value, or with two counts, and perhaps a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kata.tables.cells import text_of
from kata.tables.export import restored
from kata.tables.table import Table
from kata.tallies.reader import Cells, LeftOut, Reader, Reason
from kata.tallies.recipe import Transcription

MOST_TOLD = 20


class Transcribed(NamedTuple):
    """``numbers`` are the value, or numerator and denominator; empty for a gap, where nothing was measured."""

    row: int
    day: date
    numbers: tuple[float, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a row cannot be taken over. ``value`` is what stands there; for `DATE_TWICE` the first row of that day."""

    reason: Reason
    row: int
    column: str
    value: str


@dataclass(slots=True)
class Transcript:
    """Goes through the table once, giving reading by reading; what is wrong is known when it has come to the end.

    So the readings can be written as they come, and taken back as a whole where ``total`` is not 0 then.
    ``flaws`` tells the first of them. Raises Unfit when it is made.
    """

    table: Table
    recipe: Transcription
    today: date
    flaws: list[Flaw] = field(default_factory=list)
    total: int = 0
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader.of(self.table, self.recipe)

    def __iter__(self) -> Iterator[Transcribed]:
        first_rows: dict[date, int] = {}
        note = self.reader.at.get(self.recipe.note)
        for number, cells in self.table.rows():
            try:
                day = self.reader.day(cells, self.recipe.date, self.today)
                if (first := first_rows.setdefault(day, number)) != number:
                    raise LeftOut(Reason.DATE_TWICE, self.recipe.date.column, str(first))
                numbers = self._numbers(cells)
            except LeftOut as left_out:
                self._tell(number, left_out)
            else:
                yield Transcribed(number, day, numbers, "" if note is None else _note(cells, note))

    def _numbers(self, cells: Cells) -> tuple[float, ...]:
        names = self.recipe.numbers
        known = [name for name in names if self.reader.says(cells, name)]
        if known and len(known) < len(names):
            lone = next(name for name in names if name not in known)
            raise LeftOut(Reason.COUNT_MISSING, lone, cells[self.reader.at[lone]])
        return tuple(self.reader.number(cells, name) for name in known)

    def _tell(self, row: int, left_out: LeftOut) -> None:
        self.total += 1
        if self.total <= MOST_TOLD:
            self.flaws.append(Flaw(left_out.reason, row, left_out.column, text_of(left_out.cell)))


def _note(cells: Cells, at: int) -> str:
    """The words as they were typed, also where our own export had to mark them."""
    cell = cells[at]
    return restored(cell).strip() if isinstance(cell, str) else text_of(cell)
