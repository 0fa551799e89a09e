"""The rhythm of a board in words, with its next cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from kata import clock
from kata.access.policy import Action, Scope, Viewer, allows
from kata.coaching.cadence import DAY, Cadence, Slot
from kata.coaching.queries import rhythms as queries
from kata.teams.words import days_in_words, zone_in_words
from kata.web.language import reader


@dataclass(frozen=True, slots=True)
class RhythmLine:
    """What ``coaching/_rhythm.html`` shows. ``days`` is empty where no rhythm is set, or where it has ended.

    ``zone`` names the team's time zone where the reader lives by another: ``at``, the day of ``next`` and ``next_at``
    are those of the clocks there.
    """

    board_id: int
    days: str
    at: time | None
    minutes: int | None
    zone: str
    next: Slot | None
    next_at: str
    can_set: bool


def rhythm_line(viewer: Viewer, board_id: int, scope: Scope) -> RhythmLine:
    """The rhythm of a board that the viewer has been let to; one statement."""
    row = queries.told(board_id, clock.now().date() - DAY)
    cadence = Cadence.of(row)
    live = cadence is not None and cadence.ended_at is None
    return RhythmLine(
        board_id=board_id,
        days=days_in_words(row.days) if live else "",
        at=row.at if live else None,
        minutes=row.minutes if live else None,
        zone=zone_in_words(row.time_zone) if row.time_zone != viewer.time_zone else "",
        next=next_of(row) if row.plans else None,
        next_at=f"{row.at:%H:%M}" if cadence else "",
        can_set=row.plans and allows(viewer, Action.RUN_BOARD, scope),
    )


def next_of(row: Any) -> Slot | None:
    """The next planned cycle in a row that tells the newest day on which one was held."""
    cadence = Cadence.of(row)
    return cadence.next(clock.now(), {row.held_on}, reader().locale) if cadence else None
