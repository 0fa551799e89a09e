"""A team takes its barrier back with a reason; the leader is told, and those who waited together with it still wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from kata.alignment.models import Barrier, BarrierStop
from kata.extensions import db
from tests.alignment.conftest import Answering
from tests.cast import Cast
from tests.cast_barriers import HIDDEN_WORDS, WORDS
from tests.client import HTMX, Client
from tests.conftest import Frozen, SignIn

pytestmark = pytest.mark.database

Rows = Callable[..., list[Any]]
Read = Callable[[int], Barrier]
NEIGHBOURS = "Invoices name no system either"
ON_TODAY = {**HTMX, "HX-Current-URL": "http://localhost/"}


@pytest.fixture
def back(barrier: Read) -> Answering:
    """Takes a barrier back at the version that stands: ``back(ana, id, words=…)``."""

    def take(client: Client, barrier_id: int, **fields: object) -> Any:
        form = {"once": str(uuid4()), "why": "ourselves", "version": barrier(barrier_id).version, **fields}
        return client.post(f"/barriers/{barrier_id}/withdrawal", form)

    return take


@pytest.fixture
def neighbours(cast: Cast, as_: SignIn, rows: Rows) -> int:
    """A barrier that eve's team raised from its own board."""
    form = {"once": str(uuid4()), "kind": "tool", "text": NEIGHBOURS, "cost": "One day."}
    assert as_("eve").post(f"/obstacles/{cast.other.waiting}/barrier", form).status_code == 303
    return int(rows(Barrier, board_id=cast.other.id)[0].id)


def _together(client: Client, lead: int, other: int) -> None:
    assert client.post(f"/barriers/{lead}/companions", {"other": other}).status_code == 303


def test_the_leader_reads_it_on_today_and_is_asked_no_more(
    cast: Cast, ana: Client, dev: Client, back: Answering
) -> None:
    assert "Take it back" in ana.get(f"/barriers/{cast.raised.board}").text
    assert back(ana, cast.raised.board, words="We wrote the list ourselves.").status_code == 303
    today = dev.get("/").text
    assert "News of barriers" in today
    assert f"Taken back by {cast['ana'].name}: We removed it ourselves" in today
    assert "We wrote the list ourselves." in today
    assert f"/barriers/{cast.raised.board}/answer" not in today
    done = dev.post(f"/barriers/{cast.raised.board}/reading", headers=ON_TODAY).text
    assert "We wrote the list ourselves." not in done
    assert "News of barriers" not in dev.get("/").text


def test_it_stays_in_the_history_and_the_obstacle_can_be_raised_again(
    cast: Cast, ana: Client, back: Answering, frozen: Frozen
) -> None:
    frozen.forward(days=4)
    back(ana, cast.raised.board, why="gone", words="The old system was switched off.")
    history = ana.get(f"{cast.board.path}/history").text
    assert "took a barrier back: no longer in the way" in history
    assert "The old system was switched off." in history
    board = ana.get(cast.board.path).text
    assert "Taken back after 5 days: it is no longer in the way" in board
    assert "Raise it again as a barrier" in board
    page = ana.get(f"/barriers/{cast.raised.board}").text
    assert "The old system was switched off." in page
    assert "/withdrawal" not in page
    assert WORDS not in ana.get("/barriers?show=open").text
    assert WORDS in ana.get("/barriers?show=answered").text


def test_everyone_else_at_the_board_is_told_and_the_one_who_did_it_is_not(
    cast: Cast, ana: Client, as_: SignIn, back: Answering
) -> None:
    gus, ben = as_("gus"), as_("ben")
    back(gus, cast.raised.board)
    assert "News of barriers" in ana.get("/").text
    assert "News of barriers" in ben.get("/").text
    assert "News of barriers" not in gus.get("/").text


def test_a_reason_is_asked_for_and_what_was_typed_stays(
    cast: Cast, ana: Client, back: Answering, barrier: Read
) -> None:
    refused = back(ana, cast.raised.board, why="", words="It went away.")
    assert refused.status_code == 422
    assert "Choose one of the two." in refused.text
    assert "It went away." in refused.text
    assert barrier(cast.raised.board).status == "open"


def test_an_answer_that_came_meanwhile_is_read_first(
    cast: Cast, ana: Client, dev: Client, back: Answering, answer: Answering, barrier: Read
) -> None:
    seen = barrier(cast.raised.board).version
    answer(dev, cast.raised.board, "removed")
    refused = back(ana, cast.raised.board, version=seen, words="It went away.")
    assert refused.status_code == 409
    assert "It went away." in refused.text
    again = back(ana, cast.raised.board)
    assert again.status_code == 422
    assert "nothing is left to take back" in again.text


def test_a_leader_who_was_writing_an_answer_keeps_it_and_reads_why(
    cast: Cast, ana: Client, dev: Client, back: Answering, answer: Answering, rows: Rows
) -> None:
    back(ana, cast.raised.board)
    refused = answer(dev, cast.raised.board, "instead", words="Ask in the subject line.")
    assert refused.status_code == 422
    assert "The team has taken it back" in refused.text
    assert "Ask in the subject line." in refused.text


def test_one_of_several_is_taken_back_and_the_others_wait_on(
    cast: Cast,
    as_: SignIn,
    ana: Client,
    dev: Client,
    back: Answering,
    neighbours: int,
    barrier: Read,
    answer: Answering,
) -> None:
    _together(dev, cast.raised.board, neighbours)
    back(as_("eve"), neighbours)
    assert (barrier(neighbours).lead_id, barrier(neighbours).status) == (None, "taken_back")
    answer(dev, cast.raised.board, "removed")
    assert barrier(neighbours).status == "taken_back", "the answer goes to those who wait"
    assert barrier(cast.raised.board).status == "removed"


def test_the_one_that_was_answered_hands_on_to_the_one_that_waits_longest(
    cast: Cast, ana: Client, dev: Client, back: Answering, neighbours: int, barrier: Read, answer: Answering
) -> None:
    for other in (cast.raised.closed, neighbours):
        _together(dev, cast.raised.board, other)
    back(ana, cast.raised.board)
    assert barrier(cast.raised.closed).lead_id is None, "it was raised first"
    assert barrier(neighbours).lead_id == cast.raised.closed
    today = dev.get("/").text
    assert HIDDEN_WORDS in today
    assert "and 1 other" in today
    answer(dev, cast.raised.closed, "removed")
    assert {barrier(each).status for each in (cast.raised.closed, neighbours)} == {"removed"}


def test_who_takes_over_waits_where_the_others_waited(
    app: Flask, cast: Cast, ana: Client, dev: Client, back: Answering, neighbours: int, barrier: Read, rows: Rows
) -> None:
    with app.app_context():
        db.session.get_one(Barrier, neighbours).area_id = cast.areas["finance"]
        db.session.commit()
    _together(dev, cast.raised.board, neighbours)
    back(ana, cast.raised.board)
    assert barrier(neighbours).area_id == cast.areas["house"]
    assert rows(BarrierStop, barrier_id=neighbours)[-1].area_id == cast.areas["house"]


def test_taken_back_twice_by_the_same_submission_is_done_once(cast: Cast, ana: Client, barrier: Read) -> None:
    form = {"once": str(uuid4()), "why": "gone", "version": barrier(cast.raised.board).version}
    for _time in range(2):
        assert ana.post(f"/barriers/{cast.raised.board}/withdrawal", form).status_code == 303
