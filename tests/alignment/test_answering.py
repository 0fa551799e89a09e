"""Leaders answer, pass up, and answer again; the teams that wait have the answer on their boards and on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from kata import clock
from kata.alignment.models import Barrier, BarrierAnswer, BarrierStop
from kata.extensions import db
from kata.teams.models import Area, AreaLeader, Membership
from tests.cast import TODAY, Cast
from tests.cast_barriers import WORDS
from tests.client import HTMX, Client
from tests.conftest import Frozen, SignIn, sign_in

pytestmark = pytest.mark.database

Rows = Callable[..., list[Any]]
Read = Callable[[int], Barrier]
Answering = Callable[..., Any]
ON_TODAY = {**HTMX, "HX-Current-URL": "http://localhost/"}


def test_the_answer_stands_on_the_board_and_on_the_raisers_today_until_it_is_read(
    cast: Cast, ana: Client, dev: Client, answer: Answering
) -> None:
    answer(dev, cast.raised.board, "instead", words="Ask for the system in the subject line.")
    assert "Something else to try instead" in ana.get(cast.board.path).text
    today = ana.get("/").text
    assert "News of barriers" in today
    assert "Ask for the system in the subject line." in today
    assert ana.post(f"/barriers/{cast.raised.board}/reading").status_code == 303
    assert "News of barriers" not in ana.get("/").text


def test_everyone_who_waits_at_the_board_is_told_and_each_reads_for_themselves(
    cast: Cast, ana: Client, dev: Client, as_: SignIn, answer: Answering
) -> None:
    ben, gus = as_("ben"), as_("gus")
    answer(dev, cast.raised.board, "removed")
    assert "News of barriers" in ben.get("/").text
    assert "News of barriers" not in gus.get("/").text, "a member who neither raised it nor learns at this board"
    assert "I have read it" in ben.get(f"/barriers/{cast.raised.board}").text
    ben.post(f"/barriers/{cast.raised.board}/reading")
    assert "News of barriers" not in ben.get("/").text
    assert "I have read it" not in ben.get(f"/barriers/{cast.raised.board}").text
    assert "News of barriers" in ana.get("/").text


def test_a_new_answer_is_news_again(cast: Cast, ana: Client, dev: Client, answer: Answering) -> None:
    answer(dev, cast.raised.board, "instead", words="Ask in the subject line.")
    ana.post(f"/barriers/{cast.raised.board}/reading")
    answer(dev, cast.raised.board, "removed")
    assert "News of barriers" in ana.get("/").text


def test_opening_the_page_is_not_reading_the_answer(cast: Cast, ana: Client, dev: Client, answer: Answering) -> None:
    answer(dev, cast.raised.board, "removed")
    assert "I have read it" in ana.get(f"/barriers/{cast.raised.board}").text
    assert "News of barriers" in ana.get("/").text


def test_who_left_the_team_is_told_nothing_of_its_closed_board(
    app: Flask, cast: Cast, ana: Client, dev: Client, answer: Answering
) -> None:
    answer(dev, cast.raised.closed, "removed")
    _end_the_membership_of_ana(app, cast)
    assert "News of barriers" not in ana.get("/").text
    assert ana.get(f"/barriers/{cast.raised.closed}").status_code == 404


def _end_the_membership_of_ana(app: Flask, cast: Cast) -> None:
    with app.app_context():
        number = db.session.scalars(select(Membership.id).where(Membership.person_id == cast["ana"].id)).one()
    assert sign_in(app, cast["root"].id).post(f"/memberships/{number}/end").status_code == 303


def test_a_leader_answers_on_today_in_place(cast: Cast, dev: Client, barrier: Read, frozen: Frozen) -> None:
    today = dev.get("/").text
    assert today.index(WORDS) < today.index("payroll office"), "the oldest first"
    editor = dev.get(f"/barriers/{cast.raised.board}/answer", headers=ON_TODAY).text
    assert f'id="barrier-{cast.raised.board}-work"' in editor
    form = {"once": str(uuid4()), "kind": "removed", "version": barrier(cast.raised.board).version}
    done = dev.post(f"/barriers/{cast.raised.board}/answer", form, headers=ON_TODAY)
    assert done.status_code == 200
    assert 'id="barriers-today"' in done.text
    assert WORDS not in done.text
    assert "payroll office" in done.text


def test_answering_the_last_one_leaves_an_empty_place(
    cast: Cast, dev: Client, answer: Answering, barrier: Read
) -> None:
    answer(dev, cast.raised.closed, "removed")
    form = {"once": str(uuid4()), "kind": "removed", "version": barrier(cast.raised.board).version}
    done = dev.post(f"/barriers/{cast.raised.board}/answer", form, headers=ON_TODAY).text
    assert 'id="barriers-today"' in done
    assert "Barriers that wait for you" not in done


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("promised", {}, "Say by which day"),
        ("promised", {"by_date": (TODAY - timedelta(days=1)).isoformat()}, "lies behind"),
        ("cannot", {}, "Say why it cannot be removed"),
        ("instead", {"words": "  "}, "Say what the team could try"),
        ("", {}, "Choose one of the four answers"),
        ("later", {}, "Not a valid choice"),
    ],
)
def test_what_an_answer_needs(
    cast: Cast, dev: Client, answer: Answering, barrier: Read, kind: str, fields: dict[str, str], sentence: str
) -> None:
    refused = answer(dev, cast.raised.board, kind, **fields)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert barrier(cast.raised.board).status == "open"


def test_a_promise_whose_day_has_passed_is_asked_about(
    cast: Cast, ana: Client, dev: Client, answer: Answering, frozen: Frozen
) -> None:
    answer(dev, cast.raised.board, "promised", by_date=(TODAY + timedelta(days=3)).isoformat())
    assert WORDS not in dev.get("/").text, "until its day it waits for nobody"
    assert f"Will be removed by 6 June, says {cast['dev'].name}" in ana.get(cast.board.path).text
    frozen.forward(days=4)
    assert WORDS in dev.get("/").text
    assert "Was to be removed by 6 June" in ana.get(cast.board.path).text
    answer(dev, cast.raised.board, "removed")
    assert WORDS not in dev.get("/").text
    page = ana.get(f"/barriers/{cast.raised.board}").text
    assert page.index("removed</b>") < page.index("will be removed"), "the newest first, and the promise stays"


def test_two_leaders_at_once_the_second_reads_both_answers(
    cast: Cast, dev: Client, as_: SignIn, leads: Callable[[str, str], int], rows: Rows, barrier: Read
) -> None:
    leads("fay", "house")
    seen = barrier(cast.raised.board).version
    path = f"/barriers/{cast.raised.board}/answer"
    first = {"once": str(uuid4()), "kind": "removed", "words": "The field is there now.", "version": seen}
    second = {"once": str(uuid4()), "kind": "cannot", "words": "The vendor says no.", "version": seen}
    assert dev.post(path, first).status_code == 303
    refused = as_("fay").post(path, second)
    assert refused.status_code == 409
    assert "The field is there now." in refused.text
    assert "The vendor says no." in refused.text
    assert len(rows(BarrierAnswer, barrier_id=cast.raised.board)) == 1


def test_the_same_answer_sent_twice_is_given_once(cast: Cast, dev: Client, rows: Rows, barrier: Read) -> None:
    form = {"once": str(uuid4()), "kind": "removed", "version": barrier(cast.raised.board).version}
    for _time in range(2):
        assert dev.post(f"/barriers/{cast.raised.board}/answer", form).status_code == 303
    assert len(rows(BarrierAnswer, barrier_id=cast.raised.board)) == 1


def _in(app: Flask, barrier_id: int, area_id: int) -> None:
    with app.app_context():
        db.session.get_one(Barrier, barrier_id).area_id = area_id
        db.session.commit()


def _pass_up(client: Client, barrier_id: int, version: int) -> Any:
    form = {"once": str(uuid4()), "reason": "The form belongs to the group.", "version": version}
    return client.post(f"/barriers/{barrier_id}/passing", form)


def test_passed_up_it_keeps_its_way_and_leaves_the_leader(
    app: Flask, cast: Cast, as_: SignIn, dev: Client, leads: Callable[[str, str], int], barrier: Read, rows: Rows
) -> None:
    leads("fay", "desk")
    _in(app, cast.raised.board, cast.areas["desk"])
    fay = as_("fay")
    assert WORDS in fay.get("/").text
    assert WORDS not in dev.get("/").text, "who leads below has it"
    assert _pass_up(fay, cast.raised.board, barrier(cast.raised.board).version).status_code == 303
    assert WORDS not in fay.get("/").text
    assert WORDS in dev.get("/").text
    page = as_("ana").get(f"/barriers/{cast.raised.board}").text
    assert "The form belongs to the group." in page
    stops = rows(BarrierStop, barrier_id=cast.raised.board)
    assert stops[-1].area_id == cast.areas["house"], "the services between have no leader"


def test_who_passed_it_up_still_reads_what_becomes_of_it(
    app: Flask, cast: Cast, as_: SignIn, leads: Callable[[str, str], int], barrier: Read, rows: Rows
) -> None:
    leads("fay", "desk")
    with app.app_context():
        held = db.session.get_one(Barrier, cast.raised.closed)
        held.area_id = cast.areas["desk"]
        db.session.add(BarrierStop(barrier=held, barrier_id=held.id, area_id=held.area_id, by_id=cast["ana"].id))
        db.session.commit()
    fay = as_("fay")
    assert _pass_up(fay, cast.raised.closed, barrier(cast.raised.closed).version).status_code == 303
    assert fay.get(f"/barriers/{cast.raised.closed}").status_code == 200
    assert fay.get(f"/barriers/{cast.raised.closed}/answer").status_code == 403


def test_at_the_top_it_says_so_kindly_and_keeps_the_reason(cast: Cast, dev: Client, barrier: Read) -> None:
    refused = _pass_up(dev, cast.raised.board, barrier(cast.raised.board).version)
    assert refused.status_code == 422
    assert "Nobody leads an area above this one" in refused.text
    assert "The form belongs to the group" in refused.text


def test_passing_up_what_was_answered_meanwhile_is_a_conflict(
    app: Flask, cast: Cast, dev: Client, answer: Answering, barrier: Read
) -> None:
    _in(app, cast.raised.board, cast.areas["desk"])
    seen = barrier(cast.raised.board).version
    answer(dev, cast.raised.board, "removed")
    refused = _pass_up(dev, cast.raised.board, seen)
    assert refused.status_code == 409
    assert "The form belongs to the group" in refused.text
    assert barrier(cast.raised.board).area_id == cast.areas["desk"]


def test_who_stops_leading_answers_no_more_and_the_next_above_has_it(
    app: Flask, cast: Cast, as_: SignIn, dev: Client, leads: Callable[[str, str], int]
) -> None:
    office = leads("fay", "desk")
    _in(app, cast.raised.board, cast.areas["desk"])
    fay = as_("fay")
    assert fay.get(f"/barriers/{cast.raised.board}/answer").status_code == 200
    with app.app_context():
        db.session.get_one(AreaLeader, office).ended_at = clock.now()
        db.session.commit()
    assert fay.get(f"/barriers/{cast.raised.board}/answer").status_code == 403
    assert WORDS not in fay.get("/").text
    assert WORDS in dev.get("/").text
    assert "which nobody leads now" in as_("ana").get(cast.board.path).text


def test_an_area_that_moves_takes_its_barriers_along(
    app: Flask, cast: Cast, as_: SignIn, leads: Callable[[str, str], int]
) -> None:
    leads("fay", "finance")
    _in(app, cast.raised.closed, cast.areas["desk"])
    fay = as_("fay")
    assert fay.get(f"/barriers/{cast.raised.closed}").status_code == 404
    with app.app_context():
        db.session.get_one(Area, cast.areas["desk"]).parent_id = cast.areas["finance"]
        db.session.commit()
    assert "payroll office" in fay.get("/").text
    assert fay.get(f"/barriers/{cast.raised.closed}/answer").status_code == 200
