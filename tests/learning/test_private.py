"""Nobody learns by searching that a closed or practice board is there: not by a result, a count, a mark or a hint."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from kata import clock
from kata.extensions import db
from kata.learning.queries.search import BLOCK
from kata.storyboards.models import BoardOpening, Experiment, Obstacle, Storyboard
from tests.cast import Board, Cast
from tests.conftest import SignIn
from tests.growth import experiments
from tests.learning.conftest import Find, results

pytestmark = pytest.mark.database

SECRET = "Xylophone lessons for pale walruses"
EVERYONE = ("fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root")
#: Who reads a closed or practice board of ana's team.
READERS = {"ana", "gus", "ben", "cleo"}


@pytest.fixture(params=["closed", "practice"])
def hidden(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> Board:
    """A board that is its team's alone, with words that stand nowhere else in each of its texts."""
    board: Board = getattr(cast, request.param)
    with app.app_context():
        db.session.get_one(Obstacle, board.waiting).reword(SECRET)
        db.session.get_one(Experiment, board.running).step = SECRET
        db.session.get_one(Storyboard, board.id).reflection = SECRET
        db.session.commit()
    return board


@pytest.mark.parametrize("name", EVERYONE)
def test_who_may_not_see_a_board_is_answered_as_if_it_were_not_there(
    hidden: Board, cast: Cast, as_: SignIn, find: Find, name: str
) -> None:
    found = find(name, "xylophone walrus")
    assert bool(results(found)) is (name in READERS)
    if name not in READERS:
        nothing = find(name, "xylophone walrux")
        assert _main(found).replace("walrus", "walrux") == _main(nothing), (
            "the answers differ by something else than the words"
        )


@pytest.mark.parametrize("name", EVERYONE)
def test_what_was_tried_before_is_told_to_readers_of_the_board_alone(
    hidden: Board, cast: Cast, as_: SignIn, name: str
) -> None:
    answer = as_(name).get("/learning/tried.json", query_string={"q": "give xylophone lessons to walruses"})
    assert answer.status_code == (200 if name in READERS else 204)


@pytest.mark.parametrize("name", ["fay", "eve", "dev", "root"])
def test_no_filter_opens_it(hidden: Board, cast: Cast, find: Find, name: str) -> None:
    for filters in (
        {"team": "access-requests"},
        {"area": "service-desk"},
        {"kind": "experiment"},
        {"before": 2**31 - 1},
        {"page": 2},
    ):
        page = find(name, "xylophone", **filters)
        assert results(page) == []
        assert "Xylophone" not in page
        assert "Xylophone" not in find(name, "", **filters)


def test_an_administrator_finds_it_for_as_long_as_it_is_opened(
    hidden: Board, cast: Cast, app: Flask, find: Find, frozen: object
) -> None:
    with app.app_context():
        until = clock.now().replace(hour=23)
        opening = BoardOpening(board_id=hidden.id, person_id=cast["root"].id, reason="Asked.", expires_at=until)
        db.session.add(opening)
        db.session.commit()
    assert results(find("root", "xylophone"))
    with clock.standing_at(until):
        assert results(find("root", "xylophone")) == []


def test_a_board_that_is_closed_later_is_found_no_more(cast: Cast, app: Flask, find: Find) -> None:
    assert f"/experiments/{cast.board.concluded}" in results(find("fay", "asked once"))
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).closed = True
        db.session.commit()
    assert f"/experiments/{cast.board.concluded}" not in results(find("fay", "asked once"))


def test_who_leaves_the_team_finds_no_more_at_the_next_request(
    hidden: Board, cast: Cast, app: Flask, find: Find
) -> None:
    from kata.teams.models import Membership

    assert results(find("gus", "xylophone"))
    with app.app_context():
        gone = db.session.scalars(select(Membership).where(Membership.person_id == cast["gus"].id)).one()
        gone.ended_at = clock.now()
        db.session.commit()
    assert results(find("gus", "xylophone")) == []


def test_hidden_things_take_no_place_in_a_block(cast: Cast, app: Flask, find: Find) -> None:
    """However much a closed board holds of the words, the first page of somebody else is as full as without it."""
    from kata.learning import actions

    with app.app_context():
        experiments(cast.other, cast, 3)
        actions.fill_missing()
        experiments(cast.closed, cast, BLOCK + 5)
        actions.fill_missing()
        db.session.commit()
    page = find("fay", "noon eat", kind="experiment")
    assert len(results(page)) == 3
    assert 'rel="next"' not in page


def _main(page: str) -> str:
    """What a page is about, without its frame, whose tokens change by the second."""
    return page.partition("<main")[2].partition("</main>")[0]
