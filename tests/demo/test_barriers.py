"""The demo's barriers: in several areas, answered well and badly, and some that still wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer, BarrierStop
from kata.alignment.queries import lists
from kata.demo.script import Stage, Timeline
from kata.extensions import db
from kata.identity.queries import person_by_email
from kata.storyboards.models import Storyboard
from kata.teams.models import Area, Team


def _barriers() -> list[Barrier]:
    return list(db.session.scalars(sa.select(Barrier).order_by(Barrier.id)))


def _viewer(name: str) -> Viewer:
    person = person_by_email(f"{name}@demo.example")
    assert person is not None
    return Stage(Timeline(), Path(), people={name: person}).viewer(name)


def test_every_kind_of_answer_is_there_and_some_wait(demo: Flask) -> None:
    kinds = {"open", "removed", "promised", "cannot", "instead", "taken_back"}
    assert {each.status for each in _barriers()} == kinds


def test_a_promise_has_passed_its_day_and_another_has_not(demo: Flask) -> None:
    promised = {each.promised_for < clock.now().date() for each in _barriers() if each.promised_for}
    assert promised == {True, False}


def test_they_wait_in_different_areas_and_one_was_passed_up(demo: Flask) -> None:
    areas = db.session.scalars(sa.select(Area.name).join(Barrier, Barrier.area_id == Area.id).distinct())
    assert set(areas) == {"Fairwater Group", "Business services", "Fairwater Health"}
    passed = db.session.scalars(sa.select(BarrierStop).where(BarrierStop.reason != "")).all()
    assert len(passed) == 2


def test_some_waited_too_long(demo: Flask) -> None:
    """One went up after six weeks, one was answered after eleven, one promise was kept late and one not at all."""
    barriers = {each.id: each for each in _barriers()}
    passed = db.session.scalars(sa.select(BarrierStop).where(BarrierStop.reason != ""))
    assert max(stop.at - barriers[stop.barrier_id].raised_at for stop in passed) > timedelta(weeks=6)
    first = sa.select(BarrierAnswer.barrier_id, sa.func.min(BarrierAnswer.at)).group_by(BarrierAnswer.barrier_id)
    waits = [at - barriers[number].raised_at for number, at in db.session.execute(first)]
    assert max(waits) > timedelta(weeks=10)
    assert min(waits) < timedelta(days=3)
    promises = db.session.scalars(sa.select(BarrierAnswer).where(BarrierAnswer.by_date < clock.now().date())).all()
    kept = [barriers[each.barrier_id].status for each in promises]
    assert sorted(set(kept)) == ["instead", "promised"]


def test_two_wait_for_the_leader_of_it_all_one_of_them_for_two_teams(demo: Flask) -> None:
    with demo.test_request_context():
        waiting = lists.to_answer(_viewer("dev"))
    assert [(each.status, each.others) for each in waiting] == [("open", 1), ("open", 0)]


def test_one_of_two_that_were_put_together_is_answered(demo: Flask) -> None:
    joined = [each for each in _barriers() if each.lead_id]
    teams = sa.select(Team.slug).join(Storyboard).where(Storyboard.id.in_([each.board_id for each in joined]))
    assert sorted(db.session.scalars(teams)) == ["going-home", "turnaround"]


def test_ana_waits_for_dev(demo: Flask) -> None:
    ana = person_by_email("ana@demo.example")
    assert ana is not None
    mine = [each for each in _barriers() if each.raised_by_id == ana.id]
    assert [(each.status, db.session.get_one(Area, each.area_id).name) for each in mine] == [
        ("open", "Fairwater Group")
    ]
