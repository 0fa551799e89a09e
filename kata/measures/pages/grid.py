"""Several readings at once: the newest ones, and a row for each day that waits for one."""

from __future__ import annotations

from datetime import date

from kata import clock
from kata.measures import queries
from kata.measures.forms import GridForm
from kata.measures.forms import grid as grid_form
from kata.measures.models import Measure, Reading
from kata.teams.cadence import PracticeDays
from kata.web.htmx import Partial

NEWEST = 10
MOST_WAITING = 10


def open_grid(of: Measure, before: date | None = None) -> GridForm:
    """A grid of the newest readings and the days since then, or of those before a day."""
    shown = [each for each in queries.newest(of.id, NEWEST, before=before) if _fits(of, each)]
    now = clock.today(of.team.time_zone)
    return grid_form(of, now, shown, () if before else _waiting(of, shown, now))


def grid(of: Measure, form: GridForm) -> Partial:
    """The grid."""
    context = {"measure": of, "form": form, "today": clock.today(of.team.time_zone)}
    return Partial("grid", "measures/_grid.html", context)


def _fits(of: Measure, each: Reading) -> bool:
    """A value that was written down before its measure became a share has no counts to show in the columns."""
    return (each.counts is not None) == (of.per is not None)


def _waiting(of: Measure, shown: list[Reading], today: date) -> list[date]:
    """The days since the newest reading on which one is expected; at least today, where it has none."""
    known = {each.day for each in shown}
    if of.cadence != "day" or not shown:
        return [today] if today not in known else []
    practice, days = PracticeDays.from_mask(of.team.practice_days), [shown[-1].day]
    while (following := practice.next_practice_day(days[-1])) <= today:
        days.append(following)
    return days[1:][-MOST_WAITING:]
