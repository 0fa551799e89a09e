"""Which barriers somebody sees, the loader that the guard uses, and one barrier with its way, answers and companions.

A barrier is seen by whoever sees its board, and by the leaders of every area that it went to. These read the barrier's
own words: of a board that is closed to them they learn neither the name nor the obstacle.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer, BarrierNews, BarrierStop
from kata.customers.models import MomentOfTruth
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.measures.models import Measure
from kata.storyboards.models import Obstacle, Storyboard
from kata.storyboards.queries import boards
from kata.teams.models import Area, AreaLeader, Team
from kata.teams.queries import areas_led_by

# Making an alias or a statement costs more than running it, so both are made once; a statement is never changed.
LEAD, RAISER, BACK = aliased(Barrier), aliased(Person), aliased(Person)
LED = select(areas_led_by(boards.ME).c.id)
BARRIER = bindparam("barrier", type_=Integer)


def who(viewer: Viewer) -> dict[str, Any]:
    """The values of ``seen_by`` for a viewer."""
    return boards.who(viewer)


@cache
def seen_by(is_administrator: bool) -> ColumnElement[bool]:
    """Whether a barrier, joined to its board and outer-joined to its ``LEAD``, is visible; values by ``who``."""
    came = exists().where(BarrierStop.barrier_id == Barrier.id, BarrierStop.area_id.in_(LED))
    return or_(boards.seen_by(is_administrator), Barrier.area_id.in_(LED), LEAD.area_id.in_(LED), came)


def barrier(viewer: Viewer, *, lock: bool = False, barrier_id: int) -> Barrier | None:
    """The barrier with its board and with the one that is answered for it, for the guard.

    Where it writes it is locked with all that are answered with it.
    """
    if lock:
        hold(barrier_id)
    return db.session.scalars(_barrier(viewer.is_administrator), {"barrier": barrier_id, **who(viewer)}).one_or_none()


def barrier_to_join(viewer: Viewer, *, lock: bool = False, barrier_id: int) -> Barrier | None:
    """The barrier, unlocked: whoever puts it together with another locks both groups at once."""
    return barrier(viewer, barrier_id=barrier_id)


@cache
def _barrier(is_administrator: bool) -> Any:
    return (
        select(Barrier)
        .join(Storyboard, Storyboard.id == Barrier.board_id)
        .outerjoin(LEAD, LEAD.id == Barrier.lead_id)
        .where(Barrier.id == BARRIER, seen_by(is_administrator))
        .options(joinedload(Barrier.board, innerjoin=True), joinedload(Barrier.lead))
        .execution_options(populate_existing=True)
    )


def hold(*barrier_ids: int) -> None:
    """Lock these barriers and those that are answered with them.

    It is done once a request, before anything else is locked, and in the order of their ids: so two leaders who put
    the same two together crosswise wait for each other in a line and never in a ring.
    """
    group = or_(Barrier.id.in_(barrier_ids), Barrier.lead_id.in_(barrier_ids))
    fetch(select(Barrier.id).where(group).order_by(Barrier.id).with_for_update(of=Barrier)).all()


def family(barrier_id: int) -> list[Barrier]:
    """The barrier and those that are answered with it, each with its board; the caller holds them.

    One that joined in the very moment in which they were locked is not waited for: that would be out of turn.
    """
    query = (
        select(Barrier)
        .where(or_(Barrier.id == barrier_id, Barrier.lead_id == barrier_id))
        .order_by(Barrier.id)
        .options(joinedload(Barrier.board, innerjoin=True))
        .with_for_update(of=Barrier, nowait=True)
    )
    return list(db.session.scalars(query))


def still_to_read(barrier_id: int) -> dict[int, BarrierNews]:
    """The marks of those who have not read yet what became of the barrier, by person."""
    rows = db.session.scalars(select(BarrierNews).where(BarrierNews.barrier_id == barrier_id))
    return {row.person_id: row for row in rows}


def mark_of(barrier_id: int, person_id: int) -> BarrierNews | None:
    """Somebody's mark, while they have not read yet what became of the barrier."""
    return db.session.get(BarrierNews, {"person_id": person_id, "barrier_id": barrier_id})


def leader_names(area_id: Any) -> Any:
    """The names of those who lead an area now, as one text; ``None`` where nobody does."""
    return (
        select(func.aggregate_strings(Person.name, ", "))
        .select_from(AreaLeader)
        .join(Person, Person.id == AreaLeader.person_id)
        .where(AreaLeader.area_id == area_id, AreaLeader.ended_at.is_(None), Person.disabled_at.is_(None))
        .correlate_except(AreaLeader, Person)
        .scalar_subquery()
    )


@cache
def waits_in() -> Any:
    """The area in which a barrier waits: that of the one that is answered for it."""
    return func.coalesce(LEAD.area_id, Barrier.area_id)


