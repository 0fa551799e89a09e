"""Series to draw: made ones of any length, with the days that belong to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kata import charts
from kata.charts import Labels, ProcessChart, Story
from kata.spc import analyse

FIRST = date(2026, 1, 5)  # a Monday
LABELS = Labels.of("en_GB", "%")
#: A share that gets better: fourteen weeks, then eight clearly above them.
BETTER = [52.0, 55, 49, 53, 57, 50, 54, 48, 56, 51, 53, 55, 50, 52, 71, 74, 70, 73, 75, 72, 74, 73]


def weeks(count: int) -> list[date]:
    return [FIRST + timedelta(7 * number) for number in range(count)]


def noise(count: int) -> list[float]:
    """The same numbers every time: stable, but for one far outside in the middle."""
    chance = random.Random(7)  # noqa: S311 - figures to draw, not secrets
    values = [round(chance.gauss(50, 6), 1) for _ in range(count)]
    values[count // 2] = 99.0
    return values


def draw(
    values: Sequence[float | None], told: Story = charts.NOTHING, *, days: Sequence[date] = (), **asked: Any
) -> ProcessChart:
    """A chart of these values, a week apart unless days are given; placing and judging alike by keyword."""
    placing = ("bounds", "today", "near", "moving_range", "span", "frame", "range_frame")
    placed = {name: asked.pop(name) for name in placing if name in asked}
    return charts.draw(analyse(values, **asked), days or weeks(len(values)), LABELS, told, **placed)
