"""Areas three deep with their leaders and challenges, the teams in them, and who belongs to each team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from typing import Any

from kata.identity.models import Person
from kata.storyboards.models import Challenge
from kata.synth import words
from kata.synth.rows import Row
from kata.synth.telling import Telling, at, days, working
from kata.teams.models import Area, AreaLeader, Membership, Team

PEOPLE, COACHES = 20, 2
TEAMS_A_DEPARTMENT = 10
ZONES = ("Europe/London", "Europe/Lisbon", "Europe/Berlin", "Europe/Helsinki")
DOMAIN = "synth.example"
#: Nobody began to practise later than so many days ago.
YOUNGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """An area with who leads it, and what its leader asks for."""

    area_id: int
    leader: int
    challenge: int
    zone: str


@dataclass(frozen=True, slots=True)
class Crew:
    """A team with the people in it, by their ids; ``number`` counts the teams from one."""

    number: int
    team: Row
    place: Place
    members: tuple[int, ...]
    coaches: tuple[int, ...]
    began: date

    @property
    def id(self) -> int:
        return int(self.team["id"])


def administrator(story: Telling) -> None:
    """The first account of the installation."""
    made = _person(story, "administrator", ZONES[0], story.first, administrator=True)
    story.administrator = made


def departments(story: Telling, teams: int) -> list[Place]:
    """The organisation, its divisions and their departments, of which each has a few teams."""
    count = ceil(teams / TEAMS_A_DEPARTMENT)
    divisions = max(1, round(sqrt(count)))
    whole = _area(story, "organisation", "The whole organisation", None, ZONES[0])
    above = [
        _area(story, f"division-{n + 1}", f"{words.PLACES[n % len(words.PLACES)]} division {n + 1}", whole, zone)
        for n, zone in zip(range(divisions), _again(ZONES), strict=False)
    ]
    return [
        _area(
            story,
            f"department-{n + 1}",
            f"{words.SERVICES[n % len(words.SERVICES)]} department {n + 1}",
            above[n % divisions],
            above[n % divisions].zone,
        )
        for n in range(count)
    ]


def crews(story: Telling, departments: list[Place], teams: int) -> Iterator[Crew]:
    """The teams, one after the other; the first one is as old as the installation."""
    for number in range(1, teams + 1):
        chance = story.chance(f"team {number}")
        place = departments[(number - 1) // TEAMS_A_DEPARTMENT]
        longest = (story.today - story.first).days
        age = longest if number == 1 else chance.randint(min(YOUNGEST, longest), longest)
        began = working(story.today - days(age))
        name = f"{chance.choice(words.SERVICES)} {chance.choice(words.PLACES)} {number}"
        team = story.tell(
            Team,
            at(began, 8),
            place.leader,
            "created",
            area_id=place.area_id,
            name=name,
            slug=f"team-{number}",
            time_zone=place.zone,
            created_at=at(began, 8),
        )
        people = [_person(story, f"team-{number}.{n + 1}", place.zone, began) for n in range(PEOPLE)]
        roles = ["coach" if n < COACHES else "member" for n in range(PEOPLE)]
        for person, role in zip(people, roles, strict=True):
            belongs: dict[str, Any] = {"team_id": team["id"], "person_id": person, "role": role}
            story.tell(Membership, at(began, 8, 20), place.leader, "joined", **belongs, started_at=at(began, 8, 20))
        yield Crew(number, team, place, tuple(people[COACHES:]), tuple(people[:COACHES]), began)


def _area(story: Telling, slug: str, name: str, above: Place | None, zone: str) -> Place:
    moment, by = at(story.first, 8), story.administrator
    parent = above.area_id if above else None
    area = story.tell(Area, moment, by, "created", slug=slug, name=name, parent_id=parent)["id"]
    leader = _person(story, f"leader.{slug}", zone, story.first)
    story.tell(AreaLeader, moment, by, "appointed", area_id=area, person_id=leader, started_at=moment)
    challenge = story.tell(
        Challenge,
        at(story.first, 9),
        leader,
        "set the area's challenge",
        area_id=area,
        statement=f"Whoever asks {name.lower()} for something has it on the same day.",
        by_date=story.today + days(200),
        serves_id=above.challenge if above else None,
        created_at=at(story.first, 9),
    )
    return Place(area, leader, challenge["id"], zone)


def _person(story: Telling, address: str, zone: str, since: date, *, administrator: bool = False) -> int:
    made = story.tell(
        Person,
        at(since, 8),
        story.administrator or None,
        "created",
        name=words.person(story.chance(address)),
        email=f"{address}@{DOMAIN}",
        password_hash=story.password_hash,
        time_zone=zone,
        is_administrator=administrator,
        created_at=at(since, 8),
    )
    return int(made["id"])


def _again(zones: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from zones
