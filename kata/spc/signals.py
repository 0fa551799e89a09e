"""The rules: which points of a phase are signals, and which way they point.

Each rule is one function from a phase to its hits. They are written from the definitions in `spc.md`, section 2, which
compares how the published programs read them. A rule whose window is longer than the phase cannot fire.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import add
from typing import NamedTuple

from kata.spc.limits import Limits
from kata.spc.settings import FROZEN_MEDIAN_RUN, Settings, TwoOfThree
from kata.spc.terms import Direction, Hit, Rule

TWO_SIGMA = 2 / 3
HALFWAY = 1 / 2

#: Points that a rule flags, by their index within the phase (from 0), and where they point.
Flagged = tuple[Iterable[int], Direction | None]


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


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules look at: the points of a phase, its lines, and each point's distance from the one before."""

    values: Sequence[float]
    limits: Limits
    ranges: Sequence[float | None]


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
    hits = Hits.none(points)
    steps: dict[Hit, _Step] = {}
    for rule, flags in found:
        for flagged, direction in flags:
            hit = (rule, direction)
            step = steps.setdefault(hit, _Step(hits.kinds, hit))
            for index in flagged:
                hits.of[index] = step[hits.of[index]]
    return hits


class _Step(dict[int, int]):
    """From what a point was to what it is with one more hit; a kind that was not met before is added to the kinds."""

    def __init__(self, kinds: list[tuple[Hit, ...]], hit: Hit) -> None:
        self.kinds, self.hit = kinds, hit

    def __missing__(self, kind: int) -> int:
        self.kinds.append((*self.kinds[kind], self.hit))
        self[kind] = len(self.kinds) - 1
        return self[kind]


def _outside_limits(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """Strictly beyond a limit."""
    return _by_direction(enumerate(judged.limits.sides(judged.values, 1.0)))


def _shift(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """So many points in a row on one side of the centre line; a point on the line breaks the run."""
    for start, end, direction in _stretches(judged.limits.sides(judged.values), settings.shift):
        yield range(start, end), direction


def _trend(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """So many points in a row, each above (or each below) the one before; a repeated value breaks the trend.

    The later trend comes first: a peak or trough that belongs to two is named by the one on its right.
    """
    if settings.trend is None:
        return
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(judged.values)]
    for start, end, direction in reversed(list(_stretches(steps, settings.trend - 1))):
        yield range(start, end + 1), direction


def _two_of_three(judged: Judged, settings: Settings) -> Iterator[Flagged]:
    """Two of three points in a row beyond two sigma on one side; only these two are flagged."""
    beyond = judged.limits.sides(judged.values, TWO_SIGMA)
    centre = judged.limits.sides(judged.values)
    if settings.two_of_three is TwoOfThree.NHSR_0_2_2:
        outside = judged.limits.sides(judged.values, 1.0)
        beyond = [0 if out else near for near, out in zip(beyond, outside, strict=True)]
    strict = settings.two_of_three is not TwoOfThree.POWER_BI
    starts = [
        start
        for start, (near, side) in enumerate(zip(_sums_of_three(beyond), _sums_of_three(centre), strict=True))
        if not -2 < near < 2 and (not strict or abs(side) == 3)  # two beyond on two sides make a sum of one
    ]
    flagged = {start + offset for start in starts for offset in range(3)}
    return _by_direction((index, beyond[index]) for index in sorted(flagged))


def _sums_of_three(signs: Sequence[int]) -> Iterator[int]:
    return map(add, map(add, signs, signs[1:]), signs[2:])


def _three_of_four(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """Three of four points in a row beyond the line halfway to the same limit; all four are flagged."""
    flagged: dict[int, int] = {}
    for start, four in enumerate(_windows(judged.limits.sides(judged.values, HALFWAY), 4)):
        side = (four.count(1) >= 3) - (four.count(-1) >= 3)
        if side:
            flagged.update(dict.fromkeys(range(start, start + 4), side))
    return _by_direction(flagged.items())


def _moving_range(judged: Judged, _settings: Settings) -> Iterator[Flagged]:
    """A moving range strictly above its limit, flagged at the later of its two points."""
    if judged.limits.moving_range_upper is None:
        return
    limit = judged.limits.moving_range_upper + judged.limits.tolerance
    yield [index for index, each in enumerate(judged.ranges) if each is not None and each > limit], None


def _beyond_frozen_median(judged: Judged, frozen: int) -> Iterator[Flagged]:
    """Six or more of the points after the baseline on one side of its median; points on the median do not count."""
    sides = judged.limits.sides(judged.values)
    useful = [index for index in range(frozen, len(sides)) if sides[index]]
    for start, end, direction in _stretches([sides[index] for index in useful], FROZEN_MEDIAN_RUN):
        yield useful[start:end], direction


RULES: dict[Rule, Callable[[Judged, Settings], Iterable[Flagged]]] = {
    Rule.OUTSIDE_LIMITS: _outside_limits,
    Rule.SHIFT: _shift,
    Rule.TREND: _trend,
    Rule.TWO_OF_THREE: _two_of_three,
    Rule.RUN: _shift,
    Rule.THREE_OF_FOUR: _three_of_four,
    Rule.MOVING_RANGE: _moving_range,
}


def _windows(signs: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Every so many neighbours."""
    return zip(*(signs[offset:] for offset in range(size)), strict=False)


def _stretches(signs: Sequence[int], fewest: int) -> Iterator[tuple[int, int, Direction]]:
    """Start, end (exclusive) and direction of each stretch of at least so many equal signs other than 0."""
    start, current = 0, 0
    for index, sign in enumerate(chain(signs, [None])):
        if sign != current:
            if current and index - start >= fewest:
                yield start, index, _direction(current)
            start, current = index, sign or 0


def _by_direction(signs: Iterable[tuple[int, int]]) -> Iterator[Flagged]:
    flagged = [(index, sign) for index, sign in signs if sign]
    for side in (1, -1):
        yield [index for index, sign in flagged if sign == side], _direction(side)


def _direction(sign: int) -> Direction:
    return Direction.HIGH if sign > 0 else Direction.LOW
