"""What second coaches wrote down while a coach coached. Who reads it is decided by ``pages.cycle``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select

from kata.access.policy import Scope, Viewer
from kata.coaching.card import KEYS
from kata.coaching.models import CoachingCycle, CoachingObservation
from kata.coaching.queries import cycles
from kata.extensions import db, fetch
from kata.identity.models import Person


def of_cycle(cycle_id: int) -> list[Any]:
    """Every observation at the cycle, with whose it is and who wrote it."""
    return list(fetch(_of_cycle(), {"cycle": cycle_id}))


@cache
def _of_cycle() -> Any:
    return (
        select(
            CoachingObservation.id,
            CoachingObservation.question,
            CoachingObservation.coach_id,
            CoachingObservation.by_id,
            CoachingObservation.coach_said,
            CoachingObservation.learner_said,
            CoachingObservation.version,
            Person.name.label("by"),
        )
        .join(Person, Person.id == CoachingObservation.by_id)
        .where(CoachingObservation.cycle_id == bindparam("cycle", type_=Integer))
        .order_by(CoachingObservation.id)
    )


def observation(cycle: CoachingCycle, question: str, by: int) -> CoachingObservation | None:
    """What this person wrote at the question about the coach who runs the cycle now."""
    query = select(CoachingObservation).where(
        CoachingObservation.cycle_id == cycle.id,
        CoachingObservation.question == question,
        CoachingObservation.by_id == by,
        CoachingObservation.coach_id == cycle.coach_id,
    )
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a cycle, for the guard of what is written there."""

    cycle: CoachingCycle
    question: str

    @property
    def scope(self) -> Scope:
        return self.cycle.scope


def asked(viewer: Viewer, *, lock: bool = False, cycle_id: int, question: str) -> Asked | None:
    """A question of a cycle that the viewer may read; nothing where the card has no such question."""
    found = cycles.cycle(viewer, lock=lock, cycle_id=cycle_id) if question in KEYS else None
    return None if found is None else Asked(found, question)
