"""The process behaviour chart, the run chart and the dots: from an analysis to everything on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kata.charts import curves, story
from kata.charts.labels import Labels
from kata.charts.paper import Paper, time_scale
from kata.charts.parts import PhaseMark, Plot, ProcessChart
from kata.charts.scales import PAGE, Bounds, Frame, value_span
from kata.charts.story import Story
from kata.charts.ticks import time_ticks
from kata.spc import Analysis, Rule, Segment

#: Ticks on the time axis of a usual plot, a small and a very wide one; on the value axes of readings and ranges.
TICKS, FEW_TICKS, MANY_TICKS, LEVELS, FEW_LEVELS = 8, 4, 14, 5, 2
#: The share of the plot that a label needs: of the readings and of the moving ranges, on a page.
LABEL, RANGE_LABEL = 0.075, 0.22
#: How far from the centre to the limit the rule about points near the limits begins.
NEAR = {Rule.TWO_OF_THREE: 2 / 3, Rule.THREE_OF_FOUR: 1 / 2}
LEAST_AHEAD = timedelta(28)
NOTHING = Story()


def draw(
    analysis: Analysis, days: Sequence[date], labels: Labels, told: Story = NOTHING, *, bounds: Bounds = (None, None),
    today: date | None = None, near: bool = False, moving_range: bool | None = None,
    span: tuple[float, float] | None = None, frame: Frame = PAGE, range_frame: Frame = PAGE,
) -> ProcessChart:  # fmt: skip
    """Place an analysis on paper. ``days`` are those of its points, ascending, gaps included; at least one.

    ``bounds`` are what is possible (0, 100): limits are judged as they are and drawn no further. With ``today`` the
    axis reaches it, unless that is so far away that the readings would have no room. ``near`` draws the lines of the
    rule about points near the limits. ``moving_range`` adds the chart of moving ranges; left out, it comes where they
    were judged. ``span`` is the value axis' low and high, where several charts share one (`common_span`). Raises
    ValueError where days and points are not as many.
    """
    if not days or len(days) != len(analysis.points):
        raise ValueError(f"{len(days)} days were given for {len(analysis.points)} points.")
    x = time_scale(days, _ahead(days, [*told.days(), *([today] if today else [])]), frame)
    seen = span or value_span([*values_of(analysis, bounds), *told.values(x)], bounds)
    paper = Paper.over(x, days, labels, seen, bounds, frame, LEVELS, LABEL)
    ranges = Rule.MOVING_RANGE in analysis.rules if moving_range is None else moving_range
    near_share = next((share for rule, share in NEAR.items() if near and rule in analysis.rules), None)
    places = paper.places([point.value for point in analysis.points])
    letters = story.letters(told.notes, days)
    last, like = analysis.segments[-1], (*days[:3], days[-1])
    indexes = curves.reached(places, analysis.points, days, letters, frame.width)
    rows = tuple(curves.rows(indexes, analysis.points, places, paper, told.notes, letters, ranges=ranges))
    return ProcessChart(
        frame=frame,
        kind=analysis.chart,
        plot=Plot(
            levels=paper.levels(),
            stretches=tuple(paper.stretches(analysis.segments, near_share)),
            curve=curves.curve(places, analysis.points, frame.width, joined=analysis.chart != "dots"),
            ends=paper.ends(upper=last.upper, centre=last.centre, lower=last.lower, target=analysis.target),
        ),
        moving=_moving(paper, analysis, range_frame) if ranges else None,
        ticks=tuple(time_ticks(x, TICKS, labels, like)),
        few_ticks=tuple(time_ticks(x, FEW_TICKS, labels, like)),
        many_ticks=tuple(time_ticks(x, MANY_TICKS, labels, like)),
        target=paper.line(analysis.target),
        today=x(today.toordinal()) if today and days[-1] < today <= date.fromordinal(int(x.high)) else None,
        flags=story.flags(told.experiments, x, story.FLAG_WIDE),
        few_flags=story.flags(told.experiments, x, story.FLAG_SMALL),
        spans=story.spans(told.conditions, x, paper.y),
        expectations=story.expectations(told.experiments, x, paper.y),
        notes=tuple(curves.note_marks(places, days, letters, frame.height)),
        phases=tuple(_phases(paper, analysis.segments, told)),
        events=story.events(told, letters, labels.day),
        rows=rows,
        is_long=len(days) > curves.LONG,
        is_provisional=last.provisional,
        count=analysis.n,
        first_day=labels.day(days[0]),
        last_day=labels.day(days[-1]),
        latest=next((row for row in reversed(rows) if row.place), None),
    )


def _ahead(days: Sequence[date], wanted: Iterable[date]) -> list[date]:
    """The days to come that the axis reaches: half as far as the readings go back, and four weeks at least."""
    reach = max((days[-1] - days[0]) / 2, LEAST_AHEAD)
    return [day for day in wanted if day - days[-1] <= reach]


def common_span(analyses: Iterable[Analysis], bounds: Bounds = (None, None)) -> tuple[float, float]:
    """The value axis on which all of these charts find room, for ``span``: small multiples that can be compared."""
    return value_span([value for analysis in analyses for value in values_of(analysis, bounds)], bounds)


def values_of(analysis: Analysis, bounds: Bounds) -> list[float]:
    """Everything that must be seen: readings, lines as far as they are drawn, the target."""
    found = [point.value for point in analysis.points]
    found += [line for segment in analysis.segments for line in (*segment.drawn(*bounds), segment.centre)]
    return [value for value in (*found, analysis.target) if value is not None]


def _moving(paper: Paper, analysis: Analysis, frame: Frame) -> Plot:
    """The chart of moving ranges: from zero, with their mean and their upper limit."""
    segments = [
        Segment(each.start, each.end, each.n, centre=each.mean_moving_range, upper=each.moving_range_upper)
        for each in analysis.segments
    ]
    numbers = [point.moving_range for point in analysis.points]
    high = max((each for each in [*numbers, *(segment.upper for segment in segments)] if each), default=1.0)
    below = Paper.over(paper.x, paper.days, paper.labels, (0, high), (0, None), frame, FEW_LEVELS, RANGE_LABEL)
    return Plot(
        levels=below.levels(),
        stretches=tuple(below.stretches(segments)),
        curve=curves.range_curve(below.places(numbers), analysis.points, paper.x.end),
        ends=below.ends(upper=segments[-1].upper, centre=segments[-1].centre),
    )


def _phases(paper: Paper, segments: Sequence[Segment], told: Story) -> Iterator[PhaseMark]:
    """Where a new phase begins, by the name that was given to it."""
    names = {phase.day: phase.name for phase in told.phases}
    for segment, edge in zip(segments[1:], paper.edges(segments)[1:-1], strict=True):
        yield PhaseMark(edge, names.get(paper.days[segment.start - 1], ""))
