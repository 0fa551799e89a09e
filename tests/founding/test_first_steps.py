"""What comes next in a new installation: on its administrator's Today, until nothing is missing."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity.actions import create_person
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn, sign_in
from tests.founding.conftest import Bringing

pytestmark = pytest.mark.database


@pytest.fixture
def founder(app: Flask) -> Client:
    """The one administrator of an installation in which there is nothing else."""
    with app.test_request_context(method="POST"):
        app.preprocess_request()
        person = create_person("Robin Amery", "robin@example.org", by=None, administrator=True)
        db.session.commit()
        return_id = person.id
    return sign_in(app, return_id)


def next_step(page: str) -> str:
    return page.split('aria-current="step"')[1].split("<h3>")[1].split("</h3>")[0]


def test_an_empty_installation_leads_from_step_to_step(founder: Client) -> None:
    page = founder.get("/").text
    assert next_step(page) == "Areas and teams"
    assert 'href="/admin/areas/new"' in page
    founder.fill_in("/admin/areas/new", name="Harbour")
    assert 'href="/areas/1/teams/new"' in founder.get("/admin/areas").text
    page = founder.get("/").text
    assert 'href="/areas/1/teams/new"' in page
    founder.fill_in("/areas/1/teams/new", name="Night watch")
    page = founder.get("/").text
    assert next_step(page) == "People"
    assert 'href="/teams/night-watch/invitations"' in page
    founder.fill_in("/teams/night-watch/invitations", role="member")
    assert next_step(founder.get("/").text) == "Who coaches"
    founder.fill_in("/teams/night-watch/invitations", role="coach")
    page = founder.get("/").text
    assert next_step(page) == "Who leads"
    founder.post("/admin/areas/1/leaders", {"person_id": "1"})
    assert "first-steps" not in founder.get("/").text


def test_a_file_is_all_of_them_at_once(founder: Client) -> None:
    Bringing(founder).make()
    assert "first-steps" not in founder.get("/").text


def test_nobody_else_is_shown_them(app: Flask, cast: Cast, as_: SignIn) -> None:
    assert "first-steps" not in as_("root").get("/").text
    with app.app_context():
        from kata.teams.models import AreaLeader

        db.session.query(AreaLeader).delete()
        db.session.commit()
    assert next_step(as_("root").get("/").text) == "Who leads"
    assert "first-steps" not in as_("ana").get("/").text
