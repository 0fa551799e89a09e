"""The page of coaching: for a coach, a second coach, a learner, and somebody who is none of these."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from kata.coaching.models import Instruction
from kata.extensions import db
from kata.storyboards.models import Storyboard
from tests.cast import Cast
from tests.cast_coaching import INSTRUCTION, SAID, TRIGGER
from tests.conftest import Frozen, SignIn


def test_a_coach_sees_each_learner_with_the_reasons_in_words(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    frozen.forward(days=7)
    page = as_("ben").get("/coaching").text
    assert "Ana Novak" in page
    assert "A result is overdue" in page
    assert f'href="{cast.board.path}/coach"' in page


def test_the_instruction_that_a_coach_carries_stands_there_until_it_is_a_habit(cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    assert INSTRUCTION in ben.get("/coaching").text
    address = f"/instructions/{cast.coached.instruction}/habit"
    ben.post(address, {"csrf_token": ben.csrf_token(), "next": "/coaching"})
    assert INSTRUCTION not in ben.get("/coaching").text


def test_what_the_second_coach_told_the_coach_is_seen_by_nobody_else(cast: Cast, as_: SignIn) -> None:
    for name in ("ana", "gus", "cleo", "eve", "dev", "root", "fay"):
        page = as_(name).get("/coaching").text
        assert TRIGGER not in page, name
        assert SAID["practice"] not in page, name


def test_a_second_coach_sees_whose_coaching_to_watch(cast: Cast, as_: SignIn) -> None:
    page = as_("cleo").get("/coaching").text
    assert "Coaches you watch" in page
    assert "Ben Okafor" in page
    assert "Your learners" not in page


def test_a_learner_finds_the_feedback_and_may_write_what_they_take_from_it(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get("/coaching").text
    assert SAID["feedback"] in page
    assert SAID["reflection"] in page
    assert SAID["target"] not in page


def test_somebody_who_coaches_nobody_is_told_what_this_is(cast: Cast, as_: SignIn) -> None:
    page = as_("fay").get("/coaching").text
    assert "Nobody is coached by you yet" in page


def test_feedback_to_a_learner_is_on_nobody_elses_page(cast: Cast, as_: SignIn) -> None:
    for name in ("gus", "eve", "dev", "root", "fay", "cleo"):
        assert SAID["feedback"] not in as_(name).get("/coaching").text, name


def test_a_coach_who_stops_being_one_loses_the_learner_at_the_next_request(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    assert "Ana Novak" in ben.get("/coaching").text
    with app.app_context():
        for board in (cast.board, cast.closed, cast.practice):
            db.session.get_one(Storyboard, board.id).coach_id = cast["gus"].id
        db.session.commit()
    assert "Ana Novak" not in ben.get("/coaching").text


def test_what_happened_is_new_until_it_is_read_up_to_the_pages_moment(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    ben, ana = as_("ben"), as_("ana")
    before = ben.get("/coaching")
    frozen.forward(minutes=5)
    form = {"text": "The badge printer is locked", "once": "7", "csrf_token": ana.csrf_token()}
    ana.post(f"{cast.board.path}/obstacles", form)
    until = before.text.split('name="until" value="')[1].split('"')[0]
    ben.post("/coaching/read", {"until": until, "csrf_token": ben.csrf_token()})
    after = ben.get("/coaching").text
    assert "The badge printer is locked" in after, "it happened after the page was made"
    frozen.forward(minutes=5)
    until = after.split('name="until" value="')[1].split('"')[0]
    ben.post("/coaching/read", {"until": until, "csrf_token": ben.csrf_token()})
    assert "The badge printer is locked" not in ben.get("/coaching").text


def test_reading_never_goes_back_nor_beyond_now(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    ben = as_("ben")
    later = (frozen.forward(minutes=1) + timedelta(days=400)).isoformat()
    ben.post("/coaching/read", {"until": later, "csrf_token": ben.csrf_token()})
    ana = as_("ana")
    frozen.forward(minutes=1)
    ana.post(f"{cast.board.path}/obstacles", {"text": "Later", "once": "8", "csrf_token": ana.csrf_token()})
    ben.post("/coaching/read", {"until": "2020-01-01T00:00:00+00:00", "csrf_token": ben.csrf_token()})
    page = ben.get("/coaching").text
    assert "parked an obstacle" in page
    assert "wrote what was learned" not in page


def test_a_moment_that_is_none_changes_nothing(cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    for odd in ("", "yesterday", "2026-06-03T10:00:00"):
        answer = ben.post("/coaching/read", {"until": odd, "csrf_token": ben.csrf_token()})
        assert answer.status_code == 303, odd


def test_an_instruction_carried_for_long_tells_its_giver(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    frozen.forward(days=30)
    assert "carried for" in as_("cleo").get("/coaching").text
    with app.app_context():
        db.session.get_one(Instruction, cast.coached.instruction).become_habit()
        db.session.commit()
    assert "carried for" not in as_("cleo").get("/coaching").text


def test_who_coaches_a_team_has_coaching_under_the_thumb(cast: Cast, as_: SignIn) -> None:
    def rooms(name: str) -> list[str]:
        page = as_(name).get("/").text
        return [part.split('"')[0] for part in page.split('<a class="room" href="')[1:]]

    assert rooms("ben")[:3] == ["/", "/boards", "/coaching"]
    assert rooms("ana")[:4] == ["/", "/boards", "/customers", "/coaching"]
    assert sorted(rooms("ben")) == sorted(rooms("ana"))
