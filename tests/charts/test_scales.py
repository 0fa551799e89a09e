"""Scales, ticks and labels by their properties: whatever the values, nothing leaves the paper or loses its order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from kata.charts.labels import Labels, digits_for
from kata.charts.scales import Scale, round_values, spread, value_span
from kata.charts.ticks import time_ticks

LABELS = Labels.of("en_GB")
numbers = some.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 4))
days = some.dates(date(1, 1, 1), date(9990, 12, 31))


@given(numbers, numbers, some.lists(numbers, max_size=20))
def test_a_scale_keeps_the_order_and_stays_on_the_paper(one: float, other: float, values: list[float]) -> None:
    scale = Scale(min(one, other), max(one, other), 100, 0)
    places = [scale(value) for value in sorted(values)]
    assert all(0 <= place <= 100 for place in places)
    assert places == sorted(places, reverse=True)


@given(numbers, numbers, some.lists(some.floats(0, 1), min_size=1, max_size=20))
def test_many_values_lie_where_each_would(one: float, other: float, parts: list[float]) -> None:
    low, high = sorted((one, other))
    assume(high - low > 0.001)
    scale = Scale(low, high, 0, 100)
    values = [min(low + part * (high - low), high) for part in parts]
    assert scale.all([*values, None]) == [*(pytest.approx(scale(value), abs=0.02) for value in values), None]


@given(numbers, numbers)
def test_round_values_cover_what_they_are_for(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = round_values(low, high)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 9
    assert ticks == sorted(set(ticks))


@given(some.floats(0, 100), some.floats(0, 100))
def test_no_tick_lies_where_no_value_can(one: float, other: float) -> None:
    ticks = round_values(min(one, other), max(one, other), bounds=(0, 100))
    assert ticks[0] >= 0
    assert ticks[-1] <= 100


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (71.6, 95, [70, 75, 80, 85, 90, 95]),
        (0.1, 0.3, [0.1, 0.15, 0.2, 0.25, 0.3]),
        (5, 5, [4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6]),
        (-3, 12, [-5, 0, 5, 10, 15]),
    ],
)
def test_ticks_stand_at_numbers_that_people_count_in(low: float, high: float, ticks: list[float]) -> None:
    assert round_values(low, high) == ticks


def test_an_axis_reaches_down_to_zero_only_where_that_is_near() -> None:
    assert value_span([4, 30], (0, None)) == (0, 30)
    assert value_span([71, 95], (0, 100)) == (71, 95)
    assert value_span([-4, 130], (0, 100)) == (0, 100)
    assert value_span([]) == (0, 1)


@given(some.lists(some.floats(0, 100), max_size=8), some.floats(1, 30))
def test_labels_keep_apart_and_in_order(wanted: list[float], apart: float) -> None:
    placed = spread(wanted, apart, 0, 100)
    room = min(apart, 100 / max(len(wanted) - 1, 1))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in placed)
    ordered = [placed[index] for index in sorted(range(len(wanted)), key=lambda index: wanted[index])]
    assert all(later - earlier >= room - 1e-6 for earlier, later in pairwise(ordered))


def test_a_label_that_has_room_stays_at_its_line() -> None:
    assert spread([20, 52, 80], 10, 0, 100) == [20, 52, 80]


@given(days, some.integers(1, 200_000), some.integers(2, 14))
def test_time_is_marked_at_most_so_often_and_in_order(first: date, length: int, most: int) -> None:
    last = min(first.toordinal() + length, date.max.toordinal())
    ticks = time_ticks(Scale(first.toordinal(), last, 0, 100), most, LABELS)
    assert len(ticks) <= most
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
    assert all(0 <= tick.at <= 100 for tick in ticks)


def _ticks(first: date, length: int, most: int = 8, like: tuple[date, ...] = ()) -> list[tuple[str, str]]:
    scale = Scale(first.toordinal(), (first + timedelta(length)).toordinal(), 0, 100)
    return [(tick.label, tick.context) for tick in time_ticks(scale, most, LABELS, like)]


def test_time_is_marked_in_the_unit_that_fits() -> None:
    start = date(2026, 1, 1)
    assert _ticks(start, 5)[:2] == [("1 Jan", "2026"), ("2 Jan", "")]
    assert _ticks(start, 40, like=(date(2026, 1, 5),))[:2] == [("5 Jan", "2026"), ("12 Jan", "")]
    assert _ticks(start, 200)[:2] == [("Jan", "2026"), ("Feb", "")]
    assert _ticks(start, 700) == [("Jan", "2026"), *[(name, "") for name in ("Apr", "Jul", "Oct")],
                                  ("Jan", "2027"), *[(name, "") for name in ("Apr", "Jul", "Oct")]]  # fmt: skip
    assert _ticks(start, 2500)[:2] == [("2026", ""), ("2027", "")]


def test_months_that_are_counted_on_their_last_day_are_marked_there() -> None:
    ends = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 6, 30))
    scale = Scale(ends[0].toordinal(), ends[-1].toordinal(), 0, 100)
    ticks = time_ticks(scale, 8, LABELS, ends)
    assert [tick.label for tick in ticks] == ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    assert ticks[1].at == scale(ends[1].toordinal())


def test_labels_follow_the_reader() -> None:
    british, german = Labels.of("en_GB", "%"), Labels.of("de_DE", "s")
    assert british.number(1234.5, 1) == "1,234.5"
    assert german.number(1234.5, 1) == "1.234,5"
    assert german.day(date(2026, 3, 7)) == "7. März 2026"
    assert british.with_unit("95") == "95\N{NO-BREAK SPACE}%"
    assert Labels.of("en_GB", "call-backs a day").on_axis("12") == "12"
    assert british.number(-0.0001, 1) == "0"


@pytest.mark.parametrize(("span", "digits"), [(5000, 0), (100, 1), (8, 1), (0.9, 2), (0.05, 3), (0.001, 4)])
def test_a_line_is_written_as_exactly_as_its_axis_can_show(span: float, digits: int) -> None:
    assert digits_for(span) == digits
