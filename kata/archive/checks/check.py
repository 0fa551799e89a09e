"""What a check is: a sentence that has to hold, and what finds where it does not, in the time that it may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


@dataclass
class Look:
    """One run of a check: it looked at ``seen`` of ``there``, where that was not all; ``remarks`` are no faults."""

    seconds: float | None
    seen: int = 0
    there: int = 0
    remarks: list[str] = field(default_factory=list)

    def each(self, things: Sequence[T]) -> Iterator[T]:
        """The things, for as long as there is time; the first one in any case."""
        end = time.monotonic() + (self.seconds or 0)
        self.there += len(things)
        for thing in things:
            self.seen += 1
            yield thing
            if self.seconds is not None and time.monotonic() > end:
                return


@dataclass(frozen=True)
class Check:
    """``run`` tells what is wrong, each in a few words with the number of the row."""

    says: str
    run: Callable[[Connection, Look], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    """What came of a check."""

    says: str
    wrong: Sequence[str]
    look: Look
