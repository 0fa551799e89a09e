"""Of which shape the statement of a list behind a figure is, and the days that it asks about.

A team's day begins and ends where the team is, so a list of an area in one time zone compares moments with one
midnight, and a list of several with the midnight of each team's zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, case, func, select

from kata.extensions import UtcDateTime, fetch
from kata.leadership.figures import WINDOW
from kata.leadership.queries.kept import within
from kata.teams.models import Team

#: An area with no more teams is read by its teams, a larger one by time.
FEW = 30


class Shape(NamedTuple):
    """What a list's statement depends on: whether it goes on after a page before, whether it is about few teams, and
    in how many time zones these are.
    """

    goes_on: bool
    few: bool
    zones: int

    @property
    def start(self) -> Any:
        """When the window began, where the row's team is."""
        return self._of_team("start")

    @property
    def end(self) -> Any:
        """When the day ended, where the row's team is."""
        return self._of_team("end")

    def in_window(self, moment: Any) -> Any:
        """Whether the column's moment lies in the window; the first two conditions are those that an index knows."""
        column = begun_with(moment, self.few)
        exact = and_(column >= self.start, column < self.end)
        return exact if self.zones == 1 else and_(column >= _moment("start"), column < _moment("end"), exact)

    def _of_team(self, name: str) -> Any:
        if self.zones == 1:
            return _moment(name)
        return case(*((Team.time_zone == bindparam(f"zone_{at}"), _moment(f"{name}_{at}")) for at in range(self.zones)))


def _moment(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())


def zones_of(area_id: int) -> Counter[str]:
    """The time zones of the area's teams, with how many are in each."""
    return Counter({row.time_zone: row.teams for row in fetch(_zones(), {"area": area_id})})


@cache
def _zones() -> Any:
    return (
        select(Team.time_zone, func.count().label("teams")).where(Team.area_id.in_(within())).group_by(Team.time_zone)
    )


def days(day: date, zones: Sequence[str]) -> Mapping[str, Any]:
    """The day and its window, and when they begin and end: anywhere, and in each of the zones."""
    since = day - timedelta(days=WINDOW)
    starts, ends = ([_midnight(of + timedelta(days=1), zone) for zone in zones] for of in (since, day))
    values: dict[str, Any] = {"day": day, "since": since, "start": min(starts), "end": max(ends)}
    for at, (zone, start, end) in enumerate(zip(zones, starts, ends, strict=True)):
        values |= {f"zone_{at}": zone, f"start_{at}": start, f"end_{at}": end}
    return values


def _midnight(day: date, zone: str) -> datetime:
    """When the day begins there."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def begun_with(moment: Any, few: bool) -> Any:
    """The column of a moment, with its index only where the list is read by time."""
    return func.coalesce(moment, moment) if few else moment
