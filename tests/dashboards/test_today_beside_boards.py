"""Today beside the boards: readings that are due, written down in place, and conversations that are due."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.customers.models import Conversation
from kata.extensions import db
from kata.measures.models import Measure, Reading
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.client import form_fields
from tests.conftest import Counting, Frozen, SignIn


@pytest.fixture
def due(app: Flask, cast: Cast) -> str:
    """The hours that ana's team waits are read every practice day; the address of their form."""
    with app.app_context():
        db.session.get_one(Measure, cast.measures["process"]).cadence = "day"
        db.session.commit()
    return f"/measures/{cast.measures['process']}/readings"


def test_a_reading_is_written_down_in_its_line(cast: Cast, as_: SignIn, app: Flask, due: str) -> None:
    ana = as_("ana")
    assert f'hx-get="{due}/new"' in ana.get("/").text
    opened = ana.get(f"{due}/new", htmx=True).text
    line = f'<hx-partial id="measure-{cast.measures["process"]}-due"'
    assert opened.startswith(line)
    assert f'value="{TODAY.isoformat()}"' in opened
    said = ana.post(due, {**form_fields(opened, due), "value": "12,5", "note": "Two were ill."}, htmx=True)
    assert said.status_code == 200
    assert said.text.startswith(line)
    assert "12.5" in said.text
    assert "measure-chart" not in said.text, "Today has no chart to change"
    assert f'hx-get="{due}/new"' not in ana.get("/").text
    with app.app_context():
        assert db.session.scalars(sa.select(Reading.note).where(Reading.day == TODAY)).all() == ["Two were ill."]


def test_a_mistake_comes_back_in_its_line(cast: Cast, as_: SignIn, due: str) -> None:
    ana = as_("ana")
    said = ana.post(due, {**form_fields(ana.get(f"{due}/new", htmx=True).text, due), "value": "many"}, htmx=True)
    assert said.status_code == 422
    assert said.text.startswith(f'<hx-partial id="measure-{cast.measures["process"]}-due"')
    assert "That is not a number." in said.text
    assert 'value="many"' in said.text


def test_a_line_closes_again_and_tells_of_a_reading_that_somebody_else_wrote(as_: SignIn, due: str) -> None:
    closed = as_("ana").get(f"{due}/new?open=no", htmx=True).text
    assert f'hx-get="{due}/new"' in closed
    as_("gus").fill_in(due.removesuffix("/readings"), due, value="7")
    assert f'hx-get="{due}/new"' not in as_("ana").get(f"{due}/new?open=no", htmx=True).text


def test_without_a_script_the_line_leads_to_the_measure(as_: SignIn, due: str) -> None:
    answer = as_("ana").get(f"{due}/new")
    assert (answer.status_code, answer.location) == (303, f"{due.removesuffix('/readings')}#reading-new")


@pytest.mark.parametrize(
    ("name", "told"), [("ana", True), ("gus", True), ("ben", True), ("eve", False), ("fay", False)]
)
def test_it_is_told_to_who_may_do_it(cast: Cast, as_: SignIn, due: str, name: str, told: bool) -> None:
    page = as_(name).get("/").text
    assert ("Readings to write down" in page) is told
    assert (f'href="/conversations/{cast.heard.conversation}/held/new"' in page) is told


def test_many_readings_stand_behind_the_first_five(app: Flask, cast: Cast, as_: SignIn, due: str) -> None:
    with app.app_context():
        for n in range(6):
            made = Measure(team_id=cast.teams["access"], name=f"Calls {n}", kind="process", better="up", cadence="day")
            made.created_at = NOW - timedelta(days=9)
            db.session.add(made)
        db.session.commit()
    assert "2 more" in as_("ana").get("/").text


def test_who_has_no_board_sees_what_is_due_and_a_first_step(as_: SignIn, due: str) -> None:
    page = as_("gus").get("/").text
    assert page.index("Readings to write down") < page.index("No storyboard of yours yet")
    assert "Nothing is due for you" not in page


def test_it_stays_light(app: Flask, cast: Cast, as_: SignIn, due: str, statements: Counting) -> None:
    counts = {}
    for name in ("ana", "fay"):
        client = as_(name)
        client.get("/")
        with statements() as asked:
            client.get("/")
        counts[name] = [each for each in asked if "conversation" in each or "reading" in each]
    assert len(counts["ana"]) == 2
    assert counts["fay"] == [], "nobody without a team is asked for anything"


def test_a_conversation_is_due_by_the_day_of_its_team(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    """At noon in London it is tomorrow already where the day begins first."""
    frozen.forward(hours=2)
    held = f'href="/conversations/{cast.heard.conversation}/held/new"'
    with app.app_context():
        talk = db.session.get_one(Conversation, cast.heard.conversation)
        talk.next_on = TODAY + timedelta(days=1)
        db.session.commit()
    assert held not in as_("ana").get("/").text
    with app.app_context():
        db.session.get_one(Team, cast.teams["access"]).time_zone = "Pacific/Kiritimati"
        db.session.commit()
    assert held in as_("ana").get("/").text
