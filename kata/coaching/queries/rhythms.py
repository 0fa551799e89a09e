"""The rhythms of boards, where their teams are, and the days on which cycles were held.

Every row holds what ``cadence.Cadence.of`` needs. That a cycle was held is as open as its board.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.coaching.card import REFLECTION
from kata.coaching.models import CoachingCycle, CoachingRhythm, CycleNote
from kata.coaching.queries import people
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries.boards import ME, seen_by, who
from kata.teams.models import Team

BOARD, TEAM = bindparam("board", type_=Integer), bindparam("team", type_=Integer)
SINCE, UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
LEARNER, COACH, SECOND = aliased(Person), aliased(Person), aliased(Person)
#: A cycle at which the viewer learned, who coached there, and what the viewer wrote about it.
LEARNED, COACHED_BY, WROTE = aliased(CoachingCycle), aliased(Person), aliased(CycleNote)
#: More planned cycles on one day than anybody can hold.
MOST = 60


def of_board(board_id: int) -> CoachingRhythm | None:
    """The board's rhythm, ended or not; the guard has locked the board where the request writes."""
    return db.session.scalars(select(CoachingRhythm).where(CoachingRhythm.board_id == board_id)).one_or_none()


def told(board_id: int, since: date) -> Any:
    """The rhythm of a board that the viewer has been let to, with the newest day from ``since`` on that had its cycle.

    ``plans`` says whether anything is planned at the board at all: it is practised at, and so is its team.
    """
    return fetch(_told(), {"board": board_id, "since": since}).one()


@cache
def _told() -> Any:
    newest = select(func.max(CoachingCycle.held_on)).where(
        CoachingCycle.board_id == BOARD, CoachingCycle.held_on >= SINCE, CoachingCycle.status == "held"
    )
    columns = newest.scalar_subquery().label("held_on"), _live().label("plans")
    return _rhythms().add_columns(*columns).where(Storyboard.id == BOARD)


@cache
def _rhythms() -> Any:
    """A row for each board, with its rhythm where it has one."""
    return (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Storyboard.learner_id,
            Storyboard.coach_id,
            Storyboard.second_coach_id,
            Team.time_zone,
            Team.country,
            Team.region,
            CoachingRhythm.id.label("rhythm_id"),
            CoachingRhythm.days,
            CoachingRhythm.at,
            CoachingRhythm.minutes,
            CoachingRhythm.starts_on,
            CoachingRhythm.ended_at,
        )
        .join(Team, Team.id == Storyboard.team_id)
        .outerjoin(CoachingRhythm, CoachingRhythm.board_id == Storyboard.id)
    )


