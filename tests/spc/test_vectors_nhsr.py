"""Against NHSRplotthedots 0.2.2: limits, all flags, the rule that names a point, its colour, both icons. To 1e-9.

Names and colours are compared with its own reading of "two of three"; the reading of Making Data Count 2023, which is
our default, by its flags. On gaps it gives wrong flags (its issue 156): there the results that dropped them count.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kata.spc import MDC, Analysis, Assurance, Better, Caution, Nature, Point, Rule, TwoOfThree, analyse
from tests.spc.reference import WAY, Result, assert_near, each, results, without_gaps

CAUSE = {Rule.OUTSIDE_LIMITS: "UL", Rule.TREND: "ID", Rule.TWO_OF_THREE: "Tt", Rule.SHIFT: "Ss"}
NATURE = dict(zip(Nature, ".+-hl", strict=True))
ASSURANCE = {
    "consistent_pass": Assurance.PASS,
    "consistent_fail": Assurance.FAIL,
    "inconsistent": Assurance.HIT_OR_MISS,
}
#: Screening left only ranges of zero here and its limits collapsed on the mean; ours fall back to all ranges.
COLLAPSED = ("e01_constant", "e02_one_step", "e10_tie_on_mean", "e19_all_100_percent")

THERE = [result for result in results("nhsr") if result.run["dropped"] or not result.has_gaps]
FALLEN_BACK = [result for result in THERE if result.run["screened"] and result.series in COLLAPSED]
COMPARED = [result for result in THERE if result not in FALLEN_BACK]
WITH_TARGET = [result for result in COMPARED if result.run["assurance"]]


def judged(
    result: Result,
    *,
    two_of_three: TwoOfThree = TwoOfThree.MDC_2023,
    screening: bool | None = None,
    better: Better | None = None,
) -> Analysis:
    run = result.run
    screened = run["screened"] if screening is None else screening
    return analyse(
        without_gaps(result.values) if run["dropped"] else result.values,
        chart="xmr",
        settings=replace(MDC, screening=screened, two_of_three=two_of_three),
        better=better or WAY[run["better"]],
        target=run["target"],
        baseline=run["baseline"],
        rebase=run["rebase"],
    )


@each(COMPARED)
def test_limits_of_every_phase(result: Result) -> None:
    found = judged(result).segments
    for segment, expected in zip(found, result.run["segments"], strict=True):
        numbers = (segment.start, segment.end, segment.centre, segment.mean_moving_range, segment.lower, segment.upper)
        names = ("start_index", "end_index", "mean", "mean_mr_used", "lower", "upper")
        assert_near(numbers, [expected[name] for name in names])


@each(COMPARED)
def test_flags_of_every_rule(result: Result) -> None:
    by_mdc, by_nhsr = judged(result), judged(result, two_of_three=TwoOfThree.NHSR_0_2_2)
    assert by_mdc.where(Rule.OUTSIDE_LIMITS) == result.run["outside_limits"]
    assert by_mdc.where(Rule.SHIFT) == result.run["shift"]
    assert by_mdc.where(Rule.TREND) == result.run["trend"]
    assert by_mdc.where(Rule.TWO_OF_THREE) == result.run["two_of_three_mdc_2023"]
    assert by_nhsr.where(Rule.TWO_OF_THREE) == result.run["two_of_three_nhsr_0_2_2"]


@each(COMPARED)
def test_rule_that_names_each_point(result: Result) -> None:
    points = judged(result, two_of_three=TwoOfThree.NHSR_0_2_2).points
    assert "".join(_cause(point) for point in points) == result.run["cause"]


def _cause(point: Point) -> str:
    return CAUSE[point.signals[0]][point.directions[0] == "low"] if point.signals else "."


@pytest.mark.parametrize("way", WAY)
@each(COMPARED)
def test_nature_of_each_point_for_each_direction(result: Result, way: str) -> None:
    points = judged(result, two_of_three=TwoOfThree.NHSR_0_2_2, better=WAY[way]).points
    assert "".join(NATURE[point.nature] for point in points) == result.run[f"nature_{way}"]


@each(COMPARED)
def test_variation_icon(result: Result) -> None:
    assert judged(result, two_of_three=TwoOfThree.NHSR_0_2_2).variation == result.run["variation"]


@each(WITH_TARGET)
def test_assurance_icon_but_where_the_recommendation_knows_better(result: Result) -> None:
    """It looks at the limits alone. Recommended: nothing below 12 points, hit or miss while the process is changing,
    and without variation whether the value meets the target (in e01 and e19 it is the target)."""
    analysis = judged(result, two_of_three=TwoOfThree.NHSR_0_2_2)
    expected: Assurance | None = ASSURANCE[result.run["assurance"]]
    if analysis.last.n < 12:
        expected = None
    elif Caution.CHANGING in analysis.cautions:
        expected = Assurance.HIT_OR_MISS
    elif Caution.NO_VARIATION in analysis.cautions and expected is Assurance.HIT_OR_MISS:
        expected = Assurance.PASS
    assert analysis.assurance is expected


def test_assurance_is_compared_as_it_is_in_most_results() -> None:
    ours = {Caution.CHANGING, Caution.NO_VARIATION}
    plain = [judged(result).assurance for result in WITH_TARGET if not ours & {*judged(result).cautions}]
    assert {*plain} == {*Assurance, None}
    assert len(plain) == 11


@each(FALLEN_BACK)
def test_screening_that_leaves_nothing_is_left_out_and_says_so(result: Result) -> None:
    screened, plain = judged(result), judged(result, screening=False)
    assert Caution.UNSCREENED in screened.cautions
    assert [replace(segment, unscreened=False) for segment in screened.segments] == list(plain.segments)
    assert screened.points == plain.points


def test_everything_is_compared_but_what_it_computed_on_gaps() -> None:
    left_out = [result for result in results("nhsr") if result not in COMPARED and result not in FALLEN_BACK]
    assert [result.series for result in left_out] == ["e17_missing_middle", "e18_missing_last"]
    assert len(COMPARED) + len(FALLEN_BACK) + len(left_out) == 118
