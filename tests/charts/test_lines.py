"""The line: broken at gaps, and thinned so that nobody can tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from kata.charts.lines import dots, extremes, path, unbroken

heights = some.one_of(some.none(), some.floats(0, 100).map(lambda value: round(value, 2)))


def test_the_line_breaks_at_a_gap_and_a_lone_reading_stays_visible() -> None:
    assert path([(0, 1), (1, 2), None, (3, 4), None, None, (6, 7), (8, 9.5)]) == "M0 1 1 2M3 4h0M6 7 8 9.5"
    assert path([None, None]) == ""
    assert dots([(1, 2), (3.25, 4)]) == "M1 2h0M3.25 4h0"


@given(some.lists(heights, max_size=60), some.integers(1, 30))
def test_thinning_keeps_every_extreme_of_every_column(values: list[float | None], columns: int) -> None:
    places = [None if y is None else (100 * index / len(values), y) for index, y in enumerate(values)]
    kept = extremes(places, 100, columns)
    assert kept == sorted(set(kept))
    left = [places[index] for index in kept]
    for column in range(columns):
        inside = [place[1] for place in places if place and int(place[0] * columns / 100) == column]
        still = [place[1] for place in left if place and int(place[0] * columns / 100) == column]
        assert bool(inside) == bool(still)
        if inside:
            assert (min(inside), max(inside)) == (min(still), max(still))


@given(some.lists(heights, max_size=60))
def test_thinning_keeps_every_gap_and_both_ends(values: list[float | None]) -> None:
    places = [None if y is None else (100 * index / len(values), y) for index, y in enumerate(values)]
    left = [places[index] for index in extremes(places, 100, 7)]
    assert len(list(unbroken(left))) == len(list(unbroken(places)))
    assert left[:1] == places[:1]
    assert left[-1:] == places[-1:]


def test_ten_thousand_readings_become_as_many_as_a_plot_has_pixels() -> None:
    places = [(index / 100, index * 7919 % 100) for index in range(10_000)]
    assert len(extremes(places, 100, 700)) <= 4 * 700
