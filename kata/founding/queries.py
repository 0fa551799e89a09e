"""What stands of areas, teams and people where a file is about to add some, and what an installation still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from kata import clock
from kata.extensions import db, fetch
from kata.folding import folded
from kata.founding.plan import Account, Standing
from kata.founding.reading import Line
from kata.identity.models import Person, SignInLink
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team


def standing(lines: Iterable[Line]) -> Standing:
    """What the lines may meet: every open area and team, the people that they name, and what these do."""
    named = [line for line in lines if line.person]
    accounts = _accounts({line.email for line in named if line.email}, {folded(line.person) for line in named})
    areas = fetch(select(Area.id, Area.parent_id, Area.name).where(Area.closed_at.is_(None)))
    teams = fetch(select(Team.id, Team.area_id, Team.name_folded).where(Team.closed_at.is_(None)))
    return Standing(
        areas={(parent, folded(name)): id_ for id_, parent, name in areas},
        teams={(area_id, name): id_ for id_, area_id, name in teams},
        accounts=accounts,
        roles=_roles([account.id for account in accounts]),
    )


def _accounts(addresses: set[str], names: set[str]) -> tuple[Account, ...]:
    if not names:
        return ()
    query = select(Person.id, Person.name, Person.email, Person.disabled_at).where(
        or_(Person.email.in_(addresses), and_(Person.name_folded.in_(names), Person.disabled_at.is_(None)))
    )
    return tuple(Account(id_, name, email, closed is None) for id_, name, email, closed in fetch(query))


def _roles(people: list[int]) -> frozenset[tuple[int, int, str]]:
    if not people:
        return frozenset()
    teams = select(Membership.team_id, Membership.person_id, Membership.role).where(
        Membership.person_id.in_(people), Membership.ended_at.is_(None)
    )
    areas = select(AreaLeader.area_id, AreaLeader.person_id).where(
        AreaLeader.person_id.in_(people), AreaLeader.ended_at.is_(None)
    )
    return frozenset(
        {(place, person, role) for place, person, role in fetch(teams)}
        | {(place, person, "leader") for place, person in fetch(areas)}
    )


def take_turns() -> None:
    """Let one administrator at a time found anything, until this transaction ends."""
    query = select(Person.id).where(Person.is_administrator, Person.disabled_at.is_(None)).order_by(Person.id)
    db.session.execute(query.with_for_update())


def links(hashes: list[str]) -> dict[str, Any]:
    """When each of these one-time links ends, by its hash; of those that can be used."""
    query = select(SignInLink.token_hash, SignInLink.expires_at).where(
        SignInLink.token_hash.in_(hashes), SignInLink.used_at.is_(None), SignInLink.expires_at > clock.now()
    )
    return {row.token_hash: row.expires_at for row in fetch(query)} if hashes else {}


def beginnings() -> Any:
    """How far the installation is: the first area and the first team, and whether others are here, coach, and lead."""
    return fetch(_beginnings(), {}).one()


@cache
def _beginnings() -> Any:
    waiting = and_(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    coaches = and_(Membership.role == "coach", Membership.ended_at.is_(None))
    first_team = select(func.min(Team.id)).where(Team.closed_at.is_(None)).scalar_subquery()
    return select(
        select(func.min(Area.id)).where(Area.closed_at.is_(None)).scalar_subquery().label("area_id"),
        select(Team.slug).where(Team.id == first_team).scalar_subquery().label("team_slug"),
        or_(select(func.max(Person.id) > func.min(Person.id)).scalar_subquery(), exists().where(waiting)).label(
            "has_people"
        ),
        or_(exists().where(coaches), exists().where(waiting, Invitation.role == "coach")).label("has_coach"),
        exists().where(AreaLeader.ended_at.is_(None)).label("has_leader"),
    )
