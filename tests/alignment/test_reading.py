"""Who reads what of barriers: lists, files, the command box, an area's page; and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kata import clock
from kata.alignment.models import Barrier, BarrierAnswer, BarrierNews, BarrierStop
from kata.extensions import db
from kata.storyboards.models import Obstacle, Storyboard
from tests.cast import Cast
from tests.cast_barriers import HIDDEN_WORDS, WORDS
from tests.client import Client, csv_rows
from tests.conftest import Counting, Frozen, SignIn

HIDDEN_BOARD = "Closing leavers"
HIDDEN_OBSTACLE = "The form asks twice"


@pytest.fixture
def many(app: Flask, cast: Cast) -> Callable[[int], None]:
    """Raises so many further barriers from ana's board, each from an obstacle of its own."""

    def fill(count: int) -> None:
        with app.app_context():
            board = db.session.get_one(Storyboard, cast.board.id)
            for number in range(count):
                obstacle = Obstacle(board_id=board.id, target_id=cast.board.target, text="Again", position=50 + number)
                db.session.add(obstacle)
                db.session.flush()
                row = Barrier(
                    board_id=board.id,
                    obstacle_id=obstacle.id,
                    area_id=cast.areas["house"],
                    kind="tool",
                    text=f"Filler {number}",
                    cost="A day.",
                    raised_by_id=cast["ana"].id,
                )
                db.session.add(row)
                db.session.flush()
                stop = BarrierStop(barrier_id=row.id, barrier=row, area_id=row.area_id, by_id=cast["ana"].id)
                db.session.add(stop)
                db.session.add(BarrierAnswer(barrier_id=row.id, kind="removed", by_id=cast["dev"].id))
                for name in ("ana", "ben", "dev"):
                    db.session.add(BarrierNews(person_id=cast[name].id, barrier_id=row.id))
            db.session.commit()

    return fill


@pytest.mark.parametrize("path", ["/barriers?show=open", "/barriers?show=teams", "/go?q=payroll", "/barriers.csv"])
def test_a_closed_boards_barrier_is_read_by_its_team_and_its_leaders_alone(cast: Cast, as_: SignIn, path: str) -> None:
    for name in ("eve", "fay", "root"):
        assert HIDDEN_WORDS not in as_(name).get(path).text
    assert HIDDEN_WORDS in as_("ana").get(path).text
    if "teams" not in path:
        assert HIDDEN_WORDS in as_("dev").get(path).text


def test_a_leader_reads_the_barriers_words_and_nothing_else_of_the_closed_board(cast: Cast, dev: Client) -> None:
    page = dev.get(f"/barriers/{cast.raised.closed}").text
    assert HIDDEN_WORDS in page
    assert HIDDEN_BOARD not in page
    assert HIDDEN_OBSTACLE not in page
    assert cast.closed.path not in page
    assert dev.get(cast.closed.path).status_code == 404


def test_the_team_finds_the_way_back_to_the_obstacle(cast: Cast, ana: Client) -> None:
    page = ana.get(f"/barriers/{cast.raised.closed}").text
    assert f'href="{cast.closed.path}#obstacle-{cast.closed.waiting}"' in page


def test_each_begins_with_their_own(cast: Cast, ana: Client, dev: Client, as_: SignIn) -> None:
    assert "Mine to answer</a>" in dev.get("/barriers").text
    for client, shown in ((dev, "mine"), (ana, "teams"), (as_("root"), "open")):
        assert f'show={shown}" aria-current="page"' in client.get("/barriers").text


def test_answered_and_open_ones_stand_apart(cast: Cast, ana: Client, dev: Client, answer: Callable[..., Any]) -> None:
    answer(dev, cast.raised.board, "removed")
    assert WORDS not in ana.get("/barriers?show=open").text
    assert WORDS in ana.get("/barriers?show=answered").text
    assert HIDDEN_WORDS in ana.get("/barriers?show=open").text


def test_the_list_goes_on_by_its_key_oldest_first(
    cast: Cast, ana: Client, many: Callable[[int], None], frozen: Frozen
) -> None:
    frozen.forward(hours=1)
    many(40)
    first = ana.get("/barriers?show=open").text
    assert first.index(WORDS) < first.index("Filler 0<")
    assert "Filler 27<" in first
    assert "Filler 28<" not in first
    after = first.split("after=")[1].split('"')[0]
    second = ana.get(f"/barriers?show=open&after={after}").text
    assert "Filler 28<" in second
    assert "Filler 39<" in second
    assert "Filler 27<" not in second


@pytest.mark.parametrize("query", ["show=nonsense", "after=999999999999", "after=-1", "area=nowhere", "show=mine"])
def test_odd_addresses_are_answered(ana: Client, query: str) -> None:
    assert ana.get(f"/barriers?{query}").status_code == 200
    assert ana.get(f"/barriers.csv?{query}").status_code == 200


def test_the_file_has_what_the_page_has(cast: Cast, dev: Client, many: Callable[[int], None]) -> None:
    many(40)
    rows = csv_rows(dev.get("/barriers.csv?show=open"))
    assert len(rows) == 42
    assert rows[0]["Barrier"] == WORDS
    assert rows[0]["Days"] == "1"
    assert rows[0]["Led by"] == cast["dev"].name


def test_an_areas_page_tells_which_barriers_wait_there(cast: Cast, as_: SignIn) -> None:
    page = as_("eve").get("/teams?area=northfield").text
    assert WORDS in page
    assert HIDDEN_WORDS not in page
    assert "No team waits for an answer here." in as_("eve").get("/teams?area=finance").text
    assert WORDS in as_("eve").get("/barriers?area=northfield").text
    assert WORDS not in as_("eve").get("/barriers?area=finance").text


#: Each page on which barriers stand, and who is shown most there.
READ = [
    ("dev", "/"),
    ("ana", "/"),
    ("dev", "/barriers"),
    ("ben", "/"),
    ("ana", "/barriers?show=teams"),
    ("dev", "/teams?area=northfield"),
    ("dev", "/barriers/{barrier}"),
    ("ana", "/barriers/{barrier}"),
    ("ana", "/go?q=system"),
    ("ana", "{board}"),
    ("dev", "/barriers/{barrier}/answer"),
    ("ana", "/obstacles/{obstacle}/barrier"),
    ("ana", "/barriers/{barrier}/withdrawal"),
]


def test_statements_stay_few_and_flat(
    cast: Cast, as_: SignIn, statements: Counting, many: Callable[[int], None]
) -> None:
    places = {"barrier": cast.raised.board, "board": cast.board.path, "obstacle": cast.board.waiting_too}

    def count() -> dict[tuple[str, str], int]:
        found = {}
        for name, path in READ:
            client = as_(name)
            with statements() as asked:
                assert client.get(path.format(**places)).status_code == 200
            found[name, path] = len(asked)
        return found

    few = count()
    many(200)
    assert count() == few
    assert max(few.values()) <= 12


def test_nobody_without_a_team_or_an_area_is_asked_for(as_: SignIn, statements: Counting) -> None:
    with statements() as asked:
        as_("fay").get("/")
    assert not [statement for statement in asked if "barrier" in statement]


def test_age_counts_from_the_day_it_was_raised(cast: Cast, ana: Client, frozen: Frozen) -> None:
    frozen.at(clock.now().replace(month=7))
    assert "Waiting 31 days" in ana.get(f"/barriers/{cast.raised.board}").text
