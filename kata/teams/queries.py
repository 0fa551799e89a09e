"""Reading areas, teams and roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import CTE, Integer, Select, String, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import UtcDateTime, db, fetch
from kata.folding import folded
from kata.identity.models import Person
from kata.identity.secrets import hashes_of_typed
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team

FORMER_SHOWN = 20


def viewer_of(account: Any) -> Viewer:
    """The viewer behind an account: every role they hold now, in one query."""
    rows = fetch(_roles(), {"person": account.person_id}).all()
    held: dict[str, set[int]] = {"member": set(), "coach": set(), "leader": set()}
    for role, place in rows:
        held[role].add(place)
    return Viewer(
        person_id=account.person_id,
        name=account.name,
        theme=account.theme,
        language=account.language,
        time_zone=account.time_zone,
        is_administrator=account.is_administrator,
        member_of=frozenset(held["member"]),
        coach_of=frozenset(held["coach"]),
        areas_led=frozenset(held["leader"]),
    )


@cache
def _roles() -> Any:
    """Built once: making the statement costs more than running it."""
    person_id: Any = bindparam("person")
    led = areas_led_by(person_id)
    memberships = select(Membership.role, Membership.team_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return union_all(memberships, select(literal("leader"), led.c.id))


def areas_led_by(person_id: Any) -> CTE:
    """The ids of the areas that somebody leads and of all areas below those, to be selected from.

    Hundreds of ids as values of a statement take PostgreSQL longer to plan than the tree takes to walk.
    """
    led = (
        select(AreaLeader.area_id.label("id"))
        .where(AreaLeader.person_id == person_id, AreaLeader.ended_at.is_(None))
        .cte("led", recursive=True)
    )
    return led.union(select(Area.id).join(led, Area.parent_id == led.c.id))


# Teams ----------------------------------------------------------------------------------------------------------------


def teams_of(viewer: Viewer) -> Select[Team]:
    """The teams that the viewer belongs to."""
    return select(Team).where(Team.id.in_(viewer.teams), Team.closed_at.is_(None)).order_by(Team.name)


def visible_teams() -> Select[Team]:
    """Every open team, by name: who practises where is open to anyone signed in."""
    return select(Team).where(Team.closed_at.is_(None)).order_by(Team.name, Team.id)


def team_by_slug(viewer: Viewer, *, lock: bool, slug: str) -> Team | None:
    """The loader for a team's pages; closed teams stay readable."""
    return _team(Team.slug == slug, lock)


def team(team_id: int, *, lock: bool = False) -> Team | None:
    return _team(Team.id == team_id, lock)


def _team(condition: Any, lock: bool) -> Team | None:
    query = select(Team).where(condition).options(joinedload(Team.area)).execution_options(populate_existing=True)
    return db.session.scalars(query.with_for_update(of=Team) if lock else query).one_or_none()


