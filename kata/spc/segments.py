"""One phase, judged: its lines, its hits and, on a run chart, its runs; then told as a segment and its points."""

from dataclasses import dataclass, replace

from kata.spc.limits import Limits, median_line, moving_ranges, process_limits
from kata.spc.phases import Phase
from kata.spc.results import Segment
from kata.spc.runs import Runs, runs_about
from kata.spc.settings import CROSSINGS_FROM, PHASE_SETTLED_FROM, SETTLED_FROM, XMR_FROM, Settings
from kata.spc.signals import Hits, Judged, median_hits, process_hits
from kata.spc.terms import Chart


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in one phase. `basis` counts the points that made its lines; hits and ranges go by index within
    the phase.
    """

    phase: Phase
    limits: Limits
    ranges: list[float | None]
    hits: Hits
    runs: Runs | None
    basis: int


def judge(phase: Phase, chart: Chart, settings: Settings, baseline: int | None) -> Outcome:
    """Draw the lines from the baseline, or from all points where none is locked, and test every point against them."""
    basis = phase.values[:baseline]
    ranges = [None, *moving_ranges(phase.values)] if phase.values else []
    if chart == "dots":
        return Outcome(phase, Limits(), ranges, Hits.none(len(phase.values)), None, len(basis))
    if chart == "xmr":
        limits = process_limits(basis, settings)
        hits = process_hits(Judged(phase.values, limits, ranges), settings)
        return Outcome(phase, limits, ranges, hits, None, len(basis))
    limits = median_line(basis)
    judged = Judged(phase.values, limits, ranges)
    hits = median_hits(judged, settings, trend=looks_for_trend(len(phase.values)), frozen=baseline)
    return Outcome(phase, limits, ranges, hits, runs_about(limits.sides(phase.values)), len(basis))


def looks_for_trend(n: int) -> bool:
    """Whether a run chart of so many points is tested for a trend: only where hardly another test can fire."""
    return n < XMR_FROM


def segment(outcome: Outcome, chart: Chart, n: int) -> Segment:
    """The segment that tells an outcome; `n` counts the points of the whole chart."""
    phase, limits = outcome.phase, outcome.limits
    told = Segment(
        start=phase.start,
        end=phase.end,
        n=len(phase.values),
        centre=limits.centre,
        lower=limits.lower,
        upper=limits.upper,
        mean_moving_range=limits.mean_moving_range,
        moving_range_upper=limits.moving_range_upper,
        provisional=limits.centre is not None and _is_provisional(outcome.basis, chart, n),
        unscreened=limits.unscreened,
    )
    return _with_runs(told, outcome.runs) if outcome.runs else told


def _with_runs(told: Segment, runs: Runs) -> Segment:
    return replace(
        told,
        longest_run=runs.longest,
        longest_run_limit=runs.longest_limit,
        crossings=runs.crossings,
        crossings_limit=runs.crossings_limit,
        long_run=told.n >= XMR_FROM and runs.longest > runs.longest_limit,
        few_crossings=told.n >= CROSSINGS_FROM and runs.crossings < runs.crossings_limit,
    )


def _is_provisional(basis: int, chart: Chart, n: int) -> bool:
    return basis < PHASE_SETTLED_FROM or (chart == "xmr" and n < SETTLED_FROM)
