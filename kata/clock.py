"""The one place that knows what time it is, so that tests and history can stand at another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _frozen or datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day it is now in ``zone`` (an IANA name): a team's days are counted where the team is."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let ``now()`` answer ``moment`` (aware) for the whole process; for tests and for the demo's year of practice."""
    global _frozen  # one clock a process is the point: requests served by other threads must see it too
    before, _frozen = _frozen, moment.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
