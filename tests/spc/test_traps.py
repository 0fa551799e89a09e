"""The eighteen mistakes of `spc.md`, section 10, each of which some published chart has made."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean, stdev

import pytest

from kata.spc import MDC, WHEELER, Assurance, Nature, Rule, Variation, analyse
from tests.spc.reference import values

#: Fourteen quiet points, whose limits are far from any of them.
QUIET = [10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0]
SCREENED = replace(MDC, screening=True)


def test_01_limits_come_from_moving_ranges_not_from_the_standard_deviation() -> None:
    step = [*QUIET, *(value + 10 for value in QUIET)]
    segment = analyse(step).last
    assert segment.mean_moving_range is not None
    assert segment.upper == pytest.approx(fmean(step) + 2.66 * segment.mean_moving_range)
    assert segment.upper < fmean(step) + 2 * stdev(step)


def test_02_the_mean_moving_range_is_over_one_less_than_the_points() -> None:
    assert analyse([1.0, 3.0, 2.0], chart="xmr").last.mean_moving_range == (2 + 1) / 2


def test_03_a_point_on_a_limit_is_no_signal() -> None:
    analysis = analyse(values("e11_exact_upper_limit"))
    assert analysis.last.upper == 403
    assert analysis.points[3].value == 403
    assert analysis.where(Rule.OUTSIDE_LIMITS) == []


def test_04_a_trend_of_seven_is_seven_points_and_six_steps() -> None:
    noise = [5.0, 0.0, 5.0, 0.0, 5.0, 0.0]
    assert analyse([*noise, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0, *noise]).where(Rule.TREND) == []  # six points, five steps
    assert analyse([*noise, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, *noise]).where(Rule.TREND) == [6, 7, 8, 9, 10, 11, 12]


def test_05_no_run_trend_or_moving_range_crosses_a_new_phase() -> None:
    series = [*[5.0, 15.0] * 5, *[14.0] * 8, *[5.0, 15.0] * 5]
    assert analyse(series).where(Rule.SHIFT) == list(range(10, 19))
    rebased = analyse(series, rebase=[15])
    assert rebased.where(Rule.SHIFT) == []
    assert rebased.points[14].moving_range is None
    rising = [float(value) for value in range(14)]
    assert analyse(rising, rebase=[7]).where(Rule.TREND) == list(range(7, 15))


def test_06_every_point_of_a_run_is_flagged() -> None:
    series = [*[15.0, 5.0] * 4, *[14.0] * 7, *[5.0, 15.0] * 4]
    assert analyse(series).where(Rule.SHIFT) == [9, 10, 11, 12, 13, 14, 15]


def test_07_the_baseline_is_locked_in_every_phase() -> None:
    first, second = [*QUIET, 30.0, 40.0], [value + 100 for value in [*QUIET, 30.0, 40.0]]
    one, two = analyse([*first, *second], baseline=12, rebase=[17]).segments
    assert one.centre == fmean(QUIET[:12])
    assert two.centre == fmean(QUIET[:12]) + 100


def test_08_two_of_three_lie_on_the_same_side() -> None:
    assert analyse(values("e13_two_of_three_opposite")).where(Rule.TWO_OF_THREE) == []
    assert analyse(values("e14_two_of_three_third_other_side")).where(Rule.TWO_OF_THREE) == []
    assert analyse(values("e15_two_of_three_plain")).where(Rule.TWO_OF_THREE) == [13, 15]


def test_09_a_trend_is_coloured_by_where_it_goes_not_where_it_is() -> None:
    series = [20.0, 0.0, 20.0, 0.0, 20.0, 0.0, 20.0, 0.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.2]
    final = analyse(series, better="up").points[-1]
    assert final.value is not None
    assert final.value < fmean(series)
    assert (final.signals[0], final.nature) == (Rule.TREND, Nature.IMPROVEMENT)


def test_10_assurance_goes_by_the_limits_not_by_where_they_are_drawn() -> None:
    analysis = analyse(values("e23_percent_near_100"), better="up", target=100)
    assert analysis.last.upper is not None
    assert analysis.last.upper > 100
    assert analysis.last.drawn(0, 100)[1] == 100
    assert analysis.assurance is Assurance.HIT_OR_MISS


def test_11_assurance_is_that_of_the_last_phase() -> None:
    analysis = analyse([*QUIET, *(value + 50 for value in QUIET)], rebase=[15], better="up", target=40)
    assert analysis.assurance is Assurance.PASS


@pytest.mark.parametrize("settings", [MDC, WHEELER, SCREENED])
def test_12_no_variation_is_no_signal(settings: object) -> None:
    for value in (5.0, 0.1, 1e6 + 0.1, 0.0):
        analysis = analyse([value] * 15, settings=settings)  # type: ignore[arg-type]  # the cases come as plain words
        assert all(point.signals == () for point in analysis.points)
        assert analysis.last.lower == analysis.last.upper == analysis.last.centre == pytest.approx(value)


def test_13_a_tie_breaks_a_run_on_an_xmr_chart_and_is_passed_over_on_a_run_chart() -> None:
    series = values("e10_tie_on_mean")
    assert analyse(series).where(Rule.SHIFT) == list(range(9, 16))
    run = analyse([1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 3.0, 3.0, 2.0, 3.0, 3.0, 3.0, 2.0], chart="run").last
    assert (run.longest_run, run.crossings) == (5, 1)


def test_14_unsorted_dates_are_put_in_order_before() -> None:
    """The kernel judges what it is given; the command sorts (`tests/measures/test_analyse_command.py`)."""
    rising = [float(value) for value in range(12)]
    shuffled = [*rising[6:], *rising[:6]]
    assert analyse(rising).where(Rule.TREND) != analyse(shuffled).where(Rule.TREND)


def test_15_zero_is_a_value_and_no_gap() -> None:
    analysis = analyse([0.0, 4.0, 0.0, None], chart="xmr")
    assert (analysis.n, analysis.last.centre, analysis.last.mean_moving_range) == (3, 4 / 3, 4)


def test_16_the_icon_is_that_of_the_last_point() -> None:
    analysis = analyse([*QUIET, 40.0, -20.0, *QUIET[:6]], better="up")
    assert analysis.where(Rule.OUTSIDE_LIMITS) == [15, 16]
    assert analysis.variation is Variation.COMMON_CAUSE


def test_17_screening_happens_once() -> None:
    """Moving ranges of 1 (sixteen), 4 and 10: the first mean drops 10 alone; a second would drop the 4 as well."""
    series = [0.0]
    for number, step in enumerate([*[1.0] * 16, 4.0, 10.0]):
        series.append(series[-1] + (step if number % 2 else -step))
    assert analyse(series, settings=SCREENED).last.mean_moving_range == (16 + 4) / 17


def test_18_screening_leaves_the_outlying_value_in_the_mean() -> None:
    series = [*QUIET[:6], 40.0, *QUIET]
    screened, plain = analyse(series, settings=SCREENED).last, analyse(series).last
    assert screened.centre == plain.centre == pytest.approx(fmean(series))
    assert screened.mean_moving_range != plain.mean_moving_range
