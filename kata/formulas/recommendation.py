"""Net Promoter Score: how much likelier customers are to recommend than to warn.

0 to 10; detractors answer 0 to 6, passives 7 or 8, promoters 9 or 10. Passives count in the denominator. Scores of
several periods are pooled by adding their counts, never by averaging the scores.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kata.formulas.answers import Answers, Scale
from kata.formulas.figure import NOTHING_DROPPED, Dropped, Figure
from kata.formulas.quantiles import two_sided_z

LIKELIHOOD = Scale(0, 10)


class Method(StrEnum):
    """How the interval is made; both treat an answer as -1, 0 or +1, not the score as a share."""

    ADJUSTED_WALD = "adjusted_wald"  # ¾ detractor, 1½ passives and ¾ promoter added first (Rocks 2016): recommended
    WALD = "wald"  # collapses to a point when all answer alike


_ADDED = {Method.ADJUSTED_WALD: (0.75, 1.5, 0.75), Method.WALD: (0.0, 0.0, 0.0)}


@dataclass(frozen=True, slots=True)
class Promotion:
    """How many warn, stay silent and recommend. Add two of them to pool their periods."""

    detractors: int
    passives: int
    promoters: int
    dropped: Dropped = NOTHING_DROPPED

    @classmethod
    def of(cls, raw: Iterable[object]) -> Promotion:
        """From raw answers; blank, broken and impossible ones are dropped, and told."""
        answers = Answers.of(raw, LIKELIHOOD)
        return cls(answers.between(0, 6), answers.between(7, 8), answers.between(9, 10), answers.dropped)

    def __add__(self, other: Promotion) -> Promotion:
        return Promotion(
            self.detractors + other.detractors,
            self.passives + other.passives,
            self.promoters + other.promoters,
            self.dropped + other.dropped,
        )

    @property
    def n(self) -> int:
        return self.detractors + self.passives + self.promoters

    def estimate(self, method: Method) -> tuple[float, float]:
        """The net share (-1 to 1) and its standard error, as ``method`` sees them. There must be answers.

        The variance of one answer coded -1, 0 or +1 is p + d - (p - d)², divided by n and not by n - 1.
        """
        counts = (self.detractors, self.passives, self.promoters)
        detractors, passives, promoters = (count + more for count, more in zip(counts, _ADDED[method], strict=True))
        n = detractors + passives + promoters
        net = (promoters - detractors) / n
        variance = (promoters + detractors) / n - net**2
        return net, math.sqrt(variance / n)


def nps(promotion: Promotion, *, confidence: float = 0.95, method: Method = Method.ADJUSTED_WALD) -> Figure:
    """The score from -100 to 100; the interval is cut off there."""
    n, net = promotion.n, promotion.promoters - promotion.detractors
    if n == 0:
        return Figure(value=None, n=0, numerator=0, denominator=0, dropped=promotion.dropped)
    centre, error = promotion.estimate(method)
    reach = two_sided_z(confidence) * error
    return Figure(
        value=100 * net / n,
        n=n,
        numerator=net,
        denominator=n,
        low=100 * max(-1.0, centre - reach),
        high=100 * min(1.0, centre + reach),
        dropped=promotion.dropped,
    )


def nps_change(
    before: Promotion, after: Promotion, *, confidence: float = 0.95, method: Method = Method.ADJUSTED_WALD
) -> Figure:
    """By how many points the score rose (or fell: below 0) from one group of answers to another, with its interval."""
    n, dropped = before.n + after.n, before.dropped + after.dropped
    earlier, later = nps(before).value, nps(after).value
    if earlier is None or later is None:
        return Figure(value=None, n=n, dropped=dropped)
    (one, error_of_one), (two, error_of_two) = before.estimate(method), after.estimate(method)
    reach = two_sided_z(confidence) * math.hypot(error_of_one, error_of_two)
    low, high = two - one - reach, two - one + reach
    return Figure(value=later - earlier, n=n, low=100 * low, high=100 * high, dropped=dropped)
