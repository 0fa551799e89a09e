"""What a prediction record says beyond its numbers: whether the steps are too small. Pure, and no score."""

from __future__ import annotations

from collections.abc import Sequence

#: So many predictions in a row that all came true teach little: the steps are too small.
ALWAYS_RIGHT = 5


def always_right(newest_first: Sequence[tuple[float, float]]) -> bool:
    """Whether the last pairs of expected and happened, of at least so many, are pairs of one number."""
    last = newest_first[:ALWAYS_RIGHT]
    return len(last) == ALWAYS_RIGHT and all(expected == happened for expected, happened in last)
