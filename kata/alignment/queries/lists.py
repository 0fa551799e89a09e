"""Lists of barriers, the oldest first: for leaders theirs to answer, for teams theirs, and those of an area."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, String, and_, bindparam, exists, func, not_, or_, select

from kata import clock, trigrams
from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer, BarrierNews
from kata.alignment.queries.barriers import LEAD, LED, found, seen_by, told, waits_in, who
from kata.extensions import fetch
from kata.folding import folded, pattern
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries.boards import ME, MY_TEAMS
from kata.teams.models import Area, AreaLeader

SIZE = 30
#: How many of a leader's barriers stand on Today, and how many others a barrier may be put together with at once.
ON_TODAY, OFFERED = 5, 20
TODAY, MOST = bindparam("today", type_=Date), bindparam("most", type_=Integer)
AFTER, AREA = bindparam("after", type_=Integer), bindparam("area", type_=Integer)


class Asked(NamedTuple):
    """Which barriers a list shows: ``mine`` to answer, of my ``teams``, ``open`` or ``answered``; of one area only."""

    show: str = "open"
    area_id: int | None = None


def listed(viewer: Viewer, asked: Asked, after: int | None = None, most: int = SIZE + 1) -> list[Any]:
    """A page of the list after the barrier ``after``; by default one row more than ``SIZE``, which tells of another."""
    values = {"today": today(viewer), "most": most, "area": asked.area_id, "after": after, **who(viewer)}
    given = {name: value for name, value in values.items() if value is not None}
    query = _listed(viewer.is_administrator, asked.show, asked.area_id is not None, after is not None)
    return list(fetch(query, given))


def everything(viewer: Viewer, asked: Asked) -> list[Any]:
    """Every row that the pages of the list have, for a file."""
    return listed(viewer, asked, most=2**31 - 1)


def today(viewer: Viewer) -> date:
    """The day by which promises are counted: the reader's own."""
    return clock.today(viewer.time_zone)


@cache
def _listed(is_administrator: bool, show: str, in_area: bool, goes_on: bool) -> Any:
    query = told(is_administrator).where(_shown(show)).order_by(Barrier.raised_at, Barrier.id).limit(MOST)
    if in_area:
        query = query.where(waits_in() == AREA)
    return query.where(_later()) if goes_on else query


def _later() -> ColumnElement[bool]:
    last = Barrier.__table__.alias()
    raised = select(last.c.raised_at).where(last.c.id == AFTER).scalar_subquery()
    return or_(Barrier.raised_at > raised, and_(Barrier.raised_at == raised, Barrier.id > AFTER))


def _shown(show: str) -> ColumnElement[bool]:
    """Open is what nobody has answered, and what was promised for a day that has passed."""
    if show == "mine":
        return and_(Barrier.lead_id.is_(None), _asks(), Barrier.area_id.in_(select(_answered_by_me().c.id)))
    if show == "teams":
        return Storyboard.team_id.in_(MY_TEAMS)
    return not_(_asks()) if show == "answered" else _asks()


def _asks() -> ColumnElement[bool]:
    return or_(Barrier.status == "open", and_(Barrier.status == "promised", Barrier.promised_for < TODAY))


@cache
def _answered_by_me() -> Any:
    """The areas whose barriers are the viewer's to answer: those they lead, and those below that nobody leads."""
    office = AreaLeader.ended_at.is_(None)
    led = select(AreaLeader.area_id.label("id")).where(AreaLeader.person_id == ME, office)
    mine = led.cte("mine", recursive=True)
    leading = exists().where(AreaLeader.area_id == Area.id, office, Person.id == AreaLeader.person_id)
    below = select(Area.id).join(mine, Area.parent_id == mine.c.id)
    return mine.union(below.where(~leading.where(Person.disabled_at.is_(None))))


def to_answer(viewer: Viewer) -> list[Any]:
    """The viewer's oldest ones, and one row more than ``ON_TODAY`` where there are others."""
    return listed(viewer, Asked("mine"), most=ON_TODAY + 1)


def similar(viewer: Viewer, barrier_id: int) -> list[Any]:
    """Other barriers that wait where the viewer leads, each answered by itself, the oldest first."""
    values = {"barrier": barrier_id, "most": OFFERED, **who(viewer)}
    return list(fetch(_similar(viewer.is_administrator), values))


@cache
def _similar(is_administrator: bool) -> Any:
    return (
        told(is_administrator)
        .where(
            Barrier.id != bindparam("barrier", type_=Integer),
            Barrier.lead_id.is_(None),
            Barrier.status.in_(("open", "promised")),
            Barrier.area_id.in_(LED),
        )
        .order_by(Barrier.raised_at, Barrier.id)
        .limit(MOST)
    )


def unread(viewer: Viewer) -> list[Any]:
    """What became of barriers that concern the viewer, since they last said that they read it; the oldest first.

    Everybody's Today asks this, so it is a small statement of its own. Who may no longer see the barrier is told
    nothing of it.
    """
    return list(fetch(_unread(viewer.is_administrator), {"most": ON_TODAY, **who(viewer)}))


@cache
def _unread(is_administrator: bool) -> Any:
    newest = select(func.max(BarrierAnswer.id)).where(BarrierAnswer.barrier_id == Barrier.id).correlate(Barrier)
    return (
        select(
            Barrier.id,
            Barrier.text,
            Barrier.back_why,
            Barrier.back_words,
            BarrierAnswer.kind,
            BarrierAnswer.words,
            BarrierAnswer.by_date,
            Person.name.label("by"),
        )
        .select_from(BarrierNews)
        .join(Barrier, Barrier.id == BarrierNews.barrier_id)
        .join(Storyboard, Storyboard.id == Barrier.board_id)
        .outerjoin(LEAD, LEAD.id == Barrier.lead_id)
        .outerjoin(BarrierAnswer, BarrierAnswer.id == newest.scalar_subquery())
        .join(Person, Person.id == func.coalesce(Barrier.back_by_id, BarrierAnswer.by_id))
        .where(BarrierNews.person_id == ME, seen_by(is_administrator))
        .order_by(func.coalesce(Barrier.back_at, Barrier.answered_at), Barrier.id)
        .limit(MOST)
    )


def find(viewer: Viewer, words: str, limit: int) -> list[tuple[str, str, str]]:
    """Words, address and team of barriers that the viewer sees, for the command box; the newest first."""
    wanted = folded(words)
    values = {"words": pattern(wanted), "most": limit, **trigrams.letters(wanted), **who(viewer)}
    rows = fetch(_find(viewer.is_administrator, trigrams.way(wanted)), values)
    return [(row.text[:80], f"/barriers/{row.id}", row.team) for row in rows]


@cache
def _find(is_administrator: bool, by: str) -> Any:
    named = Barrier.text_folded.like(bindparam("words", type_=String), escape="\\")
    return trigrams.found(found(is_administrator).where(named), Barrier, (Barrier.id.desc(),), by)
