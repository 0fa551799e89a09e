"""Intervals for shares, counts, means and percentiles. Each is two-sided; ``confidence`` is 0.95 unless said."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import fmean, stdev

from kata.formulas import quantiles

Interval = tuple[float, float]
ShareInterval = Callable[[int, int, float], Interval]


def wilson(hits: int, n: int, confidence: float = 0.95) -> Interval:
    """For a share (0 to 1): the score interval, which stays inside 0 and 1 and has width at no hits and at all hits.

    Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    z = quantiles.two_sided_z(confidence)
    share, weight = hits / n, z * z / n
    centre = share + weight / 2
    reach = z * math.sqrt((share * (1 - share) + weight / 4) / n)
    low = 0.0 if hits == 0 else (centre - reach) / (1 + weight)
    high = 1.0 if hits == n else (centre + reach) / (1 + weight)
    return low, high


def clopper_pearson(hits: int, n: int, confidence: float = 0.95) -> Interval:
    """For a share (0 to 1): the cautious interval, which covers at least as often as it says.

    Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial.
    """
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else quantiles.beta(tail, hits, n - hits + 1)
    high = 1.0 if hits == n else quantiles.beta(1 - tail, hits + 1, n - hits)
    return low, high


def poisson(events: int, confidence: float = 0.95) -> Interval:
    """For an expected count: the exact interval (Garwood 1936). No event at all leaves 3.69 possible at 0.95."""
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else quantiles.gamma(tail, events)
    return low, quantiles.gamma(1 - tail, events + 1)


def mean(values: Sequence[float], confidence: float = 0.95) -> Interval | None:
    """For a mean, by Student's t; None for fewer than two values."""
    if len(values) < 2:
        return None
    centre, n = fmean(values), len(values)
    reach = quantiles.student(confidence, n - 1) * stdev(values, centre) / math.sqrt(n)
    return centre - reach, centre + reach


@lru_cache(10_000)
def percentile_ranks(n: int, share: float, confidence: float = 0.95) -> tuple[int | None, int | None]:
    """Which of ``n`` sorted values (from 1) bound the percentile at ``share``, whatever their distribution.

    Each side errs at most half of what ``confidence`` leaves, so the two together cover at least as often as they say
    (David and Nagaraja, Order Statistics, 7.1). None where even the outermost value could not promise that.
    """
    tail = (1 - confidence) / 2
    if not 0 < share < 1 or n < 1:
        return None, None
    above = _last(n, lambda rank: _at_least(rank, n, share) >= 1 - tail)
    below = _last(n, lambda rank: _at_least(rank, n, share) > tail) + 1
    return above or None, below if below <= n else None


def _at_least(rank: int, n: int, share: float) -> float:
    """The chance that at least ``rank`` of ``n`` values lie below the percentile."""
    return quantiles.share_of_beta(share, rank, n - rank + 1)


def _last(n: int, holds: Callable[[int], bool]) -> int:
    """The last rank from 1 to ``n`` for which it holds, when it holds up to there; 0 for none."""
    low, high = 0, n
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
