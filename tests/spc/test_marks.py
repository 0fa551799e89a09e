"""Points as the bits of a number, and the rules made of them, against the same said window by window."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kata.spc import MDC, Direction, Settings, TwoOfThree
from kata.spc.limits import Limits
from kata.spc.marks import all_but_one, any_of, each, from_each, marked, runs, whole
from kata.spc.signals import RULES, Judged
from kata.spc.terms import Rule

patiently = settings(deadline=None)
TRUTHS = st.lists(st.booleans(), max_size=40)
SIZES = st.integers(1, 9)
#: The centre at 0, the limits at 6 above and below: two sigma are 4, halfway is 3.
LIMITS = Limits(0.0, -6.0, 6.0, 2.0, 7.0)
SERIES = st.lists(st.sampled_from([-7.0, -5.0, -3.5, -1.0, 0.0, 1.0, 3.5, 5.0, 7.0]), min_size=1, max_size=40)
SIDES = (Direction.HIGH, 1), (Direction.LOW, -1)


@given(TRUTHS)
def test_what_was_marked_is_told_again_point_by_point(truths: list[bool]) -> None:
    assert list(each(marked(truths), len(truths)))[: len(truths)] == truths


@given(TRUTHS, SIZES)
def test_windows_are_those_that_end_within_the_points(truths: list[bool], size: int) -> None:
    windows = [truths[at : at + size] for at in range(len(truths) - size + 1)]
    begins = whole(len(truths), size)
    assert begins == marked([True] * len(windows))
    assert runs(marked(truths), size) & begins == marked(map(all, windows))
    assert any_of(marked(truths), size) & begins == marked(map(any, windows))
    assert all_but_one(marked(truths), size) & begins == marked(window.count(False) <= 1 for window in windows)


@given(TRUTHS, SIZES)
def test_so_many_points_are_marked_from_each_start_on(truths: list[bool], size: int) -> None:
    longer = range(len(truths) + size - 1)
    assert from_each(marked(truths), size) == marked(any(truths[max(at - size + 1, 0) : at + 1]) for at in longer)


def flagged(series: list[float], rule: Rule, asked: Settings = MDC) -> list[set[Direction | None]]:
    """For each point where this rule says that it points."""
    ranges = [None, *(abs(later - earlier) for earlier, later in pairwise(series))]
    found: list[set[Direction | None]] = [set() for _point in series]
    for marks, direction in RULES[rule](Judged(series, LIMITS, ranges), asked):
        for at, own in enumerate(each(marks, len(series))):
            if own:
                found[at].add(direction)
    return found


def sides(series: list[float], line: float) -> list[int]:
    return [(value > line) - (value < -line) for value in series]


@patiently
@given(SERIES, st.sampled_from(TwoOfThree))
def test_two_of_three_is_found_in_every_window(series: list[float], reading: TwoOfThree) -> None:
    near, centre, outside = sides(series, 4.0), sides(series, 0.0), sides(series, 6.0)
    if reading is TwoOfThree.NHSR_0_2_2:
        near = [0 if out else sign for sign, out in zip(near, outside, strict=True)]
    expected: list[set[Direction | None]] = [set() for _point in series]
    for start in range(len(series) - 2):
        three = range(start, start + 3)
        for direction, side in SIDES:
            together = reading is TwoOfThree.POWER_BI or all(centre[at] == side for at in three)
            if together and side * sum(near[at] for at in three) >= 2:
                for at in three:
                    expected[at] |= {direction} if near[at] == side else set()
    assert flagged(series, Rule.TWO_OF_THREE, replace(MDC, two_of_three=reading)) == expected


@patiently
@given(SERIES)
def test_a_point_of_two_windows_of_four_points_where_the_later_does(series: list[float]) -> None:
    signs = sides(series, 3.0)
    expected: list[set[Direction | None]] = [set() for _point in series]
    for start in range(len(series) - 3):
        for direction, side in SIDES:
            if signs[start : start + 4].count(side) >= 3:
                expected[start : start + 4] = [{direction} for _point in range(4)]
    assert flagged(series, Rule.THREE_OF_FOUR) == expected


@patiently
@given(SERIES)
def test_a_shift_is_every_point_of_a_long_run_on_one_side(series: list[float]) -> None:
    signs = sides(series, 0.0)
    expected: list[set[Direction | None]] = [set() for _point in series]
    for start in range(len(series) - MDC.shift + 1):
        for direction, side in SIDES:
            if signs[start : start + MDC.shift].count(side) == MDC.shift:
                expected[start : start + MDC.shift] = [{direction} for _point in range(MDC.shift)]
    assert flagged(series, Rule.SHIFT) == expected
