"""When a board's cycles are planned, and which of them were held. Pure.

A rhythm says weekdays and a time of day where the team is. From it follow days, and for each day one moment in UTC:

- Clocks jump over the time: the cycle begins as much later as they jump (02:30 becomes 03:30 that day).
- The time comes twice: the cycle begins the first time.
- The jump would carry it into the next day: it begins as much earlier instead. A day that a place skips has no cycle.

On a public holiday of the team's country or region no cycle is planned. Nothing was missed before the rhythm began or
after it ended, and nothing is missed as long as its day lasts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from kata.teams import countries
from kata.teams.cadence import local_day

PLANNED, HELD, MISSED, HOLIDAY = "planned", "held", "missed", "holiday"
#: How far ahead the next cycle is looked for: no country celebrates for so long.
AHEAD = timedelta(weeks=9)
DAY = timedelta(days=1)


class Slot(NamedTuple):
    """A day of the rhythm: the moment (UTC) at which its cycle begins, and the holiday that leaves it out, if any."""

    day: date
    at: datetime
    holiday: str


class Mark(NamedTuple):
    """What a day of the calendar says: one of the four states or nothing; the slot behind it where there is one."""

    day: date
    state: str
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Cadence:
    """The rhythm of a board, where its team is. ``days`` is a bitmask of weekdays with Monday lowest."""

    days: int
    at: time
    minutes: int
    starts_on: date
    ended_at: datetime | None
    zone: str
    country: str = ""
    region: str = ""

    @classmethod
    def of(cls, row: Any) -> Self | None:
        """The cadence in a row of ``queries.rhythms``; ``None`` where the board has no rhythm."""
        if row.days is None:
            return None
        rhythm = (row.days, row.at, row.minutes, row.starts_on, row.ended_at)
        return cls(*rhythm, row.time_zone, row.country, row.region)

    def slots(self, first: date, last: date, locale: str) -> Iterator[Slot]:
        """The days of the rhythm from ``first`` to ``last``, both counted, also those left out for a holiday."""
        day = max(first, self.starts_on)
        while day <= last:
            slot = self.slot(day, locale)
            if slot is not None:
                yield slot
            day += DAY

    def slot(self, day: date, locale: str) -> Slot | None:
        """The slot of one day, if the rhythm has one on it."""
        if not self.days >> day.weekday() & 1 or day < self.starts_on:
            return None
        at = moment(day, self.at, self.zone)
        if at is None or (self.ended_at is not None and at >= self.ended_at):
            return None
        return Slot(day, at, countries.holiday(self.country, self.region, day, locale))

    def next(self, now: datetime, held: Collection[date], locale: str) -> Slot | None:
        """The next cycle that is planned: the one that is on now counts, one whose day has had its cycle does not."""
        first = max(local_day(now, self.zone), self.starts_on)
        length = timedelta(minutes=self.minutes)
        return next(
            (
                slot
                for slot in self.slots(first, first + AHEAD, locale)
                if not slot.holiday and slot.at + length > now and slot.day not in held
            ),
            None,
        )


@lru_cache(maxsize=4096)
def moment(day: date, at: time, zone: str) -> datetime | None:
    """The moment (UTC) at which it is ``at`` on ``day`` in ``zone``; ``None`` where that day was skipped."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    readings = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return next((reading for reading in readings if local_day(reading, zone) == day), None)


def calendar(
    cadence: Cadence | None, days: Sequence[date], held: Collection[date], today: date, locale: str
) -> tuple[Mark, ...]:
    """What was planned and held on each of the days. A cycle that nobody had planned is held all the same."""
    return tuple(_mark(cadence.slot(day, locale) if cadence else None, day, held, today) for day in days)


def _mark(slot: Slot | None, day: date, held: Collection[date], today: date) -> Mark:
    if day in held:
        return Mark(day, HELD, slot)
    if slot is None:
        return Mark(day, "", None)
    if slot.holiday:
        return Mark(day, HOLIDAY, slot)
    return Mark(day, MISSED if day < today else PLANNED, slot)
