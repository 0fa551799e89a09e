"""The rules where the published programs differ or say nothing: what is recommended, shown on small series."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.spc import MDC, WHEELER, Direction, Nature, Rule, Settings, TwoOfThree, Variation, analyse
from kata.spc.limits import mean, moving_ranges
from kata.spc.settings import RANGE_FACTOR_3267
from tests.spc.reference import values


def test_two_of_three_in_its_three_readings() -> None:
    """One point beyond three sigma and its neighbour beyond two; two points with the third across the mean."""
    beside, across = values("e12_two_of_three_with_astronomical"), values("e14_two_of_three_third_other_side")
    found = {
        reading: [
            analyse(series, settings=replace(MDC, two_of_three=reading)).where(Rule.TWO_OF_THREE)
            for series in (beside, across)
        ]
        for reading in TwoOfThree
    }
    assert found == {
        TwoOfThree.MDC_2023: [[17, 18], []],
        TwoOfThree.NHSR_0_2_2: [[], []],
        TwoOfThree.POWER_BI: [[17, 18], [13, 15]],
    }


def test_a_peak_shared_by_two_trends_belongs_to_the_later_and_shows_both() -> None:
    analysis = analyse(values("e26_shared_peak_inside_limits"), better="up")
    peak = analysis.points[12]
    assert (peak.signals, peak.directions) == ((Rule.TREND,), (Direction.LOW, Direction.HIGH))
    assert peak.nature is Nature.CONCERN
    assert analysis.points[11].nature is Nature.IMPROVEMENT


def test_a_trough_shared_by_two_trends_belongs_to_the_rise() -> None:
    series = [-value if value is not None else None for value in values("e26_shared_peak_inside_limits")]
    assert analyse(series).points[12].directions == (Direction.HIGH, Direction.LOW)


def test_all_rules_of_a_point_are_kept_in_the_order_that_names_it() -> None:
    rising = [float(value) for value in range(30)]
    assert analyse(rising).points[-1].signals == MDC.rules
    assert set(analyse(rising, settings=WHEELER).points[-1].signals) == set(WHEELER.rules) - {Rule.MOVING_RANGE}


def test_three_of_four_flags_all_four_in_the_direction_of_the_three() -> None:
    series = [*[10.0, 11.0, 9.0] * 6, 12.5, 12.4, 9.5, 12.6]
    analysis = analyse(series, settings=WHEELER, better="up")
    assert analysis.where(Rule.THREE_OF_FOUR) == [19, 20, 21, 22]
    assert analysis.points[20].nature is Nature.IMPROVEMENT


def test_a_moving_range_is_a_signal_without_a_direction() -> None:
    series = [*[10.0, 10.5, 9.5] * 6, 12.0, 8.5]
    settings = replace(WHEELER, rules=(Rule.MOVING_RANGE,))
    analysis = analyse(series, settings=settings, better="up")
    last = analysis.points[-1]
    assert (last.signals, last.directions, last.nature) == ((Rule.MOVING_RANGE,), (), Nature.COMMON_CAUSE)
    assert analysis.variation is Variation.COMMON_CAUSE


def test_a_repeated_value_breaks_a_trend() -> None:
    assert analyse(values("e09_trend_with_repeat")).where(Rule.TREND) == []


def test_a_trend_can_be_switched_off() -> None:
    analysis = analyse(values("e07_seven_up"), chart="xmr", settings=replace(MDC, trend=None))
    assert analysis.where(Rule.TREND) == []
    assert Rule.TREND not in analysis.rules
    assert analyse(values("e07_seven_up"), settings=replace(MDC, trend=None)).rules == ()


@pytest.mark.parametrize("shift", [6, 7, 8, 9])
def test_a_shift_may_be_six_to_nine_points_long(shift: int) -> None:
    series = [*[15.0, 5.0] * 5, *[14.0] * shift, *[5.0, 15.0] * 5]
    assert len(analyse(series, settings=replace(MDC, shift=shift)).where(Rule.SHIFT)) == shift
    assert analyse(series, settings=replace(MDC, shift=min(shift + 1, 9))).where(Rule.SHIFT) == (
        [] if shift < 9 else list(range(11, 20))
    )


@pytest.mark.parametrize(
    "wrong", [{"shift": 5}, {"shift": 10}, {"trend": 5}, {"trend": 8}, {"limit_factor": 3.0}, {"range_factor": 3.0}]
)
def test_thresholds_that_cry_wolf_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Settings(rules=MDC.rules, **wrong)  # type: ignore[arg-type]  # the cases come as plain words


def test_a_baseline_of_fewer_than_twelve_points_is_refused() -> None:
    series = [1.0, 2.0] * 10
    with pytest.raises(ValueError, match="A baseline needs at least 12 points; 11 are too few to lock"):
        analyse(series, baseline=11)
    with pytest.raises(ValueError, match="at least 10 points"):
        analyse(series, chart="run", baseline=9)
    assert analyse(series, baseline=12).last.centre == 1.5


def test_a_phase_shorter_than_the_baseline_uses_all_it_has() -> None:
    assert analyse([1.0, 2.0] * 10, baseline=12, rebase=[15]).last.centre == 1.5


@pytest.mark.parametrize("position", [0, -1, 21])
def test_a_phase_outside_of_the_series_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="there are 20 rows"):
        analyse([1.0, 2.0] * 10, rebase=[position])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e15, 1.7e308])
def test_what_is_no_ordinary_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be charted"):
        analyse([1.0, value, 2.0])
    with pytest.raises(ValueError, match="cannot be charted"):
        analyse([1.0, 2.0], target=value)


def test_phases_may_be_named_twice_and_in_any_order() -> None:
    series = [1.0, 2.0] * 10
    assert analyse(series, rebase=[15, 5, 15, 1]).segments == analyse(series, rebase=[5, 15]).segments


def test_points_keep_their_labels() -> None:
    assert [point.label for point in analyse([1.0, None], labels=["June", "July"]).points] == ["June", "July"]
    with pytest.raises(ValueError, match="zip"):
        analyse([1.0, 2.0], labels=["June"])
    with pytest.raises(ValueError, match="zip"):
        analyse([1.0], labels=[])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=40))
def test_screening_always_leaves_more_than_half_of_the_ranges(series: list[float]) -> None:
    """Why no rule is needed for fewer: at most 1 in 3.267 numbers can reach 3.267 times their mean."""
    ranges = moving_ranges(series)
    kept = [each for each in ranges if each < RANGE_FACTOR_3267 * mean(ranges)]
    assert not any(ranges) or 2 * len(kept) > len(ranges)
