"""Rule 7, open by default: who sees which storyboard, wherever it might show; and an administrator's look into one."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kata.activity.models import Activity
from kata.extensions import db
from kata.storyboards.models import BoardOpening
from kata.storyboards.queries import boards as queries
from tests.cast import NAMES, Board, Cast
from tests.conftest import Frozen, SignIn, listening

INSIDE = {"ana", "gus", "ben", "cleo"}
CLOSED, PRACTICE, OPEN = "Closing leavers&#39; accounts", "Making tea", "Granting access"
FIND = {"closed": "leavers", "practice": "tea", "board": "Granting"}
SHOWN = {"closed": CLOSED, "practice": PRACTICE, "board": OPEN}


def readers(kind: str) -> set[str]:
    return set(NAMES) if kind == "board" else INSIDE


def held(cast: Cast, kind: str) -> Board:
    found: Board = getattr(cast, kind)
    return found


PARTS = ("", "/history", "/print", "/wall", "/conditions", "/record", "?on=2026-06-01")


@pytest.mark.parametrize("kind", ["board", "closed", "practice"])
def test_every_page_of_a_board_is_for_those_who_see_it(cast: Cast, as_: SignIn, kind: str) -> None:
    for name in ("gus", "cleo", "eve", "root"):
        client = as_(name)
        client.lint = False
        found = {part: client.get(held(cast, kind).path + part).status_code for part in PARTS}
        assert found == dict.fromkeys(PARTS, 200 if name in readers(kind) else 404), name


@pytest.mark.parametrize("kind", ["board", "closed", "practice"])
def test_an_experiments_page_follows_its_board(cast: Cast, as_: SignIn, kind: str) -> None:
    path = f"/experiments/{held(cast, kind).running}"
    found = {name: as_(name).get(path).status_code for name in NAMES}
    assert found == {name: 200 if name in readers(kind) else 404 for name in NAMES}


@pytest.mark.parametrize("kind", ["board", "closed", "practice"])
def test_the_list_and_the_command_box_name_only_what_the_reader_sees(cast: Cast, as_: SignIn, kind: str) -> None:
    address = {"practice": "/boards?show=practice"}.get(kind, "/boards")
    listed, searched, found = set(), set(), set()
    for name in NAMES:
        client = as_(name)
        client.lint = False
        listed |= {name} if SHOWN[kind] in client.get(address).text else set()
        searched |= {name} if SHOWN[kind] in client.get(f"{address}{'&' if '?' in address else '?'}q=a").text else set()
        found |= {name} if SHOWN[kind] in client.get(f"/go?q={FIND[kind]}").text else set()
    assert (listed, searched, found) == (readers(kind),) * 3


@pytest.mark.parametrize(
    ("whose", "words"),
    [("ana", "learns here"), ("ben", "coaches Ana Novak"), ("cleo", "second coach of Ana Novak")],
)
def test_a_persons_page_lists_where_they_learn_and_coach_as_far_as_the_reader_sees(
    cast: Cast, as_: SignIn, whose: str, words: str
) -> None:
    path = f"/people/{cast[whose].id}"
    for reader in ("gus", "eve"):
        page = as_(reader).get(path).text
        found = {kind for kind, name in SHOWN.items() if name in page}
        assert found == {kind for kind in SHOWN if reader in readers(kind)}, reader
        assert page.count(words) == len(found)


def test_a_practice_board_stands_apart_from_the_real_ones(cast: Cast, as_: SignIn) -> None:
    assert PRACTICE not in as_("ana").get("/boards").text


def test_closing_a_board_takes_its_photos_from_everyone_else(cast: Cast, as_: SignIn) -> None:
    photo = f"/photos/{cast.board.photo}"
    assert as_("eve").get(photo).status_code == 200
    assert as_("ana").post(f"{cast.board.path}/closure", {"closed": "y"}).status_code == 303
    for name in NAMES:
        expected = 200 if name in INSIDE else 404
        assert as_(name).get(photo).status_code == expected, name
        assert as_(name).get(f"{photo}/small").status_code == expected, name


def test_closing_and_opening_again(cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    client.post(f"{cast.board.path}/closure", {"closed": "y"})
    assert as_("dev").get(cast.board.path).status_code == 404
    client.post(f"{cast.board.path}/closure", {})
    assert as_("dev").get(cast.board.path).status_code == 200


def test_opening_a_practice_board_is_refused_in_words(cast: Cast, as_: SignIn) -> None:
    answer = as_("ana").post(f"{cast.practice.path}/closure", {})
    assert answer.status_code == 422
    assert "A practice storyboard is its team" in answer.text
    assert as_("eve").get(cast.practice.path).status_code == 404


def test_today_shows_nobody_a_board_that_they_do_not_see(cast: Cast, as_: SignIn) -> None:
    for name in set(NAMES) - INSIDE:
        page = as_(name).get("/").text
        assert CLOSED not in page, name
        assert PRACTICE not in page, name


# The administrator's look --------------------------------------------------------------------------------------------


def look(cast: Cast, as_: SignIn, why: str = "A complaint names this board") -> object:
    return as_("root").fill_in(f"{cast.closed.path}/opening", reason=why)


def test_an_administrator_opens_a_closed_board_for_an_hour(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    root = as_("root")
    assert root.get(cast.closed.path).status_code == 404
    answer = root.fill_in(f"{cast.closed.path}/opening", reason="A complaint names this board")
    assert (answer.status_code, answer.location) == (303, cast.closed.path)
    assert root.get(cast.closed.path).status_code == 200
    frozen.forward(minutes=59)
    assert root.get(cast.closed.path).status_code == 200
    frozen.forward(minutes=1)
    assert root.get(cast.closed.path).status_code == 404


def test_the_look_is_recorded_and_the_team_sees_when_who_and_why(app: Flask, cast: Cast, as_: SignIn) -> None:
    look(cast, as_)
    with app.app_context():
        assert len(list(db.session.scalars(db.select(BoardOpening)))) == 1
        told = db.session.scalars(db.select(Activity).where(Activity.verb == "looked into")).one()
        assert (told.board_id, told.person_id) == (cast.closed.id, cast["root"].id)
    for part in ("/edit", "/history"):
        page = as_("ana").get(cast.closed.path + part).text
        assert "Root Berger" in page
        assert "A complaint names this board" in page


def test_the_look_needs_a_reason(cast: Cast, as_: SignIn) -> None:
    answer = as_("root").fill_in(f"{cast.closed.path}/opening", reason="  ")
    assert answer.status_code == 422
    assert "the team will see it" in answer.text
    assert as_("root").get(cast.closed.path).status_code == 404


def test_looking_is_not_writing(cast: Cast, as_: SignIn) -> None:
    look(cast, as_)
    answer = as_("root").post(f"{cast.closed.path}/obstacles", {"text": "Another", "once": "1"})
    assert answer.status_code == 403


def test_nobody_else_opens_a_closed_board(cast: Cast, as_: SignIn) -> None:
    for name in ("dev", "eve", "fay"):
        assert as_(name).post(f"{cast.closed.path}/opening", {"reason": "Curious", "once": "1"}).status_code == 404


def test_one_look_opens_one_board(cast: Cast, as_: SignIn) -> None:
    look(cast, as_)
    assert as_("root").get(cast.practice.path).status_code == 404
    assert CLOSED not in as_("eve").get("/boards").text


def the_offer(answer: TestResponse) -> str | None:
    """Where the page's one way on leads, when it is to an opening."""
    found = re.search(r'href="(/boards/\d+/opening)"', answer.text)
    return found[1] if found else None


