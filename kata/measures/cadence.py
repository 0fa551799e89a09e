"""How often a measure is read: when the next reading is due, and which ones are missing. Pure.

A period is a day, an ISO week, a month or a quarter. A reading is due on the last practice day of its period, so that
a week's figure can be dated on its Monday as well as on its Friday.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from kata.teams.cadence import PracticeDays

Cadence = Literal["", "day", "week", "month", "quarter"]
MONTHS = {"month": 1, "quarter": 3}
#: A weekday belongs to a daily measure when at least this share of them has a reading.
USUAL = 0.5
#: So many periods without a reading are no gap in a series any more, but two series.
LONGEST_GAP = 60


@dataclass(frozen=True, slots=True)
class Due:
    """When the next reading is due, seen from ``today``; ``late`` counts the practice days since then."""

    on: date
    today: date
    late: int

    @property
    def state(self) -> Literal["ahead", "today", "late"]:
        """Whether there is still time."""
        return "today" if self.on == self.today else "late" if self.late else "ahead"


def next_due(cadence: str, last: date | None, since: date, practice: PracticeDays, today: date) -> Due | None:
    """When the reading after the one of ``last`` is due; the first one, of a measure kept since then, without it.

    None without a cadence.
    """
    if not cadence:
        return None
    if cadence == "day":
        on = practice.next_practice_day(last or since - timedelta(1))
    else:
        period = start_of(cadence, last or since)
        on = _last_practice_day(cadence, following(cadence, period) if last else period, practice)
    return Due(on, today, practice.practice_days_between(on, today))


def start_of(cadence: str, day: date) -> date:
    """The first day of the period that ``day`` lies in."""
    if cadence == "day":
        return day
    if cadence == "week":
        return day - timedelta(day.weekday())
    months = MONTHS[cadence]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def following(cadence: str, start: date) -> date:
    """The first day of the period after the one that begins on ``start``."""
    if cadence in ("day", "week"):
        return start + timedelta(7 if cadence == "week" else 1)
    number = start.year * 12 + start.month - 1 + MONTHS[cadence]
    return date(number // 12, number % 12 + 1, 1)


def missing(cadence: str, days: Sequence[date]) -> Iterator[date]:
    """The first day of each period between the readings that has none, for ``days`` that are ascending.

    A daily measure misses a day only on weekdays on which it is usually read, whatever its team's practice days are
    now. A very long time without readings is no gap: nobody expected them any more.
    """
    if not cadence:
        return
    usual = _usual_weekdays(days) if cadence == "day" else frozenset(range(7))
    for earlier, later in pairwise(days):
        between: list[date] = []
        period = following(cadence, start_of(cadence, earlier))
        while period < start_of(cadence, later) and len(between) <= LONGEST_GAP:
            between.append(period)
            period = following(cadence, period)
        if len(between) <= LONGEST_GAP:
            yield from (day for day in between if cadence != "day" or day.weekday() in usual)


def _usual_weekdays(days: Sequence[date]) -> frozenset[int]:
    if not days:
        return frozenset()
    weeks = (days[-1] - days[0]).days / 7 + 1
    read = Counter(day.weekday() for day in days)
    return frozenset(weekday for weekday, count in read.items() if count >= USUAL * weeks)


def _last_practice_day(cadence: str, start: date, practice: PracticeDays) -> date:
    day = following(cadence, start) - timedelta(1)
    while day not in practice:
        day -= timedelta(1)
    return day