def team_rows(*, areas: set[int] | None = None, text: str = "", limit: int | None = None) -> list[Any]:
    """Id, name, slug, area, country and people of open teams, by name; of ``areas`` only, or named like ``text``."""
    people = (
        select(func.count(func.distinct(Membership.person_id)))
        .where(Membership.team_id == Team.id, Membership.ended_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    query = select(
        Team.id, Team.name, Team.slug, Team.area_id, Team.country, Team.region, people.label("people")
    ).where(Team.closed_at.is_(None))
    if areas is not None:
        query = query.where(Team.area_id.in_(areas))
    if text:
        query = query.where(Team.name_folded.contains(folded(text), autoescape=True))
    return list(fetch(query.order_by(Team.name, Team.id).limit(limit)))


def own_teams(viewer: Viewer) -> list[Any]:
    """Id, name, slug and area of the open teams that the viewer belongs to, by name."""
    return list(fetch(_named("own"), {"my_teams": sorted(viewer.teams)}))


def open_team_named(slug: str) -> Any | None:
    """The same of the open team of this slug."""
    return fetch(_named("slug"), {"slug": slug}).one_or_none()


def teams_offered(areas: Collection[int] | None, limit: int) -> list[Any]:
    """The same of up to so many open teams, of ``areas`` only unless that is ``None``."""
    if areas is None:
        return list(fetch(_named("all"), {"most": limit}))
    return list(fetch(_named("areas"), {"most": limit, "areas": sorted(areas)}))


@cache
def _named(which: str) -> Any:
    query = select(Team.id, Team.name, Team.slug, Team.area_id).where(Team.closed_at.is_(None))
    if which == "slug":
        return query.where(Team.slug == bindparam("slug", type_=String))
    query = query.order_by(Team.name_folded, Team.id)
    if which == "own":
        return query.where(Team.id.in_(bindparam("my_teams", type_=Integer, expanding=True)))
    if which == "areas":
        query = query.where(Team.area_id.in_(bindparam("areas", type_=Integer, expanding=True)))
    return query.limit(bindparam("most", type_=Integer))


def closed_teams(areas: frozenset[int] | None) -> list[Any]:
    """Name, slug and closing of closed teams, the newest first; of ``areas`` only unless that is ``None``."""
    query = select(Team.name, Team.slug, Team.closed_at).where(Team.closed_at.is_not(None))
    if areas is not None:
        query = query.where(Team.area_id.in_(areas))
    return list(fetch(query.order_by(Team.closed_at.desc()).limit(50)))


def teams_by_area() -> dict[int, int]:
    """How many open teams belong to each area directly."""
    return {area_id: count for area_id, count in fetch(_TEAMS_BY_AREA)}


_TEAMS_BY_AREA: Any = select(Team.area_id, func.count()).where(Team.closed_at.is_(None)).group_by(Team.area_id)


def people_of_team(team_id: int) -> list[Any]:
    """Membership, person, name, role and start of everyone who belongs to the team now; coaches first, then by name."""
    return list(fetch(_PEOPLE, {"team": team_id}))


#: Built once: making the statement costs more than running it.
_PEOPLE: Any = (
    select(Membership.id, Membership.person_id, Person.name, Membership.role, Membership.started_at)
    .join(Person, Person.id == Membership.person_id)
    .where(
        Membership.team_id == bindparam("team", type_=Integer),
        Membership.ended_at.is_(None),
        Person.disabled_at.is_(None),
    )
    .order_by(Membership.role, Person.name, Membership.id)
)


def former_people_of_team(team_id: int, most: int | None = None) -> list[Any]:
    """Person, name, role, start and end of those who belonged to the team once, the last to leave first."""
    if most is None:
        return list(fetch(_FORMER, {"team": team_id}))
    return list(fetch(_LAST_FORMER, {"team": team_id, "most": most}))


_FORMER: Any = (
    select(Membership.person_id, Person.name, Membership.role, Membership.started_at, Membership.ended_at)
    .join(Person, Person.id == Membership.person_id)
    .where(Membership.team_id == bindparam("team", type_=Integer), Membership.ended_at.is_not(None))
    .order_by(Membership.ended_at.desc(), Membership.id.desc())
)
_LAST_FORMER: Any = _FORMER.limit(bindparam("most", type_=Integer))


def membership(viewer: Viewer, *, lock: bool, membership_id: int) -> Membership | None:
    """The loader for a membership, with its team."""
    query = select(Membership).where(Membership.id == membership_id).options(joinedload(Membership.team))
    return db.session.scalars(query.with_for_update(of=Membership) if lock else query).one_or_none()


def current_membership(team_id: int, person_id: int, role: str) -> Membership | None:
    query = select(Membership).where(
        Membership.team_id == team_id,
        Membership.person_id == person_id,
        Membership.role == role,
        Membership.ended_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


# Invitations ----------------------------------------------------------------------------------------------------------


def invitation(viewer: Viewer, *, lock: bool, invitation_id: int) -> Invitation | None:
    """The loader for an invitation, with its team; only those who may invite hear of it."""
    query = select(Invitation).where(Invitation.id == invitation_id).options(joinedload(Invitation.team))
    return db.session.scalars(query.with_for_update(of=Invitation) if lock else query).one_or_none()


def usable_invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation for ``token`` while it can be used: not used, withdrawn or expired, its team open.

    As it stands now, also when the request has read it before: meanwhile others may have.
    """
    query = (
        select(Invitation)
        .join(Invitation.team)
        .options(joinedload(Invitation.team))
        .where(Invitation.token_hash.in_(hashes_of_typed(token)), Team.closed_at.is_(None), *_waiting(clock.now()))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query.with_for_update(of=Invitation) if lock else query).one_or_none()


def waiting_invitations(team_id: int) -> list[Any]:
    """Id, role, address, expiry and maker's name of the team's invitations that nobody has used yet."""
    return list(fetch(_waiting_of_team(), {"team": team_id, "now": clock.now()}))


@cache
def _waiting_of_team() -> Any:
    return (
        select(Invitation.id, Invitation.role, Invitation.email, Invitation.expires_at, Person.name.label("made_by"))
        .join(Person, Person.id == Invitation.created_by_id)
        .where(Invitation.team_id == bindparam("team", type_=Integer))
        .where(*_waiting(bindparam("now", type_=UtcDateTime())))
        .order_by(Invitation.id.desc())
        .limit(200)
    )


def invitation_of(token_hash: str) -> Invitation | None:
    """The invitation just made, used or not."""
    return db.session.scalars(select(Invitation).where(Invitation.token_hash == token_hash)).one_or_none()


def _waiting(now: Any) -> tuple[Any, ...]:
    return Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now


# Areas ----------------------------------------------------------------------------------------------------------------


def area(viewer: Viewer, *, lock: bool, area_id: int) -> Area | None:
    """The loader for an area. A request that writes locks the whole tree, which is small and changes seldom: two
    moves at once could otherwise make a circle."""
    if lock:
        lock_areas()
    return db.session.scalars(select(Area).where(Area.id == area_id)).one_or_none()


def lock_areas() -> None:
    """Let nobody else change the tree of areas until this transaction ends."""
    db.session.execute(select(Area.id).order_by(Area.id).with_for_update())


def area_rows(*, closed: bool = False) -> list[Any]:
    """Id, parent, name and slug of the open areas (or the closed ones), by name."""
    return list(fetch(_area_rows(closed)))


@cache
def _area_rows(closed: bool) -> Any:
    query = select(Area.id, Area.parent_id, Area.name, Area.slug)
    state = Area.closed_at.is_not(None) if closed else Area.closed_at.is_(None)
    return query.where(state).order_by(Area.name, Area.id)


def areas_above(area_id: int) -> list[int]:
    """The area's own id, its parent's, and so on up to the root."""
    parents = {id_: parent for id_, parent in fetch(select(Area.id, Area.parent_id))}
    way: list[int] = []
    at: int | None = area_id
    while at is not None and at in parents and at not in way:
        way.append(at)
        at = parents[at]
    return way


def area_way(area_id: int) -> list[Any]:
    """Id and name of the area and of those above it, the root first."""
    rows = {row.id: row for row in fetch(_AREAS)}
    way: list[Any] = []
    at: int | None = area_id
    while at in rows and rows[at] not in way:
        way.insert(0, rows[at])
        at = rows[at].parent_id
    return way


_AREAS: Any = select(Area.id, Area.name, Area.parent_id)


def leaders_by_area(areas: list[int] | None = None) -> dict[int, list[Any]]:
    """Those who lead each area now: id of the office, person and name."""
    led: dict[int, list[Any]] = defaultdict(list)
    for row in fetch(_leaders(areas is not None), {} if areas is None else {"areas": areas}):
        led[row.area_id].append(row)
    return led


@cache
def _leaders(narrowed: bool) -> Any:
    query = (
        select(AreaLeader.id, AreaLeader.area_id, AreaLeader.person_id, Person.name)
        .join(Person, Person.id == AreaLeader.person_id)
        .where(AreaLeader.ended_at.is_(None), Person.disabled_at.is_(None))
        .order_by(Person.name)
    )
    areas = bindparam("areas", type_=Integer, expanding=True)
    return query.where(AreaLeader.area_id.in_(areas)) if narrowed else query


def leadership(viewer: Viewer, *, lock: bool, office_id: int) -> AreaLeader | None:
    """The loader for somebody's leading of an area."""
    query = select(AreaLeader).where(AreaLeader.id == office_id)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def current_leadership(area_id: int, person_id: int) -> AreaLeader | None:
    query = select(AreaLeader).where(
        AreaLeader.area_id == area_id, AreaLeader.person_id == person_id, AreaLeader.ended_at.is_(None)
    )
    return db.session.scalars(query).one_or_none()


# Addresses and people -------------------------------------------------------------------------------------------------


def slugs_like(model: type[Area] | type[Team], slug: str) -> set[str]:
    """The slugs in use that are ``slug`` or begin with it."""
    query = select(model.slug).where(or_(model.slug == slug, model.slug.startswith(f"{slug}-", autoescape=True)))
    return set(db.session.scalars(query))


def person(viewer: Viewer, *, lock: bool, person_id: int) -> Person | None:
    """The loader for a person's page; who works here is open to anyone signed in."""
    return db.session.scalars(_person(), {"person": person_id}).one_or_none()


@cache
def _person() -> Any:
    return select(Person).where(Person.id == bindparam("person"))


def teams_of_person(person_id: int) -> list[Any]:
    """Team name, slug, role and start of each place where the person belongs now."""
    return list(fetch(_teams_of_person(), {"person": person_id}))


@cache
def _teams_of_person() -> Any:
    return (
        select(Team.name, Team.slug, Membership.role, Membership.started_at)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id == bindparam("person"), Membership.ended_at.is_(None), Team.closed_at.is_(None))
        .order_by(Team.name, Membership.role)
    )


def areas_of_leader(person_id: int) -> list[Any]:
    """Name and slug of the areas that the person leads, themselves, not by the tree."""
    return list(fetch(_areas_of_leader(), {"person": person_id}))


@cache
def _areas_of_leader() -> Any:
    leads: Any = bindparam("person")
    return (
        select(Area.name, Area.slug)
        .join(AreaLeader, AreaLeader.area_id == Area.id)
        .where(AreaLeader.person_id == leads, AreaLeader.ended_at.is_(None), Area.closed_at.is_(None))
        .order_by(Area.name)
    )
