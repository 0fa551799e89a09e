"""Observed levels: how somebody's skills grew, all that was observed, and what was observed at a cycle.

Each statement takes the katas that the reader may read of the person (``pages.practice`` asks the policy for them).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from kata.coaching.models import CoachingCycle, ObservedLevel, Skill
from kata.coaching.models.skills import DESCRIPTIONS, LEVELS
from kata.coaching.paging import Key, older
from kata.extensions import fetch
from kata.identity.models import Person

#: Of each skill so many of the newest observations are told, and before them each at which the level changed: the line
#: between them is exact, however many there are.
NEWEST = 5
PAGE_SIZE = 50

PERSON = bindparam("person", type_=Integer)
KATAS = bindparam("katas", type_=String, expanding=True)
CYCLES = bindparam("cycles", type_=Integer, expanding=True)
OBSERVER = aliased(Person)

_IN_TIME = (ObservedLevel.observed_on, ObservedLevel.id)
_BACK = (ObservedLevel.observed_on.desc(), ObservedLevel.id.desc())
_LOOKS_LIKE = case(
    *((ObservedLevel.level == level, getattr(Skill, name)) for level, name in zip(LEVELS, DESCRIPTIONS, strict=True))
)
_COLUMNS = (
    ObservedLevel.id,
    ObservedLevel.level,
    ObservedLevel.evidence,
    ObservedLevel.observed_on,
    ObservedLevel.cycle_id,
    Skill.id.label("skill_id"),
    Skill.kata,
    Skill.name.label("skill"),
    Skill.archived_at,
    OBSERVER.name.label("by"),
)


def _observed() -> Select[*tuple[Any, ...]]:
    return _of(ObservedLevel.person_id == PERSON)


def _of(theirs: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Skill, Skill.id == ObservedLevel.skill_id)
        .join(OBSERVER, OBSERVER.id == ObservedLevel.by_id)
        .where(theirs, Skill.kata.in_(KATAS))
    )


def growth(person_id: int, katas: Sequence[str]) -> list[Any]:
    """What is told of each skill in the order of the catalogue, oldest first: the newest, and each change of level."""
    return list(fetch(_growth(), {"person": person_id, "katas": katas}))


@cache
def _growth() -> Any:
    """One window orders each skill's observations in time, so that the database sorts them once."""
    in_time: dict[str, Any] = {"partition_by": ObservedLevel.skill_id, "order_by": _IN_TIME}
    placed = (
        select(
            ObservedLevel.id,
            ObservedLevel.level,
            func.lag(ObservedLevel.level).over(**in_time).label("before"),
            func.lead(ObservedLevel.id, NEWEST).over(**in_time).label("newer"),
        )
        .where(ObservedLevel.person_id == PERSON)
        .subquery()
    )
    told = or_(placed.c.newer.is_(None), placed.c.before.is_(None), placed.c.before != placed.c.level)
    query = _observed().add_columns(_LOOKS_LIKE.label("looks_like")).join(placed, placed.c.id == ObservedLevel.id)
    return query.where(told).order_by(Skill.kata.desc(), Skill.position, Skill.id, *_IN_TIME)


def page(person_id: int, katas: Sequence[str], before: Key | None = None) -> tuple[list[Any], bool]:
    """A page of all that was observed, newest first, from the one ``before`` on; and whether there are more."""
    query = listing(person_id, katas)
    if before is not None:
        query = query.where(older(ObservedLevel.observed_on, ObservedLevel.id)).params(**before.values)
    rows = list(fetch(query.limit(PAGE_SIZE + 1)))
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def listing(person_id: int, katas: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """All that was observed, newest first, as a file takes it."""
    return _observed().order_by(*_BACK).params(person=person_id, katas=list(katas))


def at_cycles(person_id: int, katas: Sequence[str], cycle_ids: Iterable[int]) -> list[Any]:
    """What was observed of the person at these cycles, in the order in which it was written."""
    values = {"person": person_id, "katas": katas, "cycles": list(cycle_ids)}
    return list(fetch(_at_cycles(), values))


@cache
def _at_cycles() -> Any:
    """Found by its cycles: with the person's own index SQLite would walk through all that was ever observed of them."""
    at_them = ObservedLevel.cycle_id.in_(CYCLES)
    return _of(ObservedLevel.person_id + 0 == PERSON).where(at_them).order_by(ObservedLevel.id)


def at_every_cycle(person_id: int, katas: Sequence[str]) -> list[Any]:
    """The same for all cycles at which the person was the learner."""
    query = _observed().join(CoachingCycle, CoachingCycle.id == ObservedLevel.cycle_id)
    query = query.where(CoachingCycle.learner_id == PERSON).order_by(ObservedLevel.id)
    return list(fetch(query, {"person": person_id, "katas": katas}))
