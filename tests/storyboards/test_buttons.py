"""The one-button forms: focus, order, return, take off; what they refuse is said beside the page they stand on."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from kata.extensions import db
from kata.storyboards.models import Obstacle, Photo, Storyboard
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn


@pytest.fixture
def settled(cast: Cast, as_: SignIn) -> None:
    """Nothing is open on ana's board."""
    as_("ana").fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Over.")


def status(app: Flask, obstacle_id: int | None) -> str:
    with app.app_context():
        return db.session.get_one(Obstacle, obstacle_id).status


def test_a_refused_focus_is_said_and_nothing_moves(app: Flask, cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/obstacles/{cast.board.waiting}/focus"
    answer = client.post(path, htmx=True)
    assert answer.status_code == 422
    assert answer.text.startswith('<hx-partial id="problem"')
    assert "Conclude it or set it aside" in answer.text
    plain = client.post(path)
    assert (plain.status_code, plain.location) == (303, f"{cast.board.path}#obstacles")
    assert "Conclude it or set it aside" in client.get(cast.board.path).text
    assert status(app, cast.board.waiting) == "waiting"


def test_the_board_offers_no_focus_that_it_would_refuse(cast: Cast, as_: SignIn) -> None:
    assert f'action="/obstacles/{cast.board.waiting}/focus"' not in as_("ana").get(cast.board.path).text


@pytest.mark.usefixtures("settled")
def test_focus_and_its_undo(app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    answer = client.post(f"/obstacles/{cast.board.waiting}/focus", htmx=True)
    assert answer.status_code == 200
    for part in ("obstacles", "record", "toast"):
        assert f'<hx-partial id="{part}"' in answer.text
    undo = re.search(r'action="(/obstacles/\d+/focus)"', answer.text.split('<hx-partial id="toast"')[-1])
    assert undo is not None
    client.post(undo[1], htmx=True)
    assert (status(app, cast.board.in_focus), status(app, cast.board.waiting)) == ("focus", "waiting")


@pytest.mark.parametrize("to", ["", "first", "-1", "99999999999", "1.5"])
def test_a_place_that_is_none_is_refused(cast: Cast, as_: SignIn, to: str) -> None:
    answer = as_("ana").post(f"/obstacles/{cast.board.waiting}/position", {"to": to}, htmx=True)
    assert answer.status_code == 422
    assert '<hx-partial id="problem"' in answer.text


def test_moving_and_its_undo(app: Flask, cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/obstacles/{cast.board.waiting}/position"
    answer = client.post(path, {"to": "1"}, htmx=True)
    assert '<hx-partial id="obstacles"' in answer.text
    toast = answer.text.split('<hx-partial id="toast"')[-1]
    assert f'action="{path}"' in toast
    assert re.search(r'name="to" value="0"', toast)


def test_what_has_left_comes_back(app: Flask, cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/obstacles/{cast.board.waiting}"
    client.fill_in(f"{path}/ending", status="removed", note="She decides.")
    assert status(app, cast.board.waiting) == "removed"
    assert client.post(f"{path}/return").status_code == 303
    assert status(app, cast.board.waiting) == "waiting"


def test_an_obstacle_of_an_ended_target_condition_cannot_be_taken_up(app: Flask, cast: Cast, as_: SignIn) -> None:
    answer = as_("ana").post(f"/obstacles/{cast.board.removed}/return", htmx=True)
    assert answer.status_code == 422
    assert "stays in the history" in answer.text
    assert status(app, cast.board.removed) == "removed"


def test_an_archived_board_offers_nothing_and_takes_nothing(app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    assert client.post(f"{cast.board.path}/archiving").status_code == 303
    page = client.get(cast.board.path).text.split('id="target"')[1].split("</main>")[0]
    assert "hx-post" not in page
    answer = client.post(f"{cast.board.path}/obstacles", {"text": "One more", "once": "1"}, htmx=True)
    assert answer.status_code == 422
    assert "This storyboard has ended" in answer.text
    assert client.post(f"{cast.board.path}/reopening").status_code == 303
    assert client.post(f"{cast.board.path}/obstacles", {"text": "One more", "once": "2"}).status_code == 303


# The way back without scripts ----------------------------------------------------------------------------------------


def toast(client: Client, path: str) -> str:
    """What the next page says was done."""
    return client.get(path).text.split('id="toast"', 1)[1].split("</body>")[0]


UNDONE = {
    "moved": ("/obstacles/{waiting}/position", {"to": "1"}, "{board}"),
    "in focus": ("/obstacles/{waiting}/focus", {}, "{board}"),
    "out of focus": ("/obstacles/{in_focus}/waiting", {}, "{board}"),
    "gone": ("/obstacles/{waiting}/ending", {"status": "removed"}, "{board}"),
    "photo taken off": ("/photos/{photo}/removal", {}, "/experiments/{concluded}"),
    "archived": ("{board}/archiving", {}, "{board}"),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", UNDONE)
def test_after_a_plain_redirect_the_page_offers_the_way_back_once(
    app: Flask, cast: Cast, as_: SignIn, name: str
) -> None:
    names = {**vars(cast.board), "board": cast.board.path}
    path, fields, page = (each.format(**names) if isinstance(each, str) else each for each in UNDONE[name])
    client = as_("ana")
    before = state(app, cast)
    assert client.post(path, fields).status_code == 303
    assert state(app, cast) != before
    offered = toast(client, page)
    form = re.search(r'<form method="post" action="([^"]+)"', offered)
    assert form is not None
    assert "Undo" in offered
    assert client.post(form[1], form_fields(f"<body>{offered}", form[1])).status_code == 303
    assert state(app, cast) == before
    client.get(page)
    assert "Undo" not in toast(client, page)


def state(app: Flask, cast: Cast) -> list[object]:
    """What the undone buttons change."""
    with app.app_context():
        lot = db.select(Obstacle.id, Obstacle.status).where(Obstacle.target_id == cast.board.target)
        return [
            *db.session.execute(lot.order_by(Obstacle.position, Obstacle.id)),
            db.session.get_one(Photo, cast.board.photo).removed_at is None,
            db.session.get_one(Storyboard, cast.board.id).archived_at is None,
        ]
