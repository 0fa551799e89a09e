"""The lines of a chart: the mean with limits from the moving ranges, or the median.

XmR after Wheeler, *Understanding Variation*: the distance of the limits comes from how far neighbouring points lie
apart, never from the standard deviation of all of them, which a change in the process would inflate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from operator import sub
from statistics import median

from kata.spc.settings import RANGE_FACTOR_3267, Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """The lines of one phase; None where there are too few points for one.

    `unscreened` says that screening was asked for and would have left too little to go by.
    """

    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    mean_moving_range: float | None = None
    moving_range_upper: float | None = None
    unscreened: bool = False

    @property
    def tolerance(self) -> float:
        """How close to a line counts as on it, so that the rounding of floats makes no signal."""
        return 1e-9 * max(1.0, abs(self.centre or 0.0))

    def at(self, fraction: float = 0.0) -> tuple[float, float] | None:
        """The lower and the upper line at this fraction of the way to the limits; 0 is the centre line itself.

        Only what lies beyond is off the line: both stand apart by the tolerance. None where there are no such lines.
        """
        if self.centre is None or (fraction and (self.lower is None or self.upper is None)):
            return None
        reach = fraction * (self.upper - self.centre) if self.upper is not None else 0.0
        return self.centre - reach - self.tolerance, self.centre + reach + self.tolerance

    def sides(self, values: Iterable[float]) -> list[int]:
        """For each value 1 above the centre line, -1 below, 0 on it; without one every value is 0."""
        lines = self.at()
        if lines is None:
            return [0 for _value in values]
        low, high = lines
        return [1 if value > high else -1 if value < low else 0 for value in values]


def moving_ranges(values: Sequence[float]) -> list[float]:
    """The distance of each value but the first from the one before it."""
    return list(map(abs, map(sub, values[1:], values)))


def process_limits(basis: Sequence[float], settings: Settings) -> Limits:
    """The mean of these points, and the limits that their moving ranges give; one point alone has no limits."""
    if not basis:
        return Limits()
    centre, ranges = mean(basis), moving_ranges(basis)
    if not ranges:
        return Limits(centre)
    typical, unscreened = _mean_range(ranges, screening=settings.screening)
    reach = settings.limit_factor * typical
    return Limits(centre, centre - reach, centre + reach, typical, settings.range_factor * typical, unscreened)


def median_line(basis: Sequence[float]) -> Limits:
    """The median of these points."""
    return Limits(median(basis)) if basis else Limits()


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean of at least one value, the sum rounded once."""
    return fsum(values) / len(values)


def _mean_range(ranges: Sequence[float], *, screening: bool) -> tuple[float, bool]:
    """The mean moving range, and whether screening was refused.

    Screening leaves out, once, the ranges that reach 3.267 times the mean; the points themselves stay in the mean of
    the chart. Where nothing but zeros would be left, all ranges count. More than two thirds are always left, since no
    more than 1 in 3.267 numbers can reach that multiple of their mean.
    """
    typical = mean(ranges)
    if not screening:
        return typical, False
    kept = [each for each in ranges if each < RANGE_FACTOR_3267 * typical]
    return (mean(kept), False) if any(kept) else (typical, True)
