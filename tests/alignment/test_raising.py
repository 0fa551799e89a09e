"""An obstacle that the team cannot remove goes before a leader, and stands on the board with its age."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from kata import clock
from kata.alignment.models import Barrier, BarrierStop
from kata.extensions import db
from kata.teams.models import AreaLeader
from tests.cast import Cast
from tests.cast_barriers import WORDS
from tests.client import Client
from tests.conftest import Frozen, SignIn

pytestmark = pytest.mark.database

Rows = Callable[..., list[Any]]
Read = Callable[[int], Barrier]
SAID = {"kind": "policy", "text": "Two signatures are asked for", "cost": "Three days of waiting."}


def _raise(client: Client, obstacle_id: int | None, **fields: object) -> int:
    return client.post(f"/obstacles/{obstacle_id}/barrier", {"once": str(uuid4()), **SAID, **fields}).status_code


def test_it_goes_to_the_next_area_above_that_somebody_leads(cast: Cast, ana: Client, rows: Rows) -> None:
    assert _raise(ana, cast.board.waiting_too) == 303
    made = rows(Barrier, obstacle_id=cast.board.waiting_too)[0]
    assert made.area_id == cast.areas["house"], "nobody leads the desk or the services"
    stops = rows(BarrierStop, barrier_id=made.id)
    assert [stop.area_id for stop in stops] == [cast.areas["house"]]


def test_it_goes_to_the_teams_own_area_where_somebody_leads_that(
    cast: Cast, ana: Client, rows: Rows, leads: Callable[[str, str], int]
) -> None:
    leads("fay", "desk")
    _raise(ana, cast.board.waiting_too)
    assert rows(Barrier, obstacle_id=cast.board.waiting_too)[0].area_id == cast.areas["desk"]


def test_where_nobody_leads_at_all_it_waits_in_the_teams_area(app: Flask, cast: Cast, ana: Client, rows: Rows) -> None:
    with app.app_context():
        db.session.get_one(AreaLeader, cast.office).ended_at = clock.now()
        db.session.commit()
    assert _raise(ana, cast.board.waiting_too) == 303
    made = rows(Barrier, obstacle_id=cast.board.waiting_too)[0]
    assert made.area_id == cast.areas["desk"]
    page = ana.get(f"/barriers/{made.id}").text
    assert "whoever leads above Service desk, which nobody leads now" in page


def test_the_board_says_who_has_it_and_for_how_long(cast: Cast, ana: Client, frozen: Frozen) -> None:
    frozen.forward(days=11)
    page = ana.get(cast.board.path).text
    assert f'href="/barriers/{cast.raised.board}"' in page
    assert f"Waiting 12 days for {cast['dev'].name}" in page


def test_a_board_of_a_past_day_tells_nothing_of_what_came_later(cast: Cast, ana: Client) -> None:
    assert "/barriers/" not in ana.get(f"{cast.board.path}?on=2026-05-20").text


def test_the_same_submission_raises_once(cast: Cast, ana: Client, rows: Rows) -> None:
    once = str(uuid4())
    for _time in range(2):
        assert _raise(ana, cast.board.waiting_too, once=once) == 303
    assert len(rows(Barrier, obstacle_id=cast.board.waiting_too)) == 1


def test_an_obstacle_waits_for_one_answer_at_a_time(cast: Cast, ana: Client, rows: Rows) -> None:
    answer = ana.post(f"/obstacles/{cast.board.waiting}/barrier", {"once": str(uuid4()), **SAID})
    assert answer.status_code == 422
    assert "raised as a barrier already" in answer.text
    assert SAID["text"] in answer.text, "what was typed stays"
    assert len(rows(Barrier, obstacle_id=cast.board.waiting)) == 1


def test_after_an_answer_it_may_be_raised_again(
    cast: Cast, ana: Client, dev: Client, answer: Callable[..., Any], rows: Rows
) -> None:
    answer(dev, cast.raised.board, "removed")
    assert "Raise it again as a barrier" in ana.get(cast.board.path).text
    assert _raise(ana, cast.board.waiting) == 303
    assert len(rows(Barrier, obstacle_id=cast.board.waiting)) == 2
    assert "Waiting since today" in ana.get(cast.board.path).text, "the board shows the newest"


@pytest.mark.parametrize("missing", ["kind", "text", "cost"])
def test_each_part_is_asked_for(cast: Cast, ana: Client, missing: str) -> None:
    assert _raise(ana, cast.board.waiting_too, **{missing: ""}) == 422


def test_another_teams_measure_is_refused(cast: Cast, ana: Client, rows: Rows) -> None:
    assert _raise(ana, cast.board.waiting_too, measure_id=cast.measures["other"]) == 422
    assert _raise(ana, cast.board.waiting_too, measure_id=cast.measures["outcome"], moment_id=cast.moment) == 303
    made = rows(Barrier, obstacle_id=cast.board.waiting_too)[0]
    assert (made.measure_id, made.moment_id) == (cast.measures["outcome"], cast.moment)


def test_an_obstacle_that_has_left_the_parking_lot_is_not_raised(cast: Cast, ana: Client) -> None:
    answer = ana.post(f"/obstacles/{cast.board.removed}/barrier", {"once": str(uuid4()), **SAID})
    assert answer.status_code == 422
    assert "has left the parking lot" in answer.text


def test_a_leader_raises_one_from_a_board_that_they_only_read(cast: Cast, dev: Client) -> None:
    assert f"/obstacles/{cast.board.waiting_too}/barrier" in dev.get(cast.board.path).text
    assert _raise(dev, cast.board.waiting_too) == 303


def test_who_may_not_raise_is_not_offered_it(cast: Cast, as_: SignIn) -> None:
    assert '/barrier"' not in as_("eve").get(cast.board.path).text


def test_history_tells_of_it_in_the_barriers_words(cast: Cast, ana: Client) -> None:
    page = ana.get(f"{cast.board.path}/history").text
    assert "raised a barrier" in page
    assert WORDS in page


def test_when_the_obstacle_goes_meanwhile_the_leader_reads_so(
    cast: Cast, ana: Client, dev: Client, barrier: Callable[[int], Barrier]
) -> None:
    done = ana.post(f"/obstacles/{cast.board.waiting}/ending", {"status": "removed", "note": "Gone by itself."})
    assert done.status_code == 303
    assert barrier(cast.raised.board).status == "open", "what waits for the leader is theirs to answer"
    assert "has taken the obstacle out of its parking lot meanwhile" in dev.get(f"/barriers/{cast.raised.board}").text


def test_a_practice_storyboard_bothers_no_leader(cast: Cast, ana: Client, rows: Rows) -> None:
    assert '/barrier"' not in ana.get(cast.practice.path).text
    answer = ana.post(f"/obstacles/{cast.practice.waiting}/barrier", {"once": str(uuid4()), **SAID})
    assert answer.status_code == 422
    assert "for trying out" in answer.text
    assert rows(Barrier, board_id=cast.practice.id) == []


def _reword(client: Client, barrier_id: int, version: int, text: str = "No form asks for the system") -> Any:
    form = {"kind": "tool", "text": text, "cost": "Two days.", "version": version}
    return client.post(f"/barriers/{barrier_id}/words", form)


def test_the_team_words_it_better_while_it_waits(cast: Cast, ana: Client, dev: Client, barrier: Read) -> None:
    assert _reword(ana, cast.raised.board, barrier(cast.raised.board).version).status_code == 303
    assert "No form asks for the system" in dev.get("/").text
    assert "reworded a barrier" in ana.get(f"{cast.board.path}/history").text


def test_two_who_word_it_at_once_see_both_texts(cast: Cast, ana: Client, as_: SignIn, barrier: Read) -> None:
    seen = barrier(cast.raised.board).version
    _reword(ana, cast.raised.board, seen)
    refused = _reword(as_("gus"), cast.raised.board, seen, "The form forgets the system")
    assert refused.status_code == 409
    assert "No form asks for the system" in refused.text
    assert "The form forgets the system" in refused.text
    assert barrier(cast.raised.board).text == "No form asks for the system"


def test_a_leader_who_answers_the_old_words_is_told(cast: Cast, ana: Client, dev: Client, barrier: Read) -> None:
    seen = barrier(cast.raised.board).version
    _reword(ana, cast.raised.board, seen)
    form = {"once": str(uuid4()), "kind": "cannot", "words": "The vendor says no.", "version": seen}
    refused = dev.post(f"/barriers/{cast.raised.board}/answer", form)
    assert refused.status_code == 409
    assert "The vendor says no." in refused.text


def test_what_was_answered_is_not_reworded(
    cast: Cast, ana: Client, dev: Client, answer: Callable[..., Any], barrier: Read
) -> None:
    answer(dev, cast.raised.board, "removed")
    assert "/words" not in ana.get(f"/barriers/{cast.raised.board}").text
    assert _reword(ana, cast.raised.board, barrier(cast.raised.board).version).status_code == 422
