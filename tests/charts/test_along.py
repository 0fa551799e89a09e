"""Measures along one time axis: each on its own scale, all of them under the same days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kata.charts.along import along, axis
from kata.charts.labels import Labels

LABELS = Labels.of("en_GB", "%")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_the_same_day_lies_at_the_same_place_in_each_chart() -> None:
    shared = axis(FIRST, LAST, LABELS)
    low = along([FIRST, LAST], [1.0, 2.0], shared, LABELS)
    high = along([FIRST + timedelta(days=30), LAST], [1000.0, 9000.0], shared, LABELS)
    assert low.end[0] == high.end[0] == 100
    assert low.line.startswith("M0 ")
    assert 0 < low.end[1] < 100


def test_the_first_and_the_last_value_are_told_with_their_unit() -> None:
    shown = along([FIRST, LAST], [60.0, 92.94], axis(FIRST, LAST, LABELS), LABELS)
    assert (shown.first, shown.latest) == ("60\N{NO-BREAK SPACE}%", "92.9\N{NO-BREAK SPACE}%")


def test_one_reading_on_one_day_is_a_point() -> None:
    shown = along([FIRST], [5.0], axis(FIRST, FIRST, LABELS), LABELS)
    assert shown.line.endswith("h0")


@pytest.mark.parametrize("years", [1, 10, 40])
def test_ticks_stay_few_however_long_the_time(years: int) -> None:
    assert 1 <= len(axis(date(2026 - years, 1, 1), LAST, LABELS).ticks) <= 6


def test_ten_years_of_days_make_a_line_of_a_screens_columns() -> None:
    days = [FIRST - timedelta(days=n) for n in range(3650, -1, -1)]
    shown = along(days, [float(n * 7 % 31) for n, _day in enumerate(days)], axis(days[0], FIRST, LABELS), LABELS)
    assert len(shown.line) < 20_000
