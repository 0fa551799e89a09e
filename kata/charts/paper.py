"""A plot's pair of scales, and where phases and their lines lie on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kata.charts.labels import Labels, digits_for
from kata.charts.lines import Place
from kata.charts.parts import EndLabel, Kind, Level, Stretch
from kata.charts.scales import Bounds, Frame, Scale, clip, round_values, spread
from kata.spc import Segment

#: So many of the last readings tell how far apart they usually lie.
USUAL = 60


def time_scale(days: Sequence[date], further: Iterable[date], frame: Frame) -> Scale:
    """Days from edge to edge, with half the usual distance of readings before the first and after the last.

    ``further`` days are on it too; one day at least is given.
    """
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days[-USUAL:]))
    room = gaps[len(gaps) // 2] / 2 if gaps else 1
    shown = sorted([*days[:1], *days[-1:], *further])
    return Scale(shown[0].toordinal() - room, shown[-1].toordinal() + room, 0, frame.width)


@dataclass(frozen=True, slots=True)
class Paper:
    """A chart's time scale with a value scale over it. ``label`` is the share of the height that a label needs."""

    x: Scale
    y: Scale
    ticks: tuple[float, ...]
    days: Sequence[date]
    labels: Labels
    bounds: Bounds
    label: float

    @classmethod
    def over(
        cls, x: Scale, days: Sequence[date], labels: Labels, span: tuple[float, float], bounds: Bounds, frame: Frame,
        levels: int, label: float,
    ) -> Paper:  # fmt: skip
        """Paper whose value axis covers ``span`` with about so many round ``levels``."""
        ticks = tuple(round_values(*span, levels, bounds))
        y = Scale(min(span[0], ticks[0]), max(span[1], ticks[-1]), frame.height, 0)
        return cls(x, y, ticks, days, labels, bounds, label)

    def places(self, numbers: Sequence[float | None]) -> list[Place | None]:
        """Where the readings lie; a gap lies nowhere."""
        across, down = self.x.all([day.toordinal() for day in self.days]), self.y.all(numbers)
        return [None if x is None or y is None else (x, y) for x, y in zip(across, down, strict=True)]

    def levels(self) -> tuple[Level, ...]:
        """The marks of the value axis."""
        written = [self.number(tick) for tick in self.ticks]
        written[-1] = self.labels.on_axis(written[-1])
        return tuple(Level(self.y(tick), label) for tick, label in zip(self.ticks, written, strict=True))

    def number(self, value: float) -> str:
        """A reading as it was given; one that was computed, by three figures."""
        return self.labels.number(value, 4 if round(value, 4) == value else digits_for(abs(value)))

    def line(self, value: float | None) -> float | None:
        """Where a line lies; nowhere where its value cannot be."""
        return None if value is None or clip(value, self.bounds) != value else self.y(value)

    def edges(self, segments: Sequence[Segment]) -> list[float]:
        """The paper's left edge, midway between a phase's last reading and the next one's first, the right edge."""
        between = [
            (self.days[each.start - 2].toordinal(), self.days[each.start - 1].toordinal()) for each in segments[1:]
        ]
        return [self.x.start, *(self.x((last + first) / 2) for last, first in between), self.x.end]

    def stretches(self, segments: Sequence[Segment], near: float | None = None) -> Iterator[Stretch]:
        """The lines of each phase; ``near`` is the share of the way from centre to limit at which a line is added."""
        edges = self.edges(segments)
        for segment, (x1, x2) in zip(segments, pairwise(edges), strict=True):
            bottom, top = segment.drawn(*self.bounds)
            yield Stretch(
                x1,
                x2,
                centre=self.line(segment.centre),
                upper=self.line(segment.upper),
                lower=self.line(segment.lower),
                top=None if top is None else self.y(top),
                bottom=None if bottom is None else self.y(bottom),
                near=tuple(self._near(segment, near)) if near else (),
            )

    def _near(self, segment: Segment, share: float) -> Iterator[float]:
        for limit in (segment.upper, segment.lower):
            if limit is not None and segment.centre is not None:
                at = self.line(segment.centre + share * (limit - segment.centre))
                yield from () if at is None else (at,)

    def ends(self, **values: float | None) -> tuple[EndLabel, ...]:
        """The values of lines at their right ends, by kind, each moved as little as the others' labels ask for."""
        digits = digits_for(self.y.high - self.y.low)
        kinds: tuple[Kind, ...] = ("upper", "centre", "lower", "target")
        found = [
            (kind, at, value)
            for kind in kinds
            if (value := values.get(kind)) is not None and (at := self.line(value)) is not None
        ]
        height = self.y.start
        places = spread([at for _, at, _ in found], self.label * height, 0, height)
        return tuple(
            EndLabel(kind, at, round(y, 2), self.labels.number(value, digits))
            for (kind, at, value), y in zip(found, places, strict=True)
        )
