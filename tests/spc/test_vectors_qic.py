"""Against qicharts2 0.8.1: run charts, runs about the mean, limits by 3/1.128, the moving range chart. To 1e-9.

Its charts of counts and shares (c, u, p and the like) are of other kinds and are not here. It computes no moving range
across a gap, so limits are compared where there is none; runs and medians everywhere.
"""

from __future__ import annotations

from dataclasses import replace

from kata.spc import MDC, Analysis, Rule, Segment, analyse
from kata.spc.limits import Limits, moving_ranges
from kata.spc.runs import Runs, runs_about
from kata.spc.settings import LIMIT_FACTOR_D2, RANGE_FACTOR_3267
from tests.spc.reference import Json, Result, Values, assert_near, each, results

#: See `test_vectors_nhsr.py`: in these our screening falls back to all moving ranges.
COLLAPSED = ("e01_constant", "e02_one_step", "e10_tie_on_mean", "e19_all_100_percent")
RUN = [result for result in results("qic") if result.run["chart"] == "run"]
INDIVIDUALS = [result for result in results("qic") if result.run["chart"] == "i"]
WITH_LIMITS = [
    result
    for result in INDIVIDUALS
    if not result.has_gaps and not (result.run["screened"] and result.series in COLLAPSED)
]
RANGES = [result for result in results("qic") if result.run["chart"] == "mr" and not result.has_gaps]


def rebase(run: Json) -> list[int]:
    """It names the last point of a part, we the first."""
    return [position + 1 for position in run["part_after"]]


@each(RUN)
def test_median_and_runs_of_a_run_chart(result: Result) -> None:
    analysis = analyse(result.values, chart="run", baseline=result.run["freeze"], rebase=rebase(result.run))
    for segment, part in zip(analysis.segments, result.run["parts"], strict=True):
        assert_near(
            [segment.start, segment.end, segment.centre], [part[n] for n in ("start_index", "end_index", "center")]
        )
        assert _runs_of(segment) == _runs_in(part)


@each(RUN)
def test_verdict_of_a_run_chart(result: Result) -> None:
    """Also with fewer points than we offer the tests for: no result of those shows a signal."""
    analysis = analyse(result.values, chart="run", baseline=result.run["freeze"], rebase=rebase(result.run))
    verdicts = [segment.long_run or segment.few_crossings for segment in analysis.segments]
    assert verdicts == [part["runs_signal"] for part in result.run["parts"]]


@each(WITH_LIMITS)
def test_limits_and_points_outside_them(result: Result) -> None:
    analysis = individuals(result)
    for segment, part in zip(analysis.segments, result.run["parts"], strict=True):
        assert_near([segment.centre, segment.lower, segment.upper], [part[n] for n in ("center", "lower", "upper")])
        outside = [at for at in analysis.where(Rule.OUTSIDE_LIMITS) if segment.start <= at <= segment.end]
        assert outside == part["sigma_signal_index"]


@each(INDIVIDUALS)
def test_runs_about_the_mean(result: Result) -> None:
    for segment, part in zip(individuals(result).segments, result.run["parts"], strict=True):
        points = [value for value in result.values[segment.start - 1 : segment.end] if value is not None]
        assert _told(runs_about(Limits(segment.centre).sides(points))) == _runs_in(part)


@each(RANGES)
def test_moving_ranges_their_mean_and_their_limit(result: Result) -> None:
    analysis = individuals(result)
    (part,) = result.run["parts"]
    assert_near([analysis.last.mean_moving_range, analysis.last.moving_range_upper], [part["center"], part["upper"]])
    ranges = moving_ranges([value for value in result.values if value is not None])
    assert _told(runs_about(Limits(analysis.last.mean_moving_range).sides(ranges))) == _runs_in(part)


def test_everything_is_compared_but_limits_on_gaps_and_where_screening_collapses() -> None:
    left_out = {(result.series, result.run["screened"]) for result in INDIVIDUALS if result not in WITH_LIMITS}
    on_gaps = {("o18_ozone_missing", way) for way in (True, False)}
    on_gaps |= {(series, way) for series in ("e17_missing_middle", "e18_missing_last") for way in (True, False)}
    assert left_out == on_gaps | {(series, True) for series in COLLAPSED}


def individuals(result: Result) -> Analysis:
    settings = replace(
        MDC, screening=result.run["screened"], limit_factor=LIMIT_FACTOR_D2, range_factor=RANGE_FACTOR_3267
    )
    baseline, phases = result.run["freeze"], rebase(result.run)
    return analyse(result.values, chart="xmr", settings=settings, baseline=baseline, rebase=phases)


def _runs_of(segment: Segment) -> Values:
    return [segment.longest_run, segment.longest_run_limit, segment.crossings, segment.crossings_limit]


def _told(runs: Runs | None) -> Values:
    return [runs.longest, runs.longest_limit, runs.crossings, runs.crossings_limit] if runs else [None] * 4


def _runs_in(part: Json) -> Values:
    return [part[name] for name in ("longest_run", "longest_run_max", "n_crossings", "n_crossings_min")]
