"""Quantiles of the distributions behind the intervals: normal, beta, gamma and Student's t.

The incomplete beta and gamma functions are evaluated by the series and continued fractions of the NIST Digital
Library of Mathematical Functions (equations given below), and inverted by bisection until no number lies between
the two bounds any more. Exact to about twelve digits for counts into the millions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import count
from statistics import NormalDist

_TINY = 1e-300
_CLOSE = 1e-16


def normal(probability: float) -> float:
    return NormalDist().inv_cdf(probability)


@cache
def two_sided_z(confidence: float) -> float:
    """How many standard errors lie on either side: 1.96 for 0.95."""
    return normal((1 + confidence) / 2)


def beta(probability: float, a: float, b: float) -> float:
    """The quantile of the beta distribution."""
    return _bisect(lambda x: share_of_beta(x, a, b), probability, 0.0, 1.0)


def gamma(probability: float, shape: float) -> float:
    """The quantile of the gamma distribution of scale one."""
    highest = shape + 1.0
    while share_of_gamma(highest, shape) < probability:
        highest *= 2
    return _bisect(lambda x: share_of_gamma(x, shape), probability, 0.0, highest)


@lru_cache(10_000)
def student(confidence: float, degrees: int) -> float:
    """How many standard errors lie on either side of a mean, by Student's t."""
    x = beta(1 - confidence, degrees / 2, 0.5)
    return math.sqrt(degrees * (1 / x - 1))


def share_of_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b): DLMF 8.17.22, and 8.17.4 where that converges slowly."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - share_of_beta(1.0 - x, b, a)

    def terms() -> Iterator[tuple[float, float]]:
        for m in count():
            yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
            k = m + 1
            yield k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)), 1.0

    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a / _continued_fraction(1.0, terms())


def share_of_gamma(x: float, shape: float) -> float:
    """The regularised incomplete gamma function P(shape, x): DLMF 8.11.4 below the shape, 8.9.2 (even part) above."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        return front * _series(x, shape)

    def terms() -> Iterator[tuple[float, float]]:
        for n in count(1):
            yield -n * (n - shape), x + 2 * n + 1 - shape

    return 1.0 - front / _continued_fraction(x + 1 - shape, terms())


def _series(x: float, shape: float) -> float:
    term = total = 1.0 / shape
    for n in count(1):
        term *= x / (shape + n)
        total += term
        if term < total * _CLOSE:
            break
    return total


def _continued_fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """first + a1/(b1 + a2/(b2 + …)) for the pairs (a, b), from the front, by the ratio of successive convergents."""
    result = upper = first or _TINY
    lower = 0.0
    for a, b in terms:
        lower = 1.0 / (b + a * lower or _TINY)
        upper = b + a / upper or _TINY
        result *= upper * lower
        if abs(upper * lower - 1.0) <= _CLOSE * 4:
            break
    return result


def _bisect(rising: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    while low < (middle := (low + high) / 2) < high:
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
    return high
