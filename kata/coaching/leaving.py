"""What the room does when somebody is anonymised: what was written about them in confidence is struck out.

What was said at the board about the process stands on the board. The notes, the feedback and the reflections of their
cycles, what a second coach told them, and the evidence of their levels are about the person, so they go; that the
cycles were held, and at which level a skill was seen, stays, since an area's growth is made of it. What they wrote as
a coach belongs to their learners, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, or_, select

from kata.activity.actions import record, strike_fields
from kata.coaching.card import PRACTICE
from kata.coaching.models import (
    CalendarFeed,
    CoachingCycle,
    CoachingObservation,
    CoachingRhythm,
    CoachingVisit,
    CycleNote,
    Instruction,
    ObservedLevel,
)
from kata.extensions import db
from kata.identity.anonymity import ELIDED, Leaving, at_leaving
from kata.storyboards.models import Storyboard


def leave(leaving: Leaving) -> None:
    """End what still runs or is planned with the person, and strike out what is theirs alone."""
    _end(leaving)
    _strike(leaving.person_id)
    for gone in (CalendarFeed, CoachingVisit):
        db.session.connection().execute(delete(gone).where(gone.person_id == leaving.person_id))


def _end(leaving: Leaving) -> None:
    """A cycle that runs is broken off, whoever of the two left; at their own board no more are planned."""
    in_it = or_(CoachingCycle.learner_id == leaving.person_id, CoachingCycle.coach_id == leaving.person_id)
    running = select(CoachingCycle).where(in_it, CoachingCycle.ended_at.is_(None)).with_for_update()
    for cycle in db.session.scalars(running):
        cycle.end("broken off")
        record("broke a coaching cycle off", cycle, by=leaving.by)
    planned = (
        select(CoachingRhythm)
        .join(Storyboard, Storyboard.id == CoachingRhythm.board_id)
        .where(Storyboard.learner_id == leaving.person_id, CoachingRhythm.ended_at.is_(None))
        .with_for_update(of=CoachingRhythm)
    )
    for rhythm in db.session.scalars(planned):
        rhythm.end()
        record("ended the rhythm", rhythm, by=leaving.by)


def _strike(person_id: int) -> None:
    learned = select(CoachingCycle.id).where(CoachingCycle.learner_id == person_id)
    coached = select(CoachingCycle.id).where(CoachingCycle.coach_id == person_id)
    own_practice = CycleNote.cycle_id.in_(coached) & (CycleNote.part == PRACTICE)
    _empty(CycleNote, or_(CycleNote.cycle_id.in_(learned), own_practice), words="")
    _empty(CoachingObservation, CoachingObservation.coach_id == person_id, coach_said="", learner_said="")
    _empty(CoachingObservation, CoachingObservation.cycle_id.in_(learned), learner_said="")
    _empty(Instruction, Instruction.coach_id == person_id, trigger=ELIDED, words=ELIDED)
    _empty(ObservedLevel, ObservedLevel.person_id == person_id, evidence=ELIDED)


def _empty(model: Any, which: Any, **texts: str) -> None:
    """Put these in place of the rows' texts and of what the record tells of them."""
    rows: Iterable[Any] = db.session.scalars(select(model).where(which).with_for_update()).all()
    for row in rows:
        for name, text in texts.items():
            setattr(row, name, text)
    db.session.flush()
    strike_fields(model.__tablename__, [row.id for row in rows], texts)


at_leaving(leave)
