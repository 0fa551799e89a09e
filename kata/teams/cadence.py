"""Days as a team lives them: its practice days, and where its local day begins and ends in UTC. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

WEEK = range(1, 8)  # ISO: Monday is 1


@dataclass(frozen=True, slots=True)
class PracticeDays:
    """The ISO weekdays on which a team practises; at least one. Stored as a bitmask, Monday the lowest bit."""

    days: frozenset[int]

    def __post_init__(self) -> None:
        if not self.days or not self.days.issubset(WEEK):
            raise ValueError("practice days are one to seven ISO weekdays")

    @classmethod
    def of(cls, days: Iterable[int]) -> Self:
        return cls(frozenset(days))

    @classmethod
    @cache
    def from_mask(cls, mask: int) -> Self:
        if mask not in range(1, 1 << len(WEEK)):
            raise ValueError("a mask of practice days is 1 to 127")
        return cls.of(day for day in WEEK if mask >> (day - 1) & 1)

    @property
    def mask(self) -> int:
        return sum(1 << (day - 1) for day in self.days)

    def __contains__(self, day: date) -> bool:
        return day.isoweekday() in self.days

    def next_practice_day(self, after: date) -> date:
        """The first practice day later than `after`."""
        return after + timedelta(min((day - after.isoweekday() - 1) % 7 + 1 for day in self.days))

    def practice_days_between(self, start: date, end: date) -> int:
        """How many practice days have come since `start`: the day itself not counted, `end` counted."""
        return max(0, self._until(end) - self._until(start))

    def _until(self, day: date) -> int:
        # Ordinal 1 was a Monday: whole weeks since then, and what this week has had.
        weeks, weekday = divmod(day.toordinal(), 7)
        return weeks * len(self.days) + _passed(self.days)[weekday]


@cache
def _passed(days: frozenset[int]) -> tuple[int, ...]:
    """How many of the practice days a week has had by each of its days, and before the first."""
    return tuple(sum(practice <= weekday for practice in days) for weekday in range(7))


@cache
def _zones() -> frozenset[str]:
    # Two names that a machine may add stand for no place.
    return frozenset(available_timezones() - {"Factory", "localtime"})


def is_zone(name: str) -> bool:
    return name in _zones()


def local_day(moment_utc: datetime, zone: str) -> date:
    """The calendar day at an aware moment, where the team is."""
    if moment_utc.tzinfo is None:
        raise ValueError("a moment without a zone belongs to no day")
    return moment_utc.astimezone(ZoneInfo(zone)).date()


def day_end_utc(day: date, zone: str) -> datetime:
    """The first instant (UTC) from which on the team's local day is later than `day`.

    Where clocks go back over midnight the day comes twice, and ends the second time; where they jump over midnight
    it ends with the jump. A day that a place skipped altogether ends the moment it would have begun.
    """
    midnight = datetime.combine(day + timedelta(1), time.min, ZoneInfo(zone))
    early, late = sorted(midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if local_day(early, zone) <= day:  # midnight does not exist: the jump over it lies after `early`
        return _jump(early, late, day, zone)
    # Where clocks go back to midnight itself, the next day begins twice and this one never comes back.
    return late if local_day(late - timedelta(seconds=1), zone) <= day else early


def _jump(early: datetime, late: datetime, day: date, zone: str) -> datetime:
    """Halve to the second in which the local day becomes later than `day`: not at `early`, but at `late`."""
    before, after = 0, round((late - early).total_seconds())
    while after - before > 1:
        middle = (before + after) // 2
        if local_day(early + timedelta(seconds=middle), zone) > day:
            after = middle
        else:
            before = middle
    return early + timedelta(seconds=after)
