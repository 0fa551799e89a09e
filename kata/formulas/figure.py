"""What every formula answers with: the number, what it was made of, how sure it is, and what had to be left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """Raw answers that do not count, by the reason why."""

    blank: int = 0
    not_an_answer: int = 0  # words, or a number between two answers
    off_scale: int = 0  # a number that the question does not offer

    @property
    def total(self) -> int:
        return self.blank + self.not_an_answer + self.off_scale

    def __add__(self, other: Dropped) -> Dropped:
        return Dropped(
            self.blank + other.blank, self.not_an_answer + other.not_an_answer, self.off_scale + other.off_scale
        )


NOTHING_DROPPED = Dropped()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One customer measure. Undefined is None, never 0.

    ``value`` is on the scale of its measure: shares from 0 to 100, NPS from -100 to 100, both unrounded.
    Where it is a ratio, ``numerator`` and ``denominator`` are its parts and are what to keep. ``n`` is how many
    observations it rests on. ``low`` and ``high`` bound it with the stated confidence; None where no bound exists.
    """

    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    dropped: Dropped = NOTHING_DROPPED
