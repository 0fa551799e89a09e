"""A share of all: so many of so many, in per cent."""

from __future__ import annotations

from kata.formulas.figure import NOTHING_DROPPED, Dropped, Figure
from kata.formulas.intervals import ShareInterval, wilson


def share(
    hits: int,
    n: int,
    *,
    confidence: float = 0.95,
    interval: ShareInterval = wilson,
    dropped: Dropped = NOTHING_DROPPED,
) -> Figure:
    """``hits`` of ``n`` in per cent, with Wilson's interval, or `clopper_pearson` as the cautious one.

    Of nothing at all it is undefined. ValueError when there are more hits than observations.
    """
    if not 0 <= hits <= n:
        raise ValueError("a share needs 0 <= hits <= n")
    if n == 0:
        return Figure(value=None, n=0, numerator=0, denominator=0, dropped=dropped)
    low, high = interval(hits, n, confidence)
    return Figure(
        value=100 * hits / n, n=n, numerator=hits, denominator=n, low=100 * low, high=100 * high, dropped=dropped
    )


def balance(good: int, bad: int, n: int, *, dropped: Dropped = NOTHING_DROPPED) -> Figure:
    """The share of the good less the share of the bad, from -100 to 100. No interval is published for it."""
    value = 100 * (good - bad) / n if n else None
    return Figure(value=value, n=n, numerator=good - bad, denominator=n, dropped=dropped)
