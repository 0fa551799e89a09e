"""The demo organisation is what the contract promises, keeps every rule, and tells no number that is not there."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.audit.words import PHRASES
from kata.demo import real
from kata.extensions import db
from kata.identity.actions import check_password
from kata.identity.models import Person
from kata.identity.queries import person_by_email
from kata.measures.models import Measure, Reading
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Photo,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.storyboards.photos import path
from kata.storyboards.queries import boards
from kata.storyboards.queries.past import AsOf
from kata.storyboards.wording import hints
from kata.teams.models import Area, AreaLeader, Membership, Team
from kata.teams.queries import viewer_of
from tests import database
from tests.demo.conftest import LOADED, SHOWPIECE, load_at

THE_SIX = ("ana", "ben", "cleo", "dev", "eve", "root")


def _all(model: type[Any]) -> list[Any]:
    return list(db.session.scalars(sa.select(model).order_by(model.id)))


def _board(focus: str) -> Storyboard:
    return db.session.scalars(sa.select(Storyboard).where(Storyboard.focus_process == focus)).one()


def _experiments(board_id: int) -> list[Experiment]:
    found = sa.select(Experiment).where(Experiment.board_id == board_id).order_by(Experiment.number)
    return list(db.session.scalars(found))


def _viewer(name: str) -> Viewer:
    person = person_by_email(f"{name}@demo.example")
    assert person is not None
    person.person_id = person.id  # type: ignore[attr-defined]  # an account calls it so
    return viewer_of(person)


@pytest.mark.parametrize("name", THE_SIX)
def test_the_six_of_the_contract_can_sign_in(demo: Flask, name: str) -> None:
    assert check_password(f"{name}@demo.example", "practice-every-day", "127.0.0.1") is not None


def test_the_six_have_the_roles_of_the_contract(demo: Flask) -> None:
    team = db.session.scalars(sa.select(Team).where(Team.slug == "access-requests")).one()
    ana, ben, eve, dev = (_viewer(name) for name in ("ana", "ben", "eve", "dev"))
    board = _board(SHOWPIECE)
    assert team.id in ana.member_of
    assert team.id in ben.coach_of
    assert eve.member_of
    assert team.id not in eve.member_of
    assert dev.areas_led == {area.id for area in _all(Area)}
    assert _viewer("root").is_administrator
    assert (board.learner_id, board.coach_id) == (ana.person_id, ben.person_id)
    assert board.second_coach_id == _viewer("cleo").person_id


def test_the_organisation_has_the_size_that_was_promised(demo: Flask) -> None:
    areas = {area.id: area.parent_id for area in _all(Area)}
    bottom = [area for area in areas if area not in areas.values()]
    assert all(areas[areas[area]] is not None and areas[areas[areas[area]]] is None for area in bottom)
    assert len(_all(Team)) == 8 + 1, "eight teams, and that of the leaders"
    assert 38 <= len(_all(Person)) <= 46
    assert len(_all(AreaLeader)) == 3
    assert {person.email for person in _all(Person)} >= {f"{name}@demo.example" for name in THE_SIX}
    assert all(person.email.endswith("@demo.example") for person in _all(Person))


def test_a_year_of_practice_ends_yesterday(demo: Flask) -> None:
    moments = [row.at for row in _all(Activity)]
    last = max(moments).astimezone(ZoneInfo("Europe/London"))
    assert min(moments) < LOADED - timedelta(days=360)
    assert last < LOADED
    assert LOADED - last < timedelta(days=1)
    assert max(reading.day for reading in _all(Reading)) == LOADED.date() - timedelta(days=1)
    assert moments == sorted(moments)


def test_people_write_on_their_boards_at_working_hours(demo: Flask) -> None:
    zones = {team.id: ZoneInfo(team.time_zone) for team in _all(Team)}
    boards_of = {board.id: board.team_id for board in _all(Storyboard)}
    for row in _all(Activity):
        if row.board_id:
            assert 8 <= row.at.astimezone(zones[boards_of[row.board_id]]).hour < 20, (row.verb, row.at)


def test_one_obstacle_in_focus_and_one_experiment_open(demo: Flask) -> None:
    for board in _all(Storyboard):
        obstacles = [row for row in _all(Obstacle) if row.board_id == board.id]
        assert sum(row.status == "focus" for row in obstacles) <= 1
        assert sum(row.ended_at is None for row in _experiments(board.id)) <= 1
        assert [row.number for row in _experiments(board.id)] == list(range(1, len(_experiments(board.id)) + 1))


def test_every_prediction_was_written_before_its_result(demo: Flask) -> None:
    zones = {board.id: db.session.get(Team, board.team_id).time_zone for board in _all(Storyboard)}
    for each in _all(Experiment):
        assert each.expectation
        assert each.check_on
        if each.happened:
            zone = ZoneInfo(zones[each.board_id])
            assert each.created_at.astimezone(zone).date() <= each.happened_on <= LOADED.date()
        if each.ended_at:
            assert each.created_at < each.ended_at < LOADED
            assert each.learned or each.set_aside_reason


def test_target_conditions_follow_each_other_in_time(demo: Flask) -> None:
    for board in _all(Storyboard):
        targets = sorted((t for t in _all(TargetCondition) if t.board_id == board.id), key=lambda each: each.number)
        for before, after in pairwise(targets):
            assert before.ended_at < after.created_at
            assert before.reflection
        assert all(each.created_at.date() < each.achieve_by for each in targets)


def test_the_numbers_that_experiments_tell_are_the_readings_of_their_day(demo: Flask) -> None:
    told = [each for each in _all(Experiment) if each.happened_value is not None]
    assert len(told) > 15
    for each in told:
        day = sa.select(Reading.value).where(Reading.measure_id == each.measure_id, Reading.day == each.happened_on)
        assert db.session.scalar(day) == each.happened_value, each.step
        assert re.search(rf"(?<!\d){each.happened_value:g}(?!\d)", each.happened), each.happened


def test_what_is_written_deserves_no_hint(demo: Flask) -> None:
    fields = [
        (Obstacle, "text", "obstacle"),
        (CurrentCondition, "facts", "current"),
        (TargetCondition, "pattern", "target"),
        *((Experiment, name, name) for name in ("step", "expectation", "happened", "learned")),
    ]
    texts = [(field, getattr(row, name)) for model, name, field in fields for row in _all(model)]
    texts += [("challenge", row.statement) for row in _all(Challenge) if row.board_id]
    with demo.test_request_context():
        found = [(text, hint.rule) for field, text in texts for hint in hints(field, text)]
    assert found == []


def test_the_showpiece_shows_the_whole_kata(demo: Flask) -> None:
    board = _board(SHOWPIECE)
    record = _experiments(board.id)
    targets = [row for row in _all(TargetCondition) if row.board_id == board.id]
    assert [row.status for row in sorted(targets, key=lambda row: row.number)] == ["achieved", "not achieved", "active"]
    assert max(row.achieve_by for row in targets) == LOADED.date() + timedelta(days=9)
    assert sum(row.board_id == board.id for row in _all(CurrentCondition)) >= 3
    assert {row.kind for row in record} == {"go and see", "exploratory", "test a hypothesis"}
    assert {row.stage for row in record} == {"concluded", "set aside", "running"}
    assert (record[-1].stage, record[-1].check_on) == ("running", LOADED.date())
    assert {row.status for row in _all(Obstacle) if row.board_id == board.id} == {
        "focus",
        "removed",
        "set aside",
        "waiting",
    }
    challenge = next(row for row in _all(Challenge) if row.board_id == board.id)
    assert challenge.linked_to_customer
    assert db.session.get(Challenge, challenge.serves_id).statement == "Nobody waits for IT"


def test_live_boards_aim_at_an_outcome_and_a_process_measure(demo: Flask) -> None:
    kinds = {measure.id: measure.kind for measure in _all(Measure)}
    practice = {board.id for board in _all(Storyboard) if board.practice or board.archived_at}
    for target in _all(TargetCondition):
        aims = {kinds[row.measure_id] for row in _all(TargetMeasure) if row.target_id == target.id}
        assert target.board_id in practice or aims == {"outcome", "process"}, target.pattern
    for challenge in _all(Challenge):
        assert challenge.measure_id is None or kinds[challenge.measure_id] == "outcome"


def test_boards_stand_at_every_stage(demo: Flask) -> None:
    today = LOADED.date()
    live = [board.id for board in _all(Storyboard) if board.live]
    active = [row for row in _all(TargetCondition) if row.ended_at is None and row.board_id in live]
    running = [row for row in _all(Experiment) if row.stage == "running" and row.board_id in live]
    assert any(row.achieve_by == today + timedelta(days=2) for row in active)
    assert any(row.achieve_by < today for row in active)
    assert any(row.check_on < today for row in running)
    assert any(row.stage == "seen" for row in _all(Experiment))
    assert any(board.ended_on and board.reflection for board in _all(Storyboard))
    assert any(board.archived_at for board in _all(Storyboard))
    assert any(board.closed and not board.practice for board in _all(Storyboard))
    assert any(board.practice for board in _all(Storyboard))
    with_target = {row.board_id for row in _all(TargetCondition)}
    assert any(board not in with_target for board in live)


def test_the_closed_board_is_its_teams_alone(demo: Flask) -> None:
    closed = next(board for board in _all(Storyboard) if board.closed and not board.practice)
    seen = {name: closed in db.session.scalars(boards.visible(_viewer(name))).all() for name in THE_SIX}
    assert seen == {"ana": False, "ben": True, "cleo": False, "dev": False, "eve": True, "root": False}


@pytest.mark.database
def test_every_board_can_be_looked_at_on_any_past_day(demo: Flask) -> None:
    zones = {board.id: db.session.get(Team, board.team_id).time_zone for board in _all(Storyboard)}
    for board in _all(Storyboard):
        numbers = [_as_of(board.id, weeks, zones[board.id]) for weeks in (60, 50, 36, 24, 13, 8, 4, 1)]
        assert numbers == sorted(numbers)
        assert numbers[0] == 0


def _as_of(board_id: int, weeks: int, zone: str) -> int:
    """Put the board together as of so many weeks ago, and count its experiments then."""
    then = AsOf(board_id, LOADED.date() - timedelta(weeks=weeks), zone)
    if not then.began:
        return 0
    then.head(board_id)
    then.challenge(board_id)
    then.condition(board_id)
    rows = then.target(board_id)
    if rows:
        then.obstacles(rows[0].id)
    record = then.experiments(board_id)
    then.amendments([each.id for each in record])
    then.photos([each.id for each in record])
    return max((each.number for each in record), default=0)


def test_the_real_measures_say_where_they_come_from(demo: Flask) -> None:
    sourced = [measure for measure in _all(Measure) if measure.source]
    assert {measure.kind for measure in sourced} == {"outcome"}
    for measure in sourced:
        assert measure.source.startswith("Real figures")
        assert "moved so that the last one is" in measure.source
        readings = sa.select(sa.func.count()).where(Reading.measure_id == measure.id)
        assert db.session.scalar(readings) in {66, 365, 36}


def test_the_photos_are_where_they_are_looked_for(demo: Flask) -> None:
    folder = Path(demo.config["DATA_FOLDER"]) / "attachments"
    photos = _all(Photo)
    assert photos
    assert all(path(folder, each.sha256, small=small).is_file() for each in photos for small in (False, True))


def test_everyone_of_the_cast_has_a_part(demo: Flask) -> None:
    placed = {row.person_id for row in _all(Membership)} | {row.person_id for row in _all(AreaLeader)}
    assert {person.name for person in _all(Person) if person.id not in placed and not person.is_administrator} == set()


def test_the_data_are_as_they_were_cut() -> None:
    table = (real.FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `(\S+)` \| \d+ \| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in real.FOLDER.glob("*.csv")}
    assert listed == found


@pytest.mark.slow
def test_it_loads_twice_alike(shared_app: Flask, templates: database.Templates, demo_template: None) -> None:
    digests = []
    for template in ("demo", "empty"):
        templates.restore(shared_app, template)
        if template == "empty":
            load_at(shared_app, LOADED)
        with shared_app.app_context():
            digests.append(_digest())
    database.pause(shared_app)
    assert digests[0] == digests[1]


def _digest() -> str:
    rows = [
        (row.at.isoformat(), row.verb, row.subject_type, row.subject_id, row.person_id, row.snapshot)
        for row in db.session.scalars(sa.select(Activity).order_by(Activity.id))
    ]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def test_everything_that_it_records_can_be_told_in_the_audit_log(demo: Flask) -> None:
    pairs = db.session.execute(sa.select(Activity.subject_type, Activity.verb).distinct())
    assert sorted({(row.subject_type, row.verb) for row in pairs} - set(PHRASES)) == []
