"""Numbers as people write them: 1,234.5 and 1.234,5, 1 234,5 and 1'234.5, 12 %. The decimal sign is the column's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kata.tables.cells import Cell, Either, is_missing, plain, text_of
from kata.tables.surveys import Sightings, Survey

LONGEST_NUMBER = 40
LARGEST = 1e15  # a larger number loses its last digits


class DecimalSign(StrEnum):
    POINT = "point"
    COMMA = "comma"


@dataclass(slots=True)
class NumberSurvey(Survey):
    """The first way is a decimal point. Per cents and bare numbers in one column are told apart: they do not mix."""

    percent: Sightings = field(default_factory=Sightings)
    bare: Sightings = field(default_factory=Sightings)

    @property
    def sign(self) -> DecimalSign | None:
        """The decimal sign that the column proves."""
        return None if self.way is None else DecimalSign.POINT if self.way else DecimalSign.COMMA


class _Written:
    """Numbers with one of the two decimal signs; the other groups thousands, as do blanks and apostrophes."""

    def __init__(self, sign: str, group: str) -> None:
        whole = rf"(?:\d+|[1-9]\d{{0,2}}([{group} '])\d{{3}}(?:\1\d{{3}})*)?"
        pattern = rf"[+-]?(?=[{sign}]?\d){whole}(?:[{sign}]\d+)?(?:e[+-]?\d+)?"
        self._fits = re.compile(pattern, re.ASCII | re.IGNORECASE).fullmatch
        self._plainly = str.maketrans({group: None, " ": None, "'": None, sign: "."})

    def read(self, text: str) -> float | None:
        """The number, a percent sign left aside; one too large for a float is infinite."""
        digits = text.removesuffix("%").rstrip()
        if len(digits) > LONGEST_NUMBER or not self._fits(digits):
            return None
        return float(digits.translate(self._plainly))


_WRITTEN = {DecimalSign.POINT: _Written(".", ","), DecimalSign.COMMA: _Written(",", ".")}
# Most numbers: nothing in them can be taken for another sign, so that they need no second look.
_CERTAIN = re.compile(r"-?\d{1,15}(?:\.(?:\d{1,2}|\d{4,15}))?", re.ASCII)


def read_value(text: str) -> Either[float]:
    """The number by a decimal point and by a decimal comma."""
    return Either(_WRITTEN[DecimalSign.POINT].read(text), _WRITTEN[DecimalSign.COMMA].read(text))


def number_in(cell: Cell, sign: DecimalSign | None) -> float | None:
    """The number in a cell of a column with this decimal sign; None for what is none, or too large to be kept exactly.

    Without a sign only what has one meaning is read.
    """
    if isinstance(cell, float):
        value: float | None = cell
    elif not isinstance(cell, str):
        return None
    elif sign is not DecimalSign.COMMA and _CERTAIN.fullmatch(cell):
        value = float(cell)
    else:
        value = read_value(plain(cell)).settle(None) if sign is None else _WRITTEN[sign].read(plain(cell))
    return value if value is not None and abs(value) <= LARGEST else None


def survey_numbers(cells: Iterable[tuple[int, Cell]], missing: frozenset[str]) -> NumberSurvey:
    """What all the column's cells (with their row numbers) prove about its decimal sign."""
    found = NumberSurvey()
    for row, cell in cells:
        if is_missing(cell, missing):
            found.missing += 1
        elif isinstance(cell, float):
            found.read += 1
        elif isinstance(cell, str) and _CERTAIN.fullmatch(cell):
            found.read += 1
            found.bare.add(row, cell)
            if "." in cell:
                found.one.add(row, cell)
        else:
            text = text_of(cell)
            found.take(row, cell, read_value(text))
            (found.percent if text.endswith("%") else found.bare).add(row, cell)
    return found
