"""What the rooms above tell beside each obstacle of the parking lot, which this one does not know.

A room adds itself at import. Its columns come with the statement of the obstacles, so that a board asks no more often
than without it; its macro ``beside`` stands under each obstacle and is given what the room makes of the row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Note(NamedTuple):
    """``widen`` adds columns to a select of obstacles, one row each; ``tell`` words them; ``template`` has a macro
    ``beside(row, told, works, writes, scope)`` that shows it: on a page for working, to whoever writes here, or may."""

    widen: Callable[[Any], Any]
    tell: Callable[[Any], Any]
    template: str


_notes: list[Note] = []


def add(note: Note) -> None:
    """Let a room above tell something beside every obstacle."""
    _notes.append(note)


def widened(query: Any) -> Any:
    """``query`` with the columns of every room that tells something."""
    for note in _notes:
        query = note.widen(query)
    return query


def beside() -> tuple[Note, ...]:
    """What stands under each obstacle, in the order in which the rooms came."""
    return tuple(_notes)
