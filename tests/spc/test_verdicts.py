"""Assurance and variation: what the last points and the limits of the last phase say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kata.spc import MDC, Assurance, Better, Caution, Variation, analyse

#: Mean 10, limits about 4.7 and 15.3, no signal.
STEADY = [9.0, 11.0] * 10
PASS, FAIL, MAYBE = Assurance


@pytest.mark.parametrize(
    ("better", "target", "expected"),
    [
        ("up", 4.0, PASS),
        ("up", 10.0, MAYBE),
        ("up", 16.0, FAIL),
        ("down", 16.0, PASS),
        ("down", 10.0, MAYBE),
        ("down", 4.0, FAIL),
        ("neither", 4.0, None),
        ("up", None, None),
    ],
)
def test_the_target_against_the_limits(better: Better, target: float | None, expected: Assurance | None) -> None:
    assert analyse(STEADY, better=better, target=target).assurance is expected


@pytest.mark.parametrize("better", ["up", "down"])
def test_a_target_on_a_limit_is_hit_or_miss(better: Better) -> None:
    segment = analyse(STEADY).last
    for target in (segment.lower, segment.upper):
        assert analyse(STEADY, better=better, target=target).assurance is MAYBE


@pytest.mark.parametrize(
    ("better", "target", "expected"),
    [("up", 100, PASS), ("up", 95, PASS), ("up", 100.5, FAIL), ("down", 100, PASS), ("down", 95, FAIL)],
)
def test_without_variation_the_value_meets_the_target_or_not(
    better: Better, target: float, expected: Assurance
) -> None:
    assert analyse([100.0] * 16, better=better, target=target).assurance is expected
    assert analyse([99.9] * 16, better="up", target=99.9).assurance is PASS


def test_a_process_that_is_changing_is_hit_or_miss() -> None:
    changing = [*STEADY, 30.0, *STEADY[:11]]
    settled = [*STEADY, 30.0, *STEADY[:12]]
    assert analyse(changing, better="up", target=-50).assurance is MAYBE
    assert Caution.CHANGING in analyse(changing, better="up", target=-50).cautions
    assert analyse(settled, better="up", target=-50).assurance is PASS
    assert Caution.CHANGING not in analyse(settled, better="up", target=-50).cautions


def test_changing_is_only_said_where_a_target_asks_for_it() -> None:
    assert Caution.CHANGING not in analyse([*STEADY, 30.0]).cautions


def test_a_run_chart_has_no_limits_to_hold_a_target_against() -> None:
    assert analyse(STEADY, chart="run", better="up", target=4).assurance is None


@pytest.mark.parametrize(
    ("better", "above", "below"),
    [
        ("up", Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        ("down", Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        ("neither", Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_the_variation_is_that_of_the_last_point(better: Better, above: Variation, below: Variation) -> None:
    assert analyse([*STEADY, 30.0], better=better).variation is above
    assert analyse([*STEADY, -10.0], better=better).variation is below
    assert analyse([*STEADY, 30.0, None], better=better).variation is above
    assert analyse([*STEADY, 30.0, 10.0], better=better).variation is Variation.COMMON_CAUSE


def test_drawn_limits_stay_where_values_can_lie() -> None:
    segment = replace(analyse(STEADY).last, lower=-3.0, upper=104.0)
    assert segment.drawn() == (-3.0, 104.0)
    assert segment.drawn(0, 100) == (0, 100)
    assert segment.drawn(ceiling=200) == (-3.0, 104.0)
    assert analyse([1.0], chart="xmr", settings=MDC).last.drawn(0, 100) == (None, None)
