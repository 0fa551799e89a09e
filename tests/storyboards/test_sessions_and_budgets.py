"""What a request of this room costs, and what it is answered when the session behind it has ended."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.identity.models import SignInSession
from kata.storyboards.models import Challenge, CurrentCondition, Experiment, Obstacle, TargetCondition
from tests import database, growth
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn, listening

BUDGET = 12
MANY = 200
#: A write may ask a little more than a page: it loads with a lock, writes, and reads what it shows afterwards.
WRITE_BUDGET = 30


@pytest.fixture(scope="session")
def many(played: Cast, shared_app: Flask, templates: database.Templates) -> None:
    """A template of the cast with many boards, experiments and obstacles."""
    templates.restore(shared_app, "cast")
    with shared_app.app_context():
        growth.grow(played, MANY)
        db.session.commit()
    database.let_go(shared_app)
    templates.keep("many")


def grow(app: Flask, templates: database.Templates) -> None:
    templates.restore(app, "many")


READS = {
    "today": ("/", False),
    "the list": ("/boards", False),
    "the board": ("{board}", False),
    "the wall": ("{board}/wall", False),
    "on paper": ("{board}/print", False),
    "older ones": ("{board}/record?before=3", True),
    "history": ("{board}/history", False),
    "an experiment": ("/experiments/{running}", False),
    "conclusion": ("/experiments/{running}/conclusion", True),
    "what is next": ("{board}/next", True),
    "finding": ("/go?q=process", True),
    **{name: (f"{{board}}/sheets/{name}", True) for name in ("challenge", "target", "actual", "obstacles", "record")},
}
WRITES = {
    "obstacle": ("{board}/obstacles", {"text": "One more", "once": "1"}),
    "moved": ("/obstacles/{waiting}/position", {"to": "1"}),
    "reworded": ("/obstacles/{waiting}", {"text": "Better", "version": "1"}),
    "concluded": ("/experiments/{running}/conclusion", {"happened": "a", "learned": "b", "happened_on": "2026-06-03"}),
    "set aside": ("/experiments/{running}/setting-aside", {"reason": "No"}),
    "challenge": ("{board}/challenge", {"statement": "Nobody waits."}),
    "condition": ("{board}/conditions", {"facts": "So.", "as_of": "2026-06-03", "version": "2", "once": "1"}),
    "target": ("/targets/{target}", {"pattern": "At once."}),
}


def cost(app: Flask, client: Client, path: str, *, data: dict[str, str] | None = None, htmx: bool = False) -> int:
    client.lint = False
    token = {"csrf_token": client.csrf_token()} if data else {}
    with listening(app) as asked:
        answer = client.post(path, {**data, **token}, htmx=True) if data else client.get(path, htmx=htmx)
    assert answer.status_code == 200, answer.text[:500]
    return len(asked)


def paths(cast: Cast) -> dict[str, object]:
    return {**vars(cast.board), "board": cast.board.path}


@pytest.mark.parametrize("name", READS)
def test_a_page_costs_the_same_with_many_rows(
    name: str, app: Flask, cast: Cast, as_: SignIn, many: None, templates: database.Templates
) -> None:
    path, htmx = READS[name]
    path = path.format(**paths(cast))
    few = cost(app, as_("ana"), path, htmx=htmx)
    grow(app, templates)
    assert cost(app, as_("ana"), path, htmx=htmx) <= few <= BUDGET


def versions(app: Flask, cast: Cast) -> dict[str, str]:
    """What each of these forms would have seen."""
    with app.app_context():
        ids = {
            "concluded": (Experiment, cast.board.running),
            "set aside": (Experiment, cast.board.running),
            "challenge": (Challenge, cast.board.challenge),
            "target": (TargetCondition, cast.board.target),
            "reworded": (Obstacle, cast.board.waiting),
        }
        seen = {name: str(db.session.get_one(model, key).version) for name, (model, key) in ids.items()}
        newest = sa.select(sa.func.max(CurrentCondition.number)).where(CurrentCondition.board_id == cast.board.id)
        return {**seen, "condition": str(db.session.scalar(newest))}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_with_its_partials_costs_the_same_with_many_rows(
    name: str, app: Flask, cast: Cast, as_: SignIn, many: None, templates: database.Templates
) -> None:
    path, data = WRITES[name]
    path = path.format(**paths(cast))
    few = cost(app, as_("ana"), path, data={**data, "version": versions(app, cast).get(name, "")})
    if name == "moved":  # each obstacle that makes room is a row that changes
        assert few <= WRITE_BUDGET
        return
    grow(app, templates)
    data = {**data, "version": versions(app, cast).get(name, "")}
    assert cost(app, as_("ana"), path, data=data) <= few <= WRITE_BUDGET


# The session has ended -----------------------------------------------------------------------------------------------


@pytest.fixture
def ended(app: Flask, cast: Cast, as_: SignIn) -> Client:
    """Ana's browser, whose session was ended elsewhere."""
    client = as_("ana")
    client.get("/")
    with app.app_context():
        db.session.query(SignInSession).filter_by(person_id=cast["ana"].id).delete()
        db.session.commit()
    return client


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("{board}/obstacles", {"text": "The list is long", "once": "1"}),
        ("/experiments/{running}/conclusion", {"happened": "Nine of ten.", "version": "1"}),
        ("/obstacles/{waiting}/focus", {}),
    ],
)
def test_a_send_by_htmx_is_told_to_sign_in_and_that_the_text_is_kept(
    cast: Cast, ended: Client, path: str, data: dict[str, str]
) -> None:
    answer = ended.post(path.format(**paths(cast)), data, htmx=True)
    assert answer.status_code == 401
    assert answer.text.startswith('<hx-partial id="problem"')
    assert "You are signed out" in answer.text
    assert "kept on this device" in answer.text
    assert "/sign-in" in answer.text


def test_a_plain_send_is_told_in_a_page(cast: Cast, ended: Client) -> None:
    answer = ended.post(f"{cast.board.path}/obstacles", {"text": "The list is long", "once": "1"})
    assert answer.status_code == 401
    assert "<title>" in answer.text
    assert "kept on this device" in answer.text


def test_a_page_leads_to_the_door_and_back(cast: Cast, ended: Client) -> None:
    answer = ended.get(f"{cast.board.path}?on=2026-06-01")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    assert "boards" in answer.location


@pytest.mark.parametrize("htmx", [True, False])
def test_a_forged_or_old_form_changes_nothing(app: Flask, cast: Cast, as_: SignIn, htmx: bool) -> None:
    answer = as_("ana").post(f"{cast.board.path}/obstacles", {"text": "Forged", "once": "1"}, token=False, htmx=htmx)
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert "Forged" not in as_("ana").get(cast.board.path).text
