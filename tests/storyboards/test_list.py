"""The list of storyboards: one's own first, and every board on exactly one of its pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import insert, select

from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import lists
from kata.storyboards.queries.lists import End
from tests.cast import Cast
from tests.conftest import SignIn

BOARD = re.compile(r'<h3><a href="/boards/(\d+)">')


def add(cast: Cast, count: int, **who: int | None) -> list[int]:
    """That many boards of eve's team; of eve's unless ``who`` says otherwise."""
    common = {"team_id": cast.teams["invoices"], "learner_id": cast["eve"].id, **who}
    rows = [{**common, "focus_process": f"Process {n}"} for n in range(count)]
    return list(db.session.scalars(insert(Storyboard).returning(Storyboard.id), rows))


def walked(cast: Cast, name: str, **asked: str) -> list[int]:
    """The ids on all pages of the list, one page after the other."""
    ids: list[int] = []
    end: End | None = None
    while True:
        rows = lists.listed(cast.viewer(name), end=end, **asked)
        shown = rows[: lists.LIST_SIZE]
        ids += [row.id for row in shown]
        if len(rows) <= lists.LIST_SIZE:
            return ids
        end = End(shown[-1].id, bool(shown[-1].own))


@pytest.mark.database
@pytest.mark.parametrize("role", ["learner_id", "coach_id", "second_coach_id"])
def test_ones_own_boards_stand_first_however_many_newer_ones_there_are(in_app: Flask, cast: Cast, role: str) -> None:
    own = add(cast, 1, **{role: cast["dev"].id})
    add(cast, lists.LIST_SIZE + 5)
    page = lists.listed(cast.viewer("dev"))
    assert [row.id for row in page if row.own] == own == [page[0].id]
    assert [row.id for row in page[1:]] == sorted((row.id for row in page[1:]), reverse=True)


@pytest.mark.database
@pytest.mark.parametrize("own", [0, 1, lists.LIST_SIZE - 1, lists.LIST_SIZE, lists.LIST_SIZE + 1, 120])
@pytest.mark.parametrize("others", [0, 1, lists.LIST_SIZE, 70])
def test_every_board_is_on_exactly_one_page(in_app: Flask, cast: Cast, own: int, others: int) -> None:
    mine = add(cast, own, learner_id=cast["dev"].id) if own else []
    theirs = [cast.board.id, cast.other.id, *(add(cast, others) if others else [])]
    assert walked(cast, "dev") == sorted(mine, reverse=True) + sorted(theirs, reverse=True)


def test_a_board_that_comes_meanwhile_moves_no_page(in_app: Flask, cast: Cast) -> None:
    mine = add(cast, lists.LIST_SIZE + 10, learner_id=cast["dev"].id)
    end = End(lists.listed(cast.viewer("dev"))[lists.LIST_SIZE - 1].id, own=True)
    before = [row.id for row in lists.listed(cast.viewer("dev"), end=end)]
    add(cast, 3, learner_id=cast["dev"].id)
    assert [row.id for row in lists.listed(cast.viewer("dev"), end=end)] == before
    assert before[:10] == mine[9::-1]


def test_mine_is_ones_own_alone(in_app: Flask, cast: Cast) -> None:
    add(cast, 60)
    assert set(walked(cast, "ben", show="mine")) == {cast.board.id, cast.closed.id, cast.practice.id}


def test_the_page_names_whose_they_are_and_leads_on(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        add(cast, lists.LIST_SIZE + 20)
        db.session.commit()
    client = as_("ana")
    page = client.get("/boards").text
    own, others = page.split("Everyone else’s</h2>")
    assert "Yours</h2>" in own
    assert set(BOARD.findall(own)) == {str(cast.board.id), str(cast.closed.id)}
    older = re.search(r'href="(/boards\?[^"]*before=\d+[^"]*)"', others)
    assert older is not None
    rest = client.get(older[1].replace("&amp;", "&")).text
    assert len(BOARD.findall(rest)) + len(BOARD.findall(page)) == lists.LIST_SIZE + 20 + 3
    assert not set(BOARD.findall(rest)) & set(BOARD.findall(page))


def test_a_page_can_end_among_ones_own(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        mine = add(cast, lists.LIST_SIZE + 1, learner_id=cast["dev"].id)
        db.session.commit()
    client = as_("dev")
    page = client.get("/boards").text
    assert BOARD.findall(page) == [str(each) for each in mine[:0:-1]]
    assert f"before={mine[1]}&amp;of=mine" in page
    rest = BOARD.findall(client.get(f"/boards?before={mine[1]}&of=mine").text)
    assert rest == [str(each) for each in (mine[0], cast.other.id, cast.board.id)]


@pytest.mark.parametrize("shown", ["live", "mine", "practice", "ended", "archived"])
@pytest.mark.parametrize(("name", "starts"), [("eve", True), ("fay", False)])
def test_an_empty_list_says_what_stands_there_and_offers_what_the_reader_may_do(
    app: Flask, cast: Cast, as_: SignIn, shown: str, name: str, starts: bool
) -> None:
    with app.app_context():
        for board in db.session.scalars(select(Storyboard)):
            board.closed = True
            board.team_id, board.learner_id = cast.teams["access"], cast["ana"].id
        db.session.commit()
    page = as_(name).get(f"/boards?show={shown}").text
    room = page.split('class="empty"')[1].split("</main>")[0]
    assert EMPTY[shown] in room
    assert ("/boards/new" in room) == (starts and shown in {"live", "mine", "practice"})


EMPTY = {
    "live": "No storyboard yet",
    "mine": "The storyboards at which you learn or coach stand here.",
    "practice": "only its team sees it",
    "ended": "What a storyboard taught stays here to be read.",
    "archived": "None is archived",
}


def test_the_file_holds_every_row_of_every_page(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        add(cast, lists.LIST_SIZE + 20)
        db.session.commit()
    file = as_("ana").get("/boards.csv").get_data(as_text=True)
    assert len(file.strip().splitlines()) == 1 + lists.LIST_SIZE + 20 + 3
