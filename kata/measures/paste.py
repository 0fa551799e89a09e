"""Readings pasted from a spreadsheet, as date, value (or two counts) and note: read without ever guessing. Pure.

What can be meant in two ways (03/04/2026, or 1,234) is settled by the other rows of the same paste, or not at all:
then the order of day and month is asked about, and a number is named by row and column. Nothing is left out in
silence, and no text makes it fail.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

from flask_babel import gettext as _

from kata.measures.shares import Counts
from kata.rules import DomainError
from kata.tables.cells import Either, plain
from kata.tables.dates import read_day
from kata.tables.numbers import LARGEST, read_value

MOST_ROWS = 5_000

DAY, VALUE, OF = range(1, 4)  # the columns, as people count them; the note comes after the numbers
#: The columns of our own files; which of them are read, and in which order, depends on the measure.
OURS = frozenset({"day", "value", "numerator", "denominator", "note", "signals"})
PLAIN, COUNTED = ("value",), ("numerator", "denominator")
#: What is possible for the measure: answers the value that is kept, or raises ``DomainError``.
Check = Callable[[float | None, Counts | None], float]


@dataclass(frozen=True, slots=True)
class PastedReading:
    day: date
    value: float | None  # None: nothing was measured that day
    note: str = ""
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    rows: tuple[PastedReading, ...]
    problems: tuple[Problem, ...] = ()
    question: Literal["day_first"] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether all of it may be saved; otherwise none of it may."""
        return not self.problems and self.question is None


def parse(
    text: str, *, day_first: bool | None = None, today: date, counted: bool = False, check: Check | None = None
) -> Pasted:
    """Read the paste. `day_first` is the answer to the question, once it had to be asked.

    `counted`: in place of the value stand how many and of how many; `check` makes the value of them, or refuses it.
    """
    table = _table(text, COUNTED if counted else PLAIN)
    rows = list(islice(table, MOST_ROWS))
    if not rows:
        return Pasted((), (Problem(1, DAY, str(_("There is no reading here. Paste a date and a value in each row."))),))
    if all(row.is_alone for row in rows):
        return Pasted((), (_say(rows[0], VALUE, _("The values are missing. Copy the column beside the dates, too.")),))
    problems = [_too_many(row) for row in islice(table, 1)]

    order = _agreed(row.day for row in rows) if day_first is None else day_first
    point = _agreed((number for row in rows for number in row.numbers), by_point=rows[0].by_comma)
    shares = any(row.cell(VALUE).endswith("%") for row in rows)
    read: dict[date, _Row] = {}
    readings = []
    for row in rows:
        day, numbers = row.day.settle(order), [number.settle(point) for number in row.numbers]
        made, impossible = _made(row, numbers, check)
        found = [
            _day_problem(row, day, order, today) or _twice(row, read.get(day) if day else None),
            *(_number_problem(row, VALUE + at, number, shares) for at, number in enumerate(numbers)),
            impossible,
            _other_problem(row),
        ]
        problems += filter(None, found)
        if day is not None:
            read.setdefault(day, row)
            counts = numbers if counted and made is not None else (None, None)
            readings += [] if any(found) else [PastedReading(day, made, row.note, *counts)]
    asked = order is None and any(row.day.is_open or row.day.proof is not None for row in rows)
    return Pasted(tuple(readings), tuple(problems), "day_first" if asked else None)


def _made(row: "_Row", numbers: Sequence[float | None], check: Check | None) -> tuple[float | None, Problem | None]:
    """The value that these numbers make; none where they are missing, which is a gap or told elsewhere."""
    missing = [VALUE + at for at, number in enumerate(numbers) if number is None]
    if missing:
        half = len(missing) < len(numbers) and not row.cell(missing[0])
        told = _("One of the two counts is missing. Give both, or neither for a gap.")
        return None, _say(row, missing[0], told) if half else None
    value, counts = (numbers[0], None) if len(numbers) == 1 else (None, Counts(numbers[0] or 0.0, numbers[1] or 0.0))
    if check is None:
        return value, None
    try:
        return check(value, counts), None
    except DomainError as broken:
        return None, _say(row, OF if broken.field == "denominator" else VALUE, broken.text)


def _agreed(cells: Iterable[Either[Any]], *, by_point: bool = False) -> bool | None:
    """The way that the cells prove; None where none does, or they contradict each other."""
    proofs = {cell.proof for cell in cells} - {None} | ({True} if by_point else set())
    return next(iter(proofs)) if len(proofs) == 1 else None


class _Row:
    """A row that holds something: its number in the paste, its cells, and what those before the note can mean."""

    def __init__(self, number: int, cells: list[str], delimiter: str, width: int) -> None:
        note = VALUE + width  # the note's column
        self.number, self.width = number, width
        self.by_comma = delimiter == ","
        self.is_alone = len(cells) == 1
        if self.by_comma:  # a comma further on belongs to the note
            cells = [*cells[: note - 1], ", ".join(filter(None, cells[note - 1 :]))]
        self.has_surplus = any(cells[note:])
        self._cells = [*map(plain, cells[: note - 1]), *cells[note - 1 :]]
        self.day = read_day(self.cell(DAY))
        self.numbers = [read_value(self.cell(VALUE + at)) for at in range(width)]

    @property
    def note(self) -> str:
        return self.cell(VALUE + self.width)

    def cell(self, column: int) -> str:
        return self._cells[column - 1] if column <= len(self._cells) else ""


