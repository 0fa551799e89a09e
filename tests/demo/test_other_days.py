"""The demo is whole on whichever day it is loaded: a Sunday after holidays, a day that has not begun everywhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.activity.models import Activity
from kata.coaching.models import CoachingCycle
from kata.coaching.queries import instructions
from kata.demo import organisation
from kata.extensions import db
from kata.identity.models import Person
from kata.identity.queries import person_by_email
from kata.storyboards.models import Experiment, Storyboard
from tests import database
from tests.demo.conftest import SHOWPIECE, load_at


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment",
    [
        # A Sunday after holidays; New York still has yesterday.
        datetime(2027, 1, 3, 0, 30, tzinfo=ZoneInfo("Europe/London")),
        # A Monday; Kolkata has tomorrow already.
        datetime(2027, 3, 1, 23, 30, tzinfo=ZoneInfo("Europe/London")),
    ],
    ids=str,
)
def test_it_loads_on_any_day(shared_app: Flask, templates: database.Templates, moment: datetime) -> None:
    templates.restore(shared_app, "empty")
    load_at(shared_app, moment)
    with clock.standing_at(moment), shared_app.app_context():
        assert organisation.is_loaded()
        assert not organisation.may_load()
        assert db.session.scalar(sa.select(sa.func.max(Activity.at))) < clock.now()
        assert _running().check_on == clock.today("Europe/London")
        assert db.session.scalar(sa.select(sa.func.max(CoachingCycle.held_on))) < moment.date()
        assert len(instructions.carried(_ben().id)) == 1
    database.pause(shared_app)


def _running() -> Experiment:
    """What ana has on her way on the board that a newcomer reads first."""
    query = sa.select(Experiment).join(Storyboard).where(Storyboard.focus_process == SHOWPIECE)
    return db.session.scalars(query.where(Experiment.ended_at.is_(None))).one()


def _ben() -> Person:
    person = person_by_email("ben@demo.example")
    assert person is not None
    return person
