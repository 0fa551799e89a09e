"""Where the time axis is marked: days, weeks, months, quarters or years, and what is written there."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kata.charts.labels import Labels, Unit
from kata.charts.scales import Scale

#: From fine to coarse: the unit, how many of it lie between two ticks, and about how many days that is.
PACES: tuple[tuple[Unit, int, float], ...] = (
    ("day", 1, 1), ("day", 2, 2), ("week", 1, 7), ("week", 2, 14), ("month", 1, 30.4), ("month", 2, 60.9),
    ("month", 3, 91.3), ("month", 6, 182.6), ("year", 1, 365.2), ("year", 2, 730.5), ("year", 5, 1826),
    ("year", 10, 3652), ("year", 20, 7305), ("year", 50, 18262), ("year", 100, 36525), ("year", 500, 182625),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the time axis; ``context`` is the year, where a reader needs to be told it anew."""

    at: float
    label: str
    context: str = ""


def time_ticks(scale: Scale, most: int, labels: Labels, like: Sequence[date] = ()) -> list[Tick]:
    """At most ``most`` ticks on a scale of ordinal days.

    ``like`` are some days of the data: weeks are marked on the weekday of the last, months on their last day where
    all of these are one, so that a tick stands under the reading that it names.
    """
    first, last = date.fromordinal(round(scale.low)), date.fromordinal(round(scale.high))
    days: list[date] = []
    unit: Unit = "day"
    for unit, count, length in PACES:
        if (last - first).days / length <= most + 1:
            days = [day for day in _days(first, last, unit, count, like) if first <= day <= last]
            if len(days) <= most:
                break
    return [
        Tick(scale(day.toordinal()), labels.tick(day, unit), _year(days, place, unit, labels))
        for place, day in enumerate(days)
    ]


def _year(days: list[date], place: int, unit: Unit, labels: Labels) -> str:
    if unit == "year" or (place and days[place - 1].year == days[place].year):
        return ""
    return labels.tick(days[place], "year")


def _days(first: date, last: date, unit: Unit, count: int, like: Sequence[date]) -> Iterator[date]:
    if unit in ("day", "week"):
        pace = count * (7 if unit == "week" else 1)
        start = first.toordinal() + ((like[-1] if like else first).toordinal() - first.toordinal()) % pace
        yield from (date.fromordinal(day) for day in range(start, last.toordinal() + 1, pace))
        return
    months = count * (12 if unit == "year" else 1)
    at_the_end = bool(like) and all(day == _month_end(day.year, day.month) for day in like)
    start = (first.year * 12 + first.month - 1) // months * months
    for number in range(start, last.year * 12 + last.month, months):
        year, month = divmod(number, 12)
        if year >= 1:
            yield _month_end(year, month + 1) if at_the_end else date(year, month + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
