"""When a digest is due, by the clock of whoever reads it. Pure.

A digest belongs to a day of its reader: where clocks jump over its hour it comes with the jump, where the hour comes
twice it comes the first time, and on a day that a place skips there is none.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from kata.coaching.cadence import moment
from kata.teams.cadence import local_day

DAY = timedelta(days=1)
#: The longest that one digest looks back; what nobody was told for so long is no news any more.
FURTHEST = timedelta(days=28)
#: What a first digest tells of: as much as any other of its rhythm.
FIRST = {"weekly": timedelta(days=7), "daily": timedelta(days=1), "off": timedelta()}
#: Longer than any wait for the next one: seven days, and one that a place skips.
AHEAD = 16


class Wish(NamedTuple):
    """What somebody chose, in their own time zone."""

    rhythm: str
    weekday: int
    hour: int
    zone: str


def next_due(wish: Wish, after: datetime) -> datetime | None:
    """The first moment later than ``after`` at which a digest is due; ``None`` for who is off."""
    if wish.rhythm == "off":
        return None
    first = local_day(after, wish.zone)
    days = (first + DAY * ahead for ahead in range(AHEAD))
    due = (moment(day, time(wish.hour), wish.zone) for day in days if _is_on(wish, day))
    return next(at for at in due if at is not None and at > after)


def _is_on(wish: Wish, day: date) -> bool:
    return wish.rhythm == "daily" or day.weekday() == wish.weekday


def since(begun_at: datetime, told_until: datetime | None, until: datetime) -> datetime:
    """From when on a digest tells: from where the last one that was sent ended, as far as that is still news.

    Turns at which there was nothing to tell do not count, and so nothing falls between two of them.
    """
    return min(max(begun_at, told_until or begun_at, until - FURTHEST), until)
