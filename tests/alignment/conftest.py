"""The people whom barriers are about, and short ways to raise and to answer one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kata.alignment.models import Barrier
from kata.extensions import db
from kata.teams.models import AreaLeader
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn

Answering = Callable[..., TestResponse]


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def dev(as_: SignIn) -> Client:
    """Leads the top area, and so all below it."""
    return as_("dev")


@pytest.fixture
def barrier(app: Flask, cast: Cast) -> Callable[[int], Barrier]:
    """A barrier as it stands now."""

    def read(barrier_id: int) -> Barrier:
        with app.app_context():
            return db.session.get_one(Barrier, barrier_id)

    return read


@pytest.fixture
def answer(barrier: Callable[[int], Barrier]) -> Answering:
    """Answers a barrier at the version that stands: ``answer(dev, id, "removed")``."""

    def give(client: Client, barrier_id: int, kind: str, **fields: object) -> TestResponse:
        form = {"once": str(uuid4()), "kind": kind, "version": barrier(barrier_id).version, **fields}
        return client.post(f"/barriers/{barrier_id}/answer", form)

    return give


@pytest.fixture
def leads(app: Flask, cast: Cast) -> Callable[[str, str], int]:
    """Lets somebody lead an area of the cast; answers the id of the office."""

    def begin(name: str, area: str) -> int:
        with app.app_context():
            office = AreaLeader(area_id=cast.areas[area], person_id=cast[name].id)
            db.session.add(office)
            db.session.commit()
            return office.id

    return begin
