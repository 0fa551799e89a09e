"""The people that every test knows, the teams they belong to and what stands on their boards.

ana learns in the team *access-requests*, whose coach ben is and to which gus belongs too; cleo watches ben as second
coach of ana's boards and belongs to no team; eve is a member of another team, with a storyboard of her own; dev leads
the area at the top, root administers, fay is signed in and belongs nowhere. What ana's team hears from its customers
is open to everyone (``heard``), what eve's hears is its own (``hushed``). Ben has coached ana once (``coached``).
Everything is written by the models with the activity record beside it, on the days on which it would have happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kata.access.policy import Viewer
from kata.activity.actions import strike_fields
from kata.coaching.models import CoachingCycle
from kata.customers.models import MomentOfTruth
from kata.extensions import db
from kata.identity import passwords
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.identity.secrets import hashed
from kata.measures import pictures
from kata.measures.models import Measure, Phase, Reading
from kata.storyboards.models import Challenge
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team
from kata.teams.queries import viewer_of
from tests.cast_barriers import Raised, raise_barriers
from tests.cast_boards import NOW, TODAY, Board, Where, days_ago, image, keep, small_board, whole_board
from tests.cast_coaching import Coached, coach
from tests.cast_customers import Heard, hear
from tests.cast_imports import bring_file
from tests.cast_stories import Told, tell

__all__ = [
    "ADDRESS_TOKEN",
    "INVITATION_TOKEN",
    "LINK_TOKEN",
    "NAMES",
    "NOW",
    "PASSWORD",
    "TODAY",
    "Board",
    "Cast",
    "Someone",
    "days_ago",
    "image",
    "keep",
    "play",
]

#: What stands in the invitation that waits (to the team of access requests), in fay's one-time link, and in the link
#: that proves ana's new address.
INVITATION_TOKEN = "an-invitation-of-the-cast"
LINK_TOKEN = "a-one-time-link-of-the-cast"
ADDRESS_TOKEN = "a-new-address-of-the-cast"
PASSWORD = "practice-every-day"

NAMES = {
    "ana": "Ana Novak",
    "ben": "Ben Okafor",
    "cleo": "Cleo Lind",
    "dev": "Dev Rao",
    "eve": "Eve Marin",
    "fay": "Fay Quist",
    "gus": "Gus Hale",
    "root": "Root Berger",
}


@dataclass(frozen=True)
class Someone:
    """A person of the cast. Everybody's password is ``PASSWORD``."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class Cast:
    """Everybody and everything, by id; ``cast["ana"]`` is a person."""

    people: dict[str, Someone]
    areas: dict[str, int]
    teams: dict[str, int]
    measures: dict[str, int]
    reading: int
    phase: int
    moment: int
    area_challenge: int
    heard: Heard
    hushed: Heard
    membership: int
    office: int
    invitation: int
    session: int
    upload: int
    board: Board
    closed: Board
    practice: Board
    other: Board
    coached: Coached
    raised: Raised
    told: Told

    def __getitem__(self, name: str) -> Someone:
        return self.people[name]

    def viewer(self, name: str) -> Viewer:
        """The person as the policy sees them; needs an app context."""
        person = db.session.get_one(Person, self.people[name].id)
        # What viewer_of needs of an account, a person has too, but for the name of the id.
        return viewer_of(_Account(person.id, person))


class _Account:
    def __init__(self, person_id: int, person: Person) -> None:
        self.person_id, self._person = person_id, person

    def __getattr__(self, name: str) -> Any:
        return getattr(self._person, name)


def _carry_on(cycle_id: int, step_id: int | None) -> None:
    """The step that came of the cycle is written after it; its events tell of it all the same."""
    cycle = db.session.get_one(CoachingCycle, cycle_id)
    cycle.step_id = step_id
    strike_fields("coaching_cycle", [cycle_id], {"step_id": step_id})


def play(data_folder: Path) -> Cast:
    """Write everybody and everything into an empty database, commit, and answer the ids."""
    with days_ago(120):
        people = _people()
        ids = {name: person.id for name, person in people.items()}
        areas = _areas(ids)
        teams = _teams(areas, ids)
        measures = _measures(teams, ids)
        reading = _readings(measures, ids)
        phase = _phase(measures["process"], ids["ana"])
        doors = _doors(people, teams["access"])
        area_challenge = keep(
            Challenge(area_id=areas["house"].id, statement="Whoever needs something from us has it the same day."),
            "set the area's challenge",
            ids["dev"],
        )
        moment = keep(MomentOfTruth(team_id=teams["access"].id, name="First day at work"), "named", ids["ana"])
    team, where = teams["access"], Where(teams["access"], measures, moment.id, area_challenge.id, ids)
    heard = hear(team, moment, measures["outcome"], ids["ana"])
    hushed = hear(teams["invoices"], None, measures["other"], ids["eve"], closed=True)
    coached: list[Coached] = []
    boards = {
        "board": whole_board(where, data_folder, lambda board_id: coached.append(coach(board_id, ids))),
        "closed": small_board(team, ids["ana"], ids, "Closing leavers' accounts", closed=True),
        "practice": small_board(team, ids["ana"], ids, "Making tea", closed=True, practice=True),
        "other": small_board(teams["invoices"], ids["eve"], ids, "Answering invoice questions"),
    }
    _carry_on(coached[0].cycle, boards["board"].running)
    raised = raise_barriers(boards, areas["house"].id, ids)
    told = tell(team, ids)
    db.session.commit()
    upload = bring_file(team.id, measures["process"].id, ids["ana"])
    return Cast(
        people={name: Someone(each.id, each.name, str(each.email)) for name, each in people.items()},
        areas={name: area.id for name, area in areas.items()},
        teams={name: team.id for name, team in teams.items()},
        measures={name: measure.id for name, measure in measures.items()},
        reading=reading.id,
        phase=phase.id,
        upload=upload,
        coached=coached[0],
        raised=raised,
        told=told,
        moment=moment.id,
        area_challenge=area_challenge.id,
        heard=heard,
        hushed=hushed,
        membership=db.session.scalars(select(Membership.id).where(Membership.person_id == ids["gus"])).one(),
        office=db.session.scalars(select(AreaLeader.id)).one(),
        **doors,
        **boards,
    )


