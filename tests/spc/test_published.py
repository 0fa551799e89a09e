"""Numbers that books, vignettes and test suites print, quoted with the place where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kata.spc import MDC, WHEELER, Rule, analyse
from kata.spc.settings import LIMIT_FACTOR_D2
from tests.spc.reference import cases, values


def published(series: str) -> dict[str, Any]:
    (only,) = cases()[series]["published"]
    return dict(only["expect"])


@pytest.mark.parametrize("series", ["o14_wheeler_verify_software", "o15_wheeler_peak_flow"])
def test_wheelers_tables(series: str) -> None:
    """Making Sense of Data, the data set for verifying software (p. 382) and the peak flow rates (p. 130)."""
    expected, analysis = published(series), analyse(values(series), settings=WHEELER)
    found = analysis.last
    lines = (found.centre, found.mean_moving_range, found.lower, found.upper, found.moving_range_upper)
    assert lines == pytest.approx(
        [expected[name] for name in ("center", "mean_mr", "lower", "upper", "url")], abs=expected["tolerance"]
    )
    assert [point.moving_range for point in analysis.points] == expected["moving_ranges"]


def test_wheelers_accounts_receivable() -> None:
    """Making Sense of Data, Table 9.2; its limit of 60.7 comes from rounded averages, the same months are outside."""
    expected = published("o16_wheeler_accounts_receivable")
    analysis = analyse(values("o16_wheeler_accounts_receivable"), settings=WHEELER)
    assert analysis.last.upper == pytest.approx(expected["upper_used"], abs=0.07)
    assert analysis.where(Rule.OUTSIDE_LIMITS) == expected["x_beyond_index_1based"]
    assert analysis.where(Rule.MOVING_RANGE) == expected["mr_beyond_url_index_1based"]


def test_montgomerys_loan_costs() -> None:
    """Introduction to Statistical Quality Control, Example 6.5: twenty weeks locked; weeks 39 and 40 are outside."""
    expected = published("o13_montgomery_loan_cost")
    settings = replace(MDC, screening=True, limit_factor=LIMIT_FACTOR_D2)
    analysis = analyse(values("o13_montgomery_loan_cost"), settings=settings, baseline=20)
    found = (analysis.last.centre, analysis.last.lower, analysis.last.upper)
    assert found == pytest.approx([expected[name] for name in ("cl", "lcl", "ucl")], abs=expected["tolerance"])
    assert analysis.where(Rule.OUTSIDE_LIMITS) == expected["sigma_signal_index_1based"]


def test_infections_fall_below_the_median_of_the_time_before() -> None:
    """Vignette of qicharts2: the median of the first 24 months is 19, followed by a run of 15 points below it."""
    expected = published("o11_cdi_counts")
    analysis = analyse(values("o11_cdi_counts"), chart="run", baseline=24)
    assert (analysis.last.centre, analysis.last.longest_run) == (expected["cl"], expected["longest_run"])
    assert analysis.last.long_run


@pytest.mark.parametrize("screening", [True, False])
def test_captions_of_the_vignette_on_deviations(screening: bool) -> None:
    expected = published("e25_deviations_vignette")
    analysis = analyse(values("e25_deviations_vignette"), settings=replace(MDC, screening=screening))
    numbers = expected["screened" if screening else "unscreened"]
    found = (analysis.last.upper, analysis.last.centre, analysis.last.lower)
    assert found == pytest.approx([numbers[n] for n in ("upper", "center", "lower")], abs=expected["tolerance"])
    assert analysis.where(Rule.OUTSIDE_LIMITS) == [5]
