"""The parking lot, as its sheet shows it: with the rest of the board, or by itself right after somebody wrote in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kata.storyboards.notes import Note, beside
from kata.storyboards.queries import sheets


@dataclass(frozen=True, slots=True)
class Lot:
    """The one in focus, those that wait, those that have left; ``busy`` while an experiment is open.

    ``over`` says that the practice has ended and that this is what stood in the way of the last target condition, to be
    read and no longer worked on; ``on`` is the past day that it is shown as of. ``more`` counts waiting ones that are
    left out where nobody can scroll. ``notes`` are what the rooms above tell beside each obstacle as it stands now.
    """

    board_id: int
    target_id: int | None
    focus: Any | None
    waiting: tuple[Any, ...]
    ended: tuple[Any, ...]
    can_write: bool
    busy: bool
    over: bool = False
    on: date | None = None
    more: int = 0
    notes: tuple[Note, ...] = ()

    def to_look_at(self, most: int) -> Lot:
        """Nothing to press, and of those that wait only what has room."""
        shown = self.waiting[:most]
        return replace(self, waiting=shown, more=len(self.waiting) - len(shown), can_write=False)


def lot(board_id: int, target_id: int | None, rows: Sequence[Any], **standing: Any) -> Lot:
    """The lot of a target condition from its obstacles in their order."""
    return Lot(
        board_id=board_id,
        target_id=target_id,
        focus=next((row for row in rows if row.status == "focus"), None),
        waiting=tuple(row for row in rows if row.status == "waiting"),
        ended=tuple(row for row in rows if row.status in {"removed", "set aside"}),
        notes=() if standing.get("on") else beside(),
        **standing,
    )


def in_use(board_id: int, target_id: int) -> Lot | None:
    """The lot for somebody who has just written in it, which takes one statement instead of the whole board's head.

    ``None`` when the board or the target condition has ended meanwhile: then the sheet is another one.
    """
    rows = sheets.obstacles_in_use(target_id)
    if not rows:
        return None
    return lot(board_id, target_id, rows, can_write=True, busy=rows[0].open_id is not None)