def _doors(people: dict[str, Person], team: Team) -> dict[str, int]:
    """An invitation that waits, a one-time link, and a device that ana is signed in on; none of them ever ends."""
    later = NOW + timedelta(days=9000)
    invitation = Invitation(
        token_hash=hashed(INVITATION_TOKEN),
        team_id=team.id,
        team=team,
        role="member",
        created_by_id=people["ana"].id,
        expires_at=later,
    )
    keep(invitation, "invited", people["ana"].id)
    link = SignInLink(token_hash=hashed(LINK_TOKEN), person_id=people["fay"].id, expires_at=later)
    session = SignInSession(
        token_hash=hashed("a session"), person_id=people["ana"].id, expires_at=later, device="Phone"
    )
    wanted = AddressChange(
        token_hash=hashed(ADDRESS_TOKEN), person_id=people["ana"].id, email="ana.novak@demo.example", expires_at=later
    )
    db.session.add_all([link, session, wanted])
    db.session.flush()
    return {"invitation": invitation.id, "session": session.id}


def _people() -> dict[str, Person]:
    kept = passwords.hash_password(PASSWORD)
    people = {
        name: Person(
            name=full, email=f"{name}@demo.example", password_hash=kept, is_administrator=name == "root", theme="system"
        )
        for name, full in NAMES.items()
    }
    db.session.add_all(people.values())
    db.session.flush()
    return people


def _areas(ids: dict[str, int]) -> dict[str, Area]:
    house = keep(Area(name="Northfield", slug="northfield"), "created", ids["root"])
    services = keep(Area(name="IT services", slug="it-services", parent_id=house.id), "created", ids["root"])
    desk = keep(Area(name="Service desk", slug="service-desk", parent_id=services.id), "created", ids["root"])
    finance = keep(Area(name="Finance", slug="finance", parent_id=house.id), "created", ids["root"])
    keep(AreaLeader(area_id=house.id, person_id=ids["dev"]), "began to lead", ids["root"])
    return {"house": house, "services": services, "desk": desk, "finance": finance}


def _teams(areas: dict[str, Area], ids: dict[str, int]) -> dict[str, Team]:
    access = Team(name="Access requests", slug="access-requests", area_id=areas["desk"].id, area=areas["desk"])
    invoices = Team(name="Invoices", slug="invoices", area_id=areas["finance"].id, area=areas["finance"])
    for team in (access, invoices):
        keep(team, "created", ids["root"])
    for team, name, role in (
        (access, "ana", "member"),
        (access, "gus", "member"),
        (access, "ben", "coach"),
        (invoices, "eve", "member"),
    ):
        row = Membership(team_id=team.id, person_id=ids[name], role=role, team=team)
        keep(row, "joined", ids["root"])
    return {"access": access, "invoices": invoices}


def _measures(teams: dict[str, Team], ids: dict[str, int]) -> dict[str, Measure]:
    def measure(team: str, name: str, kind: str, unit: str, better: str) -> Any:
        row = Measure(team_id=teams[team].id, team=teams[team], name=name, kind=kind, unit=unit, better=better)
        return keep(row, "created", ids["ana" if team == "access" else "eve"])

    return {
        "outcome": measure("access", "Access on the first day", "outcome", "%", "up"),
        "process": measure("access", "Hours waiting for approval", "process", "h", "down"),
        "other": measure("invoices", "Questions answered the same day", "outcome", "%", "up"),
    }


def _readings(measures: dict[str, Measure], ids: dict[str, int]) -> Reading:
    last = None
    for name, values in {"outcome": (61.0, 64.0, 70.0), "process": (30.0, 26.0, 19.5)}.items():
        for weeks, value in zip((6, 4, 1), values, strict=True):
            day = TODAY - timedelta(weeks=weeks)
            last = Reading(
                measure_id=measures[name].id, measure=measures[name], day=day, value=value, entered_by_id=ids["ana"]
            )
            keep(last, "read", ids["ana"])
        pictures.refresh(measures[name])
    assert last is not None
    return last


def _phase(measure: Measure, by: int) -> Phase:
    day = TODAY - timedelta(weeks=4)
    row = Phase(measure=measure, measure_id=measure.id, starts_on=day, reason="Approvers are rung up", by_id=by)
    keep(row, "started", by)
    pictures.refresh(measure)
    return row
