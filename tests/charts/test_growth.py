"""Levels over time and predictions as geometry: nothing leaves the paper, order is kept, no step is invented."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as some

from kata import charts
from kata.charts.labels import Labels

LABELS = Labels.of("en_GB")
TODAY = date(2026, 6, 3)
seen = some.lists(some.tuples(some.integers(0, 4000), some.integers(1, 5)), min_size=1, max_size=20).map(
    lambda pairs: sorted((TODAY - timedelta(ago), level) for ago, level in pairs)
)
values = some.floats(-1e6, 1e6).map(lambda value: round(value, 3))
pairs = some.lists(some.tuples(values, values), min_size=1, max_size=20)


def drawn(observations: list[tuple[date, int]]) -> tuple[charts.Axes, charts.Growth]:
    axes = charts.axes([day for day, _level in observations], TODAY, 5, LABELS)
    return axes, charts.growth(observations, TODAY, axes)


def corners(steps: str) -> list[tuple[str, list[float]]]:
    """The commands of a path with their numbers."""
    return [(name, [float(n) for n in rest.split()]) for name, rest in re.findall(r"([MHV])([-\d. e]+)", steps)]


@given(seen)
def test_every_observation_lies_on_the_line_of_its_level(observations: list[tuple[date, int]]) -> None:
    axes, growth = drawn(observations)
    assert [axes.levels.index(y) + 1 for _x, y in growth.places] == [level for _day, level in observations]
    assert [x for x, _y in growth.places] == sorted(x for x, _y in growth.places)
    assert all(0 < x < 100 and 0 < y < 100 for x, y in growth.places)


@given(seen)
def test_a_level_holds_until_another_is_seen_and_the_newest_to_today(observations: list[tuple[date, int]]) -> None:
    axes, growth = drawn(observations)
    path = corners(growth.steps)
    heights = [numbers[-1] for name, numbers in path if name in "MV"]
    assert [axes.levels.index(y) + 1 for y in heights] == [level for _day, level in observations]
    assert path[-1] == ("H", [axes.x(TODAY.toordinal())])
    assert [name for name, _numbers in path] == ["M", *["H", "V"] * (len(observations) - 1), "H"]


@given(seen)
def test_levels_lie_equally_far_apart_from_the_first_at_the_bottom(observations: list[tuple[date, int]]) -> None:
    axes, _growth = drawn(observations)
    assert axes.levels == (90, 70, 50, 30, 10)
    assert all(0 <= tick.at <= 100 for tick in axes.ticks)
    assert len(axes.ticks) <= 4


def test_one_observation_today_is_a_point_in_the_middle_with_its_level() -> None:
    _axes, growth = drawn([(TODAY, 3)])
    assert growth.places == ((50, 50),)
    assert growth.steps == "M50 50H50"


def test_an_observation_from_a_place_where_it_is_tomorrow_stays_on_the_paper() -> None:
    _axes, growth = drawn([(TODAY + timedelta(1), 2)])
    assert 0 < growth.places[0][0] < 100


def test_the_axes_of_all_skills_reach_as_far() -> None:
    early, late = (TODAY - timedelta(200), 1), (TODAY - timedelta(3), 4)
    axes = charts.axes([early[0], late[0]], TODAY, 5, LABELS)
    first, second = charts.growth([early], TODAY, axes), charts.growth([late], TODAY, axes)
    assert first.places[0][0] < second.places[0][0]
    assert corners(first.steps)[-1] == corners(second.steps)[-1]


@given(pairs)
def test_predictions_keep_their_order_and_stay_on_the_paper(numbers: list[tuple[float, float]]) -> None:
    chart = charts.predictions(numbers, LABELS)
    places = [each.x for each in chart.predictions]
    assert places == sorted(places)
    assert all(0 <= x <= 100 for x in places)
    assert all(0 <= each.expected <= 100 and 0 <= each.happened <= 100 for each in chart.predictions)
    assert [each.differs for each in chart.predictions] == [one != other for one, other in numbers]
    assert chart.differed == sum(one != other for one, other in numbers)


@given(pairs)
def test_more_lies_higher(numbers: list[tuple[float, float]]) -> None:
    for (expected, happened), each in zip(numbers, charts.predictions(numbers, LABELS).predictions, strict=True):
        assert (happened >= expected) == (each.happened <= each.expected) or each.happened == each.expected


@example([(50.0, 50.0)], 50.0, 50.0)
@given(pairs, some.floats(0, 50), some.floats(50, 100))
def test_bounds_end_the_axis_but_no_number_is_lost(numbers: list[tuple[float, float]], low: float, high: float) -> None:
    chart = charts.predictions(numbers, LABELS, (low, high))
    assert all(0 <= each.expected <= 100 and 0 <= each.happened <= 100 for each in chart.predictions)
    distinct = {value for pair in numbers for value in pair}
    assert len(distinct) == 1 or len({y for each in chart.predictions for y in (each.expected, each.happened)}) > 1


def test_numbers_are_written_as_they_were_given_with_their_unit() -> None:
    chart = charts.predictions([(12.5, 19.0), (3.0, 3.0)], Labels.of("en_GB", "%"), (0, 100))
    assert [(each.said, each.seen) for each in chart.predictions] == [("12.5\xa0%", "19\xa0%"), ("3\xa0%", "3\xa0%")]
    assert [level.label for level in chart.levels][-1].endswith("%")
