"""The outcome measures' real figures, cut from public data, with their days moved up to yesterday.

``data/README.md`` tells where each file comes from and under which licence.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kata.demo.days import Days
from kata.measures.actions import Given

FOLDER = Path(__file__).resolve().parent / "data"
WEEKEND = (6, 7)
COUNTING = timedelta(10)  # a month's figure is known some days after its end


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def share(day: date, part: int, whole: int) -> Given:
    """A share of that day, as its two counts."""
    return Given(day, None, numerator=part, denominator=whole)


def service_desk(days: Days) -> dict[str, list[tuple[int, Given]]]:
    """Each working day of the original falls on the working day as far before today: number of the day and reading.

    A day without requests stays a gap.
    """
    rows = list(_rows("service_desk_daily.csv"))
    last = date.fromisoformat(rows[-1]["day"])
    found: dict[str, list[tuple[int, Given]]] = {"share": [], "reopened": [], "hours": []}
    for row in rows:
        number = -1 - _working_days(date.fromisoformat(row["day"]), last)
        day = days.day(number)
        found["share"].append((number, share(day, int(row["within_agreed_time"]), int(row["opened"]))))
        found["reopened"].append((number, Given(day, float(row["reopened"]))))
        found["hours"].append((number, Given(day, float(row["median_hours_to_resolve"]))))
    return found


def _working_days(start: date, end: date) -> int:
    span = (end - start).days
    return sum((start + timedelta(each)).isoweekday() not in WEEKEND for each in range(1, span + 1))


def airline(days: Days) -> dict[str, list[tuple[int, Given]]]:
    """The last day of the original falls on yesterday, the ones before it on the days before."""
    rows = list(_rows("airline_daily.csv"))
    found: dict[str, list[tuple[int, Given]]] = {"on time": [], "cancelled": []}
    for number, row in enumerate(rows, start=-len(rows)):
        day = days.day(number)
        found["on time"].append((number, share(day, int(row["arrived_within_15_min"]), int(row["flights"]))))
        found["cancelled"].append((number, Given(day, float(row["cancelled"]))))
    return found


def hospitals(days: Days) -> list[Given]:
    """The last month of the original becomes the last one counted; a month's figure is dated on its last day."""
    rows = list(_rows("hospitals_monthly.csv"))
    ends = [(days.today - COUNTING).replace(day=1) - timedelta(1)]
    while len(ends) < len(rows):
        ends.append(ends[-1].replace(day=1) - timedelta(1))
    return [_within_four_hours(end, row) for end, row in zip(reversed(ends), rows, strict=True)]


def _within_four_hours(end: date, row: dict[str, str]) -> Given:
    attended = int(row["attendances"])
    return share(end, attended - int(row["over_four_hours"]), attended)