@pytest.mark.parametrize("kind", ["closed", "practice"])
@pytest.mark.parametrize("part", [part for part in PARTS if part != "?on=2026-06-01"])
def test_a_closed_boards_address_offers_the_look_to_an_administrator(
    cast: Cast, as_: SignIn, kind: str, part: str
) -> None:
    path, root = held(cast, kind).path, as_("root")
    answer = root.get(path + part)
    assert (answer.status_code, the_offer(answer)) == (404, f"{path}/opening")
    assert "The team will see that you did" in answer.text
    assert root.fill_in(f"{path}/opening", reason="A complaint").location == path
    assert the_offer(root.get(path + part)) is None


def test_to_everyone_else_a_closed_board_is_what_never_was(cast: Cast, as_: SignIn) -> None:
    for name in sorted(set(NAMES) - INSIDE - {"root"}):
        client = as_(name)
        for part in PARTS:
            closed, nothing = client.get(cast.closed.path + part), client.get("/boards/999999" + part)
            assert (closed.status_code, the_offer(closed)) == (404, None), (name, part)
            assert signs(closed, cast.closed.id) == signs(nothing, 999999), (name, part)


def signs(answer: TestResponse, board_id: int) -> tuple[str, dict[str, str]]:
    """All that tells one answer from another but the address that was asked for and what is random."""
    text = re.sub(r'(name="csrf_token" value=|nonce=)"[^"]+"', "", answer.text.replace(f"/boards/{board_id}", ""))
    return text, {
        name: value for name, value in answer.headers if name not in {"Set-Cookie", "Content-Length", "X-Request-ID"}
    }


