"""What one cell of a spreadsheet can mean as a day or as a number, in both of the ways people write them. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

EARLIEST_YEAR = 1900
LONGEST_NUMBER = 40

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """A cell read with the day first or the month first; with a decimal point or a decimal comma. None: it can't be."""

    one: T | None = None
    other: T | None = None

    @property
    def is_nothing(self) -> bool:
        return self.one is None and self.other is None

    @property
    def is_open(self) -> bool:
        return self.one is not None and self.other is not None and self.one != self.other

    @property
    def proof(self) -> bool | None:
        """What this cell shows about its neighbours: the first way is theirs (True), the second (False), or nothing."""
        return None if (self.one is None) == (self.other is None) else self.one is not None

    def settle(self, way: bool | None) -> T | None:
        if way is None:
            return None if self.is_open else self.other if self.one is None else self.one
        return self.one if way else self.other


# Spaces that don't break, the typographic minus and apostrophe, and the marks of direction that some programs add.
_PLAIN = str.maketrans({**dict.fromkeys("\xa0\u2007\u2009\u202f", " "), "\u2212": "-", "’": "'"})
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(cell: str) -> str:
    return _INVISIBLE.sub("", cell).translate(_PLAIN).strip()


_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(r"(?:(\d{1,2})\.?[ -])?([a-z]{3,9})\.?(?: (\d{1,2}))?,?[ -](\d{4})", re.ASCII | re.IGNORECASE)
_MONTHS = "january february march april may june july august september october november december".split()


def read_day(cell: str) -> Either[date]:
    """A day with its whole year. A week means its Monday, a month its first day; a time of day is no day."""
    if found := _YEAR_FIRST.fullmatch(cell):
        year, _sign, month, day = found.groups()
        return _certain(_date(year, month, day or 1))
    if found := _YEAR_LAST.fullmatch(cell):
        first, sign, second, year = found.groups()
        day_first = _date(year, second, first)
        return _certain(day_first) if sign == "." else Either(day_first, _date(year, first, second))
    if found := _WEEK.fullmatch(cell):
        return _certain(_monday(*map(int, found.groups())))
    if found := _NAMED.fullmatch(cell):
        before, name, after, year = found.groups()
        month = next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)
        return _certain(None if before and after else _date(year, month, before or after or 1))
    return Either()


def _certain(day: date | None) -> Either[date]:
    return Either(day, day)


def _date(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) >= EARLIEST_YEAR else None
    except ValueError:
        return None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1) if year >= EARLIEST_YEAR else None
    except ValueError:
        return None


def _number(point: str, group: str) -> re.Pattern[str]:
    whole = rf"(?:\d+|[1-9]\d{{0,2}}([{group} '])\d{{3}}(?:\1\d{{3}})*)?"
    return re.compile(rf"[+-]?(?=[{point}]?\d){whole}(?:[{point}]\d+)?(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


_WITH_POINT, _WITH_COMMA = _number(".", ","), _number(",", ".")


def read_value(cell: str) -> Either[float]:
    """A number, a percent sign left aside; one too large for a float is infinite."""
    digits = cell.removesuffix("%").rstrip()
    if len(digits) > LONGEST_NUMBER:
        return Either()
    point = float(re.sub(r"[, ']", "", digits)) if _WITH_POINT.fullmatch(digits) else None
    comma = float(re.sub(r"[. ']", "", digits).replace(",", ".")) if _WITH_COMMA.fullmatch(digits) else None
    return Either(point, comma)
