"""The boards that somebody coaches or watches over, with the facts that say who needs them most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.coaching.card import FEEDBACK, REFLECTION
from kata.coaching.models import (
    CoachingCycle,
    CoachingObservation,
    CoachingVisit,
    CycleNote,
    Instruction,
    ObservedLevel,
    Skill,
)
from kata.coaching.queries import people
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from kata.storyboards.queries.boards import ME
from kata.storyboards.queries.heads import COACH, heads
from kata.storyboards.queries.history import Event, told

MOST = 60
#: What the rules and the page read of a board's head.
READ = (
    *("id", "focus_process", "learner", "team", "time_zone", "practice_days", "started_at"),
    *("target_id", "target_ended_at", "achieve_by"),
    *("open_id", "open_expectation", "open_happened", "open_check_on"),
)
#: What of it whoever watches its coach reads.
WATCHED = ("id", "focus_process", "learner", "coach_id", "coach", "time_zone", "practice_days")
IDS = bindparam("ids", type_=Integer, expanding=True)


def boards_of(viewer: Viewer) -> list[Any]:
    """The heads of the live boards whose learners the viewer coaches, with the days of the last try and last cycle.

    Those of the viewer's teams that have no coach of their own are among them.
    """
    return list(fetch(_boards(), people.who(viewer)))


@cache
def _boards() -> Any:
    coached = or_(
        Storyboard.coach_id == ME,
        and_(Storyboard.coach_id.is_(None), Storyboard.team_id.in_(people.COACHED), Storyboard.learner_id != ME),
    )
    return _with_days().where(coached, *_live()).order_by(Storyboard.id.desc()).limit(MOST)


def _parts_of_heads(names: Sequence[str]) -> Any:
    """Thirty heads are read in half the time when only what is needed of them is."""
    query = heads()
    columns = (query.selected_columns[name] for name in names)
    return query.with_only_columns(*columns, maintain_column_froms=True)


def _live() -> tuple[Any, ...]:
    return Storyboard.ended_on.is_(None), Storyboard.archived_at.is_(None)


def _with_days() -> Any:
    tried = select(func.max(Experiment.ended_at)).where(Experiment.board_id == Storyboard.id)
    held = select(func.max(CoachingCycle.held_on)).where(
        CoachingCycle.board_id == Storyboard.id, CoachingCycle.status == "held"
    )
    return _parts_of_heads(READ).add_columns(
        tried.correlate(Storyboard).scalar_subquery().label("last_try_ended"),
        held.correlate(Storyboard).scalar_subquery().label("last_cycle"),
        TargetCondition.created_at.label("target_set"),
        Obstacle.focused_at,
    )


def predictions(board_ids: list[int], most: int) -> dict[int, list[tuple[float, float]]]:
    """The newest ``most`` pairs of expected and happened numbers of each board, the newest first."""
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in fetch(_predictions(), {"ids": board_ids, "most": most}):
        found[row.board_id].append((row.expected_value, row.happened_value))
    return found


@cache
def _predictions() -> Any:
    turn = func.row_number().over(partition_by=Experiment.board_id, order_by=Experiment.number.desc())
    numbered = (
        select(Experiment.board_id, Experiment.expected_value, Experiment.happened_value, turn.label("turn"))
        .where(
            Experiment.board_id.in_(IDS),
            Experiment.ended_at.is_not(None),
            Experiment.expected_value.is_not(None),
            Experiment.happened_value.is_not(None),
        )
        .subquery()
    )
    newest = numbered.c.turn <= bindparam("most", type_=Integer)
    return select(numbered).where(newest).order_by(numbered.c.board_id, numbered.c.turn)


def read_until(person_id: int) -> datetime | None:
    """Until when the person has read what happened at the boards that they coach."""
    return db.session.scalar(select(CoachingVisit.read_until).where(CoachingVisit.person_id == person_id))


def news(board_ids: list[int], since: datetime, person_id: int, most: int) -> list[tuple[int, Event]]:
    """What others did at these boards since then, with the board's id; the newest first."""
    values = {"ids": board_ids, "since": since, "me": person_id, "most": most}
    return [(row.board_id, event) for row in fetch(_news(), values) if (event := told(row)) is not None]


