"""What a story is told with: where its rows and events wait, its chance, and the days between which it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from kata.synth.record import Record
from kata.synth.rows import Row, Rows


@dataclass
class Telling:
    """A story from ``first`` to the day before ``today``. Who was made first, the administrator, did what nobody else
    did."""

    rows: Rows
    record: Record
    first: date
    today: date
    seed: int
    password_hash: str
    administrator: int = 0

    def chance(self, name: object) -> Random:
        """Chance of its own for each part of the story, so that more teams change nothing of those there are."""
        return Random(f"{self.seed} {name}")  # noqa: S311 - an invented history, and no secret

    def tell(self, model: Any, moment: datetime, by: int | None, verb: str, **columns: Any) -> Row:
        """A new row, and the event by which it came."""
        row = self.rows.add(model, **columns)
        self.record.note(moment, by, verb, model, row)
        return row


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a working day, which is the same day in every zone that a team is in."""
    return datetime.combine(day, time(hour, minute), UTC)


def working(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def days(count: int) -> timedelta:
    return timedelta(days=count)
