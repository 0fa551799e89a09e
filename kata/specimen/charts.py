"""Real figures as charts in every state. The stories told beside them are made up, as everywhere in the demo."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from kata import charts
from kata.charts import Condition, Experiment, Labels, Phase, SmallChart, Story
from kata.demo.real import FOLDER
from kata.spc import WHEELER, Analysis, analyse

PERCENT = (0, 100)
Series = list[tuple[date, float | None]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A chart with the words that a page would give it; `name` makes the ids."""

    name: str
    title: str
    about: str
    sentence: str
    chart: charts.ProcessChart

    @property
    def tone(self) -> str | None:
        """What the last reading says; nothing where it could not be judged."""
        return self.chart.latest.tone if self.chart.latest and self.chart.kind != "dots" else None


def samples(locale: str) -> list[Sample]:
    """Every kind and state of the big chart."""
    percent, hours, plain = Labels.of(locale, "%"), Labels.of(locale, "h"), Labels.of(locale)
    weeks, months, days = desk_weeks(), hospital_months()[:-3], desk_days()
    desk = "Share resolved within the agreed time"
    better: dict[str, Any] = {"better": "up", "bounds": PERCENT}
    return [
        Sample(
            "process", desk, "per week, %",
            "The week of 7 March lay below the expected range. Nothing since then says that anything changed.",
            _draw(weeks, percent, _told(weeks), today=weeks[-1][0] + timedelta(20), target=95, **better),
        ),
        Sample(
            "phases", "Seen, treated and gone within four hours", "per month, %",
            "For nine months the share lies above the middle of the range that it had since December.",
            _draw(months, percent, _phases(months), rebase=[8, 21], target=95, near=True, **better),
        ),
        Sample(
            "wheeler", "Hours until an incident is resolved", "median of each working day, h",
            "On 20 April it jumped further than on any day before; the last days vary as before April.",
            _draw(days, hours, better="down", settings=WHEELER, bounds=(0, None), near=True),
        ),
        Sample(
            "neutral", "People who came to the emergency departments", "per month",
            "Fewer came in the second year. The measure has no better direction: a signal is only a signal.",
            _draw(hospital_visits(), plain),
        ),
        Sample(
            "long", "Flights that arrived on time", "per day, %",
            "Of more than 250 readings the line keeps the highest and the lowest of each pixel.",
            _draw(flight_days(), percent, **better),
        ),
        Sample("run", desk, "run chart of the last ten weeks", "A median, and no expected range yet.",
               _draw(weeks[4:14], percent, chart="run", **better)),
        Sample("dots", desk, "the first four weeks", "Two more weeks until there is a median.",
               _draw(weeks[:4], percent, target=95, **better)),
    ]  # fmt: skip


def small_samples(locale: str) -> list[tuple[str, SmallChart, SmallChart]]:
    """Name, chart, and the same chart on the scale of all."""
    labels = Labels.of(locale, "%")
    named = {
        "Resolved within the agreed time": desk_weeks(),
        "Gone within four hours": hospital_months()[-24:],
        "Flights on time": flight_days()[-60:],
    }
    judged = {name: _judged(series, better="up") for name, series in named.items()}
    span = charts.common_span(judged.values(), PERCENT)

    def small(name: str, on: tuple[float, float] | None) -> SmallChart:
        return charts.small(judged[name], _days(named[name]), labels, bounds=PERCENT, span=on)

    return [(name, small(name, None), small(name, span)) for name in named]


def spark_sample(locale: str) -> charts.Spark:
    """The last weeks of the desk on their way to a target."""
    told = _told(desk_weeks())
    weeks = desk_weeks()[5:]
    start, goal = (weeks[0][0], weeks[0][1] or 0.0), (weeks[-1][0] + timedelta(14), 95.0)
    return charts.spark(
        _days(weeks), [value for _, value in weeks], Labels.of(locale, "%"),
        start=start, goal=goal, experiments=told.experiments,
    )  # fmt: skip


