"""The barriers of the cast: ana raised one from her open board, and one from the closed one; dev leads above both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata.alignment.models import Barrier, BarrierStop
from kata.extensions import db
from kata.storyboards.models import Obstacle, Storyboard
from tests.cast_boards import Board, days_ago, keep

#: What a leader reads of the closed board, and nothing else of it.
HIDDEN_WORDS = "Only the payroll office may say who has left"
WORDS = "The system’s name is asked for in no form"
COST = "Newcomers wait 2 days longer for 4 of 10 accesses."


@dataclass(frozen=True)
class Raised:
    """Ids of the barriers, by the board of the cast that they come from."""

    board: int
    closed: int


def raise_barriers(boards: dict[str, Board], area_id: int, ids: dict[str, int]) -> Raised:
    """Ana raises one from each of her boards, yesterday; they go to the area that ``dev`` leads."""
    with days_ago(1):
        made = {
            name: _raised(boards[name], words, area_id, ids["ana"])
            for name, words in {"board": WORDS, "closed": HIDDEN_WORDS}.items()
        }
    return Raised(**made)


def _raised(board: Board, words: str, area_id: int, by: int) -> int:
    row: Any = Barrier(
        board_id=board.id,
        board=db.session.get_one(Storyboard, board.id),
        obstacle_id=board.waiting,
        obstacle=db.session.get_one(Obstacle, board.waiting),
        area_id=area_id,
        kind="procedure",
        text=words,
        cost=COST,
        raised_by_id=by,
    )
    barrier: Barrier = keep(row, "raised", by)
    keep(BarrierStop(barrier_id=barrier.id, barrier=barrier, area_id=area_id, by_id=by), "brought", by)
    return barrier.id
