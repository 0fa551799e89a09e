"""A team's page: who practises with whom, and the cadence as a calendar that prompts to go and see.

Nothing is added up here: a day says what was planned and whether it was held, and leads to the board.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from flask_babel import gettext as _

from kata import clock
from kata.access.policy import Action, Scope, Viewer, allows
from kata.coaching import cadence
from kata.coaching.cadence import Cadence, Mark, Slot
from kata.coaching.queries import rhythms as queries
from kata.teams.words import days_in_words, zone_in_words
from kata.web.language import reader
from kata.web.text import weekday

#: Whole weeks before this one and after it.
BEFORE, AFTER = 2, 2
#: More boards than this are read in the list above the calendar.
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """Who practises at a board. ``rhythm`` is empty where none is set; ``can_set`` says who may set it.

    The day of ``next`` and ``next_at`` are those of the team's clocks, as everything in the section is.
    """

    row: Any
    rhythm: str
    next: Slot | None
    next_at: str
    can_set: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one board: its state, what it says in words, and where it leads (nowhere on a holiday)."""

    state: str
    words: str
    href: str
    day: date
    opens_week: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One board through the weeks."""

    row: Any
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One day at the head of the calendar."""

    day: date
    letter: str
    today: bool
    opens_week: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks around today, without the weekdays on which nothing is ever planned or held."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    weeks: tuple[date, ...]
    this_week: date
    per_week: int
    more: int


@dataclass(frozen=True, slots=True)
class Practice:
    """The whole section. ``calendar`` is ``None`` as long as nothing was planned or held; ``first`` is where to begin:

    a board at which the viewer may plan the cycles, if there is one.
    """

    pairs: tuple[Pair, ...]
    calendar: Calendar | None
    first: int | None
    zone: str


def practice(viewer: Viewer, team: Any) -> Practice | None:
    """The section of a team's page, ``None`` where the viewer sees no board of the team. Two statements."""
    rows = queries.of_team(viewer, team.id)
    if not rows:
        return None
    today = clock.today(team.time_zone)
    monday = today - timedelta(days=today.weekday() + 7 * BEFORE)
    days = [monday + timedelta(days=n) for n in range(7 * (BEFORE + 1 + AFTER))]
    held = _held(queries.held_in_team(viewer, team.id, days[0]))
    pairs = tuple(_pair(viewer, team, row, held[row.id]) for row in rows)
    return Practice(
        pairs=pairs,
        calendar=_calendar(rows, held, days, today),
        first=next((pair.row.id for pair in pairs if pair.can_set and not pair.rhythm), None),
        zone=zone_in_words(team.time_zone) if team.time_zone != viewer.time_zone else "",
    )


def _held(rows: Sequence[Any]) -> Mapping[int, dict[date, Any]]:
    """By board and day; where there was more than one on a day, the last."""
    held: dict[int, dict[date, Any]] = defaultdict(dict)
    for row in rows:
        held[row.board_id][row.held_on] = row
    return held


def _pair(viewer: Viewer, team: Any, row: Any, held: Mapping[date, Any]) -> Pair:
    plan = Cadence.of(row)
    live = plan is not None and plan.ended_at is None
    scope = Scope(team.id, team.area_id, row.learner_id, frozenset({row.coach_id} - {None}), row.second_coach_id)
    return Pair(
        row=row,
        rhythm=f"{days_in_words(row.days)}, {row.at:%H:%M}" if live else "",
        next=plan.next(clock.now(), held, reader().locale) if plan else None,
        next_at=f"{row.at:%H:%M}" if plan else "",
        can_set=team.closed_at is None and allows(viewer, Action.RUN_BOARD, scope),
    )


def _calendar(
    rows: Sequence[Any], held: Mapping[int, dict[date, Any]], days: Sequence[date], today: date
) -> Calendar | None:
    locale = reader().locale
    marked = [
        (row, cadence.calendar(plan, days, held[row.id], today, locale))
        for row in rows
        if (plan := Cadence.of(row)) is not None or held[row.id]
    ]
    shown = marked[:MOST_LINES]
    kept = sorted({mark.day.weekday() for _row, marks in shown for mark in marks if mark.state})
    if not kept:
        return None
    return Calendar(
        columns=tuple(_columns(days, kept, today, locale)),
        lines=tuple(Line(row, tuple(_cells(row, marks, kept, held[row.id]))) for row, marks in shown),
        weeks=tuple(days[::7]),
        this_week=days[7 * BEFORE],
        per_week=len(kept),
        more=len(marked) - len(shown),
    )


def _columns(days: Sequence[date], kept: Sequence[int], today: date, locale: str) -> list[Column]:
    letters = get_day_names("narrow", "stand-alone", locale=locale)
    return [
        Column(day, letters[day.weekday()], day == today, day.weekday() == kept[0])
        for day in days
        if day.weekday() in kept
    ]


def _cells(row: Any, marks: Sequence[Mark], kept: Sequence[int], held: Mapping[date, Any]) -> list[Cell]:
    return [
        Cell(mark.state, _words(row, mark), _way(row, mark, held), mark.day, mark.day.weekday() == kept[0])
        for mark in marks
        if mark.day.weekday() in kept
    ]


def _words(row: Any, mark: Mark) -> str:
    day = weekday(mark.day)
    if mark.state == cadence.HELD:
        return str(_("%(day)s: held", day=day))
    if mark.slot is None:
        return ""
    if mark.state == cadence.HOLIDAY:
        return f"{day}: {mark.slot.holiday}"
    at = f"{row.at:%H:%M}"
    if mark.state == cadence.MISSED:
        return str(_("%(day)s, %(time)s: missed, go and see", day=day, time=at))
    return str(_("%(day)s, %(time)s: planned", day=day, time=at))


def _way(row: Any, mark: Mark, held: Mapping[date, Any]) -> str:
    """To the cycle for those who may read it; to the board for everybody else, and for what was not held."""
    if mark.state == cadence.HOLIDAY or not mark.state:
        return ""
    cycle = held.get(mark.day)
    return f"/cycles/{cycle.id}" if cycle is not None and cycle.reads else f"/boards/{row.id}"
