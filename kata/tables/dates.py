"""Days and moments as people and programs write them. Which of day and month comes first is the column's to prove.

A moment keeps its offset where one is written and has none where none is; which zone it then means is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TypeAlias

from kata.tables.blocks import Stretch
from kata.tables.cells import Cell, Either, is_missing, plain
from kata.tables.short_years import Order, ShortDate, short_date
from kata.tables.surveys import Sightings, Survey, Verdict

EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
_REMEMBERED = 1 << 16  # a column repeats its days, and a moment's day and minute occur in others
_LONGEST = 60
_NO_DAY: Either[date] = Either()

#: A day, or a moment (which Python holds to be a day, too).
Moment: TypeAlias = date | datetime


@dataclass
class DateSurvey(Survey):
    """The first way is the day first. Short dates, with a year of two digits, know a third one."""

    timed: int = 0  # with a time of day
    zoned: int = 0  # with an offset from UTC
    short: Sightings = field(default_factory=Sightings)
    narrowing: Sightings = field(default_factory=Sightings)  # those that rule out an order
    orders: set[Order] = field(default_factory=lambda: set(Order))  # those that can read every short date

    @property
    def verdict(self) -> Verdict:
        if not self.short.count:
            return super().verdict
        left = len(self._left)
        return Verdict.AMBIGUOUS if left > 1 else Verdict.PROVED if left else Verdict.MIXED

    @property
    def order(self) -> Order | None:
        """The order that the column proves."""
        if self.verdict is not Verdict.PROVED:
            return None
        if self.short.count:
            return next(iter(self._left))
        return Order.DAY_FIRST if self.one.count else Order.MONTH_FIRST

    def take_short(self, row: int, cell: Cell, found: ShortDate) -> None:
        """Add a short date by the orders that can read it."""
        self.read += 1
        self.short.add(row, cell)
        if not self.orders <= found.by.keys():
            self.narrowing.add(row, cell)
        self.orders &= found.by.keys()

    @property
    def _left(self) -> set[Order]:
        """The orders that can read all dates, also those with a whole year."""
        left = set(self.orders)
        if self.one.count or self.other.count or self.open.count:
            left.discard(Order.YEAR_FIRST)
        if self.one.count:
            left.discard(Order.MONTH_FIRST)
        if self.other.count:
            left.discard(Order.DAY_FIRST)
        return left


_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(r"(?:(\d{1,2})\.?[ -])?([a-z]{3,9})\.?(?: (\d{1,2}))?,?[ -](\d{4})", re.ASCII | re.IGNORECASE)
_MONTHS = "january february march april may june july august september october november december".split()
_TIME = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?",
    re.ASCII | re.IGNORECASE,
)


@lru_cache(_REMEMBERED)
def read_date(cell: str) -> Either[date]:
    """A date with its whole year. A week means its Monday, a month its first day."""
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


@lru_cache(_REMEMBERED)
def read_time(cell: str) -> time | None:
    """A time of day, with its offset where it has one."""
    found = _TIME.fullmatch(cell)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    microsecond = int((found["part"] or "").ljust(6, "0")[:6])
    try:
        zone = _zone(found["zone"])
        return time(hour, int(found["minute"]), int(found["second"] or 0), microsecond, zone)
    except ValueError:
        return None


def read_day(cell: str) -> Either[date]:
    """A day with its whole year; also a moment at midnight, as some programs write days. Any other time of day is no
    day.
    """
    day, clock = _read(cell)
    if isinstance(day, ShortDate) or (clock is not None and clock.replace(tzinfo=None) != time()):
        return _NO_DAY
    return day


def moment_in(cell: Cell, order: Order | None) -> Moment | None:
    """The day or moment in a cell of a column with this order; None for what is neither.

    Without an order only what has one meaning is read.
    """
    if isinstance(cell, str):
        either, clock = _read(cell)
        day = _settled(either, order)
        return day if day is None or clock is None else datetime.combine(day, clock)
    return cell if isinstance(cell, date) and EARLIEST_YEAR <= cell.year <= LATEST_YEAR else None


def _settled(either: Either[date] | ShortDate, order: Order | None) -> date | None:
    if isinstance(either, ShortDate):
        return either.settle(order)
    return either.settle(None if order in (None, Order.YEAR_FIRST) else order is Order.DAY_FIRST)


def days_in(stretch: Stretch) -> list[date] | None:
    """The days of cells that are all written as 2026-06-12; None where any of them is not, and must be looked at."""
    days = stretch.days
    if not days:
        return days
    return days if min(days).year >= EARLIEST_YEAR and max(days).year <= LATEST_YEAR else None


def survey_dates(stretches: Iterable[Stretch], missing: frozenset[str]) -> DateSurvey:
    """What all the column's cells prove about the order of day and month."""
    found = DateSurvey()
    for stretch in stretches:
        if days_in(stretch) is not None and missing.isdisjoint(stretch.cells):
            found.read += len(stretch.cells)
        else:
            _look_at(stretch, missing, found)
    return found


def _look_at(stretch: Stretch, missing: frozenset[str], found: DateSurvey) -> None:
    for row, cell in stretch.pairs():
        if is_missing(cell, missing):
            found.missing += 1
            continue
        day, clock = _read(cell) if isinstance(cell, str) else _typed(cell)
        if isinstance(day, ShortDate):
            found.take_short(row, cell, day)
        else:
            found.take(row, cell, day)
        if clock is not None:
            found.timed += 1
            found.zoned += clock.tzinfo is not None


def _read(cell: str) -> tuple[Either[date] | ShortDate, time | None]:
    """As `_parts`, which must never have to remember a long text."""
    return _parts(cell) if len(cell) <= _LONGEST else (_NO_DAY, None)


@lru_cache(_REMEMBERED)
def _parts(cell: str) -> tuple[Either[date] | ShortDate, time | None]:
    """The day, and the time of day where one stands behind it; no day where that is none."""
    cell = plain(cell)
    colon = cell.find(":")
    if colon < 0:
        return _date_in(cell), None
    cut = max(cell.rfind(" ", 0, colon), cell.rfind("T", 0, colon), 0)
    clock = read_time(cell[cut + 1 :])
    return (_NO_DAY if clock is None else _date_in(cell[:cut].rstrip(" ,"))), clock


def _date_in(cell: str) -> Either[date] | ShortDate:
    return short_date(cell) or read_date(cell)


def _typed(cell: Cell) -> tuple[Either[date], time | None]:
    moment = moment_in(cell, None)
    return _certain(moment), moment.timetz() if isinstance(moment, datetime) else None


def _certain(day: date | None) -> Either[date]:
    return Either(day, day)


def _date(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if EARLIEST_YEAR <= int(year) <= LATEST_YEAR else None
    except ValueError:
        return None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def _zone(offset: str | None) -> timezone | None:
    """ValueError for an offset of a day or more."""
    if not offset:
        return None
    if offset[0] not in "+-":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:]) if len(offset) > 3 else 0
    return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
