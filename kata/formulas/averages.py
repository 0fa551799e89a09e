"""Mean, median and percentiles of what was measured: minutes to a first response, days to a solution.

A percentile interpolates linearly between the two nearest of the sorted values, at position (n - 1) · share from
the first: definition 7 of Hyndman and Fan (1996), the one that numpy calls "linear" and that spreadsheets use for
PERCENTILE.INC. Its interval takes two of the values themselves and supposes nothing about their distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from kata.formulas import intervals
from kata.formulas.figure import NOTHING_DROPPED, Dropped, Figure


def mean(values: Sequence[float], *, confidence: float = 0.95, dropped: Dropped = NOTHING_DROPPED) -> Figure:
    """The arithmetic mean; its parts are the sum and how many. The interval (Student's t) needs two values."""
    n, total = len(values), math.fsum(values)
    low, high = intervals.mean(values, confidence) or (None, None)
    return Figure(
        value=fmean(values) if n else None, n=n, numerator=total, denominator=n, low=low, high=high, dropped=dropped
    )


def median(values: Sequence[float], *, confidence: float = 0.95, dropped: Dropped = NOTHING_DROPPED) -> Figure:
    """The middle value. Its interval needs at least six values at 0.95."""
    return percentile(values, 50, confidence=confidence, dropped=dropped)


def percentile(
    values: Sequence[float], percent: float, *, confidence: float = 0.95, dropped: Dropped = NOTHING_DROPPED
) -> Figure:
    """The value that ``percent`` (0 to 100) of the values do not exceed.

    A bound is None where there are too few values to promise it: a high percentile often has no upper bound.
    """
    if not 0 <= percent <= 100:
        raise ValueError("a percentile lies between 0 and 100")
    ordered = sorted(values)
    n, share = len(ordered), percent / 100
    low, high = intervals.percentile_ranks(n, share, confidence)
    return Figure(
        value=interpolated(ordered, share) if n else None,
        n=n,
        low=None if low is None else ordered[low - 1],
        high=None if high is None else ordered[high - 1],
        dropped=dropped,
    )


def interpolated(ordered: Sequence[float], share: float) -> float:
    """The percentile at ``share`` (0 to 1) of sorted values, of which there must be one."""
    below, part = divmod((len(ordered) - 1) * share, 1)
    at = int(below)
    return ordered[at] if part == 0 else ordered[at] + part * (ordered[at + 1] - ordered[at])
