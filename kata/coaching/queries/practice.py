"""What somebody's practice left behind, for themselves and their coaches: their cycles, and what they predicted."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.coaching import card
from kata.coaching.models import CoachingCycle, CycleNote
from kata.coaching.paging import Key, older
from kata.coaching.queries import people
from kata.extensions import fetch
from kata.identity.models import Person
from kata.measures.models import Measure
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries.boards import seen_by
from kata.storyboards.queries.boards import who as who_sees

CYCLES_SHOWN, PREDICTIONS_SHOWN = 6, 12

PERSON, COACH = bindparam("person", type_=Integer), aliased(Person)


def _values(viewer: Viewer, person_id: int, before: Key | None = None) -> dict[str, Any]:
    values = {"person": person_id, **who_sees(viewer), **people.who(viewer)}
    return values if before is None else {**values, **before.values}


def cycles(viewer: Viewer, person_id: int, before: Key | None = None) -> tuple[list[Any], bool]:
    """The newest cycles at which the person was the learner, or those before one of them; and whether there are more.

    Only those that the viewer may read, each with the learner's reflection.
    """
    query = _page_of_cycles(viewer.is_administrator, before is not None)
    rows = list(fetch(query, _values(viewer, person_id, before)))
    return rows[:CYCLES_SHOWN], len(rows) > CYCLES_SHOWN


def cycles_listing(viewer: Viewer, person_id: int) -> list[Any]:
    """All of them, as a file takes them."""
    return list(fetch(_cycles(viewer.is_administrator), _values(viewer, person_id)))


@cache
def _page_of_cycles(is_administrator: bool, later: bool) -> Select[*tuple[Any, ...]]:
    query = _cycles(is_administrator).limit(CYCLES_SHOWN + 1)
    return query.where(older(CoachingCycle.held_on, CoachingCycle.id)) if later else query


@cache
def _cycles(is_administrator: bool) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CoachingCycle.id,
            CoachingCycle.held_on,
            CoachingCycle.status,
            CoachingCycle.paper,
            CoachingCycle.threshold,
            CoachingCycle.board_id,
            Storyboard.focus_process,
            COACH.name.label("coach"),
            CycleNote.words.label("reflection"),
        )
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .outerjoin(CycleNote, and_(CycleNote.cycle_id == CoachingCycle.id, CycleNote.part == card.REFLECTION))
        .where(CoachingCycle.learner_id == PERSON, seen_by(is_administrator), people.reads_cycle())
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
    )


def predictions(viewer: Viewer, person_id: int, before: Key | None = None) -> tuple[list[Any], bool]:
    """The newest experiments of the person's boards that have a result, or those before one of them; and if more.

    Only from boards that the viewer sees.
    """
    query = _predictions(viewer.is_administrator, before is not None)
    rows = list(fetch(query, _values(viewer, person_id, before)))
    return rows[:PREDICTIONS_SHOWN], len(rows) > PREDICTIONS_SHOWN


@cache
def _predictions(is_administrator: bool, later: bool) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Experiment.id,
            Experiment.number,
            Experiment.step,
            Experiment.expectation,
            Experiment.happened,
            Experiment.happened_on,
            Experiment.measure_id,
            Experiment.expected_value,
            Experiment.happened_value,
            Storyboard.focus_process,
            Measure.name.label("measure"),
            Measure.unit,
            Measure.low,
            Measure.high,
        )
        .join(Storyboard, Storyboard.id == Experiment.board_id)
        .outerjoin(Measure, Measure.id == Experiment.measure_id)
        .where(
            Storyboard.learner_id == PERSON,
            Experiment.happened_on.is_not(None),
            Experiment.happened != "",
            seen_by(is_administrator),
        )
        .order_by(Experiment.happened_on.desc(), Experiment.id.desc())
        .limit(PREDICTIONS_SHOWN + 1)
    )
    return query.where(older(Experiment.happened_on, Experiment.id)) if later else query
