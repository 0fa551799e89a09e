"""Levels over time as steps: what was seen holds until something else is seen. Levels are words in an order, so their
lines lie equally far apart and nothing between two of them is ever drawn but the step itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kata.charts.labels import Labels
from kata.charts.lines import Place, dots
from kata.charts.scales import PAGE, Scale
from kata.charts.ticks import Tick, time_ticks

TICKS = 4
#: Of the time that is drawn, so much stays free at each side, so that no point lies on the edge.
AIR = 0.03


@dataclass(frozen=True, slots=True)
class Axes:
    """Time and levels, shared by the charts of all skills of one person, so that they can be read side by side."""

    x: Scale
    levels: tuple[float, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """One skill: a place for each observation, all of them as one path, and the steps between them, up to today."""

    places: tuple[Place, ...]
    points: str
    steps: str


def axes(days: Sequence[date], today: date, levels: int, labels: Labels) -> Axes:
    """Axes from the first of ``days`` (in any order, at least one) to ``today``, or to a day after it."""
    first, last = min(days).toordinal(), max(*days, today).toordinal()
    room = max(AIR * (last - first), 1)
    x = Scale(first - room, last + room, 0, PAGE.width)
    y = Scale(0.5, levels + 0.5, PAGE.height, 0)
    lines = tuple(y(level) for level in range(1, levels + 1))
    return Axes(x, lines, tuple(time_ticks(x, TICKS, labels)))


def growth(seen: Sequence[tuple[date, int]], today: date, axes: Axes) -> Growth:
    """One skill's observations, oldest first; at least one."""
    places = tuple((axes.x(day.toordinal()), axes.levels[level - 1]) for day, level in seen)
    steps = [f"M{places[0][0]:g} {places[0][1]:g}", *(f"H{x:g}V{y:g}" for x, y in places[1:])]
    end = axes.x(max(today, seen[-1][0]).toordinal())
    return Growth(places, dots(places), "".join([*steps, f"H{end:g}"]))
