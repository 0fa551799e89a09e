"""What an analysis answers: segments with their lines, points with their signals, and the verdicts on the whole."""

from dataclasses import dataclass
from typing import NamedTuple

from kata.spc.settings import Settings
from kata.spc.terms import Assurance, Better, Caution, Chart, Direction, Nature, Rule, Variation


@dataclass(frozen=True, slots=True)
class Segment:
    """One phase and its lines. Positions are 1-based and inclusive and count gaps; `n` does not.

    What is None is not there: no limits on a run chart or at a single point, no runs on an XmR chart or where every
    point lies on the median. `long_run` and `few_crossings` tell which test of the run chart fired, of those that may
    be relied on with so many points; `unscreened` that screening was asked for and would have left too little.
    """

    start: int
    end: int
    n: int
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    mean_moving_range: float | None = None
    moving_range_upper: float | None = None
    provisional: bool = False
    longest_run: int | None = None
    longest_run_limit: int | None = None
    crossings: int | None = None
    crossings_limit: int | None = None
    long_run: bool = False
    few_crossings: bool = False
    unscreened: bool = False

    def drawn(self, floor: float | None = None, ceiling: float | None = None) -> tuple[float | None, float | None]:
        """Lower and upper limit as lines on a chart: none where nothing can lie, below 0 or above 100 % for example.

        For drawing only. Signals and assurance go by the limits themselves.
        """
        lower, upper = self.lower, self.upper
        if lower is not None and floor is not None:
            lower = max(lower, floor)
        if upper is not None and ceiling is not None:
            upper = min(upper, ceiling)
        return lower, upper


class Point(NamedTuple):
    """One row of the series; a gap has no value.

    `signals` are in the order in which they name the point. `directions` are all the ways in which they point, the
    naming one first: two where a rising trend turns into a falling one, or where rules disagree; none for a moving
    range alone.
    """

    index: int  # type: ignore[assignment]  # nobody searches a point, which is what a tuple's own index does
    label: str
    value: float | None
    signals: tuple[Rule, ...] = ()
    nature: Nature = Nature.COMMON_CAUSE
    moving_range: float | None = None
    directions: tuple[Direction, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """A series as judged, with what was asked. `n` counts the points that have a value.

    `variation` is None where nothing could be tested, and where a run chart shows a signal that has no direction.
    `rules` are those that single points of this chart were tested by.
    """

    chart: Chart
    n: int
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    variation: Variation | None
    assurance: Assurance | None
    cautions: tuple[Caution, ...]
    rules: tuple[Rule, ...]
    better: Better
    target: float | None
    settings: Settings

    @property
    def last(self) -> Segment:
        """The segment that the verdicts are about."""
        return self.segments[-1]

    @property
    def final_points(self) -> tuple[Point, ...]:
        """The points of the last segment that have a value."""
        return tuple(point for point in self.points[self.last.start - 1 :] if point.value is not None)

    def where(self, rule: Rule) -> list[int]:
        """The positions of the points that this rule flags."""
        return [point.index for point in self.points if rule in point.signals]
