"""The rules: which points of a phase are signals, and which way they point.

Each rule is one function from a phase to its hits. They are written from the definitions in `spc.md`, section 2, which
compares how the published programs read them. A rule whose window is longer than the phase cannot fire.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, count
from operator import gt, lt
from typing import NamedTuple

from kata.spc.limits import Limits
from kata.spc.marks import Marks, all_but_one, any_of, each, from_each, marked, runs, whole
from kata.spc.settings import FROZEN_MEDIAN_RUN, Settings, TwoOfThree
from kata.spc.terms import Direction, Hit, Rule

TWO_SIGMA = 2 / 3
HALFWAY = 1 / 2

#: Points that a rule flags, and where they point.
Flagged = tuple[Marks, Direction | None]


class Hits(NamedTuple):
    """What flags each point of a phase: `kinds[of[index]]`, in the order in which the rules name the point.

    A long chart repeats the same few kinds of points. The first kind is that of a point which nothing flags.
    """

    kinds: list[tuple[Hit, ...]]
    of: list[int]

    @classmethod
    def none(cls, points: int) -> "Hits":
        """Before any rule is asked."""
        return cls([()], [0] * points)


class Beyond(NamedTuple):
    """The points above and below a line, or a pair of lines."""

    high: Marks
    low: Marks

    def flagged(self) -> Iterator[Flagged]:
        """Those above point up, those below down."""
        yield self.high, Direction.HIGH
        yield self.low, Direction.LOW


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules look at: the points of a phase, its lines, and each point's distance from the one before."""

    values: Sequence[float]
    limits: Limits
    ranges: Sequence[float | None]
    _found: dict[float, Beyond] = field(default_factory=dict, repr=False, compare=False)

    def beyond(self, fraction: float = 0.0) -> Beyond:
        """The points beyond the lines at this fraction of the way to the limits; several rules ask for the same."""
        if fraction not in self._found:
            lines = self.limits.at(fraction)
            low, high = lines or (0.0, 0.0)
            above = marked([value > high for value in self.values]) if lines else 0
            below = marked([value < low for value in self.values]) if lines else 0
            self._found[fraction] = Beyond(above, below)
        return self._found[fraction]


def process_hits(judged: Judged, settings: Settings) -> Hits:
    """What the rules of the settings flag on an XmR chart."""
    found = ((rule, RULES[rule](judged, settings)) for rule in settings.tested)
    return _by_point(found, len(judged.values))


def median_hits(judged: Judged, settings: Settings, *, trend: bool, frozen: int | None) -> Hits:
    """What is flagged on a run chart: a trend where one may be looked for, and runs beyond a median that was frozen
    after so many points."""
    found: list[tuple[Rule, Iterable[Flagged]]] = []
    if trend and settings.trend is not None:
        found.append((Rule.TREND, _trend(judged, settings)))
    if frozen is not None:
        found.append((Rule.SHIFT, _beyond_frozen_median(judged, frozen)))
    return _by_point(found, len(judged.values))


def _by_point(found: Iterable[tuple[Rule, Iterable[Flagged]]], points: int) -> Hits:
    """A point's kind is told by which of the hits are its own."""
    hits = [((rule, direction), marks) for rule, flags in found for marks, direction in flags if marks]
    if not hits:
        return Hits.none(points)
    names = [hit for hit, _marks in hits]
    own = zip(*(each(marks, points) for _hit, marks in hits), strict=True)
    numbers = defaultdict(count(1).__next__, {(0,) * len(hits): 0})
    of = list(map(numbers.__getitem__, own))
    return Hits([tuple(compress(names, kind)) for kind in numbers], of)


def _outside_limits(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """Strictly beyond a limit."""
    return judged.beyond(1.0).flagged()


def _shift(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """So many points in a row on one side of the centre line; a point on the line breaks the run."""
    size = settings.shift
    high, low = (from_each(runs(side, size), size) for side in judged.beyond())
    return Beyond(high, low).flagged()


def _trend(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """So many points in a row, each above (or each below) the one before; a repeated value breaks the trend.

    A peak or trough that belongs to two is named by the one on its right.
    """
    size = settings.trend
    if size is None:
        return
    later = judged.values[1:]
    rises, falls = marked(map(gt, later, judged.values)), marked(map(lt, later, judged.values))
    rising, falling = (from_each(runs(steps, size - 1), size) for steps in (rises, falls))
    troughs = rising & falling & rises
    yield troughs, Direction.HIGH
    yield falling, Direction.LOW
    yield rising & ~troughs, Direction.HIGH


def _two_of_three(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """Two of three points in a row beyond two sigma on one side, the third not on the other; only these are flagged."""
    near, centre, windows = judged.beyond(TWO_SIGMA), judged.beyond(), whole(len(judged.values), 3)
    if settings.two_of_three is TwoOfThree.NHSR_0_2_2:
        outside = judged.beyond(1.0)
        near = Beyond(near.high & ~outside.high, near.low & ~outside.low)
    strict = settings.two_of_three is not TwoOfThree.POWER_BI
    for at, direction in enumerate((Direction.HIGH, Direction.LOW)):
        starts = all_but_one(near[at], 3) & windows & ~any_of(near[1 - at], 3)
        if strict:
            starts &= runs(centre[at], 3)
        yield from_each(starts, 3) & near[at], direction


def _three_of_four(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """Three of four points in a row beyond the line halfway to the same limit; all four are flagged, and a point of
    two windows by the later."""
    windows = whole(len(judged.values), 4)
    highs, lows = (all_but_one(side, 4) & windows for side in judged.beyond(HALFWAY))
    high = low = 0
    for offset in (3, 2, 1, 0):
        above, below = highs << offset, lows << offset
        high, low = (high & ~below) | above, (low & ~above) | below
    return Beyond(high, low).flagged()


def _moving_range(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """A moving range strictly above its limit, flagged at the later of its two points."""
    if judged.limits.moving_range_upper is None:
        return
    limit = judged.limits.moving_range_upper + judged.limits.tolerance
    yield marked([distance is not None and distance > limit for distance in judged.ranges]), None


def _beyond_frozen_median(judged: Judged, frozen: int) -> Iterator[Flagged]:
    """Six or more of the points after the baseline on one side of its median; points on the median do not count."""
    sides = judged.limits.sides(judged.values)
    useful = [index for index in range(frozen, len(sides)) if sides[index]]
    for start, end, direction in _stretches([sides[index] for index in useful], FROZEN_MEDIAN_RUN):
        flagged = set(useful[start:end])
        yield marked(index in flagged for index in range(len(sides))), direction


RULES: dict[Rule, Callable[[Judged, Settings], Iterable[Flagged]]] = {
    Rule.OUTSIDE_LIMITS: _outside_limits,
    Rule.SHIFT: _shift,
    Rule.TREND: _trend,
    Rule.TWO_OF_THREE: _two_of_three,
    Rule.RUN: _shift,
    Rule.THREE_OF_FOUR: _three_of_four,
    Rule.MOVING_RANGE: _moving_range,
}


def _stretches(signs: Sequence[int], fewest: int) -> Iterator[tuple[int, int, Direction]]:
    """Start, end (exclusive) and direction of each stretch of at least so many equal signs other than 0."""
    start, current = 0, 0
    for index, sign in enumerate(chain(signs, [None])):
        if sign != current:
            if current and index - start >= fewest:
                yield start, index, _direction(current)
            start, current = index, sign or 0


def _direction(sign: int) -> Direction:
    return Direction.HIGH if sign > 0 else Direction.LOW
