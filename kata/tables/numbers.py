"""Numbers as people write them: 1,234.5 and 1.234,5, 1 234,5 and 1'234.5, 12 %, € 12 and 12 kr.

The decimal sign is the column's, and so is the currency: amounts in two of them are no series of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kata.tables.blocks import Stretch
from kata.tables.cells import Cell, Either, is_missing, plain, text_of
from kata.tables.surveys import Sightings, Survey

LONGEST_NUMBER = 40
LARGEST = 1e15  # a larger number loses its last digits


class DecimalSign(StrEnum):
    POINT = "point"
    COMMA = "comma"


@dataclass(slots=True)
class NumberSurvey(Survey):
    """The first way is a decimal point. Per cents, amounts of each currency and bare numbers in one column are told
    apart: they do not mix.
    """

    percent: Sightings = field(default_factory=Sightings)
    bare: Sightings = field(default_factory=Sightings)
    money: dict[str, Sightings] = field(default_factory=dict)

    def kind(self, number: str, currency: str) -> Sightings:
        """Those that are written as this one is."""
        if currency:
            return self.money.setdefault(currency, Sightings())
        return self.percent if number.endswith("%") else self.bare

    @property
    def kinds(self) -> list[Sightings]:
        """Per cents, bare numbers and amounts of each currency, those of them that there are."""
        return [kind for kind in (self.percent, *self.money.values(), self.bare) if kind.count]

    @property
    def sign(self) -> DecimalSign | None:
        """The decimal sign that the column proves."""
        return None if self.way is None else DecimalSign.POINT if self.way else DecimalSign.COMMA


class Amount(NamedTuple):
    """A number as it is written, and the currency that stands before or behind it."""

    number: str
    currency: str = ""


_CURRENCY = re.compile(r"[€£$]|kr", re.IGNORECASE)
_SIGN = r"(?:[€£$]|kr\.?)"
_AMOUNT = re.compile(
    rf"(?P<minus>[+-]?)(?:(?P<before>{_SIGN}) ?(?P<whole>[^%]*)|(?P<number>[^%]*?) ?(?P<behind>{_SIGN}))",
    re.IGNORECASE,
)


def amount_in(text: str) -> Amount:
    """The number without its currency: -€5, €-5, 5 €, kr 5, 5 kr. Where none stands there, the text as it is."""
    if len(text) > LONGEST_NUMBER or not _CURRENCY.search(text):
        return Amount(text)
    found = _AMOUNT.fullmatch(text)
    if not found:
        return Amount(text)
    currency = (found["before"] or found["behind"]).removesuffix(".").lower()
    return Amount(found["minus"] + (found["number"] if found["whole"] is None else found["whole"]), currency)


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
_CERTAINLY = r"-?\d{1,15}(?:\.(?:\d{1,2}|\d{4,15}))?"
_CERTAIN = re.compile(_CERTAINLY, re.ASCII)


def _lines_of(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{number}\n)*+", re.ASCII)


# Without the other sign and without groups a number has one meaning as soon as the column's sign is known.
_LINES = {
    None: _lines_of(_CERTAINLY),
    DecimalSign.POINT: _lines_of(r"-?\d{1,15}(?:\.\d{1,15})?"),
    DecimalSign.COMMA: _lines_of(r"-?\d{1,15}(?:,\d{1,15})?"),
}


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
        number = amount_in(plain(cell)).number
        value = read_value(number).settle(None) if sign is None else _WRITTEN[sign].read(number)
    return value if value is not None and abs(value) <= LARGEST else None


def numbers_in(cells: Sequence[Cell], sign: DecimalSign | None) -> list[float] | None:
    """The numbers of cells that are all written plainly; None where any of them is not, and must be looked at."""
    lines = _lines(cells, sign)
    if lines is None:
        return None
    return list(map(float, (lines.replace(",", ".") if sign is DecimalSign.COMMA else lines).splitlines()))


def _lines(cells: Sequence[Cell], sign: DecimalSign | None) -> str | None:
    """Cells that are all plain numbers, each on a line."""
    try:
        lines = "\n".join([*cells, ""])  # type: ignore[list-item]  # what is no text raises TypeError
    except TypeError:
        return None
    return lines if lines.count("\n") == len(cells) and _LINES[sign].fullmatch(lines) else None


def survey_numbers(stretches: Iterable[Stretch], missing: frozenset[str]) -> NumberSurvey:
    """What all the column's cells prove about its decimal sign."""
    found = NumberSurvey()
    for stretch in stretches:
        lines = _lines(stretch.cells, None)
        if lines is not None and missing.isdisjoint(stretch.cells):
            found.read += len(stretch.cells)
            found.bare.add_all(stretch.pairs(), len(stretch.cells))
            pointed = ((row, cell) for row, cell in stretch.pairs() if "." in str(cell))
            found.one.add_all(pointed, lines.count("."))
        else:
            _look_at(stretch, missing, found)
    return found


def _look_at(stretch: Stretch, missing: frozenset[str], found: NumberSurvey) -> None:
    for row, cell in stretch.pairs():
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
            number, currency = amount_in(text_of(cell))
            either = read_value(number)
            found.take(row, cell, either)
            if not either.is_nothing:
                found.kind(number, currency).add(row, cell)
