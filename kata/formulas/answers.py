"""Answers to a question with a scale, counted by answer; from there every survey measure is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kata.formulas.figure import NOTHING_DROPPED, Dropped

Fault = Literal["blank", "not_an_answer", "off_scale"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The whole numbers that a question offers, both ends included."""

    lowest: int
    highest: int

    def read(self, raw: object) -> int | Fault:
        """The answer that ``raw`` (a number, or a number as text) gives, or why it is none."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return "blank"
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            return "not_an_answer"
        try:
            number = float(raw)
        except (ValueError, OverflowError):
            return "not_an_answer"
        if not number.is_integer():  # also nan and infinity
            return "not_an_answer"
        return int(number) if self.lowest <= number <= self.highest else "off_scale"


@dataclass(frozen=True, slots=True)
class Answers:
    """How often each answer was given: ``counts[0]`` is the lowest answer of the scale."""

    scale: Scale
    counts: tuple[int, ...]
    dropped: Dropped = NOTHING_DROPPED

    def __post_init__(self) -> None:
        if len(self.counts) != self.scale.highest - self.scale.lowest + 1:
            raise ValueError("one count is needed for each answer of the scale")
        if min(self.counts) < 0:
            raise ValueError("a count cannot be negative")

    @classmethod
    def counted(cls, counts: Sequence[int], *, lowest: int = 1) -> Answers:
        """From counts by answer, the lowest answer first."""
        return cls(Scale(lowest, lowest + len(counts) - 1), tuple(counts))

    @classmethod
    def of(cls, raw: Iterable[object], scale: Scale) -> Answers:
        """From raw answers; what is blank, not whole or off the scale is dropped, and told."""
        found = Counter(map(scale.read, raw))
        counts = tuple(found[answer] for answer in range(scale.lowest, scale.highest + 1))
        return cls(scale, counts, Dropped(found["blank"], found["not_an_answer"], found["off_scale"]))

    @property
    def n(self) -> int:
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all answers."""
        return sum(answer * count for answer, count in enumerate(self.counts, self.scale.lowest))

    def between(self, lowest: int, highest: int) -> int:
        """How many answers lie between the two, both included."""
        return sum(self.counts[lowest - self.scale.lowest : highest - self.scale.lowest + 1])

    def values(self) -> list[int]:
        """Every answer, in ascending order."""
        return [answer for answer, count in enumerate(self.counts, self.scale.lowest) for _ in range(count)]
