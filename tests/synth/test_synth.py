"""The invented organisation: the same again for the same seed, whole, and only where nobody is yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from kata.activity.models import Activity
from kata.activity.queries import board_as_of
from kata.alignment.models import Barrier
from kata.extensions import Model, db
from kata.identity import actions as identity
from kata.identity.actions import check_password
from kata.identity.models import Person
from kata.leadership.actions import refresh
from kata.leadership.models import FiguresState
from kata.learning import actions as learning
from kata.learning.models import Learned
from kata.measures.glance import body_of
from kata.measures.models import Measure, Picture
from kata.measures.pictures import judged
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from kata.synth.places import DOMAIN
from kata.teams.models import Area, AreaLeader, Membership, Team
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Frozen, sign_in
from tests.database import Templates
from tests.leadership import oracle

pytestmark = pytest.mark.database
WORDS = "four words nobody tries"
Fill = Callable[..., Result]
#: What differs on purpose, and what tells when something was kept ready.
OTHERWISE = {"password_hash", "fresh_at"}


@pytest.fixture
def fill(app: Flask, frozen: Frozen) -> Fill:
    """Calls the command, today being the cast's Wednesday."""

    def do(teams: int = 4, *more: str) -> Result:
        given = ("synth", "--teams", str(teams), "--years", "1", *more)
        return app.test_cli_runner().invoke(args=given)

    return do


def test_the_same_seed_gives_the_same_rows(app: Flask, fill: Fill, templates: Templates, in_app: Flask) -> None:
    found = []
    for seed in ("3", "3", "4"):
        db.session.remove()
        templates.restore(app, "empty")
        assert fill(3, "--seed", seed, "--password", WORDS).exit_code == 0
        found.append(_everything())
    assert found[0] == found[1]
    assert found[0]["experiment"] != found[2]["experiment"]


def _everything() -> dict[str, list[Any]]:
    return {
        table.name: sorted(
            repr([value for name, value in row._mapping.items() if name not in OTHERWISE])
            for row in db.session.execute(sa.select(table))
        )
        for table in Model.metadata.sorted_tables
    }


def test_more_teams_change_nothing_of_those_there_are(
    app: Flask, fill: Fill, templates: Templates, in_app: Flask
) -> None:
    told = []
    for teams in (1, 12):
        db.session.remove()
        templates.restore(app, "empty")
        fill(teams)
        first = db.session.scalars(sa.select(Storyboard.id).join(Team).where(Team.slug == "team-1"))
        steps = sa.select(Experiment.step).where(Experiment.board_id.in_(first.all())).order_by(Experiment.id)
        told.append(db.session.scalars(steps).all())
    assert told[0] == told[1]
    assert len(told[0]) > 30


def test_it_fills_an_empty_installation_only(cast: Cast, fill: Fill, rows: Callable[..., list[Any]]) -> None:
    before = len(rows(Person))
    answer = fill()
    assert answer.exit_code == 1
    assert "an empty installation only" in answer.output
    assert len(rows(Person)) == before


def test_without_a_password_one_is_made_and_said_once(fill: Fill, in_app: Flask) -> None:
    answer = fill(1)
    said = answer.output.strip().rpartition(": ")[2]
    assert check_password(f"team-1.1@{DOMAIN}", said, "127.0.0.1") is not None
    assert check_password(f"administrator@{DOMAIN}", "practice-every-day", "127.0.0.1") is None


def test_a_password_that_is_easily_guessed_is_refused(fill: Fill, in_app: Flask) -> None:
    answer = fill(1, "--password", "password1234")
    assert answer.exit_code == 1
    assert "password" in answer.output
    assert db.session.scalar(sa.select(Person.id)) is None
    db.session.rollback()
    assert WORDS not in fill(1, "--password", WORDS).output


def test_the_organisation_has_its_size_and_three_levels(fill: Fill, in_app: Flask) -> None:
    answer = fill(25)
    above = {area.id: area.parent_id for area in db.session.scalars(sa.select(Area))}
    places = db.session.scalars(sa.select(Team.area_id)).all()
    assert len(places) == 25
    assert all(above[above[place]] is not None for place in places)  # type: ignore[index]  # a department has a division
    assert set(db.session.scalars(sa.select(AreaLeader.area_id))) == set(above)
    belong = sa.select(Membership.role, sa.func.count()).group_by(Membership.role)
    assert dict(db.session.execute(belong).all()) == {"coach": 50, "member": 450}  # type: ignore[arg-type]  # pairs
    assert f"{500 + len(above) + 1:,} people" in answer.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Barrier)) > 2


def test_people_go_on_with_it_as_with_their_own(app: Flask, fill: Fill) -> None:
    """The pages open, and the next row gets an id that nobody has."""
    fill(2)
    newest = sa.select(Storyboard.id, Storyboard.learner_id, Storyboard.coach_id).order_by(Storyboard.id.desc())
    with app.app_context():
        board, learner, coach = db.session.execute(newest.limit(1)).one()
        leader = _id_of("leader.organisation")
        identity.create_person("Ana Novak", None, by=None)
        db.session.commit()
    for who, paths in (
        (learner, f"/ /boards/{board} /boards/{board}/history /teams/team-2 /teams/team-2/history /customers"),
        (coach, f"/coaching /people/{learner} /learning?q=request /measures/import"),
        (leader, "/leadership/organisation /barriers /challenges"),
    ):
        client = sign_in(app, who)
        assert [client.get(path).status_code for path in paths.split()] == [200] * len(paths.split())


def test_what_is_kept_ready_is_what_would_be_counted(fill: Fill, in_app: Flask) -> None:
    fill(4)
    before = db.session.execute(sa.select(Learned.kind, Learned.subject_id).order_by(Learned.id)).all()
    learning.rebuild()
    assert db.session.execute(sa.select(Learned.kind, Learned.subject_id).order_by(Learned.id)).all() == before
    measures = list(db.session.scalars(sa.select(Measure)))
    drawn = {each.measure_id: each.body for each in db.session.scalars(sa.select(Picture))}
    assert drawn == {measure.id: body_of(measure, judged(measure)) for measure in measures}
    db.session.rollback()
    assert refresh.refresh() == 0
    area = db.session.scalars(sa.select(Area.id).where(Area.slug == "department-1")).one()
    for day in (TODAY, TODAY - timedelta(days=100)):
        assert oracle.kept(area, day) == oracle.count(area, day)
    assert db.session.get_one(FiguresState, 1).levels_until is not None


def test_the_record_tells_each_board_as_it_stands(fill: Fill, in_app: Flask) -> None:
    fill(3)
    moments = db.session.scalars(sa.select(Activity.at).order_by(Activity.id)).all()
    assert moments == sorted(moments)
    assert moments[-1] < NOW
    for board in db.session.scalars(sa.select(Storyboard)):
        told = {(kind, snapshot["id"]): snapshot for kind, _id, snapshot in board_as_of(board.id, NOW)}
        assert told["storyboard", board.id] == board.snapshot()
        for model in (TargetCondition, Obstacle, Experiment):
            rows = db.session.scalars(sa.select(model).where(model.board_id == board.id)).all()
            assert rows
            assert all(told[model.__tablename__, row.id] == row.snapshot() for row in rows)


def _id_of(address: str) -> int:
    return db.session.scalars(sa.select(Person.id).where(Person.email == f"{address}@{DOMAIN}")).one()
