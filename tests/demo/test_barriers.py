"""The demo's barriers: in several areas, answered well and badly, and some that still wait."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.alignment.models import Barrier, BarrierStop
from kata.extensions import db
from kata.identity.queries import person_by_email
from kata.storyboards.models import Storyboard
from kata.teams.models import Area, Team


def _barriers() -> list[Barrier]:
    return list(db.session.scalars(sa.select(Barrier).order_by(Barrier.id)))


def test_every_kind_of_answer_is_there_and_some_wait(demo: Flask) -> None:
    assert {each.status for each in _barriers()} == {"open", "removed", "promised", "cannot", "instead"}


def test_a_promise_has_passed_its_day_and_another_has_not(demo: Flask) -> None:
    promised = {each.promised_for < clock.now().date() for each in _barriers() if each.promised_for}
    assert promised == {True, False}


def test_they_wait_in_different_areas_and_one_was_passed_up(demo: Flask) -> None:
    areas = db.session.scalars(sa.select(Area.name).join(Barrier, Barrier.area_id == Area.id).distinct())
    assert set(areas) == {"Fairwater Group", "Business services", "Fairwater Health"}
    passed = db.session.scalars(sa.select(BarrierStop).where(BarrierStop.reason != "")).all()
    assert len(passed) == 1


def test_one_of_two_that_were_put_together_is_answered(demo: Flask) -> None:
    joined = [each for each in _barriers() if each.lead_id]
    teams = sa.select(Team.slug).join(Storyboard).where(Storyboard.id.in_([each.board_id for each in joined]))
    assert list(db.session.scalars(teams)) == ["going-home"]


def test_ana_waits_for_dev(demo: Flask) -> None:
    ana = person_by_email("ana@demo.example")
    assert ana is not None
    mine = [each for each in _barriers() if each.raised_by_id == ana.id]
    assert [(each.status, db.session.get_one(Area, each.area_id).name) for each in mine] == [
        ("open", "Fairwater Group")
    ]
