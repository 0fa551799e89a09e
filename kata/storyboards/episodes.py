"""Signals as people talk about them: not each flagged reading, but the run of them that says one thing. Pure.

A board asks once about an episode: which of its experiments expected this? The answer claims no cause; whether an
experiment *expected* a change is a fact, whether it made it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Protocol

from kata.spc import Analysis, Nature, Point, Rule


@dataclass(frozen=True, slots=True)
class Episode:
    """Readings in a row that are signals of one nature. ``first`` and ``last`` are days, ``rule`` names the last."""

    first: date
    last: date
    rule: Rule
    nature: Nature


class Readings(Protocol):
    """The newest readings of a measure as they were judged, or all of them."""

    @property
    def days(self) -> Sequence[date]: ...
    @property
    def analysis(self) -> Analysis: ...


def of_chart(chart: Readings) -> Episode | None:
    """The newest episode that a chart shows."""
    points = chart.analysis.points
    shown = sum(point.value is not None for point in points)
    return newest(chart.days, points, is_all=shown >= chart.analysis.n)


def newest(days: Sequence[date], points: Sequence[Point], *, is_all: bool) -> Episode | None:
    """The newest episode of a chart, ended or not; gaps do not end one. ``days`` are those of ``points``, ascending.

    ``None`` where nothing is flagged, and where the episode began before the first of these points: without its first
    day it could not be told from the one that was asked about already. ``is_all``: nothing lies before them.
    """
    there = [(day, point) for day, point in zip(days, points, strict=True) if point.value is not None]
    upto = next((at for at in range(len(there), 0, -1) if there[at - 1][1].signals), 0)
    if not upto:
        return None
    last_day, last = there[upto - 1]
    run = list(takewhile(lambda each: _says_the_same(each[1], last), reversed(there[:upto])))
    if len(run) == upto and not is_all:
        return None
    return Episode(run[-1][0], last_day, last.signals[0], last.nature)


def _says_the_same(one: Point, other: Point) -> bool:
    return bool(one.signals) and one.nature == other.nature
