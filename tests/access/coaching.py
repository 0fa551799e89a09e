"""The rows of the access matrix that are about coaching, and how its addresses are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.cast import Cast

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
"""

TABLE = """
"""

Body = dict[str, Any]


def values(cast: Cast) -> Body:
    """What stands in the place of the variables of coaching's addresses."""
    coached = cast.coached
    return {"cycle_id": coached.cycle, "instruction_id": coached.instruction, "skill_id": coached.skill}


#: A form that each address accepts from somebody who may send it.
BODIES: dict[str, Callable[[Row, Cast], Body]] = {}

#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {}