def _with_people(query: Any) -> Any:
    return (
        query.add_columns(LEARNER.name.label("learner"), COACH.name.label("coach"), SECOND.name.label("second_coach"))
        .join(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(COACH, COACH.id == Storyboard.coach_id)
        .outerjoin(SECOND, SECOND.id == Storyboard.second_coach_id)
    )


def _live() -> Any:
    return and_(Storyboard.ended_on.is_(None), Storyboard.archived_at.is_(None), Team.closed_at.is_(None))


def of_team(viewer: Viewer, team_id: int) -> list[Any]:
    """The live boards of a team that the viewer sees, with who practises there and their rhythm."""
    return list(fetch(_of_team(viewer.is_administrator), {"team": team_id, **who(viewer)}))


@cache
def _of_team(is_administrator: bool) -> Any:
    return (
        _with_people(_rhythms())
        .where(Storyboard.team_id == TEAM, _live(), seen_by(is_administrator))
        .order_by(Storyboard.practice, LEARNER.name, Storyboard.id)
    )


def held_in_team(viewer: Viewer, team_id: int, since: date) -> list[Any]:
    """Board, day and id of each cycle held at the team's boards from a day on, the newest last.

    ``reads`` says whether the viewer may read what was said at it; that it was held, everybody sees who sees the board.
    """
    values = {"team": team_id, "since": since, **who(viewer), **people.who(viewer)}
    return list(fetch(_held_in_team(viewer.is_administrator), values))


@cache
def _held_in_team(is_administrator: bool) -> Any:
    return (
        select(CoachingCycle.id, CoachingCycle.board_id, CoachingCycle.held_on, people.reads_cycle().label("reads"))
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .where(
            Storyboard.team_id == TEAM,
            seen_by(is_administrator),
            CoachingCycle.held_on >= SINCE,
            CoachingCycle.status == "held",
        )
        .order_by(CoachingCycle.held_on, CoachingCycle.id)
    )


def around_now(viewer: Viewer, first: date, last: date, recent: date) -> list[Any]:
    """The boards at which the viewer learns, coaches or watches, where a cycle is planned or their reflection is due.

    ``held_on`` is the newest day between ``first`` and ``last`` on which one was held. ``cycle_id`` is the newest one
    from ``recent`` on at which the viewer learned there, as long as they have written nothing about it (with
    ``coached_by`` and ``coached_on``); where no cycle is planned, the columns of the rhythm are empty.
    """
    values = {"since": first, "until": last, "recent": recent, **who(viewer)}
    return list(fetch(_around_now(viewer.is_administrator), values))


@cache
def _around_now(is_administrator: bool) -> Any:
    newest = (
        select(func.max(CoachingCycle.held_on))
        .where(
            CoachingCycle.board_id == Storyboard.id,
            CoachingCycle.held_on >= SINCE,
            CoachingCycle.held_on <= UNTIL,
            CoachingCycle.status == "held",
        )
        .correlate(Storyboard)
        .scalar_subquery()
    )
    planned = and_(CoachingRhythm.id.is_not(None), CoachingRhythm.ended_at.is_(None), CoachingRhythm.starts_on <= UNTIL)
    query = (
        _with_people(_rhythms())
        .outerjoin(LEARNED, LEARNED.id == _newest_learned())
        .outerjoin(WROTE, and_(WROTE.cycle_id == LEARNED.id, WROTE.part == REFLECTION, WROTE.words != ""))
        .outerjoin(COACHED_BY, COACHED_BY.id == LEARNED.coach_id)
    )
    due = and_(LEARNED.id.is_not(None), WROTE.id.is_(None))
    return (
        query.add_columns(
            newest.label("held_on"),
            case((due, LEARNED.id)).label("cycle_id"),
            LEARNED.held_on.label("coached_on"),
            COACHED_BY.name.label("coached_by"),
        )
        .where(_mine(), _live(), or_(planned, due), seen_by(is_administrator))
        .order_by(case((due, 0), else_=1), CoachingRhythm.at, Storyboard.id)
        .limit(MOST)
    )


def _newest_learned() -> Any:
    """The newest cycle held lately at the board at which the viewer was the learner."""
    return (
        select(CoachingCycle.id)
        .where(
            CoachingCycle.board_id == Storyboard.id,
            CoachingCycle.learner_id == ME,
            CoachingCycle.status == "held",
            CoachingCycle.held_on >= bindparam("recent", type_=Date),
        )
        .order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        .limit(1)
        .correlate(Storyboard)
        .scalar_subquery()
    )


def for_calendar(viewer: Viewer) -> list[Any]:
    """The same boards for a calendar, which also shows what was planned until a rhythm ended.

    ``sequence`` grows and ``changed_at`` moves with each change of rhythm, board or team: a calendar goes by them.
    """
    return list(fetch(_for_calendar(), who(viewer)))


@cache
def _for_calendar() -> Any:
    changed = [
        select(func.max(Activity.at)).where(Activity.subject_type == kind, Activity.subject_id == number)
        for kind, number in (
            ("coaching_rhythm", CoachingRhythm.id),
            ("storyboard", Storyboard.id),
            ("team", Team.id),
        )
    ]
    names = ("rhythm_at", "board_at", "team_at")
    return (
        _with_people(_rhythms())
        .add_columns(
            Team.name.label("team"),
            (CoachingRhythm.version + Storyboard.version + Team.version - 3).label("sequence"),
            *(
                query.correlate(CoachingRhythm, Storyboard, Team).scalar_subquery().label(name)
                for query, name in zip(changed, names, strict=True)
            ),
        )
        # An administrator's look into a closed board is no reason to have it in their calendar.
        .where(_mine(), _live(), CoachingRhythm.id.is_not(None), seen_by(is_administrator=False))
        .order_by(Storyboard.id)
    )


def _mine() -> Any:
    return or_(Storyboard.learner_id == ME, Storyboard.coach_id == ME, Storyboard.second_coach_id == ME)
