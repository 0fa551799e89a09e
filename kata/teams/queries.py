"""Reading areas, teams and roles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal, select, union_all

from kata.access.policy import Viewer
from kata.extensions import db
from kata.teams.models import Area, AreaLeader, Membership, Team


def viewer_of(account: Any) -> Viewer:
    """The viewer behind an account: every role they hold now, in one query."""
    rows = db.session.execute(_roles(account.person_id)).all()
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


def _roles(person_id: int) -> Any:
    led = (
        select(AreaLeader.area_id.label("id"))
        .where(AreaLeader.person_id == person_id, AreaLeader.ended_at.is_(None))
        .cte("led", recursive=True)
    )
    led = led.union(select(Area.id).join(led, Area.parent_id == led.c.id))
    memberships = select(Membership.role, Membership.team_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return union_all(memberships, select(literal("leader"), led.c.id))


def teams_of(viewer: Viewer) -> Select[tuple[Team]]:
    """The teams that the viewer belongs to."""
    return select(Team).where(Team.id.in_(viewer.teams), Team.closed_at.is_(None)).order_by(Team.name)
