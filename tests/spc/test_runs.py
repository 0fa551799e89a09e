"""Anhøj's rules against the critical values that qicharts2 computes, and against counting by hand."""

from __future__ import annotations

import csv
from math import comb

import pytest

from kata.spc.runs import crossings_limit, longest_limit, runs_about
from tests.spc.reference import VECTORS

with (VECTORS / "anhoej_critical_values.csv").open(encoding="utf-8") as file:
    PUBLISHED = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(("useful", "longest", "crossings"), PUBLISHED)
def test_critical_values(useful: int, longest: int, crossings: int) -> None:
    assert (longest_limit(useful), crossings_limit(useful)) == (longest, crossings)


def test_all_published_values_are_here() -> None:
    assert [row[0] for row in PUBLISHED] == list(range(2, 61))


@pytest.mark.parametrize("useful", [1, 2, 100, 777, 3000])
def test_the_crossings_limit_is_the_exact_binomial_quantile(useful: int) -> None:
    coins, heads, ways = useful - 1, 0, 1
    while 20 * ways < 2**coins:
        heads += 1
        ways += comb(coins, heads)
    assert crossings_limit(useful) == heads


def test_points_on_the_median_neither_break_a_run_nor_count() -> None:
    runs = runs_about([1, 1, 0, 1, -1, 0, 0, -1, 1])
    assert runs is not None
    assert (runs.useful, runs.longest, runs.crossings) == (6, 3, 2)


def test_without_a_point_off_the_median_there_are_no_runs() -> None:
    assert runs_about([0, 0, 0]) is None
    assert runs_about([]) is None
