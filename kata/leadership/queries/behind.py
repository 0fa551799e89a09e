"""What stands behind a figure: the things it counts, as far as every reader may see them, newest first.

Only storyboards that are open to everyone are in any figure, so nothing is told here that its board would not show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from kata.alignment.models import Barrier, BarrierAnswer
from kata.coaching.models import CoachingCycle
from kata.customers.models import MomentOfTruth
from kata.extensions import UtcDateTime, fetch
from kata.identity.models import Person
from kata.leadership.figures import WINDOW
from kata.leadership.queries.facts import IS_OPEN
from kata.leadership.queries.kept import within
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition
from kata.teams.models import Team

SIZE = 50
MOST, AFTER = bindparam("most", type_=Integer), bindparam("after", type_=Integer)
DAY = bindparam("day", type_=Date)
END, START = bindparam("end", type_=UtcDateTime()), bindparam("start", type_=UtcDateTime())

#: A list by whether it goes on after a page before, and whether it is about few teams.
Query = Callable[[bool, bool], Any]
#: An area with no more teams is read by its teams, a larger one by time.
FEW = 30


def rows(what: str, area_id: int, day: date, after: int | None, most: int = SIZE + 1) -> list[Any]:
    """A page of the list ``what`` as of a day, after the row with this id; one row more than ``SIZE`` tells of another.

    What happened is told of the thirteen weeks up to the day. Days begin and end in UTC here: at the edge of the
    window a list may differ by a day from the figure, which counts each team's own days.
    """
    values = {"area": area_id, "most": most, "after": after, **_days(day)}
    few = fetch(_teams_there(), {"area": area_id}).scalar_one() <= FEW
    query = _LISTS[what](after is not None, few)
    return list(fetch(query, {name: it for name, it in values.items() if it is not None}))


@cache
def _teams_there() -> Any:
    return select(func.count()).select_from(Team).where(Team.area_id.in_(within()))


def _days(day: date) -> Mapping[str, Any]:
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    since = day - timedelta(days=WINDOW)
    return {"day": day, "since": since, "end": end, "start": datetime.combine(since + timedelta(days=1), time(), UTC)}


@cache
def _storyboards(goes_on: bool, few: bool) -> Any:
    """Those that were open on the day, with what happened last on each up to then."""
    tried = (
        select(func.coalesce(Experiment.ended_at, Experiment.started_at, Experiment.created_at))
        .where(Experiment.board_id == Storyboard.id, Experiment.created_at < END)
        .order_by(Experiment.number.desc())
        .limit(1)
        .correlate(Storyboard)
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
            _in_area(few),
            IS_OPEN,
            Storyboard.started_at < END,
            or_(Storyboard.ended_on.is_(None), Storyboard.ended_on > DAY),
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= END),
            or_(Team.closed_at.is_(None), Team.closed_at >= END),
        )
        .order_by(Storyboard.id.desc())
        .limit(MOST)
    )
    return query.where(Storyboard.id < AFTER) if goes_on else query


@cache
def _experiments(goes_on: bool, few: bool) -> Any:
    """Those that were concluded in the window."""
    query = (
        _at_boards(
            few,
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
            _asked(Experiment.ended_at, few) >= START,
            _asked(Experiment.ended_at, few) < END,
        )
        .order_by(Experiment.ended_at.desc(), Experiment.id.desc())
        .limit(MOST)
    )
    return query.where(_older(Experiment, Experiment.ended_at)) if goes_on else query


@cache
def _targets(goes_on: bool, few: bool) -> Any:
    """Those that ended in the window."""
    target = TargetCondition
    query = (
        _at_boards(
            few,
            target.board_id,
            target.id,
            target.pattern,
            target.number,
            target.achieve_by,
            target.ended_at,
            target.status,
            target.reflection,
        )
        .where(_asked(target.ended_at, few) >= START, _asked(target.ended_at, few) < END)
        .order_by(target.ended_at.desc(), target.id.desc())
        .limit(MOST)
    )
    return query.where(_older(target, target.ended_at)) if goes_on else query


@cache
def _coaches(goes_on: bool, few: bool) -> Any:
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
            few,
            CoachingCycle.board_id,
            CoachingCycle.id,
            CoachingCycle.held_on,
            CoachingCycle.coach_id,
            Person.name.label("coach"),
        )
        .join(Person, Person.id == CoachingCycle.coach_id)
        .where(
            CoachingCycle.status == "held",
            _asked(CoachingCycle.held_on, few) > since,
            _asked(CoachingCycle.held_on, few) <= day,
            ~earlier,
        )
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        .limit(most)
    )
    return query.where(_older(CoachingCycle, CoachingCycle.held_on)) if goes_on else query


@cache
def _barriers(goes_on: bool, few: bool) -> Any:
    """Those of the areas' teams that nobody had answered on the day, the oldest first."""
    answered = (
        select(func.min(BarrierAnswer.at))
        .where(BarrierAnswer.barrier_id == Barrier.id)
        .correlate(Barrier)
        .scalar_subquery()
    )
    query = (
        _at_boards(
            few,
            Barrier.board_id,
            Barrier.id,
            Barrier.text,
            Barrier.kind,
            Barrier.cost,
            Barrier.raised_at,
        )
        .where(
            Barrier.raised_at < END,
            or_(answered.is_(None), answered >= END),
            or_(Barrier.back_at.is_(None), Barrier.back_at >= END),
        )
        .order_by(Barrier.raised_at, Barrier.id)
        .limit(MOST)
    )
    last = aliased(Barrier)
    raised = select(last.raised_at).where(last.id == AFTER).scalar_subquery()
    later = or_(Barrier.raised_at > raised, and_(Barrier.raised_at == raised, Barrier.id > AFTER))
    return query.where(later) if goes_on else query


