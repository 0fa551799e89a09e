"""Stacked columns: how many there were of each kind, from time to time. Many small ones share one height. Pure.

All columns of a kind are one path, in a square of a hundred by a hundred: a page may have twenty such charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

SIDE = 100
#: Between two columns, as a share of a column's place.
GAP = 0.18
#: How high above the floor the dash of a column stands of which nothing may be told.
DASH = 6

Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """``kinds`` are pairs of a kind, counted from zero, and the path of its parts; ``withheld`` has the dashes."""

    kinds: tuple[tuple[int, str], ...]
    withheld: str


@lru_cache(maxsize=1024)
def stacks(columns: tuple[tuple[int, ...] | None, ...], top: int) -> Stacks:
    """Columns beside each other, their kinds from the bottom up; ``top`` is the sum that reaches the top.

    A column that is ``None`` may not be told: it is a dash, which is not zero. The same columns are drawn for every
    reader, and change once in a while, so they are remembered.
    """
    place = SIDE / max(len(columns), 1)
    paths: dict[int, list[str]] = {}
    dashes = []
    for at, amounts in enumerate(columns):
        left, width = _short(place * (at + GAP / 2)), _short(place * (1 - GAP))
        if amounts is None:
            dashes.append(f"M{left} {SIDE - DASH}h{width}")
            continue
        base = 0
        for kind, amount in enumerate(amounts):
            if amount:
                bottom, height = SIDE - base * SIDE / max(top, 1), amount * SIDE / max(top, 1)
                paths.setdefault(kind, []).append(f"M{left} {_short(bottom)}h{width}v-{_short(height)}h-{width}z")
                base += amount
    return Stacks(tuple((kind, "".join(parts)) for kind, parts in sorted(paths.items())), "".join(dashes))


def highest(columns: Sequence[Amounts | None]) -> int:
    """The largest sum of a column, where several charts share one height."""
    return max((sum(amounts) for amounts in columns if amounts is not None), default=0)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