@cache
def told(is_administrator: bool) -> Any:
    """Barriers as lists tell them, to be narrowed by the caller: one row each, without what a closed board holds."""
    joined = aliased(Barrier)
    others = select(func.count()).where(joined.lead_id == Barrier.id).correlate(Barrier).scalar_subquery()
    return (
        select(
            Barrier.id,
            Barrier.text,
            Barrier.kind,
            Barrier.cost,
            Barrier.raised_at,
            Barrier.status,
            Barrier.promised_for,
            Barrier.answered_at,
            Barrier.back_why,
            Barrier.back_at,
            Barrier.lead_id,
            Barrier.version,
            waits_in().label("area_id"),
            Area.name.label("area"),
            leader_names(Area.id).label("leaders"),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            others.label("others"),
        )
        .join(Storyboard, Storyboard.id == Barrier.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .outerjoin(LEAD, LEAD.id == Barrier.lead_id)
        .join(Area, Area.id == waits_in())
        .where(seen_by(is_administrator))
    )


def found(is_administrator: bool) -> Any:
    """Barriers as the command box tells them, to be narrowed by the caller."""
    return (
        select(Barrier.id, Barrier.text, Team.name.label("team"))
        .join(Storyboard, Storyboard.id == Barrier.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .outerjoin(LEAD, LEAD.id == Barrier.lead_id)
        .where(seen_by(is_administrator))
    )


def whole(viewer: Viewer, barrier_id: int) -> Any:
    """Everything that its page says of one barrier; board and obstacle only where the viewer sees the board."""
    return fetch(_whole(viewer.is_administrator), {"barrier": barrier_id, **who(viewer)}).one()


@cache
def _whole(is_administrator: bool) -> Any:
    return (
        _with_obstacle(is_administrator)
        .add_columns(
            RAISER.name.label("raised_by"),
            Barrier.raised_by_id,
            Storyboard.team_id,
            Storyboard.coach_id,
            Barrier.back_words,
            BACK.name.label("back_by"),
            BarrierNews.person_id.is_not(None).label("unread"),
            Barrier.moment_id,
            MomentOfTruth.name.label("moment"),
            Barrier.measure_id,
            Measure.name.label("measure"),
            Storyboard.focus_process,
            Obstacle.status.label("obstacle_status"),
        )
        .join(RAISER, RAISER.id == Barrier.raised_by_id)
        .outerjoin(BACK, BACK.id == Barrier.back_by_id)
        .outerjoin(BarrierNews, and_(BarrierNews.barrier_id == Barrier.id, BarrierNews.person_id == boards.ME))
        .outerjoin(MomentOfTruth, MomentOfTruth.id == Barrier.moment_id)
        .outerjoin(Measure, Measure.id == Barrier.measure_id)
        .where(Barrier.id == BARRIER)
    )


@cache
def _with_obstacle(is_administrator: bool) -> Any:
    """``sees_board`` says whether what comes from the board may be shown."""
    return (
        told(is_administrator)
        .add_columns(
            Storyboard.id.label("board_id"),
            Obstacle.id.label("obstacle_id"),
            Obstacle.text.label("obstacle"),
            boards.seen_by(is_administrator).label("sees_board"),
        )
        .join(Obstacle, Obstacle.id == Barrier.obstacle_id)
    )


def companions(viewer: Viewer, barrier_id: int, lead_id: int | None) -> list[Any]:
    """The others that are answered together with it, as far as the viewer sees them; the one that is answered first."""
    values = {"barrier": barrier_id, "first": lead_id or barrier_id, **who(viewer)}
    return list(fetch(_companions(viewer.is_administrator), values))


@cache
def _companions(is_administrator: bool) -> Any:
    first = bindparam("first", type_=Integer)
    return (
        _with_obstacle(is_administrator)
        .where(or_(Barrier.id == first, Barrier.lead_id == first), Barrier.id != BARRIER)
        .order_by(Barrier.lead_id.is_not(None), Barrier.raised_at, Barrier.id)
    )


def answers(barrier_id: int) -> list[Any]:
    """What leaders said to it, the newest first."""
    return list(fetch(_answers(), {"barrier": barrier_id}))


@cache
def _answers() -> Any:
    return (
        select(
            BarrierAnswer.id,
            BarrierAnswer.kind,
            BarrierAnswer.words,
            BarrierAnswer.by_date,
            BarrierAnswer.at,
            Person.name.label("by"),
        )
        .join(Person, Person.id == BarrierAnswer.by_id)
        .where(BarrierAnswer.barrier_id == BARRIER)
        .order_by(BarrierAnswer.id.desc())
    )


def newest_answer(barrier_id: int) -> Any | None:
    """The answer that holds."""
    return fetch(_answers().limit(1), {"barrier": barrier_id}).first()


def way(barrier_id: int) -> list[Any]:
    """Where it came, when, by whom and why, from the first on; with those who lead there now."""
    return list(fetch(_way(), {"barrier": barrier_id}))


@cache
def _way() -> Any:
    return (
        select(
            BarrierStop.at,
            BarrierStop.reason,
            BarrierStop.area_id,
            Area.name.label("area"),
            Person.name.label("by"),
            leader_names(BarrierStop.area_id).label("leaders"),
        )
        .join(Area, Area.id == BarrierStop.area_id)
        .join(Person, Person.id == BarrierStop.by_id)
        .where(BarrierStop.barrier_id == BARRIER)
        .order_by(BarrierStop.id)
    )


def beside_obstacles(query: Any) -> Any:
    """A select of obstacles, widened by the newest barrier of each."""
    newest, board = aliased(Barrier), aliased(Storyboard)
    practice = select(board.practice).where(board.id == Obstacle.board_id).correlate(Obstacle).scalar_subquery()
    last = select(func.max(newest.id)).where(newest.obstacle_id == Obstacle.id).correlate(Obstacle).scalar_subquery()
    return (
        query.select_from(Obstacle)
        .add_columns(
            practice.label("barrier_practice"),
            Barrier.id.label("barrier_id"),
            Barrier.status.label("barrier_status"),
            Barrier.raised_at.label("barrier_raised_at"),
            Barrier.promised_for.label("barrier_promised_for"),
            Barrier.answered_at.label("barrier_answered_at"),
            Barrier.back_why.label("barrier_back_why"),
            Barrier.back_at.label("barrier_back_at"),
            Area.name.label("barrier_area"),
            leader_names(Area.id).label("barrier_leaders"),
        )
        .outerjoin(Barrier, Barrier.id == last)
        .outerjoin(LEAD, LEAD.id == Barrier.lead_id)
        .outerjoin(Area, Area.id == waits_in())
    )
