"""The warnings beside a chart, each with the first series that deserves it and the last that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kata.spc import MDC, WHEELER, Caution, analyse, are_small_counts, is_rate_too_small, is_share_too_small
from tests.spc.reference import values

STEADY = [9.0, 11.5, 10.0, 12.0, 8.5] * 8


def test_more_than_a_tenth_missing() -> None:
    assert Caution.MANY_GAPS not in analyse([*STEADY[:18], None, None]).cautions
    assert Caution.MANY_GAPS in analyse([*STEADY[:17], None, None, None]).cautions
    assert Caution.MANY_GAPS in analyse(values("o18_ozone_missing")).cautions


def test_no_variation() -> None:
    assert Caution.NO_VARIATION in analyse([5.0] * 15).cautions
    assert Caution.NO_VARIATION in analyse([*STEADY, *[5.0] * 15], rebase=[41]).cautions
    assert Caution.NO_VARIATION not in analyse(values("e02_one_step")).cautions
    assert Caution.NO_VARIATION not in analyse([5.0]).cautions


def test_steps_coarser_than_sigma() -> None:
    assert Caution.CHUNKY in analyse([5.0, 5.0, 6.0, 5.0, 5.0, 5.0, 6.0, 5.0] * 3).cautions
    assert Caution.CHUNKY not in analyse(STEADY).cautions
    assert Caution.CHUNKY not in analyse([5.0] * 15).cautions


def test_a_long_chart_proposes_a_shift_of_eight() -> None:
    assert Caution.LONG not in analyse(STEADY[:36]).cautions
    assert Caution.LONG in analyse(STEADY[:37]).cautions
    assert Caution.LONG not in analyse(STEADY, settings=replace(MDC, shift=8)).cautions
    assert Caution.LONG not in analyse(STEADY, settings=WHEELER).cautions


def test_provisional_belongs_to_the_phase_where_the_process_is_now() -> None:
    assert Caution.PROVISIONAL in analyse(STEADY[:19]).cautions
    assert Caution.PROVISIONAL not in analyse(STEADY[:20]).cautions
    assert Caution.PROVISIONAL in analyse(STEADY, rebase=[35]).cautions
    assert Caution.PROVISIONAL not in analyse(STEADY, rebase=[5]).cautions


def test_small_counts() -> None:
    assert Caution.SMALL_COUNTS in analyse(values("e24_counts_near_zero")).cautions
    assert are_small_counts([1, 2, 3, 1.0])
    assert not are_small_counts([1, 2, 3, 2])
    assert not are_small_counts([0.5, 1.0])
    assert not are_small_counts([-1, 1])
    assert not are_small_counts([])


@pytest.mark.parametrize(
    ("numerators", "denominators", "too_small"),
    [
        ([2, 2, 2], [10, 10, 10], False),
        ([1, 2, 2], [10, 10, 10], True),
        ([97, 98, 99], [98, 99, 100], True),  # the one of a hundred that did not is as rare as the one that did
        ([50, 0, 1], [100, 2, 2], False),
        ([], [], True),
    ],
)
def test_shares_of_too_few_cases(numerators: list[float], denominators: list[float], too_small: bool) -> None:
    assert is_share_too_small(numerators, denominators) is too_small


def test_rates_of_too_few_events() -> None:
    assert is_rate_too_small([1, 2, 2])
    assert is_rate_too_small([])
    assert not is_rate_too_small([3, 1, 2])


def test_numerators_and_denominators_belong_together() -> None:
    with pytest.raises(ValueError, match="shorter"):
        is_share_too_small([1, 2], [3])
