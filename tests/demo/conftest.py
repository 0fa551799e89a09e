"""The demo organisation, loaded once a worker on a fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from kata import clock
from kata.demo import organisation
from kata.extensions import db, writing
from tests import database

#: A Wednesday in March: six weeks after midwinter, before any clock changes.
LOADED = datetime(2027, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/London"))
#: The board that a newcomer reads first.
SHOWPIECE = "Access on the first working day"


def load_at(app: Flask, moment: datetime) -> None:
    """Load the demo as if it were ``moment``, and commit as the command does."""
    with clock.standing_at(moment), app.app_context():
        token = writing.set(True)
        organisation.load()
        db.session.commit()
        writing.reset(token)


@pytest.fixture(scope="session")
def demo_template(shared_app: Flask, templates: database.Templates) -> None:
    templates.restore(shared_app, "empty")
    load_at(shared_app, LOADED)
    database.let_go(shared_app)
    templates.keep("demo")


@pytest.fixture
def demo(shared_app: Flask, templates: database.Templates, demo_template: None) -> Iterator[Flask]:
    """The app with the demo organisation in it, in a context that may write; the clock stands when it was loaded."""
    templates.restore(shared_app, "demo")
    with clock.standing_at(LOADED), shared_app.app_context():
        token = writing.set(True)
        yield shared_app
        writing.reset(token)
        db.session.rollback()
    database.pause(shared_app)
