"""Stacked columns: what is drawn where, and that nothing is drawn where nothing may be told."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kata.charts import highest, stacks

PART = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v-([\d.]+)h-[\d.]+z")


def test_kinds_stand_on_each_other_from_the_floor_up() -> None:
    drawn = stacks(((3, 1),), top=4)
    (first,), (second,) = (PART.findall(path) for _kind, path in drawn.kinds)
    assert (first[1], first[3]) == ("100", "75")
    assert (second[1], second[3]) == ("25", "25")


def test_what_may_not_be_told_is_a_dash_and_zero_is_nothing() -> None:
    drawn = stacks((None, (0, 0), (0, 2)), top=2)
    assert drawn.withheld.count("M") == 1
    assert [(kind, path.count("M")) for kind, path in drawn.kinds] == [(1, 1)]


@given(st.lists(st.none() | st.tuples(*[st.integers(0, 500)] * 3), max_size=9))
def test_nothing_is_drawn_outside_of_the_paper(columns: list[tuple[int, ...] | None]) -> None:
    for _kind, path in stacks(tuple(columns), highest(columns)).kinds:
        for left, bottom, width, height in PART.findall(path):
            assert float(left) >= 0
            assert float(left) + float(width) <= 100
            assert float(bottom) <= 100
            assert float(bottom) - float(height) >= -0.01
