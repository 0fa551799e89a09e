"""The rows of the access matrix that are about coaching, and how its addresses are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kata.coaching.models import CoachingRhythm
from kata.extensions import db
from tests.cast import TODAY, Cast

if TYPE_CHECKING:
    from tests.access.matrix import Row
    from tests.cast import Board

#: Answers that only coaching's addresses give, in the columns of ``matrix.ANSWERS``.
ANSWERS = """
coaches             in      no   no   no   ok   no    no   no   no
closed:coaches      in      --   no   no   ok   no    --   --   --
cycle:readers       in      --   ok   --   ok   ok    --   --   --
cycle:coaches       in      --   no   --   ok   no    --   --   --
cycle:learner       in      --   ok   --   no   no    --   --   --
cycle:watchers      in      --   no   --   no   ok    --   --   --
runs                in      no   ok   no   ok   no    no   no   no
closed:runs         in      --   ok   no   ok   no    --   --   --
"""

TABLE = """
GET   /calendar/<token>.ics                           -         anyone
POST  /settings/calendar                              -         signed-in
POST  /settings/calendar/revocation                   -         signed-in
GET   /boards/<int:board_id>/rhythm                   board     runs
GET   /boards/<int:board_id>/rhythm                   closed    closed:runs
GET   /boards/<int:board_id>/rhythm                   practice  closed:runs
GET   /boards/<int:board_id>/rhythm                   other     other-team
POST  /boards/<int:board_id>/rhythm                   board     runs
POST  /boards/<int:board_id>/rhythm                   closed    closed:runs
POST  /boards/<int:board_id>/rhythm                   practice  closed:runs
POST  /boards/<int:board_id>/rhythm                   other     other-team
POST  /boards/<int:board_id>/rhythm/ending            board     runs
POST  /boards/<int:board_id>/rhythm/ending            closed    closed:runs
"""

Body = dict[str, Any]


def values(cast: Cast) -> Body:
    """What stands in the place of the variables of coaching's addresses."""
    coached = cast.coached
    return {"cycle_id": coached.cycle, "instruction_id": coached.instruction, "skill_id": coached.skill}


def _rhythm(row: Row, cast: Cast) -> Body:
    board: Board = getattr(cast, row.about)
    version = db.session.scalar(select(CoachingRhythm.version).where(CoachingRhythm.board_id == board.id))
    planned = {"days": ["1", "3"], "at": "09:15", "minutes": "20", "starts_on": TODAY.isoformat()}
    return {**planned, "version": version or ""}


#: A form that each address accepts from somebody who may send it.
BODIES: dict[str, Callable[[Row, Cast], Body]] = {
    "/boards/<int:board_id>/rhythm": _rhythm,
}

#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {}
