"""Runs about the median: whether a run chart scatters as chance would have it.

After Anhøj & Olesen (2014), *Run charts revisited*: an unusually long run, or unusually few crossings, says that a
chart of so many points shows more than chance. The verdict is about the chart, never about a single point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import comb, log2

#: How rarely chance alone may give fewer crossings: at most 1 in so many times.
ONE_IN = 20


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs and crossings of a chart. Unusual is a longer run than the limit, or fewer crossings than theirs."""

    useful: int
    longest: int
    longest_limit: int
    crossings: int
    crossings_limit: int


def runs_about(sides: Sequence[int]) -> Runs | None:
    """Count runs and crossings, given for each point on which side of the median it lies (1, -1, 0 on it).

    Points on the median neither break a run nor count. None where no point is left.
    """
    lengths = [sum(1 for _side in run) for _key, run in groupby(side for side in sides if side)]
    if not lengths:
        return None
    useful = sum(lengths)
    return Runs(useful, max(lengths), longest_limit(useful), len(lengths) - 1, crossings_limit(useful))


def longest_limit(useful: int) -> int:
    """The longest run that is still usual among so many points off the median (Schilling 2012)."""
    return round(log2(useful)) + 3


@lru_cache(maxsize=256)
def crossings_limit(useful: int) -> int:
    """The fewest crossings that are still usual (Chen 2010): the 5 % point of as many fair coins as there are gaps.

    Exact, in whole numbers. The chance of at most k heads is exactly a half, or a half and half the middle, at the
    middle; from there down to 5 % is a short way even for thousands of points.
    """
    coins = useful - 1
    heads = coins // 2
    ways = comb(coins, heads)
    at_most = 2**coins // 2 if coins % 2 else (2**coins + ways) // 2
    while ONE_IN * (at_most - ways) >= 2**coins:
        at_most -= ways
        ways = ways * heads // (coins - heads + 1)
        heads -= 1
    return heads
