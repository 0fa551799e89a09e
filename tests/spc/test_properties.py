"""What must hold for any series, found out by trying many."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.spc import MDC, WHEELER, Direction, Nature, Point, Settings, analyse

#: A busy machine is no finding.
patiently = settings(deadline=None)
#: Readings as people note them: a few decimals, many of them equal.
NUMBERS = st.integers(-400, 400).map(lambda number: number / 4)
SERIES = st.lists(NUMBERS, min_size=1, max_size=60)
GAPPED = st.lists(st.none() | NUMBERS, min_size=1, max_size=60)
SETTINGS = st.sampled_from([MDC, WHEELER, replace(MDC, screening=True), replace(MDC, shift=9, trend=None)])
TURNED = {Direction.HIGH: Direction.LOW, Direction.LOW: Direction.HIGH}


def flags(points: Sequence[Point]) -> list[object]:
    return [(point.signals, point.directions) for point in points]


@patiently
@given(SERIES, SETTINGS, st.sampled_from([0.5, 2.0, 4.0]), st.sampled_from([-512.0, 0.0, 64.0]))
def test_another_unit_changes_no_signal(series: list[float], rules: Settings, scale: float, offset: float) -> None:
    there = analyse(series, chart="xmr", settings=rules)
    here = analyse([scale * value + offset for value in series], chart="xmr", settings=rules)
    assert flags(here.points) == flags(there.points)
    if there.last.upper is not None:
        assert here.last.upper == pytest.approx(scale * there.last.upper + offset)


@patiently
@given(SERIES, SETTINGS)
def test_a_mirrored_series_has_mirrored_signals(series: list[float], rules: Settings) -> None:
    there = analyse(series, chart="xmr", settings=rules, better="up")
    here = analyse([-value for value in series], chart="xmr", settings=rules, better="down")
    assert [point.signals for point in here.points] == [point.signals for point in there.points]
    assert [point.nature for point in here.points] == [point.nature for point in there.points]
    assert [[TURNED[way] for way in point.directions] for point in here.points] == [
        list(point.directions) for point in there.points
    ]


@patiently
@given(GAPPED, SETTINGS, st.sampled_from(["xmr", "run"]))
def test_gaps_are_bridged(series: list[float | None], rules: Settings, chart: str) -> None:
    gapped = analyse(series, chart=chart, settings=rules)  # type: ignore[arg-type]  # the cases come as plain words
    dense = analyse([value for value in series if value is not None], chart=chart, settings=rules)  # type: ignore[arg-type]  # the cases come as plain words
    kept = [point for point in gapped.points if point.value is not None]
    assert flags(kept) == flags(dense.points)
    assert [point.moving_range for point in kept] == [point.moving_range for point in dense.points]
    assert [point.index for point in gapped.points] == list(range(1, len(series) + 1))
    assert all(point.signals == () for point in gapped.points if point.value is None)


@patiently
@given(GAPPED, SETTINGS, st.data())
def test_a_phase_is_judged_as_if_it_stood_alone(
    series: list[float | None], rules: Settings, data: st.DataObject
) -> None:
    start = data.draw(st.integers(1, len(series)))
    whole = analyse(series, chart="xmr", settings=rules, rebase=[start])
    alone = analyse(series[start - 1 :], chart="xmr", settings=rules)
    assert flags(whole.points[start - 1 :]) == flags(alone.points)
    assert [(each.lower, each.centre, each.upper) for each in whole.segments][-1] == (
        alone.last.lower,
        alone.last.centre,
        alone.last.upper,
    )


@patiently
@given(SERIES, st.randoms(use_true_random=False))
def test_the_mean_and_the_median_do_not_depend_on_the_order(series: list[float], chance: random.Random) -> None:
    shuffled = chance.sample(series, len(series))
    for chart in ("xmr", "run"):
        here, there = analyse(shuffled, chart=chart), analyse(series, chart=chart)  # type: ignore[arg-type]  # the cases come as plain words
        assert here.last.centre == there.last.centre


@patiently
@given(SERIES, SETTINGS)
def test_colours_do_not_change_what_is_a_signal(series: list[float], rules: Settings) -> None:
    up, down, neither = (analyse(series, settings=rules, better=way) for way in ("up", "down", "neither"))  # type: ignore[arg-type]  # the cases come as plain words
    assert flags(up.points) == flags(down.points) == flags(neither.points)
    turned = {Nature.IMPROVEMENT: Nature.CONCERN, Nature.CONCERN: Nature.IMPROVEMENT}
    assert [turned.get(point.nature, point.nature) for point in up.points] == [point.nature for point in down.points]


@patiently
@given(GAPPED, st.none() | st.integers(12, 20))
def test_nothing_that_is_a_number_makes_it_fail(series: list[float | None], baseline: int | None) -> None:
    analysis = analyse(series, baseline=baseline, target=0, better="up")
    assert len(analysis.points) == len(series)
    assert all(set(point.signals) <= set(analysis.rules) for point in analysis.points)


@patiently
@given(SERIES.filter(lambda series: len(series) >= 12), NUMBERS)
def test_a_locked_baseline_is_not_moved_by_what_comes_later(series: list[float], later: float) -> None:
    before = analyse(series[:12], chart="xmr", baseline=12).last
    after = analyse([*series, later], chart="xmr", baseline=12).last
    assert (before.lower, before.centre, before.upper) == (after.lower, after.centre, after.upper)
