"""What of the index somebody may see: each thing as its own room says.

What stands on a board is seen with the board, a leader's challenge by everyone, a voice as its team lets it be heard. A
barrier is seen with its board and by the leaders whom it reached: these are told nothing of a board that they do not
see, not even its name.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, or_

from kata.access.policy import Viewer
from kata.alignment.models import Barrier
from kata.alignment.queries import barriers
from kata.customers.queries import voices
from kata.learning.models import Learned
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards


class Eyes(NamedTuple):
    """Which of the statements a viewer needs: who leads nothing is asked less."""

    administrator: bool
    leads: bool

    @classmethod
    def of(cls, viewer: Viewer) -> Eyes:
        return cls(viewer.is_administrator, bool(viewer.areas_led))


def who(viewer: Viewer) -> dict[str, Any]:
    """The values of ``seen`` for a viewer."""
    return {**(barriers.who(viewer) if viewer.areas_led else boards.who(viewer)), **voices.ears(viewer)}


def joined(query: Select[Any], eyes: Eyes) -> Select[Any]:
    """The things of the index with their boards, and with what else ``seen`` looks at."""
    query = query.select_from(Learned).outerjoin(Storyboard, Storyboard.id == Learned.board_id)
    if not eyes.leads:
        return query
    is_barrier = and_(Learned.kind == "barrier", Barrier.id == Learned.subject_id)
    return query.outerjoin(Barrier, is_barrier).outerjoin(barriers.LEAD, barriers.LEAD.id == Barrier.lead_id)


@cache
def seen(eyes: Eyes) -> ColumnElement[bool]:
    """Whether a thing of ``joined`` may be seen; values by ``who``."""
    with_board = boards.seen_by(eyes.administrator)
    return or_(
        Learned.area_id.is_not(None),
        and_(Learned.board_id.is_not(None), barriers.seen_by(eyes.administrator) if eyes.leads else with_board),
        and_(Learned.team_id.is_not(None), voices.heard(eyes.administrator, Learned.team_id)),
    )


def of_board(column: Any, eyes: Eyes) -> Any:
    """A column that tells of a board, where the viewer sees it; of a barrier, leaders may not."""
    if not eyes.leads:
        return column
    return case((boards.seen_by(eyes.administrator), column), else_=None).label(column.key)
