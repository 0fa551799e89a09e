"""Phases: the stretches of a series that are judged apart, since somebody said that the process changed between them.

Gaps are left out here, so that moving ranges, runs and trends bridge them; positions still count them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phase:
    """The points of one phase, without its gaps. All positions are 1-based, count gaps and are inclusive."""

    start: int
    end: int
    positions: list[int]
    values: list[float]

    def put(self, rows: list[T], found: Sequence[T]) -> None:
        """Write what was found of each point into its row of the whole series."""
        if len(self.positions) == self.end - self.start + 1:  # no gaps: all at once
            rows[self.start - 1 : self.end] = found
            return
        for position, each in zip(self.positions, found, strict=True):
            rows[position - 1] = each


def cut(values: Sequence[float | None], rebase: Collection[int]) -> list[Phase]:
    """The phases in order; each position in `rebase` opens one. There is always at least one, even if it is empty.

    Raises `ValueError` for a position outside of the series.
    """
    for position in rebase:
        if not 1 <= position <= len(values):
            raise ValueError(f"A new phase cannot begin at position {position}: there are {len(values)} rows.")
    starts = sorted({1, *rebase})
    ends = [start - 1 for start in starts[1:]] + [len(values)]
    return [_phase(values, start, end) for start, end in zip(starts, ends, strict=True)]


def _phase(values: Sequence[float | None], start: int, end: int) -> Phase:
    part = values[start - 1 : end]
    positions = [at for at, value in enumerate(part, start) if value is not None]
    return Phase(start, end, positions, [value for value in part if value is not None])
