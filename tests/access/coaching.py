"""The rows of the access matrix that are about coaching, and how its addresses are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kata import clock
from kata.coaching.models import CoachingCycle, CoachingRhythm, Skill
from kata.extensions import db
from kata.storyboards.models import Experiment
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
instruction         in      --   --   --   ok   no    --   --   --
runs                in      no   ok   no   ok   no    no   no   no
closed:runs         in      --   ok   no   ok   no    --   --   --
learner:readers     in      --   ok   --   ok   --    --   --   --
learner:observers   in      --   no   --   ok   --    --   --   --
coach:readers       in      --   --   --   ok   ok    --   --   --
coach:observers     in      --   --   --   no   ok    --   --   --
"""

#: Whom a row is about that names a person's practice.
ABOUT = {"learner": "ana", "coach": "ben"}

TABLE = """
GET   /coaching                                       -         signed-in
POST  /coaching/read                                  -         signed-in
GET   /boards/<int:board_id>/coach                    board     coaches
GET   /boards/<int:board_id>/coach                    closed    closed:coaches
GET   /boards/<int:board_id>/coach                    practice  closed:coaches
GET   /boards/<int:board_id>/question                 board     signed-in
GET   /boards/<int:board_id>/question                 closed    closed:readers
GET   /boards/<int:board_id>/question                 practice  closed:readers
POST  /boards/<int:board_id>/cycles                   board     coaches
POST  /boards/<int:board_id>/cycles                   closed    closed:coaches
GET   /boards/<int:board_id>/cycles                   board     signed-in
GET   /boards/<int:board_id>/cycles                   closed    closed:readers
GET   /boards/<int:board_id>/cycles                   practice  closed:readers
GET   /boards/<int:board_id>/cycles.csv               board     signed-in
GET   /boards/<int:board_id>/cycles.csv               closed    closed:readers
GET   /boards/<int:board_id>/cycles.csv               practice  closed:readers
GET   /boards/<int:board_id>/cycles/new               board     coaches
GET   /boards/<int:board_id>/cycles/new               closed    closed:coaches
POST  /boards/<int:board_id>/cycles/held              board     coaches
POST  /boards/<int:board_id>/cycles/held              closed    closed:coaches
GET   /cycles/<int:cycle_id>                          board     cycle:readers
GET   /cycles/<int:cycle_id>/reflection               board     cycle:learner
POST  /cycles/<int:cycle_id>/reflection               board     cycle:learner
GET   /cycles/<int:cycle_id>/observation              board     cycle:watchers
GET   /cycles/<int:cycle_id>/observation/pulse        board     cycle:watchers
POST  /cycles/<int:cycle_id>/observations/<question>  board     cycle:watchers
POST  /cycles/<int:cycle_id>/instruction              board     cycle:watchers
POST  /cycles/<int:cycle_id>/turn                     board     cycle:coaches
POST  /cycles/<int:cycle_id>/step                     board     cycle:coaches
POST  /cycles/<int:cycle_id>/seeing                   board     cycle:coaches
POST  /cycles/<int:cycle_id>/coach                    board     cycle:coaches
POST  /cycles/<int:cycle_id>/closing                  board     cycle:coaches
POST  /cycles/<int:cycle_id>/breaking-off             board     cycle:coaches
POST  /instructions/<int:instruction_id>/habit        -         instruction
POST  /instructions/<int:instruction_id>/carrying     -         instruction

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
    return {
        "cycle_id": coached.cycle,
        "question": "obstacles",
        "instruction_id": coached.instruction,
        "skill_id": coached.skill,
    }


def _seeing(_row: Row, cast: Cast) -> Body:
    version = db.session.get_one(Experiment, cast.board.running).version
    return {"check_on": (TODAY + timedelta(days=1)).isoformat(), "version": version}


def _running(_board: Board, cast: Cast) -> None:
    """The cycle of the cast is still going on."""
    cycle = db.session.get_one(CoachingCycle, cast.coached.cycle)
    cycle.status, cycle.ended_at, cycle.place, cycle.asked_at = "running", None, "target", clock.now()


def _nothing_open(board: Board, _cast: Cast) -> None:
    db.session.get_one(Experiment, board.running).set_aside("For the test.")


def _rhythm(row: Row, cast: Cast) -> Body:
    board: Board = getattr(cast, row.about)
    version = db.session.scalar(select(CoachingRhythm.version).where(CoachingRhythm.board_id == board.id))
    planned = {"days": ["1", "3"], "at": "09:15", "minutes": "20", "starts_on": TODAY.isoformat()}
    return {**planned, "version": version or ""}


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
    "/cycles/<int:cycle_id>/turn": lambda row, cast: {
        "left": "target",
        "words": "Knows it.",
        "version": 1,
        "to": "actual",
    },
    "/boards/<int:board_id>/cycles/held": lambda row, cast: {
        "held_on": (TODAY - timedelta(days=1)).isoformat(),
        "target": "Said the date without looking.",
    },
    "/cycles/<int:cycle_id>/reflection": lambda row, cast: {"words": "I count now.", "version": 1},
    "/cycles/<int:cycle_id>/observations/<question>": lambda row, cast: {"coach_said": "And then?", "version": 1},
    "/cycles/<int:cycle_id>/instruction": lambda row, cast: {
        "question": "actual",
        "trigger": "When you hear “often”",
        "words": "Ask for the count.",
        "version": 1,
    },
    "/cycles/<int:cycle_id>/step": lambda row, cast: {
        "kind": "go and see",
        "step": "Stand there",
        "expectation": "Two.",
    },
    "/cycles/<int:cycle_id>/seeing": _seeing,
    "/cycles/<int:cycle_id>/closing": lambda row, cast: {
        "feedback": "You counted.",
        "feedback_version": 1,
        "practice": "Wait.",
        "practice_version": 1,
    },
    "/boards/<int:board_id>/rhythm": _rhythm,
    "/admin/skills": lambda row, cast: {"kata": "coaching", "name": "Wait", **DESCRIBED},
    "/admin/skills/<int:skill_id>": _skill(name="Predict", **DESCRIBED),
    "/admin/skills/<int:skill_id>/position": lambda row, cast: {"to": 0},
    "/admin/skills/<int:skill_id>/archive": _skill(),
    "/admin/skills/<int:skill_id>/restoration": _skill(),
    "/people/<int:person_id>/levels": _level,
}

#: What has to be so before a request makes sense.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {
    "POST /cycles/<int:cycle_id>/turn": (_running,),
    "POST /cycles/<int:cycle_id>/step": (_running, _nothing_open),
    "POST /cycles/<int:cycle_id>/seeing": (_running,),
    "POST /cycles/<int:cycle_id>/closing": (_running,),
    "POST /cycles/<int:cycle_id>/breaking-off": (_running,),
}