@cache
def _answered(goes_on: bool, few: bool) -> Any:
    """Those that were answered for the first time in the window, with that answer, the last answered first."""
    earlier = aliased(BarrierAnswer)
    before = exists().where(earlier.barrier_id == BarrierAnswer.barrier_id, earlier.id < BarrierAnswer.id)
    query = (
        _at_boards(
            few,
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
        .where(BarrierAnswer.at >= START, BarrierAnswer.at < END, ~before)
        .order_by(BarrierAnswer.id.desc())
        .limit(MOST)
    )
    return query.where(BarrierAnswer.id < AFTER) if goes_on else query


@cache
def _moments(goes_on: bool, few: bool) -> Any:
    """The moments of truth of the areas' teams, with how many storyboards worked on each on the day."""
    works = (
        select(func.count(Storyboard.id.distinct()))
        .join(Challenge, Challenge.board_id == Storyboard.id)
        .where(
            Challenge.moment_id == MomentOfTruth.id,
            Challenge.created_at < END,
            or_(Challenge.ended_at.is_(None), Challenge.ended_at >= END),
            IS_OPEN,
            or_(Storyboard.ended_on.is_(None), Storyboard.ended_on > DAY),
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= END),
        )
        .correlate(MomentOfTruth)
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
            _in_area(few),
            MomentOfTruth.created_at < END,
            or_(MomentOfTruth.archived_at.is_(None), MomentOfTruth.archived_at >= END),
        )
        .order_by(MomentOfTruth.id)
        .limit(MOST)
    )
    return query.where(MomentOfTruth.id > AFTER) if goes_on else query


@cache
def _teams(goes_on: bool, few: bool) -> Any:
    """The areas' open teams, with how many open storyboards each had on the day."""
    boards = (
        select(func.sum(case((Storyboard.ended_on.is_(None), 1), (Storyboard.ended_on > DAY, 1), else_=0)))
        .where(
            Storyboard.team_id == Team.id,
            IS_OPEN,
            Storyboard.started_at < END,
            or_(Storyboard.archived_at.is_(None), Storyboard.archived_at >= END),
        )
        .correlate(Team)
        .scalar_subquery()
    )
    query = (
        select(Team.id, Team.name, Team.slug, func.coalesce(boards, 0).label("boards"))
        .where(_in_area(few), Team.created_at < END, or_(Team.closed_at.is_(None), Team.closed_at >= END))
        .order_by(Team.id)
        .limit(MOST)
    )
    return query.where(Team.id > AFTER) if goes_on else query


def _at_boards(few: bool, board_id: Any, *columns: Any) -> Any:
    """Columns of something on a storyboard, with the board and its team; of open ones in the area only."""
    return (
        select(*columns, Storyboard.id.label("board_id"), Storyboard.focus_process, Team.name.label("team"))
        .join(Storyboard, Storyboard.id == board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .where(_in_area(few), IS_OPEN)
    )


def _in_area(few: bool) -> Any:
    """Whether a team is in the area. With few teams it is to begin with them and to sort all that is theirs; of many
    it is to begin with the newest rows: reckoned with, a column has no index by which SQLite could begin.
    """
    return (Team.area_id if few else Team.area_id + 0).in_(within())


def _asked(moment: Any, few: bool) -> Any:
    """The column of a moment, with its index only where the list is read by time."""
    return func.coalesce(moment, moment) if few else moment


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
