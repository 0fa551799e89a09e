"""Against the two programs that apply Wheeler's rules: xmrit (within 0.01) and statprocon 2.0.0 (within 0.001).

Both round before they compare. statprocon makes its lines from a rounded mean and a rounded mean moving range, so ours
are made in the same way before they are compared; a line made of unrounded numbers may lie 0.002 away.
"""

from __future__ import annotations

from kata.spc import WHEELER, Analysis, Rule, analyse
from kata.spc.settings import LIMIT_FACTOR, RANGE_FACTOR
from tests.spc.reference import Result, assert_near, each, results

#: xmrit counts a point on the mean as lying below it, so that a constant series is a "run of 8". Ours breaks the run.
TIES = ("e01_constant", "e19_all_100_percent", "e22_run_across_rebase")
#: A single point has no moving range: xmrit puts both limits on the point, we draw none.
NO_RANGE = ("e03_n1",)
#: statprocon overlooks three of four where the fourth lies beyond the opposite halfway line (`spc.md`, section 2).
OPPOSITE = ("e20_run_of_seven", "e21_run_of_eight")

XMRIT = results("xmrit")
STATPROCON = results("statprocon")


def judged(result: Result) -> Analysis:
    run = result.run
    return analyse(
        result.values, chart="xmr", settings=WHEELER, baseline=run.get("baseline"), rebase=run.get("rebase", ())
    )


@each(result for result in XMRIT if result.series not in NO_RANGE)
def test_lines_of_xmrit(result: Result) -> None:
    for segment, expected in zip(judged(result).segments, result.run["segments"], strict=True):
        assert (segment.start, segment.end, segment.n) == (
            expected["start_index"], expected["end_index"], expected["n"],
        )  # fmt: skip
        lines = (segment.centre, segment.lower, segment.upper, segment.mean_moving_range, segment.moving_range_upper)
        names = ("center", "lower", "upper", "mean_mr", "url")
        assert_near(lines, [expected[name] for name in names], within=0.01)


@each(XMRIT)
def test_moving_ranges_of_xmrit(result: Result) -> None:
    found = [point.moving_range for point in judged(result).points if point.moving_range is not None]
    expected = [each for segment in result.run["segments"] for each in segment["moving_ranges"]]
    assert_near(found, expected, within=0.01)


@each(XMRIT)
def test_flags_of_xmrit(result: Result) -> None:
    analysis = judged(result)
    assert analysis.where(Rule.OUTSIDE_LIMITS) == result.run["outside_limits"]
    assert analysis.where(Rule.THREE_OF_FOUR) == result.run["three_of_four"]
    assert analysis.where(Rule.MOVING_RANGE) == result.run["moving_range"]
    if result.series not in TIES:
        assert analysis.where(Rule.RUN) == result.run["run"]


@each(result for result in XMRIT if result.series in TIES)
def test_points_on_the_mean_are_in_no_run_unlike_in_xmrit(result: Result) -> None:
    analysis = judged(result)
    there = set(analysis.where(Rule.RUN))
    for segment in analysis.segments:
        on_the_mean = {point.index for point in analysis.points if point.value == segment.centre}
        assert not there & on_the_mean & set(range(segment.start, segment.end + 1))
    assert there <= set(result.run["run"])


@each(STATPROCON)
def test_lines_of_statprocon(result: Result) -> None:
    segment, run = judged(result).last, result.run
    assert segment.centre is not None
    assert segment.mean_moving_range is not None
    assert_near([segment.centre, segment.mean_moving_range], [run["center"], run["mr_center"]], within=0.001)
    centre, typical = round(segment.centre, 3), round(segment.mean_moving_range, 3)
    made = [centre - LIMIT_FACTOR * typical, centre + LIMIT_FACTOR * typical, RANGE_FACTOR * typical]
    assert_near(made, [run["lower"], run["upper"], run["url"]], within=0.001)
    assert_near([segment.lower, segment.upper], [run["lower"], run["upper"]], within=0.0024)


@each(STATPROCON)
def test_flags_of_statprocon(result: Result) -> None:
    analysis, run = judged(result), result.run
    assert analysis.where(Rule.OUTSIDE_LIMITS) == run["rule1_outside_limits_index"]
    assert analysis.where(Rule.MOVING_RANGE) == run["rule1_mr_above_url_index"]
    assert analysis.where(Rule.RUN) == run["rule2_run8_index"]
    if result.series not in OPPOSITE:
        assert analysis.where(Rule.THREE_OF_FOUR) == run["rule3_three_of_four_index"]


@each(result for result in STATPROCON if result.series in OPPOSITE)
def test_three_of_four_counts_each_side_unlike_in_statprocon(result: Result) -> None:
    overlooked = set(judged(result).where(Rule.THREE_OF_FOUR)) - set(result.run["rule3_three_of_four_index"])
    assert overlooked
    assert len(XMRIT) == 50
    assert len(STATPROCON) == 51
