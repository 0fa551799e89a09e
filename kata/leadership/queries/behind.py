"""What stands behind a figure: the things it counts, as far as every reader may see them, newest first.

Only storyboards that are open to everyone are in any figure, so nothing is told here that its board would not show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from kata.alignment.models import Barrier, BarrierAnswer
from kata.coaching.models import CoachingCycle
from kata.customers.models import MomentOfTruth
from kata.extensions import fetch
from kata.identity.models import Person
from kata.leadership.queries.facts import IS_OPEN
from kata.leadership.queries.kept import within
from kata.leadership.queries.shapes import FEW, Shape, begun_with, days, zones_of
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition
from kata.teams.models import Team

SIZE = 50
MOST, AFTER = bindparam("most", type_=Integer), bindparam("after", type_=Integer)
DAY = bindparam("day", type_=Date)

#: A list by the shape of its statement.
Query = Callable[[Shape], Any]


def rows(what: str, area_id: int, day: date, after: int | None, most: int = SIZE + 1) -> list[Any]:
    """A page of the list ``what`` as of a day, after the row with this id; one row more than ``SIZE`` tells of another.

    What happened is told of the thirteen weeks up to the day; like the figure's, the days are each team's own.
    """
    zones = zones_of(area_id)
    if not zones:
        return []
    shape = Shape(goes_on=after is not None, few=zones.total() <= FEW, zones=len(zones))
    values = {"area": area_id, "most": most, "after": after, **days(day, sorted(zones))}
    return list(fetch(_LISTS[what](shape), {name: it for name, it in values.items() if it is not None}))


@cache
def _storyboards(shape: Shape) -> Any:
    """Those that were open on the day, with what happened last on each up to then."""
    ended, started = (case((at < shape.end, at)) for at in (Experiment.ended_at, Experiment.started_at))
    tried = (
        select(func.coalesce(ended, started, Experiment.created_at))
        .where(Experiment.board_id == Storyboard.id, Experiment.created_at < shape.end)
        .order_by(Experiment.number.desc())
        .limit(1)
        .correlate(Storyboard, Team)
        .scalar_subquery()
    )
    coached = (
        select(func.max(CoachingCycle.held_on))
        .where(CoachingCycle.board_id == Storyboard.id, CoachingCycle.status == "held", CoachingCycle.held_on <= DAY)
        .correlate(Storyboard)
        .scalar_subquery()
    )
    query = (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            Storyboard.started_at,
            tried.label("tried"),
            coached.label("coached"),
        )
        .join(Team, Team.id == Storyboard.team_id)
        .where(
            _in_area(shape.few),
            IS_OPEN,
            Storyboard.started_at < shape.end,
            or_(Storyboard.ended_on.is_(None), Storyboard.ended_on > DAY),
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= shape.end),
            _not_closed(shape),
        )
        .order_by(Storyboard.id.desc())
        .limit(MOST)
    )
    return query.where(Storyboard.id < AFTER) if shape.goes_on else query


@cache
def _experiments(shape: Shape) -> Any:
    """Those that were concluded in the window."""
    query = (
        _at_boards(
            shape.few,
            Experiment.board_id,
            Experiment.id,
            Experiment.step,
            Experiment.expected_value,
            Experiment.happened_value,
            Experiment.started_at,
            Experiment.ended_at,
        )
        .where(
            Experiment.learned != "",
            Experiment.set_aside_reason == "",
            shape.in_window(Experiment.ended_at),
        )
        .order_by(Experiment.ended_at.desc(), Experiment.id.desc())
        .limit(MOST)
    )
    return query.where(_older(Experiment, Experiment.ended_at)) if shape.goes_on else query


@cache
def _targets(shape: Shape) -> Any:
    """Those that ended in the window."""
    target = TargetCondition
    query = (
        _at_boards(
            shape.few,
            target.board_id,
            target.id,
            target.pattern,
            target.number,
            target.achieve_by,
            target.ended_at,
            target.status,
            target.reflection,
        )
        .where(shape.in_window(target.ended_at))
        .order_by(target.ended_at.desc(), target.id.desc())
        .limit(MOST)
    )
    return query.where(_older(target, target.ended_at)) if shape.goes_on else query


@cache
def _coaches(shape: Shape) -> Any:
    """The cycles of the window that were the first of their coach: who coached at an open storyboard is open, too."""
    before, board = aliased(CoachingCycle), aliased(Storyboard)
    # Written into the statement, for how few cycles are asked for decides how PostgreSQL looks for them.
    since, day = (bindparam(name, type_=Date, literal_execute=True) for name in ("since", "day"))
    most = bindparam("most", type_=Integer, literal_execute=True)
    earlier = (
        exists()
        .where(
            before.coach_id == CoachingCycle.coach_id,
            before.status == "held",
            or_(
                before.held_on < CoachingCycle.held_on,
                and_(before.held_on == CoachingCycle.held_on, before.id < CoachingCycle.id),
            ),
            board.id == before.board_id,
            board.closed.is_(False),
        )
        .correlate(CoachingCycle)
    )
    query = (
        _at_boards(
            shape.few,
            CoachingCycle.board_id,
            CoachingCycle.id,
            CoachingCycle.held_on,
            CoachingCycle.coach_id,
            Person.name.label("coach"),
        )
        .join(Person, Person.id == CoachingCycle.coach_id)
        .where(
            CoachingCycle.status == "held",
            begun_with(CoachingCycle.held_on, shape.few) > since,
            begun_with(CoachingCycle.held_on, shape.few) <= day,
            ~earlier,
        )
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        .limit(most)
    )
    return query.where(_older(CoachingCycle, CoachingCycle.held_on)) if shape.goes_on else query


@cache
def _barriers(shape: Shape) -> Any:
    """Those of the areas' teams that nobody had answered on the day, the oldest first."""
    answered = (
        select(func.min(BarrierAnswer.at))
        .where(BarrierAnswer.barrier_id == Barrier.id)
        .correlate(Barrier)
        .scalar_subquery()
    )
    query = (
        _at_boards(
            shape.few,
            Barrier.board_id,
            Barrier.id,
            Barrier.text,
            Barrier.kind,
            Barrier.cost,
            Barrier.raised_at,
        )
        .where(
            Barrier.raised_at < shape.end,
            or_(answered.is_(None), answered >= shape.end),
            or_(Barrier.back_at.is_(None), Barrier.back_at >= shape.end),
            _not_closed(shape),
        )
        .order_by(Barrier.raised_at, Barrier.id)
        .limit(MOST)
    )
    last = aliased(Barrier)
    raised = select(last.raised_at).where(last.id == AFTER).scalar_subquery()
    later = or_(Barrier.raised_at > raised, and_(Barrier.raised_at == raised, Barrier.id > AFTER))
    return query.where(later) if shape.goes_on else query


