"""A table that holds readings already: each row a day with its value, or with two counts, and perhaps a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kata.tables.blocks import Block
from kata.tables.cells import text_of
from kata.tables.export import restored
from kata.tables.table import Table
from kata.tallies.reader import Cells, LeftOut, Reader, Reason
from kata.tallies.recipe import Transcription

MOST_TOLD = 20


class Lines(NamedTuple):
    """Some rows, column by column. ``numbers`` are the column of values, or those of numerators and of denominators;
    None in all of them for a gap, where nothing was measured.
    """

    rows: Sequence[int]
    days: Sequence[date]
    numbers: Sequence[Sequence[float | None]]
    notes: Sequence[str]

    def each(self) -> Iterator[tuple[int, date, tuple[float, ...], str]]:
        """Row by row; without any number for a gap."""
        numbers = (tuple(one for one in own if one is not None) for own in zip(*self.numbers, strict=True))
        return zip(self.rows, self.days, numbers, self.notes, strict=True)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a row cannot be taken over. ``value`` is what stands there; for `DATE_TWICE` the first row of that day."""

    reason: Reason
    row: int
    column: str
    value: str


@dataclass(slots=True)
class Transcript:
    """Goes through the table once, giving readings as they come; what is wrong is known when it has come to the end.

    So they can be taken over at once, and taken back as a whole where ``total`` is not 0 then.
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

    def __iter__(self) -> Iterator[Lines]:
        first_rows: dict[date, int] = {}
        for block in self.table.blocks():
            yield self._at_once(block, first_rows) or self._row_by_row(block, first_rows)

    def _at_once(self, block: Block, first_rows: dict[date, int]) -> Lines | None:
        """The rows of a block in which nothing needs a second look: plain days, each once, and plain numbers."""
        reader = self.reader
        days = reader.plain_days(block.stretch(reader.at[self.recipe.date.column]), self.today)
        if days is None or len(set(days)) < len(days) or not first_rows.keys().isdisjoint(days):
            return None
        columns = [reader.plain_numbers(block.stretch(reader.at[name])) for name in self.recipe.numbers]
        found = [column for column in columns if column is not None]
        if len(found) < len(columns):
            return None
        first_rows.update(zip(days, block.numbers, strict=True))
        notes = list(map(self._note, block.rows)) if self.recipe.note else [""] * len(days)
        return Lines(block.numbers, days, found, notes)

    def _row_by_row(self, block: Block, first_rows: dict[date, int]) -> Lines:
        found: list[tuple[int, date, tuple[float | None, ...], str]] = []
        for row, cells in block.pairs():
            try:
                day = self.reader.day(cells, self.recipe.date, self.today)
                if (first := first_rows.setdefault(day, row)) != row:
                    raise LeftOut(Reason.DATE_TWICE, self.recipe.date.column, str(first))
                found.append((row, day, self._numbers(cells), self._note(cells)))
            except LeftOut as left_out:
                self._tell(row, left_out)
        if not found:
            return Lines((), (), (), ())
        rows, days, numbers, notes = zip(*found, strict=True)
        return Lines(rows, days, list(zip(*numbers, strict=True)), notes)

    def _numbers(self, cells: Cells) -> tuple[float | None, ...]:
        names = self.recipe.numbers
        known = [name for name in names if self.reader.says(cells, name)]
        if known and len(known) < len(names):
            lone = next(name for name in names if name not in known)
            raise LeftOut(Reason.COUNT_MISSING, lone, cells[self.reader.at[lone]])
        return tuple(self.reader.number(cells, name) if known else None for name in names)

    def _note(self, cells: Cells) -> str:
        """The words as they were typed, also where our own export had to mark them."""
        if not self.recipe.note:
            return ""
        cell = cells[self.reader.at[self.recipe.note]]
        return restored(cell).strip() if isinstance(cell, str) else text_of(cell)

    def _tell(self, row: int, left_out: LeftOut) -> None:
        self.total += 1
        if self.total <= MOST_TOLD:
            self.flaws.append(Flaw(left_out.reason, row, left_out.column, text_of(left_out.cell)))