def _draw(series: Series, labels: Labels, told: Story = charts.NOTHING, **asked: Any) -> charts.ProcessChart:
    placed = {name: asked.pop(name) for name in ("today", "near", "bounds") if name in asked}
    return charts.draw(_judged(series, **asked), _days(series), labels, told, **placed)


def _judged(series: Series, **asked: Any) -> Analysis:
    return analyse([value for _, value in series], **asked)


def _days(series: Series) -> list[date]:
    return [day for day, _ in series]


def _told(weeks: Series) -> Story:
    """A story beside the weeks of the desk, with everything that can be told."""
    last = weeks[-1][0]
    back = [last - timedelta(7 * number) for number in range(len(weeks))]
    return Story(
        conditions=[
            Condition(back[8], back[4], "Target condition 1", "The form has asked for what we need", 90, short="1"),
            Condition(back[4], last + timedelta(18), "Target condition 2", "Blocked ones come first", 95, short="2"),
        ],
        experiments=[
            Experiment(back[8], 1, "Sit beside two callers while they fill the form", "#charts"),
            Experiment(back[5] + timedelta(2), 2, "Ask for the name of the system first", "#charts"),
            Experiment(back[4] + timedelta(1), 3, "Answer by phone", "#charts", 85, back[3], 92),
            Experiment(back[4] + timedelta(3), 4, "Ask the two access questions in the form", "#charts"),
            Experiment(last + timedelta(3), 5, "Sort the first 30 minutes", "#charts", 97, last + timedelta(14)),
        ],
        notes={back[12]: "The mail server was down for three days.", back[6]: "A script sent one request 60 times."},
    )  # fmt: skip


def _phases(months: Series) -> Story:
    return Story(
        phases=[
            Phase(months[7][0], "winter", "Wards closed for the winter; agreed with the team."),
            Phase(months[20][0], "second ward", "A second ward takes patients from here on."),
        ],
        notes={months[11][0]: "Fewer attendances over Easter."},
    )


def desk_days() -> Series:
    """Median hours to resolve, per working day; a day without an incident is a gap."""
    hours = {
        date.fromisoformat(row["day"]): float(row["median_hours_to_resolve"]) for row in _rows("service_desk_daily")
    }
    span = (max(hours) - min(hours)).days + 1
    days = (min(hours) + timedelta(number) for number in range(span))
    return [(day, hours.get(day)) for day in days if day.isoweekday() < 6]


def desk_weeks() -> Series:
    """The share resolved within the agreed time, per week, dated on its Monday."""

    def monday(row: dict[str, str]) -> date:
        day = date.fromisoformat(row["day"])
        return day - timedelta(day.weekday())

    def of(rows: list[dict[str, str]]) -> float:
        within, opened = (sum(int(row[name]) for row in rows) for name in ("within_agreed_time", "opened"))
        return _share(within, opened)

    return [(week, of(list(rows))) for week, rows in groupby(_rows("service_desk_daily"), key=monday)]


def hospital_months() -> Series:
    """The share that left within four hours, per month."""
    return [
        (_month(row), round(100 - _share(row["over_four_hours"], row["attendances"]), 1)) for row in _hospital_rows()
    ]


def hospital_visits() -> Series:
    """How many came, per month."""
    return [(_month(row), float(row["attendances"])) for row in _hospital_rows()]


def flight_days() -> Series:
    """The share of flights on time, per day."""
    return [
        (date.fromisoformat(row["day"]), _share(row["arrived_within_15_min"], row["flights"]))
        for row in _rows("airline_daily")
    ]


def _share(part: int | str, whole: int | str) -> float:
    """In percent, with one decimal."""
    return round(100 * int(part) / int(whole), 1)


def _hospital_rows() -> list[dict[str, str]]:
    return _rows("hospitals_monthly")


def _month(row: dict[str, str]) -> date:
    return date.fromisoformat(f"{row['month']}-01")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
