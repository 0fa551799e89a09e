"""Teams and people by parts of their names, for the command box and for whoever adds somebody."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from sqlalchemy import Integer, String, bindparam, select

from kata import trigrams
from kata.extensions import fetch
from kata.folding import folded, pattern
from kata.identity.models import Person
from kata.teams.models import Area, Membership, Team

Found = tuple[str, str, str]

#: As many words of a name as are looked for.
MOST_WORDS = 6


def find_teams(text: str, limit: int) -> list[Found]:
    """Name, address and area of open teams named like ``text``, for the command box."""
    rows = fetch(_teams(), {"name": pattern(folded(text)), "most": limit})
    return [(row.name, f"/teams/{row.slug}", row.area) for row in rows]


@cache
def _teams() -> Any:
    return (
        select(Team.name, Team.slug, Area.name.label("area"))
        .join(Area, Area.id == Team.area_id)
        .where(Team.closed_at.is_(None), Team.name_folded.like(bindparam("name", type_=String), escape="\\"))
        .order_by(Team.name, Team.id)
        .limit(bindparam("most", type_=Integer))
    )


def find_people(text: str, limit: int) -> list[Found]:
    """Name, address and teams of people named like ``text``, for the command box. Their e-mail is not searched."""
    return [(name, f"/people/{person_id}", teams) for person_id, name, teams in people_named(text, limit)]


def people_named(text: str, limit: int) -> list[tuple[int, str, str]]:
    """Id, name and teams in words of people with an open account whose name holds every word of ``text``."""
    words = folded(text).split()[:MOST_WORDS]
    longest = max(words, key=len, default="")
    values = {f"word_{at}": pattern(word) for at, word in enumerate(words)} | trigrams.letters(longest)
    found = list(fetch(_people(len(words), trigrams.way(longest)), {**values, "most": limit}))
    teams = _team_names([row.id for row in found])
    return [(row.id, row.name, ", ".join(teams[row.id])) for row in found]


@cache
def _people(words: int, by: str) -> Any:
    """Built once for each number of words; ``by`` is how the longest of them is found."""
    named = [Person.name_folded.like(bindparam(f"word_{at}", type_=String), escape="\\") for at in range(words)]
    query = select(Person.id, Person.name).where(Person.disabled_at.is_(None), *named)
    return trigrams.found(query, Person, (Person.name, Person.id), by)


def _team_names(people: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for person_id, name in fetch(_memberships(), {"people": people}) if people else ():
        names[person_id].append(name)
    return names


@cache
def _memberships() -> Any:
    return (
        select(Membership.person_id, Team.name)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Membership.person_id.in_(bindparam("people", type_=Integer, expanding=True)),
            Membership.ended_at.is_(None),
            Team.closed_at.is_(None),
        )
        .distinct()
        .order_by(Team.name)
    )