def _table(text: str, numbers: Sequence[str]) -> Iterator[_Row]:
    """The rows that hold something, but for a header; those of our own files in the order that is read."""
    numbered = enumerate(re.split(r"\r\n|[\r\n]", text.removeprefix("\ufeff")), 1)
    lines = [(number, line) for number, line in numbered if line.strip()]
    delimiter = max("\t;,", key=lambda sign: _fit(sign, [line for _number, line in lines[:50]]))
    order: list[int] | None = None
    for number, line in lines:
        cells = _split(line, delimiter)
        if number == lines[0][0] and _is_header(cells):
            order = _ours(cells, ("day", *numbers, "note"))
        elif any(cells):
            yield _Row(number, _in_order(cells, order) if order else cells, delimiter, len(numbers))


def _ours(header: list[str], wanted: Sequence[str]) -> list[int] | None:
    """Where the wanted columns stand in a file of ours; None for any other."""
    names = [cell.casefold() for cell in header]
    is_ours = len(names) > len(wanted) and OURS.issuperset(names)
    return [names.index(name) for name in wanted] if is_ours and set(wanted).issubset(names) else None


def _in_order(cells: list[str], order: list[int]) -> list[str]:
    return [cells[at] if at < len(cells) else "" for at in order]


def _fit(delimiter: str, lines: list[str]) -> tuple[int, int]:
    """How many rows the delimiter splits after a date, and how many at all."""
    firsts = [plain(_split(line, delimiter)[0]) for line in lines if delimiter in line]
    return sum(not read_day(first).is_nothing for first in firsts), len(firsts)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))]
    except csv.Error:  # a cell of more than 128 kB
        return [line.strip()]


def _is_header(cells: list[str]) -> bool:
    day, value = map(plain, [*cells, ""][:2])
    return not re.search(r"\d", day) and read_value(value).is_nothing


def _say(row: _Row, column: int, text: str) -> Problem:
    where = _("Row %(row)s, column %(column)s:", row=row.number, column=column)
    return Problem(row.number, column, f"{where} {text}")


def _day_problem(row: _Row, day: date | None, order: bool | None, today: date) -> Problem | None:
    cell = _short(row.cell(DAY))
    if not cell:
        return _say(row, DAY, _("The date is missing. Add it, or leave the row out."))
    if row.day.is_nothing:
        return _say(row, DAY, _("“%(cell)s” is not a date that can be read. Write it as 2026-06-12.", cell=cell))
    if day is None and order is not None:
        text = _("“%(cell)s” has day and month in another order. Write it as 2026-06-12.", cell=cell)
        return _say(row, DAY, text)
    if day is not None and day > today:
        return _say(row, DAY, _("“%(cell)s” has not come yet. Correct it, or leave the row out.", cell=cell))
    return None


def _twice(row: _Row, earlier: _Row | None) -> Problem | None:
    if earlier is None:
        return None
    cell, first = row.cell(DAY), earlier.number
    return _say(row, DAY, _("“%(cell)s” is the day of row %(first)s, too. Leave one out.", cell=cell, first=first))


def _number_problem(row: _Row, column: int, value: float | None, shares: bool) -> Problem | None:
    cell, either = _short(row.cell(column)), row.numbers[column - VALUE]
    if not cell:
        return None
    if either.is_nothing:
        text = _("“%(cell)s” is not a number. Leave units and words out; for a gap, leave the cell empty.", cell=cell)
        return _say(row, column, text)
    if value is None:
        whole, part = sorted((either.one or 0.0, either.other or 0.0), key=abs, reverse=True)
        text = _(
            "“%(cell)s” can be read in two ways. Write %(whole)s or %(part)s0.",
            cell=cell,
            whole=f"{whole:g}",
            part=f"{part:g}",
        )
        return _say(row, column, text)
    if abs(value) > LARGEST:
        return _say(row, column, _("“%(cell)s” is too large to be kept exactly. Use a larger unit.", cell=cell))
    if shares and value and not cell.endswith("%"):
        text = _("“%(cell)s” has no percent sign, but others have. Write all values in one way.", cell=cell)
        return _say(row, column, text)
    return None


def _other_problem(row: _Row) -> Problem | None:
    if row.by_comma and re.match(r"\d+(?:\.\d+)?%?(?:, |$)", row.note):
        text = _("It is not clear where the number ends. Separate the columns by tabs or semicolons.")
        return _say(row, VALUE + row.width, text)
    if row.has_surplus:
        told = (
            _("Only date, value and note are read. Leave the other columns out.")
            if row.width == 1
            else _("Only date, how many, of how many and note are read. Leave the other columns out.")
        )
        return _say(row, VALUE + row.width + 1, told)
    return None


def _too_many(row: _Row) -> Problem:
    most = f"{MOST_ROWS:,}"
    return _say(
        row, DAY, _("At most %(most)s rows are read at once. Paste the rest, from here on, after them.", most=most)
    )


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:39]}…"
