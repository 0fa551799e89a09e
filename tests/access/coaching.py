"""The rows of the access matrix that are about coaching, and how its addresses are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kata.coaching.models import Skill
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
learner:readers     in      --   ok   --   ok   --    --   --   --
learner:observers   in      --   no   --   ok   --    --   --   --
coach:readers       in      --   --   --   ok   ok    --   --   --
coach:observers     in      --   --   --   no   ok    --   --   --
"""

#: Whom a row is about that names a person's practice.
ABOUT = {"learner": "ana", "coach": "ben"}

TABLE = """
GET   /skills                                         -         signed-in
GET   /admin/skills                                   -         administrators
POST  /admin/skills                                   -         administrators
GET   /admin/skills/new                               -         administrators
GET   /admin/skills/<int:skill_id>/edit               -         administrators
POST  /admin/skills/<int:skill_id>                    -         administrators
POST  /admin/skills/<int:skill_id>/position           -         administrators
POST  /admin/skills/<int:skill_id>/archive            -         administrators
POST  /admin/skills/<int:skill_id>/restoration        -         administrators

GET   /people/<int:person_id>                         learner   signed-in
GET   /people/<int:person_id>                         coach     signed-in
GET   /people/<int:person_id>/levels                  learner   learner:readers
GET   /people/<int:person_id>/levels                  coach     coach:readers
GET   /people/<int:person_id>/levels.csv              learner   learner:readers
GET   /people/<int:person_id>/levels.csv              coach     coach:readers
GET   /people/<int:person_id>/cycles.csv              learner   learner:readers
GET   /people/<int:person_id>/cycles.csv              coach     coach:readers
GET   /people/<int:person_id>/levels/new              learner   learner:observers
GET   /people/<int:person_id>/levels/new              coach     coach:observers
POST  /people/<int:person_id>/levels                  learner   learner:observers
POST  /people/<int:person_id>/levels                  coach     coach:observers
"""

Body = dict[str, Any]


def values(cast: Cast) -> Body:
    """What stands in the place of the variables of coaching's addresses."""
    coached = cast.coached
    return {"cycle_id": coached.cycle, "instruction_id": coached.instruction, "skill_id": coached.skill}


DESCRIBED = dict.fromkeys(("novice", "beginner", "competent", "proficient", "expert"), "As it is seen.")


def _skill(**fields: Any) -> Callable[[Row, Cast], Body]:
    """Fields with the version of the skill as it stands."""

    def make(_row: Row, cast: Cast) -> Body:
        version = db.session.get_one(Skill, cast.coached.skill).version
        return {"version": version, **fields}

    return make


def _level(row: Row, cast: Cast) -> Body:
    skill = cast.coached.coaching_skill if row.about == "coach" else cast.coached.skill
    seen = {"level": "3", "evidence": "Waited for the number.", "observed_on": TODAY.isoformat()}
    return {**seen, "skill_id": skill, "cycle_id": cast.coached.cycle}


#: A form that each address accepts from somebody who may send it.
BODIES: dict[str, Callable[[Row, Cast], Body]] = {
    "/admin/skills": lambda row, cast: {"kata": "coaching", "name": "Wait", **DESCRIBED},
    "/admin/skills/<int:skill_id>": _skill(name="Predict", **DESCRIBED),
    "/admin/skills/<int:skill_id>/position": lambda row, cast: {"to": 0},
    "/admin/skills/<int:skill_id>/archive": _skill(),
    "/admin/skills/<int:skill_id>/restoration": _skill(),
    "/people/<int:person_id>/levels": _level,
}

#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {}
