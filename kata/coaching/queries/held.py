"""The cycles that were held at a board, and what was seen of somebody's skill at one of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.coaching.card import FEEDBACK, REFLECTION
from kata.coaching.models import CoachingCycle, CycleNote, ObservedLevel, Skill
from kata.coaching.queries import people
from kata.extensions import fetch
from kata.identity.models import Person

#: How many cycles a page of the list has.
SIZE = 30

BOARD, BEFORE = bindparam("board", type_=Integer), bindparam("before", type_=Integer)
LEARNER, COACH = aliased(Person), aliased(Person)


def listed(viewer: Viewer, board_id: int, before: int | None = None) -> list[Any]:
    """A page of the board's ended cycles, newest first, and one row more where there is another page.

    That a cycle was held is as open as the board. ``readable`` says whether the viewer may open it; what was said
    comes with those rows alone. ``before`` is the last id of the page before.
    """
    values = {"board": board_id, "most": SIZE + 1, **people.who(viewer)}
    values |= {} if before is None else {"before": before}
    return list(fetch(_listed(before is not None), values))


def every(viewer: Viewer, board_id: int) -> list[Any]:
    """All of them for a file, with the learner's reflection too where the viewer reads what was said."""
    return list(fetch(_every(), {"board": board_id, **people.who(viewer)}))


@cache
def _every() -> Any:
    took = aliased(CycleNote)
    reads = and_(took.cycle_id == CoachingCycle.id, took.part == REFLECTION, people.reads_cycle())
    return _ended().add_columns(took.words.label("reflection")).outerjoin(took, reads)


@cache
def _listed(goes_on: bool) -> Any:
    query = _ended().limit(bindparam("most", type_=Integer))
    return query.where(_earlier()) if goes_on else query


def _ended() -> Any:
    said, readable = aliased(CycleNote), people.reads_cycle()
    reflected = exists().where(
        CycleNote.cycle_id == CoachingCycle.id, CycleNote.part == REFLECTION, CycleNote.words != ""
    )
    return (
        select(
            CoachingCycle.id,
            CoachingCycle.held_on,
            CoachingCycle.status,
            CoachingCycle.paper,
            CoachingCycle.threshold,
            CoachingCycle.learner_id,
            LEARNER.name.label("learner"),
            COACH.name.label("coach"),
            readable.label("readable"),
            reflected.label("reflected"),
            said.words.label("feedback"),
        )
        .join(LEARNER, LEARNER.id == CoachingCycle.learner_id)
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .outerjoin(said, and_(said.cycle_id == CoachingCycle.id, said.part == FEEDBACK, readable))
        .where(CoachingCycle.board_id == BOARD, CoachingCycle.ended_at.is_not(None))
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
    )


def _earlier() -> ColumnElement[bool]:
    last = aliased(CoachingCycle)
    day = select(last.held_on).where(last.id == BEFORE, last.board_id == BOARD).scalar_subquery()
    return or_(CoachingCycle.held_on < day, and_(CoachingCycle.held_on == day, CoachingCycle.id < BEFORE))


def levels(cycle_id: int) -> list[Any]:
    """What was seen of the skills of its learner and its coach at the cycle. ``pages.cycle`` says who reads it."""
    return list(fetch(_levels(), {"cycle": cycle_id}))


@cache
def _levels() -> Any:
    return (
        select(
            ObservedLevel.id,
            ObservedLevel.person_id,
            ObservedLevel.by_id,
            ObservedLevel.level,
            ObservedLevel.evidence,
            Skill.name.label("skill"),
            Person.name.label("by"),
        )
        .join(Skill, Skill.id == ObservedLevel.skill_id)
        .join(Person, Person.id == ObservedLevel.by_id)
        .where(ObservedLevel.cycle_id == bindparam("cycle", type_=Integer))
        .order_by(Skill.position, ObservedLevel.id)
    )
