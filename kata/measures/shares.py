"""Shares and rates: a value that is made of two counts, and whether the counts are too small to say much. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kata.spc import is_rate_too_small, is_share_too_small

Figure = Literal["plain", "share", "rate"]
WHOLE = 100.0


class Counts(NamedTuple):
    """How many, of how many."""

    numerator: float
    denominator: float


def value_of(per: float, counts: Counts) -> float:
    """The share or rate: ``per`` times numerator by denominator, unrounded."""
    return per * counts.numerator / counts.denominator


def figure(per: float | None, low: float | None, high: float | None) -> Figure:
    """What kind of number a measure is: a share is one per hundred that lies between 0 and 100 by its nature."""
    if per is None:
        return "plain"
    return "share" if (per, low, high) == (WHOLE, 0.0, WHOLE) else "rate"


def are_too_small(kind: Figure, counts: Sequence[Counts]) -> bool:
    """Whether a share or a rate rests on too few cases to chart; a plain number has no counts to tell by."""
    if kind == "plain" or not counts:
        return False
    numerators = [each.numerator for each in counts]
    if kind == "rate":
        return is_rate_too_small(numerators)
    return is_share_too_small(numerators, [each.denominator for each in counts])
