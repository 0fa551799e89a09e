"""Days, weeks and months as they are counted in one place, and the moments that lie in them.

A place's clock may jump: an hour that never was, one that came twice, even a whole day that never was. What follows
from it here: a moment without an offset belongs to the day that it says; of an hour that came twice it means the first
time; and a day that never was is no period and holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from kata.tables.dates import Moment

_DAY = timedelta(days=1)
_NOON = time(12)


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date, week_start: int = 0) -> date:
        """The first day of the period in which ``day`` lies. ``week_start`` is 0 for Monday."""
        match self:
            case Period.DAY:
                return day
            case Period.WEEK:
                return day - timedelta(days=(day.weekday() - week_start) % 7)
            case Period.MONTH:
                return day.replace(day=1)

    def end(self, start: date) -> date:
        """The last day of the period that begins at ``start``."""
        match self:
            case Period.DAY:
                return start
            case Period.WEEK:
                return start + 6 * _DAY
            case Period.MONTH:
                return (start.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


@dataclass(frozen=True, slots=True)
class Place:
    """Where days are counted, and what the moments of a file mean that have no offset."""

    zone: ZoneInfo
    file_zone: ZoneInfo

    def day(self, moment: Moment) -> date | None:
        """The day on which it was here; None for a day that never was."""
        if not isinstance(moment, datetime):
            day = moment
        elif moment.tzinfo is None and self.file_zone is self.zone:
            day = moment.date()
        else:
            day = self._aware(moment).astimezone(self.zone).date()
        return day if was_there(day, self.zone) else None

    def has_all(self, days: Sequence[date]) -> bool:
        """Whether each of these days, of which there are some, was here at all."""
        years = range(min(days).year, max(days).year + 1)
        return all(lost.isdisjoint(days) for year in years if (lost := _lost_days(year, self.zone)))

    def elapsed(self, start: Moment, end: Moment) -> float | None:
        """Seconds that really passed, across every change of the clock; None for a moment and a bare day."""
        if isinstance(start, datetime) and isinstance(end, datetime):
            begun, ended = self._aware(start), self._aware(end)
            passed = (ended.astimezone(UTC) - begun.astimezone(UTC)).total_seconds()
            if passed < 0:  # within an hour that came twice, the end may be of the second time
                passed = (ended.replace(fold=1).astimezone(UTC) - begun.astimezone(UTC)).total_seconds()
            return passed
        if isinstance(start, datetime) or isinstance(end, datetime):
            return None
        return (end - start).total_seconds()

    def periods(self, first: date, last: date, period: Period, week_start: int = 0) -> Iterator[tuple[date, date]]:
        """First and last day of every period from the one that holds ``first`` to the one that holds ``last``."""
        start = period.start(first, week_start)
        while start <= last:
            end = period.end(start)
            if period is not Period.DAY or was_there(start, self.zone):
                yield start, end
            start = end + _DAY

    def _aware(self, moment: datetime) -> datetime:
        return moment if moment.tzinfo else moment.replace(tzinfo=self.file_zone)


def was_there(day: date, zone: ZoneInfo) -> bool:
    """Whether the place had this day at all: one that crosses the date line leaves one out."""
    return day not in _lost_days(day.year, zone)


@lru_cache(1 << 12)
def _lost_days(year: int, zone: ZoneInfo) -> frozenset[date]:
    """The days of a year that the place never had: hardly ever one."""
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return frozenset(day for day in map(date.fromordinal, days) if _is_lost(day, zone))


def _is_lost(day: date, zone: ZoneInfo) -> bool:
    noon = datetime.combine(day, _NOON, zone)
    if noon.utcoffset() == noon.replace(fold=1).utcoffset():  # no jump of the clock passes over this noon
        return False
    return noon.astimezone(UTC).astimezone(zone).date() != day
