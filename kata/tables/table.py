"""A table: named columns over rows that keep the numbers they have in the file. Only a small one is kept in memory; the
rows of others are read anew each time they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeAlias

from kata.tables.blocks import Block, Blocks, Cells, Kept, Stretch
from kata.tables.cells import text_of
from kata.tables.problems import Code, Problem, Refused, refused

#: The row's number, from 1, and its cells.
Row: TypeAlias = tuple[int, Cells]

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Column:
    """``position`` counts from 1; ``heading`` is what stands there, ``name`` the same made unique and never blank."""

    position: int
    name: str
    heading: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the file is, and how to go through all that stands in it."""

    blocks: Blocks
    kind: str  # "csv" or "workbook"
    encoding: str = ""
    delimiter: str = ""  # "" where there is one column
    sheet: str = ""
    sheets: tuple[str, ...] = ()  # those that are visible and hold something
    merged: tuple[str, ...] = ()  # "A2:A4": only the first of these cells has the value, as in the file


@dataclass(frozen=True, slots=True)
class Table:
    """``header_row`` is 0 where the columns have no names in the file; then they are called A, B, C."""

    columns: tuple[Column, ...]
    height: int  # rows that hold something
    header_row: int
    source: Source

    def blocks(self) -> Iterator[Block]:
        """Every row below the header in which something stands. A row may hold more (blank) cells than columns.

        A table of one column keeps its blank rows: there a blank is a missing value and not the end of a paragraph.
        """
        keeps_blank = len(self.columns) == 1
        for block in self.source.blocks():
            filled = block.below(self.header_row).filled(keeps_blank=keeps_blank)
            if filled.rows:
                yield filled

    def rows(self) -> Iterator[Row]:
        """The same, row by row."""
        for block in self.blocks():
            yield from block.pairs()

    @property
    def shape(self) -> str:
        """The same for every file with the same columns, in whatever order they stand."""
        names = sorted(column.name.casefold() for column in self.columns)
        return sha256("\n".join(names).encode("utf-8", errors="replace")).hexdigest()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def stretches(self, column: Column) -> Iterator[Stretch]:
        """The column's cells with their row numbers."""
        at = column.position - 1
        for block in self.blocks():
            yield block.stretch(at)


def tabulate(source: Source, header_row: int | None = None) -> Table:
    """The table in the source, all rows checked; named by the header row (the first that holds something; 0: by none).

    Raises Refused when nothing stands there, or rows have more or fewer cells than the header.
    """
    source = replace(source, blocks=Kept(source.blocks))
    number, head = _head(source, header_row)
    if header_row == 0:
        number, head = 0, [""] * len(head)
    table = Table(tuple(_named(list(map(text_of, head)))), 0, number, source)
    height, empty = _check(table)
    columns = tuple(column for column in table.columns if column.position not in empty)
    return Table(columns, height, number, source)


def letters(position: int) -> str:
    """What spreadsheets call the column: A, B, …, Z, AA."""
    name = ""
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def _head(source: Source, wanted: int | None) -> Row:
    for block in source.blocks():
        for number, cells in block.pairs():
            if number == wanted or (not wanted and any(map(text_of, cells))):
                return number, cells
    raise refused(Code.NO_SUCH_ROW, row=wanted) if wanted else refused(Code.EMPTY)


def _named(headings: list[str]) -> Iterator[Column]:
    """Each with a name of its own: a second "Variant" is "Variant (2)", one without a heading bears its letter."""
    standing, given, turn = set(headings), set[str](), Counter[str]()
    for position, heading in enumerate(headings, 1):
        stem = heading or letters(position)
        name = stem
        while name in given or (name != heading and name in standing):
            turn[stem] += 1
            name = f"{stem} ({turn[stem] + 1})"
        given.add(name)
        yield Column(position, name, heading)


def _check(table: Table) -> tuple[int, set[int]]:
    """How many rows there are, and which columns hold nothing at all, not even a heading."""
    width, height = len(table.columns), 0
    empty = {column.position for column in table.columns if table.header_row and not column.heading}
    ragged, total = list[Problem](), 0
    for block in table.blocks():
        height += len(block.rows)
        if {*map(len, block.rows)} != {width}:
            found = list(_ragged(block, width))
            total += len(found)
            ragged += found[: MOST_TOLD - len(ragged)]
        if empty and not ragged:
            empty = {at for at in empty if not any(cells[at - 1] != "" for cells in block.rows)}
    if ragged:
        raise Refused(*ragged, total=total)
    return height, empty


def _ragged(block: Block, width: int) -> Iterator[Problem]:
    """The rows with fewer cells than the header, or with more in which something stands."""
    for number, cells in block.pairs():
        if len(cells) < width or any(cells[width:]):
            yield Problem(Code.RAGGED, number, str(len(cells)), str(width))
