"""What was expected beside what happened, one experiment after another, on the scale of their measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kata.charts.labels import Labels
from kata.charts.paper import Paper
from kata.charts.parts import Level
from kata.charts.scales import PAGE, Bounds, Scale, round_values, value_span

LEVELS = 3


@dataclass(frozen=True, slots=True)
class Prediction:
    """One experiment: where it stands, and both its numbers, as places and as they are written."""

    x: float
    expected: float
    happened: float
    differs: bool
    said: str
    seen: str


@dataclass(frozen=True, slots=True)
class PredictionChart:
    """The experiments of one measure, evenly spaced in the order in which they happened."""

    levels: tuple[Level, ...]
    predictions: tuple[Prediction, ...]

    @property
    def widest_level(self) -> str:
        return max((level.label for level in self.levels), key=len)

    @property
    def differed(self) -> int:
        """How many turned out otherwise than expected."""
        return sum(each.differs for each in self.predictions)


def predictions(pairs: Sequence[tuple[float, float]], labels: Labels, bounds: Bounds = (None, None)) -> PredictionChart:
    """Place pairs of expected and happened, oldest first; at least one. ``bounds`` are what is possible."""
    values = [value for pair in pairs for value in pair]
    low, high = value_span(values)
    ticks = tuple(round_values(low, high, LEVELS, _reaching(bounds, low, high)))
    x = Scale(0, len(pairs), 0, PAGE.width)
    y = Scale(min(low, ticks[0]), max(high, ticks[-1]), PAGE.height, 0)
    paper = Paper(x, y, ticks, (), labels, bounds, 0)
    return PredictionChart(
        paper.levels(),
        tuple(
            Prediction(
                x=x(at + 0.5),
                expected=y(expected),
                happened=y(happened),
                differs=expected != happened,
                said=labels.with_unit(paper.number(expected)),
                seen=labels.with_unit(paper.number(happened)),
            )
            for at, (expected, happened) in enumerate(pairs)
        ),
    )


def _reaching(bounds: Bounds, low: float, high: float) -> Bounds:
    """The bounds, moved out to what was written: somebody may expect what cannot be."""
    least, most = bounds
    return (None if least is None else min(least, low), None if most is None else max(most, high))
