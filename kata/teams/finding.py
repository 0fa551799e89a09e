"""Teams and people by parts of their names, for the command box and for whoever adds somebody."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from kata.extensions import fetch
from kata.folding import folded
from kata.identity.models import Person
from kata.teams.models import Area, Membership, Team

Found = tuple[str, str, str]


def find_teams(text: str, limit: int) -> list[Found]:
    """Name, address and area of open teams named like ``text``, for the command box."""
    query = (
        select(Team.name, Team.slug, Area.name.label("area"))
        .join(Area, Area.id == Team.area_id)
        .where(Team.closed_at.is_(None), Team.name_folded.contains(folded(text), autoescape=True))
        .order_by(Team.name, Team.id)
        .limit(limit)
    )
    return [(row.name, f"/teams/{row.slug}", row.area) for row in fetch(query)]


def find_people(text: str, limit: int) -> list[Found]:
    """Name, address and teams of people named like ``text``, for the command box. Their e-mail is not searched."""
    return [(name, f"/people/{person_id}", teams) for person_id, name, teams in people_named(text, limit)]


def people_named(text: str, limit: int) -> list[tuple[int, str, str]]:
    """Id, name and teams in words of people with an open account whose name holds every word of ``text``."""
    words = [Person.name_folded.contains(word, autoescape=True) for word in folded(text).split()[:6]]
    query = select(Person.id, Person.name).where(Person.disabled_at.is_(None), *words)
    found = list(fetch(query.order_by(Person.name, Person.id).limit(limit)))
    teams = _team_names([row.id for row in found])
    return [(row.id, row.name, ", ".join(teams[row.id])) for row in found]


def _team_names(people: list[int]) -> dict[int, list[str]]:
    query = (
        select(Membership.person_id, Team.name)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_(people), Membership.ended_at.is_(None), Team.closed_at.is_(None))
        .distinct()
        .order_by(Team.name)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for person_id, name in fetch(query) if people else ():
        names[person_id].append(name)
    return names
