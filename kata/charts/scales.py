"""From values and days to places on paper: linear scales, and ticks at round values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Bounds = tuple[float | None, float | None]
#: Round steps, times a power of ten.
STEPS = (1, 2, 2.5, 5, 10)
NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of a plot. On a page 100 by 100, meant as percentages; in a file, pixels."""

    width: float = 100
    height: float = 100


PAGE = Frame()


@dataclass(frozen=True, slots=True)
class Scale:
    """``low`` lies at ``start``, ``high`` at ``end``, everything else in proportion; nothing leaves the paper."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return round((self.start + self.end) / 2, 2)
        part = min(max((value - self.low) / (self.high - self.low), 0), 1)
        return round(self.start + part * (self.end - self.start), 2)

    def all(self, values: Iterable[float | None]) -> list[float | None]:
        """Many values at once, all of which lie on the scale; a gap stays one."""
        unit = (self.end - self.start) / ((self.high - self.low) or 1)
        zero = self.start - self.low * unit
        return [None if value is None else round(zero + value * unit, 2) for value in values]


def step_for(span: float, about: int) -> float:
    """The round step that cuts ``span`` into ``about`` pieces or a little fewer."""
    wanted = span / max(about, 1)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * step for step in STEPS if power * step >= wanted * (1 - NEARLY))


def round_values(low: float, high: float, about: int = 5, bounds: Bounds = (None, None)) -> list[float]:
    """Round values around everything from ``low`` to ``high``, first and last included.

    They cover the span unless a natural bound ends it: no tick lies where no value can.
    """
    if high - low < NEARLY * max(1.0, abs(high)):
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
        low, high = _within(low, bounds), _within(high, bounds)
        if low == high:  # the bounds leave room for this value alone
            return [low]
    step = step_for(high - low, about)
    first, last = math.floor(low / step + NEARLY), math.ceil(high / step - NEARLY)
    ticks = [_clean(number * step) for number in range(first, last + 1)]
    return [tick for tick in ticks if _within(tick, bounds) == tick] or [low, high]


def value_span(values: Iterable[float], bounds: Bounds = (None, None)) -> tuple[float, float]:
    """The lowest and highest of what must be seen; down to a bound of 0 where that is near anyway."""
    seen = [_within(value, bounds) for value in values] or [0.0, 1.0]
    low, high = min(seen), max(seen)
    if bounds[0] == 0 and low <= (high - low) / 2:
        low = 0.0
    return low, high


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places for labels near those ``wanted``, at least ``apart`` where the room from ``low`` to ``high`` allows it.

    The order stays; each label moves as little as its neighbours let it.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    apart = min(apart, (high - low) / max(len(order) - 1, 1))
    placed = [0.0] * len(order)
    least = low
    for index in order:
        placed[index] = least = max(wanted[index], least)
        least += apart
    most = high
    for index in reversed(order):
        placed[index] = most = min(placed[index], most)
        most -= apart
    return placed


def _within(value: float, bounds: Bounds) -> float:
    low, high = bounds
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def clip(value: float, bounds: Bounds) -> float:
    """A value as it is drawn: a limit may lie beyond what is possible, its line may not."""
    return _within(value, bounds)


def _clean(value: float) -> float:
    """Without the dust of floating point: 0.30000000000000004 is 0.3."""
    return float(f"{value:.12g}")
