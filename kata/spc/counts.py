"""When counts, shares and rates are too small to chart.

An XmR chart takes any number that varies about a mean. Counts of rare events don't: most are 0 or 1, the lower limit
lies below zero, and an improvement cannot show. Days between events then tell more.
"""

from collections.abc import Sequence

#: `spc.md`, section 5: an XmR chart of counts is acceptable when their mean is above about 1 to 2. The cautious end.
SMALLEST_MEAN_COUNT = 2.0


def are_small_counts(values: Sequence[float]) -> bool:
    """Whether all values are whole numbers from 0 up, and so small on average that they are counts of rare events."""
    if not values or any(value < 0 or value % 1 for value in values):
        return False
    return sum(values) < SMALLEST_MEAN_COUNT * len(values)


def is_share_too_small(numerators: Sequence[float], denominators: Sequence[float]) -> bool:
    """Whether a share rests on too few cases to chart: fewer than two a period, on average, of the rarer outcome.

    A share is two counts, those that did (the numerator) and those that did not; the rule for counts is applied to
    the rarer. So 97 of 98 is as thin as 1 of 98. No periods at all are too few. Numerators and denominators belong
    together by position; `ValueError` where one is missing.
    """
    pairs = list(zip(numerators, denominators, strict=True))
    happened = sum(numerator for numerator, _of in pairs)
    did_not = sum(of - numerator for numerator, of in pairs)
    return min(happened, did_not) < SMALLEST_MEAN_COUNT * max(len(pairs), 1)


def is_rate_too_small(numerators: Sequence[float]) -> bool:
    """Whether a rate (complaints per 1,000 accounts) rests on too few events: fewer than two a period, on average."""
    return sum(numerators) < SMALLEST_MEAN_COUNT * max(len(numerators), 1)
