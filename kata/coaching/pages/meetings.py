"""The cycles that are planned today, for whoever stands at the board then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from kata import clock
from kata.access.policy import Viewer
from kata.coaching.cadence import DAY, Cadence, Slot
from kata.coaching.queries import rhythms as queries
from kata.web.language import reader


@dataclass(frozen=True, slots=True)
class Meeting:
    """A cycle planned today: what it is for the viewer, and where they do it. ``late`` says that its time is over."""

    slot: Slot
    what: str
    where: str
    process: str
    minutes: int
    late: bool


def today(viewer: Viewer) -> tuple[Meeting, ...]:
    """What is planned today where each team is, in order of time; what has been held is left out. One statement."""
    around = clock.now().date()
    rows = queries.around_now(viewer, around - DAY, around + DAY)
    meetings = (_meeting(viewer, row) for row in rows)
    return tuple(sorted((each for each in meetings if each), key=lambda each: (each.slot.at, each.where)))


def _meeting(viewer: Viewer, row: Any) -> Meeting | None:
    cadence, today = Cadence.of(row), clock.today(row.time_zone)
    slot = cadence.slot(today, reader().locale) if cadence else None
    if slot is None or slot.holiday or row.held_on == today:
        return None
    what, where = _for(viewer, row)
    over = slot.at + timedelta(minutes=row.minutes) <= clock.now()
    return Meeting(slot, what, where, row.focus_process, row.minutes, late=over)


def _for(viewer: Viewer, row: Any) -> tuple[str, str]:
    """What the viewer does at this cycle, and the address at which they do it."""
    board = f"/boards/{row.id}"
    if viewer.person_id == row.learner_id:
        return (_("Be coached by %(coach)s", coach=row.coach) if row.coach else _("Coaching cycle")), board
    if viewer.person_id == row.coach_id:
        return _("Coach %(learner)s", learner=row.learner), f"{board}/coach"
    if row.coach is None:
        return _("See %(learner)s being coached", learner=row.learner), board
    return _("Watch %(coach)s coach %(learner)s", coach=row.coach, learner=row.learner), board