@cache
def _news() -> Any:
    return (
        select(
            Activity.board_id,
            Activity.at,
            Activity.verb,
            Activity.subject_type,
            Activity.snapshot,
            Person.name,
        )
        .outerjoin(Person, Person.id == Activity.person_id)
        .where(
            Activity.board_id.in_(IDS),
            Activity.at > bindparam("since", type_=Activity.at.type),
            or_(Activity.person_id.is_(None), Activity.person_id != ME),
        )
        .order_by(Activity.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


def watched(viewer: Viewer) -> list[Any]:
    """The live boards at which the viewer is second coach and somebody coaches.

    With the coach, the newest cycle that they held there, the newest one that the viewer observed, how many have been
    held since, and since when the coach carries the viewer's instruction.
    """
    return list(fetch(_watched(), {"me": viewer.person_id}))


@cache
def _watched() -> Any:
    held, seen, after = aliased(CoachingCycle), aliased(CoachingCycle), aliased(CoachingCycle)
    by_coach = (held.board_id == Storyboard.id, held.coach_id == Storyboard.coach_id, held.status == "held")
    newest = select(func.max(held.id)).where(*by_coach).correlate(Storyboard).scalar_subquery()
    observed = (
        select(func.max(seen.id))
        .join(CoachingObservation, CoachingObservation.cycle_id == seen.id)
        .where(seen.board_id == Storyboard.id, CoachingObservation.by_id == ME)
        .correlate(Storyboard)
        .scalar_subquery()
    )
    since = (
        select(func.count())
        .where(
            after.board_id == Storyboard.id,
            after.coach_id == Storyboard.coach_id,
            after.status == "held",
            after.id > func.coalesce(observed, 0),
        )
        .correlate(Storyboard)
        .scalar_subquery()
    )
    carried = (
        select(func.min(Instruction.given_at))
        .where(Instruction.coach_id == Storyboard.coach_id, Instruction.by_id == ME, Instruction.habit_at.is_(None))
        .correlate(Storyboard)
        .scalar_subquery()
    )
    return (
        _parts_of_heads(WATCHED)
        .add_columns(
            newest.label("newest_cycle"),
            observed.label("observed_cycle"),
            since.label("unwatched"),
            carried.label("carried_since"),
        )
        .where(Storyboard.second_coach_id == ME, Storyboard.coach_id.is_not(None), *_live())
        .order_by(COACH.name, Storyboard.id.desc())
        .limit(MOST)
    )


def newest_levels(person_id: int, kata: str) -> list[Any]:
    """The level that holds for each of a person's skills in one kata: skill, level, day, evidence and who saw it."""
    return list(fetch(_newest_levels(), {"person": person_id, "kata": kata}))


@cache
def _newest_levels() -> Any:
    person = bindparam("person", type_=Integer)
    newest = (
        select(func.max(ObservedLevel.id)).where(ObservedLevel.person_id == person).group_by(ObservedLevel.skill_id)
    )
    return (
        select(
            Skill.id,
            Skill.name,
            ObservedLevel.level,
            ObservedLevel.observed_on,
            ObservedLevel.evidence,
            Person.name.label("by"),
        )
        .join(ObservedLevel, ObservedLevel.skill_id == Skill.id)
        .join(Person, Person.id == ObservedLevel.by_id)
        .where(ObservedLevel.id.in_(newest), Skill.kata == bindparam("kata"), Skill.archived_at.is_(None))
        .order_by(Skill.position)
    )


def as_learner(person_id: int) -> list[Any]:
    """The newest cycle at each of the person's own live boards: coach, day, feedback, and their reflection on it."""
    return list(fetch(_as_learner(), {"me": person_id}))


@cache
def _as_learner() -> Any:
    said, meant = aliased(CycleNote), aliased(CycleNote)
    newest = (
        select(func.max(CoachingCycle.id))
        .where(CoachingCycle.board_id == Storyboard.id, CoachingCycle.status == "held", CoachingCycle.learner_id == ME)
        .correlate(Storyboard)
        .scalar_subquery()
    )
    return (
        select(
            Storyboard.id.label("board_id"),
            Storyboard.focus_process,
            CoachingCycle.id,
            CoachingCycle.held_on,
            Person.name.label("coach"),
            said.words.label("feedback"),
            meant.words.label("reflection"),
        )
        .select_from(Storyboard)
        .join(CoachingCycle, CoachingCycle.id == newest)
        .join(Person, Person.id == CoachingCycle.coach_id)
        .outerjoin(said, and_(said.cycle_id == CoachingCycle.id, said.part == FEEDBACK))
        .outerjoin(meant, and_(meant.cycle_id == CoachingCycle.id, meant.part == REFLECTION))
        .where(Storyboard.learner_id == ME, *_live())
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        .limit(MOST)
    )
