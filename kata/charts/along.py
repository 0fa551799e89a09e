"""Many measures along one time axis, each on a scale of its own: what happened beside them can be read down a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kata.charts import lines
from kata.charts.labels import Labels, digits_for
from kata.charts.lines import Place
from kata.charts.scales import PAGE, Scale, value_span
from kata.charts.ticks import Tick, time_ticks

TICKS = 5
#: As many columns as such a chart has at its widest, two pixels each.
COLUMNS = 300
#: Above the highest and below the lowest value, so that no line lies on the edge: a share of their span.
AIR = 0.08


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that all of them share."""

    x: Scale
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Along:
    """One measure: its line, its last reading's place, and its first and last value in words."""

    line: str
    end: Place
    first: str
    latest: str


def axis(first: date, last: date, labels: Labels) -> Axis:
    """From the first day to the last, which may be the same."""
    x = Scale(first.toordinal(), max(last, first).toordinal(), 0, PAGE.width)
    return Axis(x, tuple(time_ticks(x, TICKS, labels)))


def along(days: Sequence[date], values: Sequence[float], axis: Axis, labels: Labels) -> Along:
    """The readings of these days, ascending, at least one; all of them lie on the axis."""
    low, high = value_span(values)
    air = AIR * (high - low or 1)
    y = Scale(low - air, high + air, PAGE.height, 0)
    places = [(axis.x(day.toordinal()), y(value)) for day, value in zip(days, values, strict=True)]
    kept = lines.extremes(places, PAGE.width, COLUMNS)
    digits = digits_for(high - low)
    first, latest = (labels.with_unit(labels.number(value, digits)) for value in (values[0], values[-1]))
    return Along(lines.path([places[index] for index in kept]), places[-1], first, latest)
