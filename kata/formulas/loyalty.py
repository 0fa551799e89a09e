"""Who stays and who leaves, of the customers that were there when the period began."""

from __future__ import annotations

from collections.abc import Hashable, Set
from dataclasses import dataclass

from kata.formulas.figure import Figure
from kata.formulas.intervals import ShareInterval, wilson
from kata.formulas.shares import share


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers at the start, how many of those were lost, and how many were won.

    Who was won and lost again inside the period counts neither as lost nor against retention. Who was lost and came
    back counts as kept.
    """

    start: int
    lost: int
    won: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.lost <= self.start or self.won < 0:
            raise ValueError("a cohort needs 0 <= lost <= start, and won cannot be negative")

    @classmethod
    def of(cls, at_start: Set[Hashable], at_end: Set[Hashable]) -> Cohort:
        """From the customers of both moments."""
        return cls(start=len(at_start), lost=len(at_start - at_end), won=len(at_end - at_start))

    @property
    def end(self) -> int:
        return self.start + self.won - self.lost


def defection(cohort: Cohort, *, confidence: float = 0.95, interval: ShareInterval = wilson) -> Figure:
    """The share of the customers at the start who left."""
    return share(cohort.lost, cohort.start, confidence=confidence, interval=interval)


def retention(cohort: Cohort, *, confidence: float = 0.95, interval: ShareInterval = wilson) -> Figure:
    """The share of the customers at the start who stayed: (end - won) / start."""
    return share(cohort.end - cohort.won, cohort.start, confidence=confidence, interval=interval)
