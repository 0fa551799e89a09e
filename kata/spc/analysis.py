"""From a series of values to everything that a chart, a table and a sentence need to know about it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from kata.spc import verdicts
from kata.spc.cautions import cautions
from kata.spc.phases import cut
from kata.spc.results import Analysis, Point, Segment
from kata.spc.segments import Outcome, judge, looks_for_trend, segment
from kata.spc.settings import FEWEST_IN_BASELINE, MDC, MEDIAN_FROM, XMR_FROM, Settings
from kata.spc.terms import Better, Chart, Direction, Hit, Nature, Rule

#: Larger numbers lose their last digits, and their sums might overflow.
LARGEST = 1e15


def analyse(
    values: Sequence[float | None],
    *,
    labels: Sequence[str] | None = None,
    chart: Chart | None = None,
    settings: Settings = MDC,
    better: Better = "neither",
    target: float | None = None,
    baseline: int | None = None,
    rebase: Collection[int] = (),
) -> Analysis:
    """Judge a series that is in the order of time; None is a gap, 0 a value like any other.

    Without `chart` the number of points decides: up to 5 dots, 6 to 11 a run chart, from 12 an XmR chart. `baseline`
    locks the first so many points of each phase: they alone make its lines, and all its points are judged by them.
    `rebase` holds the 1-based positions that open a new phase. Labels are the positions where none are given.

    Raises `ValueError`, in a sentence, for values or a target not finite or too large, for a baseline too short for its
    chart, for a phase that begins outside of the series, and for another number of labels than of values.
    """
    there = [value for value in values if value is not None]
    drawn = chart or _chart_for(len(there))
    _expect_numbers(there if target is None else [*there, target])
    _expect_baseline(baseline, drawn)
    outcomes = [judge(phase, drawn, settings, baseline) for phase in cut(values, rebase)]
    segments = tuple(segment(outcome, drawn, len(there)) for outcome in outcomes)
    named = [str(at) for at in range(1, len(values) + 1)] if labels is None else labels
    points = tuple(_points(values, named, outcomes, better))
    last, tolerance = segments[-1], outcomes[-1].limits.tolerance
    final = [point for point in points[last.start - 1 :] if point.value is not None]
    found = Analysis(
        chart=drawn,
        n=len(there),
        segments=segments,
        points=points,
        variation=verdicts.variation(drawn, last, final),
        assurance=verdicts.assurance(last, final, target, better, tolerance),
        cautions=(),
        rules=_rules(drawn, segments, settings, baseline),
        better=better,
        target=target,
        settings=settings,
    )
    return replace(found, cautions=cautions(found))


def _chart_for(n: int) -> Chart:
    return "dots" if n < MEDIAN_FROM else "run" if n < XMR_FROM else "xmr"


def _expect_numbers(values: Sequence[float]) -> None:
    wrong = next((value for value in values if not -LARGEST < value < LARGEST), None)  # NaN is not between, either
    if wrong is not None:
        raise ValueError(f"{wrong} cannot be charted: a value is a finite number below 1e15.")


def _expect_baseline(baseline: int | None, chart: Chart) -> None:
    fewest = FEWEST_IN_BASELINE[chart]
    if baseline is not None and baseline < fewest:
        raise ValueError(f"A baseline needs at least {fewest} points; {baseline} are too few to lock.")


def _points(
    values: Sequence[float | None], labels: Sequence[str], outcomes: Sequence[Outcome], better: Better
) -> Iterator[Point]:
    """All rows as points, gaps included."""
    ranges: list[float | None] = [None] * len(values)
    told = [_told((), better)] * len(values)
    for outcome in outcomes:
        kinds = [_told(hits, better) for hits in outcome.hits.kinds]
        outcome.phase.put(ranges, outcome.ranges)
        outcome.phase.put(told, [kinds[kind] for kind in outcome.hits.of])
    signals, natures, directions = ([kind[part] for kind in told] for part in range(3))
    positions = range(1, len(values) + 1)
    rows = zip(positions, labels, values, signals, natures, ranges, directions, strict=True)
    return map(tuple.__new__, repeat(Point), rows)  # all fields: the same as Point(*row), in half of the time


_Told = tuple[tuple[Rule, ...], Nature, tuple[Direction, ...]]


def _told(hits: tuple[Hit, ...], better: Better) -> _Told:
    """The rules and the directions of these hits, each once, and between them what they say about a point."""
    rules = dict.fromkeys(rule for rule, _direction in hits)
    directions = tuple(dict.fromkeys(direction for _rule, direction in hits if direction))
    return tuple(rules), verdicts.nature(directions, better), directions


def _rules(chart: Chart, segments: Sequence[Segment], settings: Settings, baseline: int | None) -> tuple[Rule, ...]:
    """The rules that single points were tested by."""
    if chart == "xmr":
        return settings.tested
    trend = chart == "run" and settings.trend is not None and any(looks_for_trend(segment.n) for segment in segments)
    frozen = chart == "run" and baseline is not None
    return (*((Rule.TREND,) if trend else ()), *((Rule.SHIFT,) if frozen else ()))