@pytest.mark.parametrize("path", ["/boards/999999", "/boards/999999/history", "{board}?on=2020-01-01", "/boards/x"])
def test_an_administrator_is_offered_nothing_where_nothing_is_closed(cast: Cast, as_: SignIn, path: str) -> None:
    answer = as_("root").get(path.format(board=cast.board.path))
    assert (answer.status_code, the_offer(answer)) == (404, None)


def test_for_everyone_else_it_costs_no_statement_more(app: Flask, cast: Cast, as_: SignIn) -> None:
    client, costs = as_("eve"), []
    for path in (cast.closed.path, "/boards/999999"):
        with listening(app) as asked:
            client.get(path)
        costs.append(len(asked))
    assert costs[0] == costs[1]


# What an address alone may reach -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["eve", "fay", "dev", "root"])
def test_reading_is_not_writing(cast: Cast, as_: SignIn, name: str) -> None:
    client = as_(name)
    page = client.get(cast.board.path).text
    assert "hx-post" not in page.split('id="head"')[1]
    for path in (
        f"{cast.board.path}/edit",
        f"/obstacles/{cast.board.waiting}/edit",
        f"/targets/{cast.board.target}/edit",
    ):
        assert client.get(path).status_code == 403


def test_visible_is_a_query_that_can_be_narrowed(in_app: Flask, cast: Cast) -> None:
    def ids(name: str) -> set[int]:
        return {board.id for board in db.session.scalars(queries.visible(cast.viewer(name)))}

    open_ = {cast.board.id, cast.other.id, cast.told.board}
    assert ids("eve") == open_
    assert ids("gus") == {*open_, cast.closed.id, cast.practice.id}


@pytest.mark.database
@pytest.mark.parametrize("path", ["/boards/{}", "/experiments/{}", "/photos/{}", "/obstacles/{}/edit"])
@pytest.mark.parametrize("number", ["0", "999999", "99999999999", "9" * 30])
def test_a_number_that_nothing_has_is_an_address_of_nothing(cast: Cast, as_: SignIn, path: str, number: str) -> None:
    assert as_("ana").get(path.format(number)).status_code == 404


@pytest.mark.database
@pytest.mark.parametrize(
    "query",
    ["/boards?q=%00", "/go?q=%00a", "/boards?q=%F0%9F%92%A9%25_", "/boards?show=%00", "/boards?before=" + "9" * 30],
)
def test_searching_for_anything_at_all_is_not_an_error(cast: Cast, as_: SignIn, query: str) -> None:
    assert as_("ana").get(query).status_code == 200
