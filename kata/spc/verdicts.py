"""What the signals amount to: the nature of a point, the variation of the process, and whether it meets its target.

After NHS England's Making Data Count. The variation is that of the last point alone: an old signal on a long chart
says little about today.
"""

from collections.abc import Sequence

from kata.spc.results import Point, Segment
from kata.spc.settings import ASSURANCE_FROM
from kata.spc.terms import Assurance, Better, Chart, Direction, Nature, Variation

_NEUTRAL = {Direction.HIGH: Nature.NEUTRAL_HIGH, Direction.LOW: Nature.NEUTRAL_LOW}
_GOOD: dict[Better, Direction] = {"up": Direction.HIGH, "down": Direction.LOW}


def nature(directions: Sequence[Direction], better: Better) -> Nature:
    """What a point says whose signals point these ways; the first counts. Without any it is neither good nor bad."""
    if not directions:
        return Nature.COMMON_CAUSE
    if better == "neither":
        return _NEUTRAL[directions[0]]
    return Nature.IMPROVEMENT if directions[0] is _GOOD[better] else Nature.CONCERN


def variation(chart: Chart, last: Segment, points: Sequence[Point]) -> Variation | None:
    """What the last point that has a value says; `points` are those of the last segment.

    None where nothing was tested, and where the run chart as a whole shows a signal but its last point none: that is
    no common cause, and it has no direction.
    """
    if chart == "dots" or not points:
        return None
    final = points[-1]
    if final.nature is Nature.COMMON_CAUSE:
        return None if last.long_run or last.few_crossings else Variation.COMMON_CAUSE
    if final.nature in (Nature.NEUTRAL_HIGH, Nature.NEUTRAL_LOW):
        return Variation(final.nature)
    return Variation(f"{final.nature}_{final.directions[0]}")


def is_changing(points: Sequence[Point]) -> bool:
    """Whether the last twelve points contain a signal."""
    return any(point.signals for point in points[-ASSURANCE_FROM:])


def assurance(
    last: Segment, points: Sequence[Point], target: float | None, better: Better, tolerance: float
) -> Assurance | None:
    """Whether the process meets the target: strictly by the limits of the last segment, as they are, never clipped.

    None without a target, without a better direction, and with fewer than twelve points in the segment. A process
    that is changing is hit or miss. One without any variation meets its target, also exactly, or does not.
    """
    if target is None or better == "neither" or len(points) < ASSURANCE_FROM:
        return None
    if last.centre is None or last.lower is None or last.upper is None:
        return None
    if is_changing(points):
        return Assurance.HIT_OR_MISS
    # Seen as if higher were better: how far the target lies above the process at its worst, and at its best.
    sign = 1 if better == "up" else -1
    worst, best = sorted((sign * last.lower, sign * last.upper))
    if last.mean_moving_range == 0:
        return Assurance.PASS if sign * target <= best + tolerance else Assurance.FAIL
    if sign * target > best + tolerance:
        return Assurance.FAIL
    return Assurance.PASS if sign * target < worst - tolerance else Assurance.HIT_OR_MISS
