"""Against PowerBI-SPC: limits by 3/1.128, the limit of the moving ranges by 3.267, its own "two of three". To 1e-9."""

from __future__ import annotations

from dataclasses import replace

from kata.spc import MDC, Analysis, Direction, Point, Rule, TwoOfThree, analyse
from kata.spc.settings import LIMIT_FACTOR_D2, RANGE_FACTOR_3267
from tests.spc.reference import Result, assert_near, each, results

#: See `test_vectors_nhsr.py`: in these our screening falls back to all moving ranges.
COLLAPSED = ("e01_constant", "e02_one_step", "e10_tie_on_mean", "e19_all_100_percent")
COMPARED = [result for result in results("power_bi") if not (result.run["screened"] and result.series in COLLAPSED)]
RULE = {
    "astronomical": Rule.OUTSIDE_LIMITS,
    "shift": Rule.SHIFT,
    "trend": Rule.TREND,
    "two_in_three": Rule.TWO_OF_THREE,
}
LETTER = {Direction.HIGH: "u", Direction.LOW: "l"}


def judged(result: Result, *rules: Rule) -> Analysis:
    settings = replace(
        MDC,
        rules=rules or MDC.rules,
        screening=result.run["screened"],
        two_of_three=TwoOfThree.POWER_BI,
        limit_factor=LIMIT_FACTOR_D2,
        range_factor=RANGE_FACTOR_3267,
    )
    return analyse(result.values, chart="xmr", settings=settings)


@each(COMPARED)
def test_lines(result: Result) -> None:
    segment = judged(result).last
    assert_near([segment.centre, segment.lower, segment.upper], [result.run[n] for n in ("center", "lower", "upper")])


@each(result for result in COMPARED if not result.run["screened"])
def test_moving_ranges_which_it_never_screens(result: Result) -> None:
    segment = judged(result).last
    found = [segment.mean_moving_range, segment.moving_range_upper]
    assert_near(found, [result.run.get("mean_mr"), result.run.get("url_3267")])


@each(result for result in COMPARED if result.series != "e03_n1")
def test_flags_and_their_directions(result: Result) -> None:
    for name, rule in RULE.items():
        points = judged(result, rule).points
        assert "".join(_letter(point) for point in points) == result.run[name], name


@each(result for result in COMPARED if result.series == "e03_n1")
def test_a_single_point_is_no_signal_unlike_here(result: Result) -> None:
    assert result.run["astronomical"] == "l"
    assert judged(result).points[0].signals == ()


def _letter(point: Point) -> str:
    return LETTER[point.directions[0]] if point.directions else "."
