"""Who works under load: the demo organisation, and added teams enough that writes do not all meet one board."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from kata import clock
from kata.alignment.models import Barrier, BarrierStop
from kata.demo import organisation as demo
from kata.extensions import db
from kata.identity import passwords
from kata.identity.actions import open_session
from kata.identity.models import Person
from kata.leadership.actions import refresh
from kata.measures import pictures
from kata.measures.models import Measure
from kata.storyboards.models import Obstacle, Storyboard, TargetCondition
from kata.teams.models import Area, AreaLeader, Membership, Team
from tests.cast import PASSWORD
from tests.cast_boards import Board, days_ago, keep, small_board
from tests.database import build_schema, let_go
from tests.faults.stage import app_over

LEARNERS = 4
DEPARTMENTS = 6
TEAMS_WITH_BARRIERS = 3


@dataclass(frozen=True)
class Desk:
    """A storyboard and whose it is: the cookies of its learner and of its coach."""

    board: int
    learner: str
    coach: str


@dataclass
class Work:
    """What the people of the load work on, as their process is told it."""

    desks: list[Desk] = field(default_factory=list)
    measures: list[tuple[int, str]] = field(default_factory=list)
    teams: list[tuple[str, str]] = field(default_factory=list)
    leaders: list[tuple[str, str]] = field(default_factory=list)
    barriers: list[tuple[int, str]] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    password: str = PASSWORD

    def told(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def found(folder: Path, url: str, teams: int) -> Work:
    """Make the organisation in an empty database, and sign its people in."""
    app = app_over(folder, url)
    with app.app_context():
        build_schema()
        demo.load()
        db.session.commit()
        work = _add_teams(app, teams)
        refresh.refresh()
    let_go(app)
    return work


def _add_teams(app: Flask, teams: int) -> Work:
    work, kept = Work(), passwords.hash_password(PASSWORD)
    root = db.session.scalars(select(Person.id).where(Person.email == "root@demo.example")).one()
    with days_ago(40):
        house = keep(Area(name="Works", slug="works"), "created", root)
        departments = [
            keep(Area(name=f"Works {n}", slug=f"works-{n}", parent_id=house.id), "created", root)
            for n in range(DEPARTMENTS)
        ]
        leaders = [_person(f"leader-{n}", kept) for n in range(DEPARTMENTS)]
        for area, leader in zip(departments, leaders, strict=True):
            keep(AreaLeader(area_id=area.id, person_id=leader.id), "began to lead", root)
    work.leaders += [(area.slug, _cookie(app, leader.id)) for area, leader in zip(departments, leaders, strict=True)]
    for number in range(teams):
        place = number % DEPARTMENTS
        _add_team(app, work, number, departments[place], work.leaders[place][1], kept)
        db.session.commit()
    return work


def _person(name: str, password_hash: str) -> Person:
    row = Person(name=name.replace("-", " ").title(), email=f"{name}@works.example", password_hash=password_hash)
    db.session.add(row)
    db.session.flush()
    return row


def _add_team(app: Flask, work: Work, number: int, area: Area, leader: str, kept: str) -> None:
    with days_ago(35):
        coach = _person(f"coach-{number}", kept)
        learners = [_person(f"learner-{number}-{n}", kept) for n in range(LEARNERS)]
        made: Any = Team(name=f"Works team {number}", slug=f"works-team-{number}", area_id=area.id, area=area)
        team: Team = keep(made, "created", coach.id)
        for person, role in [(coach, "coach"), *((learner, "member") for learner in learners)]:
            keep(Membership(team_id=team.id, person_id=person.id, role=role, team=team), "joined", coach.id)
        felt: Any = Measure(team_id=team.id, team=team, name="Felt", kind="outcome", unit="%", better="up")
        measure: Measure = keep(felt, "created", coach.id)
        pictures.refresh(measure)
    cookies = {person.id: _cookie(app, person.id) for person in (coach, *learners)}
    boards = [_board(team, learner.id, coach.id) for learner in learners]
    work.desks += [
        Desk(board.id, cookies[learner.id], cookies[coach.id]) for board, learner in zip(boards, learners, strict=True)
    ]
    work.measures.append((measure.id, cookies[coach.id]))
    work.teams.append((team.slug, cookies[learners[0].id]))
    work.emails += [learner.email for learner in learners if learner.email]
    if number < TEAMS_WITH_BARRIERS * DEPARTMENTS:
        work.barriers.append((_barrier(boards[0], area.id, learners[0].id), leader))


def _board(team: Team, learner: int, coach: int) -> Board:
    made = small_board(team, learner, {}, "Answering requests")
    db.session.get_one(Storyboard, made.id).coach_id = coach
    # The cast's day is over, and this crowd works today: past the model, whose dates do not move.
    targets, later = TargetCondition.__table__, clock.today("UTC") + timedelta(days=60)
    db.session.execute(update(targets).where(targets.c.id == made.target).values(achieve_by=later))
    return made


def _barrier(board: Board, area_id: int, by: int) -> int:
    row: Any = Barrier(
        board_id=board.id,
        board=db.session.get_one(Storyboard, board.id),
        obstacle_id=board.waiting,
        obstacle=db.session.get_one(Obstacle, board.waiting),
        area_id=area_id,
        kind="procedure",
        text="Two signatures are asked for",
        cost="Three days of waiting.",
        raised_by_id=by,
    )
    barrier: Barrier = keep(row, "raised", by)
    keep(BarrierStop(barrier_id=barrier.id, barrier=barrier, area_id=area_id, by_id=by), "brought", by)
    return barrier.id


def _cookie(app: Flask, person_id: int) -> str:
    """What the browser of somebody sends who has signed in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # of our cookies
    token = open_session(person_id, device="load")
    held = {"_user_id": token, "_fresh": True, "_permanent": True}
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(held)}"
