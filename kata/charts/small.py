"""Charts for lists and for a line of text: the same readings and signals, without axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kata.charts import curves, lines
from kata.charts.labels import Labels
from kata.charts.lines import Place
from kata.charts.paper import Paper, time_scale
from kata.charts.parts import Curve, Row, Stretch
from kata.charts.process import values_of
from kata.charts.scales import PAGE, Bounds, Scale, value_span
from kata.charts.story import Experiment
from kata.spc import Analysis

#: Above and below the lines of a small chart, so that the highest mark is whole: shares of the values' span.
AIR = 0.08


@dataclass(frozen=True, slots=True)
class SmallChart:
    """One of many in a list. ``latest`` is its last reading, for the words beside it; None where all are gaps."""

    stretches: tuple[Stretch, ...]
    curve: Curve
    target: float | None
    end: Place | None
    latest: Row | None


@dataclass(frozen=True, slots=True)
class Spark:
    """Readings on their way from where they were to where they should be."""

    line: str
    end: Place | None
    start: Place | None
    goal: Place | None
    experiments: tuple[float, ...]
    latest: str


def small(
    analysis: Analysis, days: Sequence[date], labels: Labels, *, bounds: Bounds = (None, None),
    span: tuple[float, float] | None = None,
) -> SmallChart:  # fmt: skip
    """A chart for a list. ``span`` is the value axis' low and high where the list shares one (`common_span`)."""
    paper = _paper(days, (), labels, span or value_span(values_of(analysis, bounds), bounds), bounds)
    places = paper.places([point.value for point in analysis.points])
    there = [index for index, place in enumerate(places) if place]
    last = curves.rows(there[-1:], analysis.points, places, paper, {}, {}, ranges=False)
    return SmallChart(
        stretches=tuple(paper.stretches(analysis.segments)),
        curve=curves.curve(places, analysis.points, PAGE.width, joined=analysis.chart != "dots"),
        target=paper.line(analysis.target),
        end=places[there[-1]] if there else None,
        latest=next(last, None),
    )


def spark(
    days: Sequence[date], values: Sequence[float | None], labels: Labels, *, start: tuple[date, float] | None = None,
    goal: tuple[date, float] | None = None, experiments: Sequence[Experiment] = (),
) -> Spark:  # fmt: skip
    """The line beside a condition: what happened, and the way that is wanted from ``start`` to ``goal``.

    ``days`` may be empty where there is a start or a goal; at least one of the three must be there.
    """
    ends = [end for end in (start, goal) if end]
    numbers = [value for value in values if value is not None]
    paper = _paper(days, [day for day, _ in ends], labels, value_span([*numbers, *(value for _, value in ends)]))
    places = paper.places(values)
    kept = lines.extremes(places, PAGE.width, curves.COLUMNS)
    return Spark(
        line=lines.path([places[index] for index in kept]),
        end=next((place for place in reversed(places) if place), None),
        start=_place(paper, start),
        goal=_place(paper, goal),
        experiments=tuple(
            paper.x(each.day.toordinal()) for each in experiments if paper.x.low <= each.day.toordinal() <= paper.x.high
        ),
        latest=labels.with_unit(paper.number(numbers[-1])) if numbers else "",
    )


def _place(paper: Paper, end: tuple[date, float] | None) -> Place | None:
    return None if end is None else (paper.x(end[0].toordinal()), paper.y(end[1]))


def _paper(
    days: Sequence[date],
    further: Sequence[date],
    labels: Labels,
    span: tuple[float, float],
    bounds: Bounds = (None, None),
) -> Paper:
    """Paper without written axes: it ends where the readings do, with some air."""
    low, high = span
    air = AIR * (high - low or 1)
    y = Scale(low - air, high + air, PAGE.height, 0)
    return Paper(time_scale(days, further, PAGE), y, (), days, labels, bounds, 0)
