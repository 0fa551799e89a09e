"""What the tests of this room look at: the record, and somebody to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn


@pytest.fixture
def root(as_: SignIn) -> Client:
    return as_("root")


@pytest.fixture
def rows(app: Flask, cast: Cast) -> Callable[..., list[Any]]:
    """Reads rows of a model by its columns: ``rows(Skill, kata="coaching")``."""

    def read(model: Any, **columns: Any) -> list[Any]:
        with app.app_context():
            return list(db.session.scalars(sa.select(model).filter_by(**columns).order_by(model.id)))

    return read


@pytest.fixture
def verbs(app: Flask, cast: Cast) -> Callable[[str], list[str]]:
    """What happened to things of a table, oldest first."""

    def read(table: str) -> list[str]:
        with app.app_context():
            query = sa.select(Activity.verb).where(Activity.subject_type == table).order_by(Activity.id)
            return list(db.session.scalars(query))

    return read
