"""Stacked columns: how many there were of each kind, from time to time. Many small ones share one height. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Between two columns, as a share of a column's place.
GAP = 0.18


@dataclass(frozen=True, slots=True)
class Part:
    """One kind in a column: ``y`` and ``height`` in percent of the paper, from the top; ``kind`` counts from zero."""

    kind: int
    y: float
    height: float
    amount: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its parts from the bottom up. ``parts`` is ``None`` where nothing may be told: a gap, not zero."""

    x: float
    width: float
    parts: tuple[Part, ...] | None


def stacks(columns: Sequence[Sequence[int] | None], top: int) -> tuple[Column, ...]:
    """Columns beside each other; ``top`` is the sum that reaches the top, ``None`` a column that is left out."""
    place = 100 / max(len(columns), 1)
    return tuple(
        Column(
            x=round(at * place + place * GAP / 2, 2),
            width=round(place * (1 - GAP), 2),
            parts=None if amounts is None else _parts(amounts, max(top, 1)),
        )
        for at, amounts in enumerate(columns)
    )


def highest(columns: Sequence[Sequence[int] | None]) -> int:
    """The largest sum of a column, where several charts share one height."""
    return max((sum(amounts) for amounts in columns if amounts is not None), default=0)


def _parts(amounts: Sequence[int], top: int) -> tuple[Part, ...]:
    found, base = list[Part](), 0
    for kind, amount in enumerate(amounts):
        if amount:
            found.append(Part(kind, round(100 - (base + amount) * 100 / top, 2), round(amount * 100 / top, 2), amount))
            base += amount
    return tuple(found)
