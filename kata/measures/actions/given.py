"""Readings as they arrive, and many new ones written at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from kata.activity.actions import record
from kata.extensions import db
from kata.measures.many import columns, iso, named
from kata.measures.models import Measure
from kata.measures.series import Value
from kata.measures.shares import Counts

#: Twice as quick as row by row; and no more than 999 values a statement, with which every SQLite is content.
ROWS_A_STATEMENT = 150


class Given(NamedTuple):
    """A reading as it arrives: typed, pasted or imported. With counts, the value is made of them when it is kept."""

    day: date
    value: float | None
    note: str = ""
    numerator: float | None = None
    denominator: float | None = None

    @property
    def counts(self) -> Counts | None:
        """What the value is made of, where it is a share or a rate."""
        if self.numerator is None or self.denominator is None:
            return None
        return Counts(self.numerator, self.denominator)


def add_all(measure: Measure, given: Sequence[Given], *, by: int | None) -> list[Value]:
    """New readings, with one entry in the record for them all: day and value, and note and counts where there are some.

    Given back as they count, oldest first. They are written by the driver itself, since a file may bring a hundred
    thousand: the library's work on each row costs thrice as much as the row.
    """
    days, values, notes, *counts = columns(given)
    counted = not all(map(are_blank, counts))
    told = len(Given._fields) if counted else 3 if any(notes) else 2
    rows = list(zip(map(iso, days), *(values, notes, *counts)[: told - 1], strict=True))
    _insert(Given._fields[:told], rows, measure, by)
    added = [row[:3] if None in row[3:] else row for row in rows] if counted else rows
    record("pasted readings", measure, by=by, added=added)
    return _as_kept(days, values, notes, counts)


def _insert(names: tuple[str, ...], rows: list[tuple[Any, ...]], measure: Measure, by: int | None) -> None:
    connection = db.session.connection()
    marks = ["?" if connection.dialect.positional else "%s"] * len(names)
    same = {"measure_id": str(measure.id), "entered_by_id": "NULL" if by is None else str(by), "version": "1"}
    same |= {} if "note" in names else {"note": "''"}
    into, row = ", ".join((*names, *same)), ", ".join((*marks, *same.values()))
    whole = len(rows) // ROWS_A_STATEMENT * ROWS_A_STATEMENT
    for some, size in ((rows[:whole], ROWS_A_STATEMENT), (rows[whole:], len(rows) - whole)):
        if some:
            statement = f"INSERT INTO reading ({into}) VALUES {', '.join([f'({row})'] * size)}"  # noqa: S608 - our names and ids
            blocks = [tuple(chain.from_iterable(some[at : at + size])) for at in range(0, len(some), size)]
            connection.exec_driver_sql(statement, blocks)


def _as_kept(days: Sequence[date], values: Sequence[float], notes: Sequence[str], counts: Any) -> list[Value]:
    """What the database would give back of these readings: all numbers are floats there."""
    made_of = ([None if number is None else float(number) for number in column] for column in counts)
    return sorted(named(Value, zip(days, map(float, values), *made_of, notes, strict=True)), key=itemgetter(0))


def are_blank(column: Sequence[object]) -> bool:
    """Whether nothing stands in this column."""
    return column.count(None) == len(column)
