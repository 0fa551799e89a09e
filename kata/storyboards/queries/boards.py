"""Which storyboards somebody sees, the loaders that the guard uses, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, exists, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import UtcDateTime, db, fetch
from kata.identity.models import Person
from kata.storyboards.models import (
    BoardOpening,
    Challenge,
    Experiment,
    Obstacle,
    Photo,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.teams.models import Membership, Team

Child = TypeVar("Child", Obstacle, Experiment, TargetCondition, Photo)


ME, MY_TEAMS = bindparam("me", type_=Integer), bindparam("my_teams", type_=Integer, expanding=True)
NOW = bindparam("now", type_=UtcDateTime())


def sees(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a storyboard is visible: open, one's team's, one coaches at it, or opened by an administrator."""
    now = clock.now() if viewer.is_administrator else None
    return _ways(viewer.person_id, sorted(viewer.teams), now)


@cache
def seen_by(is_administrator: bool) -> ColumnElement[bool]:
    """The same with the values left open (``who``), for statements that are built once."""
    return _ways(ME, MY_TEAMS, NOW if is_administrator else None)


def _ways(me: Any, teams: Any, now: Any) -> ColumnElement[bool]:
    ways = [
        Storyboard.closed.is_(False),
        Storyboard.team_id.in_(teams),
        Storyboard.coach_id == me,
        Storyboard.second_coach_id == me,
    ]
    if now is None:
        return or_(*ways)
    opened = exists().where(
        BoardOpening.board_id == Storyboard.id, BoardOpening.person_id == me, BoardOpening.expires_at > now
    )
    return or_(*ways, opened)


def who(viewer: Viewer) -> dict[str, Any]:
    """The values of ``seen_by`` for a viewer."""
    return {
        "me": viewer.person_id,
        "my_teams": sorted(viewer.teams),
        **({"now": clock.now()} if viewer.is_administrator else {}),
    }


def visible(viewer: Viewer) -> Select[Storyboard]:
    """The storyboards that the viewer may see; compose further."""
    return select(Storyboard).where(sees(viewer))


def board(viewer: Viewer, *, lock: bool = False, board_id: int) -> Storyboard | None:
    """The storyboard with its team, for the guard; locked where the request writes."""
    query = _board(viewer.is_administrator, lock)
    return db.session.scalars(query, {"board": board_id, **who(viewer)}).one_or_none()


@cache
def _board(is_administrator: bool, lock: bool) -> Any:
    """Built once, like every statement that the guard runs at each request."""
    query = select(Storyboard).where(seen_by(is_administrator), Storyboard.id == bindparam("board", type_=Integer))
    query = query.options(joinedload(Storyboard.team, innerjoin=True))
    return query.with_for_update(of=Storyboard) if lock else query


def closed_board(viewer: Viewer, *, lock: bool = False, board_id: int) -> Storyboard | None:
    """Any storyboard, seen or not: only for an administrator who opens a closed one, which is recorded."""
    if not viewer.is_administrator:
        return board(viewer, lock=lock, board_id=board_id)
    query = select(Storyboard).where(Storyboard.id == board_id).options(joinedload(Storyboard.team))
    return db.session.scalars(query).one_or_none()


def _child_loader(model: type[Child], name: str) -> Callable[..., Child | None]:
    @cache
    def statement(is_administrator: bool, lock: bool) -> Any:
        query = (
            select(model)
            .join(model.board)
            .join(Storyboard.team)
            .where(model.id == bindparam("child", type_=Integer), seen_by(is_administrator))
            .options(contains_eager(model.board).contains_eager(Storyboard.team))
        )
        # The board is locked too, since rules such as "one experiment at a time" are about the board as a whole; and
        # it is locked first, or two people who move two obstacles would each wait for the row that the other holds.
        return query.with_for_update(of=[Storyboard, model]) if lock else query

    def load(viewer: Viewer, *, lock: bool = False, **address: Any) -> Child | None:
        query = statement(viewer.is_administrator, lock)
        found: Child | None = db.session.scalars(query, {"child": address[name], **who(viewer)}).one_or_none()
        return found

    return load


obstacle = _child_loader(Obstacle, "obstacle_id")
experiment = _child_loader(Experiment, "experiment_id")
target = _child_loader(TargetCondition, "target_id")
photo = _child_loader(Photo, "photo_id")


def of_team(viewer: Viewer, team_id: int) -> list[Any]:
    """The team's live boards that the viewer sees: id, focus process, learner, flags."""
    return list(fetch(_of_team(viewer.is_administrator), {"team": team_id, **who(viewer)}))


@cache
def _of_team(is_administrator: bool) -> Any:
    return (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Storyboard.closed,
            Storyboard.practice,
            Person.name.label("learner"),
            Challenge.measure_id,
            Challenge.moment_id,
        )
        .join(Person, Person.id == Storyboard.learner_id)
        .outerjoin(Challenge, (Challenge.board_id == Storyboard.id) & Challenge.ended_at.is_(None))
        .where(
            seen_by(is_administrator),
            Storyboard.team_id == bindparam("team", type_=Integer),
            Storyboard.archived_at.is_(None),
            Storyboard.ended_on.is_(None),
        )
        .order_by(Storyboard.practice, Storyboard.id.desc())
    )


