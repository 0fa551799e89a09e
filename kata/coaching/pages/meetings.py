"""What coaching has for somebody today: the cycles that are planned, and what they learned at the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from kata import clock
from kata.access.policy import Viewer
from kata.coaching.cadence import DAY, Cadence, Slot
from kata.coaching.queries import rhythms as queries
from kata.web.language import reader

#: For so long what a cycle taught is asked for; later nobody would remember.
REFLECT_WITHIN = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A cycle planned today: what it is for the viewer, and where they do it. ``late`` says that its time is over."""

    slot: Slot
    what: str
    where: str
    process: str
    minutes: int
    late: bool


@dataclass(frozen=True, slots=True)
class LookBack:
    """A cycle at which the viewer learned and about which they have written nothing yet.

    ``today`` says that it was held today, where the team is.
    """

    cycle_id: int
    coach: str
    held_on: date
    process: str
    today: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What coaching has for the viewer today: what is planned, and the one reflection that is due."""

    meetings: tuple[Meeting, ...]
    look_back: LookBack | None


def today(viewer: Viewer) -> Today | None:
    """What is planned today where each team is, in order of time, and whether to look back; what was held is left out.

    One statement.
    """
    around = clock.now().date()
    rows = queries.around_now(viewer, around - DAY, around + DAY, around - REFLECT_WITHIN)
    meetings = sorted(
        filter(None, (_meeting(viewer, row) for row in rows)), key=lambda each: (each.slot.at, each.where)
    )
    look_back = _look_back([row for row in rows if row.cycle_id is not None])
    return Today(tuple(meetings), look_back) if meetings or look_back else None


def _look_back(due: list[Any]) -> LookBack | None:
    """The newest of them: one question at a time."""
    if not due:
        return None
    row = max(due, key=lambda row: (row.coached_on, row.cycle_id))
    held_today = row.coached_on == clock.today(row.time_zone)
    return LookBack(row.cycle_id, row.coached_by, row.coached_on, row.focus_process, held_today)


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
