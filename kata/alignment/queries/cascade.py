"""The cascade: which challenges serve one another down the areas, and which storyboards serve them, as the viewer sees.

A storyboard that the viewer may not see is neither shown nor counted; practice boards and boards that have ended are
not part of the cascade at all. A challenge of an area is open to everyone, as areas are.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.extensions import fetch
from kata.identity.models import Person
from kata.storyboards.models import Challenge, Experiment, Obstacle, Storyboard, TargetCondition
from kata.storyboards.queries import boards
from kata.teams.models import Area, AreaLeader, Team

#: How many storyboards stand under one challenge at once; the others are further on.
EACH = 8
#: Areas are never nested as deep; should two challenges ever serve each other, the walk ends here.
DEEPEST = 12
LAST = 2**31 - 1

AREA, AFTER = bindparam("area", type_=Integer), bindparam("after", type_=Integer)
OPENED = bindparam("opened", type_=Integer, expanding=True)
GIVEN, SERVED, ABOVE = aliased(Challenge), aliased(Challenge), aliased(Area)


def _live(is_administrator: bool) -> ColumnElement[bool]:
    """Boards that are practised at and that the viewer sees."""
    return and_(
        Storyboard.practice.is_(False),
        Storyboard.archived_at.is_(None),
        Storyboard.ended_on.is_(None),
        Team.closed_at.is_(None),
        boards.seen_by(is_administrator),
    )


def areas(viewer: Viewer) -> list[Any]:
    """Every open area with its open challenges and the boards of its own teams; ``untied`` ones serve no open one."""
    return list(fetch(_areas(viewer.is_administrator), boards.who(viewer)))


@cache
def _areas(is_administrator: bool) -> Any:
    given, served = aliased(Challenge), aliased(Challenge)
    per_area = (
        select(
            Team.area_id,
            func.count().label("boards"),
            func.sum(case((served.id.is_(None), 1), else_=0)).label("untied"),
        )
        .select_from(Storyboard)
        .join(Team, Team.id == Storyboard.team_id)
        .outerjoin(given, and_(given.board_id == Storyboard.id, given.ended_at.is_(None)))
        .outerjoin(served, and_(served.id == given.serves_id, served.ended_at.is_(None)))
        .where(_live(is_administrator))
        .group_by(Team.area_id)
        .subquery()
    )
    own = select(func.count()).where(Challenge.area_id == Area.id, Challenge.ended_at.is_(None)).correlate(Area)
    return (
        select(
            Area.id,
            Area.parent_id,
            Area.name,
            Area.slug,
            own.scalar_subquery().label("challenges"),
            func.coalesce(per_area.c.boards, 0).label("boards"),
            func.coalesce(per_area.c.untied, 0).label("untied"),
        )
        .outerjoin(per_area, per_area.c.area_id == Area.id)
        .where(Area.closed_at.is_(None))
        .order_by(Area.name, Area.id)
    )


def challenges(viewer: Viewer, area_id: int, opened: list[int]) -> list[Any]:
    """The area's open challenges and, level by level under those that are ``opened``, the areas' that serve them.

    Each with what it serves itself, and with how many challenges and boards serve it.
    """
    values = {"area": area_id, "opened": opened, **boards.who(viewer)}
    return list(fetch(_challenges(viewer.is_administrator), values))


@cache
def _challenges(is_administrator: bool) -> Any:
    own = select(Challenge.id, literal(0).label("depth")).where(Challenge.area_id == AREA, Challenge.ended_at.is_(None))
    walk = own.cte("walk", recursive=True)
    below = aliased(Challenge)
    walk = walk.union_all(
        select(below.id, walk.c.depth + 1)
        .join(walk, below.serves_id == walk.c.id)
        .where(
            below.area_id.is_not(None),
            below.ended_at.is_(None),
            walk.c.depth < DEEPEST,
            or_(walk.c.depth == 0, walk.c.id.in_(OPENED)),
        )
    )
    inner, given = aliased(Challenge), aliased(Challenge)
    n_challenges = select(func.count()).where(
        inner.serves_id == Challenge.id, inner.area_id.is_not(None), inner.ended_at.is_(None)
    )
    n_boards = (
        select(func.count())
        .select_from(given)
        .join(Storyboard, Storyboard.id == given.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .where(given.serves_id == Challenge.id, given.ended_at.is_(None), _live(is_administrator))
    )
    return (
        select(
            Challenge.id,
            Challenge.statement,
            Challenge.by_date,
            Challenge.area_id,
            Challenge.serves_id,
            walk.c.depth,
            Area.name.label("area"),
            Area.slug.label("area_slug"),
            SERVED.statement.label("serves"),
            SERVED.ended_at.label("serves_ended"),
            ABOVE.name.label("serves_area"),
            ABOVE.slug.label("serves_slug"),
            n_challenges.correlate(Challenge).scalar_subquery().label("challenges"),
            n_boards.correlate(Challenge).scalar_subquery().label("boards"),
        )
        .join(walk, walk.c.id == Challenge.id)
        .join(Area, Area.id == Challenge.area_id)
        .outerjoin(SERVED, SERVED.id == Challenge.serves_id)
        .outerjoin(ABOVE, ABOVE.id == SERVED.area_id)
        .order_by(walk.c.depth, Area.name, Challenge.id)
    )


def _cards(is_administrator: bool) -> Any:
    """Boards with their challenge, target condition, obstacle in focus and open experiment: each has one at most."""
    leads = exists().where(AreaLeader.person_id == Storyboard.learner_id, AreaLeader.ended_at.is_(None))
    return (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Storyboard.closed,
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            Team.area_id,
            Storyboard.learner_id,
            Person.name.label("learner"),
            leads.label("leads"),
            GIVEN.statement.label("challenge"),
            GIVEN.serves_id,
            GIVEN.measure_id,
            GIVEN.moment_id,
            SERVED.statement.label("serves"),
            ABOVE.name.label("serves_area"),
            ABOVE.slug.label("serves_slug"),
            TargetCondition.pattern.label("target"),
            TargetCondition.achieve_by,
            Obstacle.text.label("obstacle"),
            Experiment.id.label("experiment_id"),
            Experiment.number,
            Experiment.step,
            Experiment.expectation,
            Experiment.check_on,
            Experiment.happened,
        )
        .join(Team, Team.id == Storyboard.team_id)
        .join(Person, Person.id == Storyboard.learner_id)
        .outerjoin(GIVEN, and_(GIVEN.board_id == Storyboard.id, GIVEN.ended_at.is_(None)))
        .outerjoin(SERVED, and_(SERVED.id == GIVEN.serves_id, SERVED.ended_at.is_(None)))
        .outerjoin(ABOVE, ABOVE.id == SERVED.area_id)
        .outerjoin(TargetCondition, and_(TargetCondition.board_id == Storyboard.id, TargetCondition.ended_at.is_(None)))
        .outerjoin(Obstacle, and_(Obstacle.board_id == Storyboard.id, Obstacle.status == "focus"))
        .outerjoin(Experiment, and_(Experiment.board_id == Storyboard.id, Experiment.ended_at.is_(None)))
        .where(_live(is_administrator))
    )


def serving(viewer: Viewer, opened: list[int], after: int = LAST) -> list[Any]:
    """The newest ``EACH`` boards under each of these challenges, from those before the board ``after`` on."""
    values = {"opened": opened, "after": after, **boards.who(viewer)}
    return list(fetch(_serving(viewer.is_administrator), values))


@cache
def _serving(is_administrator: bool) -> Any:
    """Which boards they are is found first, so that only those that are shown are put together."""
    given = aliased(Challenge)
    place = func.row_number().over(partition_by=given.serves_id, order_by=given.board_id.desc()).label("place")
    placed = (
        select(Storyboard.id, place)
        .join(given, and_(given.board_id == Storyboard.id, given.ended_at.is_(None)))
        .join(Team, Team.id == Storyboard.team_id)
        .where(given.serves_id.in_(OPENED), Storyboard.id < AFTER, _live(is_administrator))
        .subquery()
    )
    shown = select(placed.c.id).where(placed.c.place <= EACH)
    return _cards(is_administrator).where(Storyboard.id.in_(shown)).order_by(Storyboard.id.desc())


def elsewhere(viewer: Viewer, area_id: int, *, tied: bool, after: int = LAST) -> list[Any]:
    """Boards of the area's own teams that serve a challenge of another area, or (not ``tied``) no open one at all.

    One more than ``EACH`` where there are others.
    """
    values = {"area": area_id, "after": after, "most": EACH + 1, **boards.who(viewer)}
    return list(fetch(_elsewhere(viewer.is_administrator, tied), values))


@cache
def _elsewhere(is_administrator: bool, tied: bool) -> Any:
    rule = SERVED.area_id != AREA if tied else SERVED.id.is_(None)
    rows = _cards(is_administrator).where(Team.area_id == AREA, rule, Storyboard.id < AFTER)
    return rows.order_by(Storyboard.id.desc()).limit(bindparam("most", type_=Integer))


def of_leaders(viewer: Viewer, area_id: int) -> list[Any]:
    """Boards at which those who lead the area learn themselves."""
    return list(fetch(_of_leaders(viewer.is_administrator), {"area": area_id, **boards.who(viewer)}))


@cache
def _of_leaders(is_administrator: bool) -> Any:
    led = select(AreaLeader.person_id).where(AreaLeader.area_id == AREA, AreaLeader.ended_at.is_(None))
    return _cards(is_administrator).where(Storyboard.learner_id.in_(led)).order_by(Storyboard.id.desc()).limit(EACH)


def given_in(area_ids: list[int]) -> list[Any]:
    """The open challenges of these areas with what each serves, for a file."""
    within = bindparam("areas", type_=Integer, expanding=True)
    query = (
        select(Challenge.statement, Challenge.by_date, Area.name.label("area"), SERVED.statement.label("serves"))
        .join(Area, Area.id == Challenge.area_id)
        .outerjoin(SERVED, SERVED.id == Challenge.serves_id)
        .where(Challenge.area_id.in_(within), Challenge.ended_at.is_(None))
        .order_by(Area.name, Challenge.id)
    )
    return list(fetch(query, {"areas": area_ids}))


def boards_in(viewer: Viewer, area_ids: list[int]) -> list[Any]:
    """Every board of these areas that is part of the cascade, with what it serves, for a file."""
    within = bindparam("areas", type_=Integer, expanding=True)
    query = (
        _cards(viewer.is_administrator)
        .add_columns(Area.name.label("area"))
        .join(Area, Area.id == Team.area_id)
        .where(Team.area_id.in_(within))
        .order_by(Area.name, Team.name, Storyboard.id)
    )
    return list(fetch(query, {"areas": area_ids, **boards.who(viewer)}))