def of_person(viewer: Viewer, person_id: int) -> list[Any]:
    """The live boards that the viewer sees at which the person learns, coaches or watches the coach, in this order."""
    return list(fetch(_of_person(viewer.is_administrator), {"person": person_id, **who(viewer)}))


@cache
def _of_person(is_administrator: bool) -> Any:
    person = bindparam("person", type_=Integer)
    learns, coaches = Storyboard.learner_id == person, Storyboard.coach_id == person
    return (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Team.name.label("team"),
            Person.name.label("learner"),
            case((learns, "learner"), (coaches, "coach"), else_="second").label("role"),
        )
        .join(Team, Team.id == Storyboard.team_id)
        .join(Person, Person.id == Storyboard.learner_id)
        .where(
            seen_by(is_administrator),
            or_(learns, coaches, Storyboard.second_coach_id == person),
            Storyboard.archived_at.is_(None),
            Storyboard.ended_on.is_(None),
        )
        .order_by(Storyboard.learner_id != person, Storyboard.coach_id.is_distinct_from(person), Storyboard.id.desc())
    )


def team_people(*team_ids: int) -> list[tuple[int, str]]:
    """Id and name of everyone who belongs to one of the teams now: who may be its learners."""
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id.in_(team_ids), Membership.ended_at.is_(None), Person.disabled_at.is_(None))
        .distinct()
        .order_by(Person.name)
    )
    return [(row.id, row.name) for row in fetch(query)]


def coaches(*, besides: frozenset[int | None] = frozenset()) -> list[tuple[int, str]]:
    """Id and name of everyone who coaches some team or storyboard, and of ``besides``: who may coach a storyboard.

    Those who only watch coaches are among them: they are the coaches of the coaches' own storyboards.
    """
    of_team = select(Membership.person_id).where(Membership.role == "coach", Membership.ended_at.is_(None))
    of_board = (
        select(role).where(role.is_not(None), Storyboard.archived_at.is_(None), Storyboard.ended_on.is_(None))
        for role in (Storyboard.coach_id, Storyboard.second_coach_id)
    )
    somewhere = or_(Person.id.in_(of_team), *(Person.id.in_(each) for each in of_board))
    query = (
        select(Person.id, Person.name)
        .where(or_(somewhere, Person.id.in_(besides - {None})), Person.disabled_at.is_(None))
        .order_by(Person.name)
    )
    return [(row.id, row.name) for row in fetch(query)]


def only_coach(team_id: int, *, besides: int) -> int | None:
    """The coach of a team that has one: who coaches its next storyboard, unless that is whose storyboard it is."""
    query = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.team_id == team_id, Membership.role == "coach", Membership.ended_at.is_(None))
        .where(Person.disabled_at.is_(None))
    )
    found = [row.person_id for row in fetch(query.limit(2))]
    return found[0] if len(found) == 1 and found[0] != besides else None


def startable_teams(viewer: Viewer) -> list[Team]:
    """The teams in which the viewer may start a storyboard."""
    query = select(Team).where(Team.id.in_(viewer.teams), Team.closed_at.is_(None)).order_by(Team.name)
    return list(db.session.scalars(query))


def openings(board_id: int) -> list[Any]:
    """When administrators looked into the closed board, and why; newest first."""
    query = (
        select(BoardOpening.opened_at, BoardOpening.reason, Person.name)
        .join(Person, Person.id == BoardOpening.person_id)
        .where(BoardOpening.board_id == board_id)
        .order_by(BoardOpening.id.desc())
    )
    return list(fetch(query))


def area_challenge(viewer: Viewer, *, lock: bool = False, challenge_id: int) -> Challenge | None:
    """A challenge that was given to an area; those of boards are reached through their board."""
    query = select(Challenge).where(Challenge.id == challenge_id, Challenge.area_id.is_not(None))
    query = query.options(joinedload(Challenge.area))
    return db.session.scalars(query.with_for_update(of=Challenge) if lock else query).one_or_none()


def with_measure(viewer: Viewer, measure_id: int) -> list[Any]:
    """The live boards that the viewer sees whose challenge or active target condition is about the measure."""
    return list(fetch(_with_measure(viewer.is_administrator), {"measure_id": measure_id, **who(viewer)}))


@cache
def _with_measure(is_administrator: bool) -> Any:
    """Built once: making the statement costs more than running it."""
    measure_id: Any = bindparam("measure_id")
    challenged = select(Challenge.board_id).where(
        Challenge.board_id.is_not(None), Challenge.ended_at.is_(None), Challenge.measure_id == measure_id
    )
    aimed = (
        select(TargetMeasure.board_id)
        .join(TargetCondition, TargetCondition.id == TargetMeasure.target_id)
        .where(
            TargetMeasure.measure_id == measure_id,
            TargetMeasure.removed_at.is_(None),
            TargetCondition.ended_at.is_(None),
        )
    )
    return (
        select(Storyboard.id, Storyboard.focus_process, Person.name.label("learner"))
        .join(Person, Person.id == Storyboard.learner_id)
        .where(
            Storyboard.id.in_(union(challenged, aimed)),
            Storyboard.archived_at.is_(None),
            Storyboard.ended_on.is_(None),
            seen_by(is_administrator),
        )
        .order_by(Storyboard.id.desc())
    )
