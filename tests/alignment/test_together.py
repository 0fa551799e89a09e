"""Similar barriers of several teams are answered once, each in its own words, and can be taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from kata.alignment.models import Barrier, BarrierAnswer
from kata.extensions import db
from tests.cast import TODAY, Cast
from tests.cast_barriers import HIDDEN_WORDS, WORDS
from tests.client import Client
from tests.conftest import SignIn

pytestmark = pytest.mark.database

Rows = Callable[..., list[Any]]
Read = Callable[[int], Barrier]
Answering = Callable[..., Any]
LATER = (TODAY + timedelta(days=9)).isoformat()
NEIGHBOURS = "Invoices name no system either"


def _together(client: Client, lead: int, other: int) -> Any:
    return client.post(f"/barriers/{lead}/companions", {"other": other})


def _of_the_other_team(as_: SignIn, cast: Cast, rows: Rows) -> int:
    form = {"once": str(uuid4()), "kind": "tool", "text": NEIGHBOURS, "cost": "One day."}
    assert as_("eve").post(f"/obstacles/{cast.other.waiting}/barrier", form).status_code == 303
    return int(rows(Barrier, board_id=cast.other.id)[0].id)


def test_one_answer_reaches_every_team(
    cast: Cast, as_: SignIn, dev: Client, answer: Answering, rows: Rows, barrier: Read
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    assert _together(dev, cast.raised.board, other).status_code == 303
    today = dev.get("/").text
    assert WORDS in today
    assert NEIGHBOURS not in today, "it is answered with the other"
    answer(dev, cast.raised.board, "cannot", words="The vendor says no.")
    for number in (cast.raised.board, other):
        assert [each.words for each in rows(BarrierAnswer, barrier_id=number)] == ["The vendor says no."]
    assert "The vendor says no." in as_("eve").get("/").text
    assert "Cannot be removed" in as_("eve").get(cast.other.path).text
    assert barrier(other).text == NEIGHBOURS


def test_what_was_answered_before_goes_to_the_one_that_joins(
    cast: Cast, as_: SignIn, dev: Client, answer: Answering, rows: Rows, barrier: Read
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    answer(dev, cast.raised.board, "promised", by_date=LATER)
    _together(dev, cast.raised.board, other)
    assert barrier(other).status == "promised"
    assert "Will be removed by 12 June" in as_("eve").get(cast.other.path).text


def test_taken_apart_each_is_answered_by_itself_and_keeps_what_it_was_told(
    cast: Cast, as_: SignIn, dev: Client, answer: Answering, rows: Rows, barrier: Read
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, cast.raised.board, other)
    answer(dev, cast.raised.board, "promised", by_date=LATER)
    assert dev.post(f"/barriers/{other}/parting").status_code == 303
    answer(dev, cast.raised.board, "removed")
    assert barrier(other).status == "promised"
    assert len(rows(BarrierAnswer, barrier_id=other)) == 1
    assert answer(dev, other, "removed").status_code == 303


def test_the_one_that_joined_is_not_answered_by_itself(
    cast: Cast, as_: SignIn, dev: Client, answer: Answering, rows: Rows
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, cast.raised.board, other)
    refused = answer(dev, other, "removed")
    assert refused.status_code == 422
    assert "put together with another" in refused.text
    assert rows(BarrierAnswer) == []


def test_those_that_came_together_before_come_along(
    cast: Cast, as_: SignIn, dev: Client, rows: Rows, barrier: Read
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, other, cast.raised.closed)
    _together(dev, cast.raised.board, other)
    assert (barrier(other).lead_id, barrier(cast.raised.closed).lead_id) == (cast.raised.board,) * 2


def test_no_ring_and_no_self(cast: Cast, as_: SignIn, dev: Client, rows: Rows, barrier: Read) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, cast.raised.board, other)
    for lead, joins in ((other, cast.raised.board), (cast.raised.board, cast.raised.board), (cast.raised.board, other)):
        assert "together with another" in dev.get(_together(dev, lead, joins).location).text.split('id="toast"')[1]
    assert barrier(cast.raised.board).lead_id is None
    assert barrier(other).lead_id == cast.raised.board


def test_a_leader_takes_in_only_what_they_answer(
    app: Flask, cast: Cast, as_: SignIn, leads: Callable[[str, str], int], rows: Rows, barrier: Read
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    leads("fay", "finance")
    with app.app_context():
        db.session.get_one(Barrier, other).area_id = cast.areas["finance"]
        db.session.commit()
    fay = as_("fay")
    assert WORDS not in fay.get(f"/barriers/{other}").text
    for foreign in (cast.raised.board, cast.raised.closed):
        answer = fay.get(_together(fay, other, foreign).location).text
        assert "Only barriers that you answer can be put together." in answer
        assert barrier(foreign).lead_id is None


def test_a_team_reads_no_words_of_a_closed_board_that_it_waits_together_with(
    cast: Cast, as_: SignIn, dev: Client, rows: Rows
) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, cast.raised.closed, other)
    page = as_("eve").get(f"/barriers/{other}")
    assert page.status_code == 200
    assert HIDDEN_WORDS not in page.text
    assert f"/barriers/{cast.raised.closed}" not in page.text
    assert HIDDEN_WORDS in dev.get(f"/barriers/{other}").text, "the leader reads both"


def test_the_history_of_both_boards_tells_of_it(cast: Cast, as_: SignIn, dev: Client, rows: Rows) -> None:
    other = _of_the_other_team(as_, cast, rows)
    _together(dev, cast.raised.board, other)
    dev.post(f"/barriers/{other}/parting")
    page = as_("eve").get(f"{cast.other.path}/history").text
    assert "put a barrier together with another" in page
    assert "took a barrier apart from another" in page