@cache
def _answered(shape: Shape) -> Any:
    """Those that were answered for the first time in the window, with that answer, the last answered first."""
    earlier = aliased(BarrierAnswer)
    before = exists().where(earlier.barrier_id == BarrierAnswer.barrier_id, earlier.id < BarrierAnswer.id)
    query = (
        _at_boards(
            shape.few,
            Barrier.board_id,
            BarrierAnswer.id,
            Barrier.id.label("barrier_id"),
            Barrier.text,
            Barrier.raised_at,
            BarrierAnswer.kind,
            BarrierAnswer.words,
            BarrierAnswer.at,
        )
        .join(BarrierAnswer, BarrierAnswer.barrier_id == Barrier.id)
        .where(BarrierAnswer.at >= shape.start, BarrierAnswer.at < shape.end, ~before)
        .order_by(BarrierAnswer.id.desc())
        .limit(MOST)
    )
    return query.where(BarrierAnswer.id < AFTER) if shape.goes_on else query


@cache
def _moments(shape: Shape) -> Any:
    """The moments of truth of the areas' teams, with how many storyboards worked on each on the day."""
    works = (
        select(func.count(Storyboard.id.distinct()))
        .join(Challenge, Challenge.board_id == Storyboard.id)
        .where(
            Challenge.moment_id == MomentOfTruth.id,
            Challenge.created_at < shape.end,
            or_(Challenge.ended_at.is_(None), Challenge.ended_at >= shape.end),
            IS_OPEN,
            or_(Storyboard.ended_on.is_(None), Storyboard.ended_on > DAY),
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= shape.end),
        )
        .correlate(MomentOfTruth, Team)
        .scalar_subquery()
    )
    query = (
        select(
            MomentOfTruth.id,
            MomentOfTruth.name,
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            works.label("works"),
        )
        .join(Team, Team.id == MomentOfTruth.team_id)
        .where(
            _in_area(shape.few),
            MomentOfTruth.created_at < shape.end,
            or_(MomentOfTruth.archived_at.is_(None), MomentOfTruth.archived_at >= shape.end),
            _not_closed(shape),
        )
        .order_by(MomentOfTruth.id)
        .limit(MOST)
    )
    return query.where(MomentOfTruth.id > AFTER) if shape.goes_on else query


@cache
def _teams(shape: Shape) -> Any:
    """The areas' open teams, with how many open storyboards each had on the day."""
    boards = (
        select(func.sum(case((Storyboard.ended_on.is_(None), 1), (Storyboard.ended_on > DAY, 1), else_=0)))
        .where(
            Storyboard.team_id == Team.id,
            IS_OPEN,
            Storyboard.started_at < shape.end,
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= shape.end),
        )
        .correlate(Team)
        .scalar_subquery()
    )
    query = (
        select(Team.id, Team.name, Team.slug, func.coalesce(boards, 0).label("boards"))
        .where(_in_area(shape.few), Team.created_at < shape.end, _not_closed(shape))
        .order_by(Team.id)
        .limit(MOST)
    )
    return query.where(Team.id > AFTER) if shape.goes_on else query


def _at_boards(few: bool, board_id: Any, *columns: Any) -> Any:
    """Columns of something on a storyboard, with the board and its team; of open ones in the area only."""
    return (
        select(*columns, Storyboard.id.label("board_id"), Storyboard.focus_process, Team.name.label("team"))
        .join(Storyboard, Storyboard.id == board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .where(_in_area(few), IS_OPEN)
    )


def _not_closed(shape: Shape) -> Any:
    """Whether the team was still there at the end of the day."""
    return or_(Team.closed_at.is_(None), Team.closed_at >= shape.end)


def _in_area(few: bool) -> Any:
    """Whether a team is in the area. With few teams it is to begin with them and to sort all that is theirs; of many
    it is to begin with the newest rows: reckoned with, a column has no index by which SQLite could begin.
    """
    return (Team.area_id if few else Team.area_id + 0).in_(within())


def _older(model: Any, column: Any) -> Any:
    last = aliased(model)
    key = select(getattr(last, column.key)).where(last.id == AFTER).scalar_subquery()
    return or_(column < key, and_(column == key, model.id < AFTER))


_LISTS: Mapping[str, Query] = {
    "storyboards": _storyboards,
    "experiments": _experiments,
    "targets": _targets,
    "coaches": _coaches,
    "barriers": _barriers,
    "answered": _answered,
    "moments": _moments,
    "teams": _teams,
}
