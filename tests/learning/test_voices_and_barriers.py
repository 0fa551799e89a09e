"""Voices and barriers are found by whoever may hear and read them, and nobody else learns that they are there."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.alignment.models import Barrier, BarrierAnswer
from kata.customers.actions import voices
from kata.customers.models import Voice
from kata.extensions import db
from kata.storyboards.models import Challenge, Storyboard
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Counting, SignIn
from tests.learning.conftest import Find, marked, results

pytestmark = pytest.mark.database

SECRET = "Xylophone lessons for pale walruses"
EVERYONE = ("fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root")


@pytest.fixture
def said(app: Flask, cast: Cast) -> None:
    """Words that stand nowhere else: in an open voice, in a hushed one, in a barrier of the closed board."""
    with app.app_context():
        db.session.get_one(Voice, cast.heard.voice).words = "Zebras queue at the counter"
        db.session.get_one(Voice, cast.hushed.voice).words = SECRET
        barrier = db.session.get_one(Barrier, cast.raised.closed)
        barrier.text = "Okapis may not sign"
        db.session.commit()


# Voices -----------------------------------------------------------------------------------------------------------


def test_a_voice_is_found_by_what_the_customer_said(cast: Cast, said: None, find: Find) -> None:
    page = find("fay", "zebra queues")
    assert results(page) == [f"/voices/{cast.heard.voice}"]
    assert marked(page) == ["Zebras", "queue"]
    assert results(find("fay", "zebra", kind="voice")) == [f"/voices/{cast.heard.voice}"]
    assert results(find("fay", "zebra", kind="experiment")) == []
    assert results(find("fay", "zebra", team="access-requests")) == [f"/voices/{cast.heard.voice}"]
    assert results(find("fay", "zebra", area="finance")) == []


@pytest.mark.parametrize("name", EVERYONE)
def test_a_closed_voice_is_found_by_its_team_alone(cast: Cast, said: None, find: Find, name: str) -> None:
    mine = name == "eve"
    assert bool(results(find(name, "xylophone walrus"))) is mine
    if not mine:
        found, nothing = find(name, "xylophone walrus"), find(name, "xylophone walrux")
        assert _main(found).replace("walrus", "walrux") == _main(nothing)
        for filters in ({"kind": "voice"}, {"team": "invoices"}, {"area": "finance"}, {"before": 2**31 - 1}):
            assert "Xylophone" not in find(name, "xylophone", **filters)
            assert "Xylophone" not in find(name, "", **filters)


def test_an_administrator_who_looks_into_closed_voices_finds_them_meanwhile(
    cast: Cast, said: None, app: Flask, find: Find, frozen: object
) -> None:
    with app.app_context():
        voices.look_into(db.session.get_one(Team, cast.teams["invoices"]), "Asked to.", by=cast["root"].id)
        db.session.commit()
    assert results(find("root", "xylophone")) == [f"/voices/{cast.hushed.voice}"]
    frozen.forward(hours=2)
    assert results(find("root", "xylophone")) == []


def test_words_that_are_struck_out_leave_the_index_at_once(cast: Cast, said: None, app: Flask, find: Find) -> None:
    with app.app_context():
        voice = db.session.get_one(Voice, cast.heard.voice)
        voices.strike(voice, voice.version, words="Somebody queues", why="", reason="a name", by=cast["ana"].id)
        db.session.commit()
    assert results(find("ana", "zebra")) == []
    assert results(find("ana", "somebody queues")) == [f"/voices/{cast.heard.voice}"]
    with app.app_context():
        kept = db.session.execute(db.text("select words from learned_text")).scalars()
        assert not [words for words in kept if "zebra" in words]


def test_a_voice_that_was_put_away_is_found_no_more_until_it_is_back(
    cast: Cast, said: None, app: Flask, find: Find
) -> None:
    for archived, there in ((NOW, []), (None, [f"/voices/{cast.heard.voice}"])):
        with app.app_context():
            db.session.get_one(Voice, cast.heard.voice).archived_at = archived
            db.session.commit()
        assert results(find("fay", "zebra")) == there


def test_a_moment_narrows_to_its_own_voices(cast: Cast, said: None, app: Flask, find: Find) -> None:
    with app.app_context():
        db.session.get_one(Voice, cast.heard.voice).moment_id = cast.moment
        db.session.commit()
    assert results(find("fay", "zebra", moment=cast.moment)) == [f"/voices/{cast.heard.voice}"]
    assert results(find("fay", "zebra", moment=cast.moment + 99)) == []


# Barriers ---------------------------------------------------------------------------------------------------------


def _answer(app: Flask, barrier_id: int, by: int, words: str) -> None:
    with app.app_context():
        barrier = db.session.get_one(Barrier, barrier_id)
        answer = BarrierAnswer(barrier_id=barrier_id, barrier=barrier, kind="cannot", words=words, by_id=by, at=NOW)
        db.session.add(answer)
        db.session.flush()
        barrier.take(answer)
        db.session.commit()


def test_a_barrier_is_found_by_its_words_its_cost_and_its_answer(cast: Cast, app: Flask, find: Find) -> None:
    there = f"/barriers/{cast.raised.board}"
    _answer(app, cast.raised.board, cast["dev"].id, "Quokkas guard the form")
    for words in ("system’s name asked in no form", "newcomers wait 2 days accesses", "quokka guards"):
        assert there in results(find("fay", words)), words
    page = find("fay", "quokka", kind="barrier")
    assert results(page) == [there]
    assert "Answered" in page
    _answer(app, cast.raised.board, cast["dev"].id, "Numbats do")
    assert results(find("fay", "quokka")) == []
    assert results(find("fay", "numbat")) == [there]


@pytest.mark.parametrize("name", EVERYONE)
def test_a_barrier_of_a_closed_board_is_found_by_its_readers_and_by_the_leader_whom_it_reached(
    cast: Cast, said: None, find: Find, name: str
) -> None:
    found = results(find(name, "okapi sign"))
    assert found == ([f"/barriers/{cast.raised.closed}"] if name in {"ana", "gus", "ben", "cleo", "dev"} else [])


def test_the_leader_is_told_nothing_of_the_closed_board(cast: Cast, said: None, app: Flask, find: Find) -> None:
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.closed.id)
        name = board.focus_process.partition("’")[0].partition("'")[0]
        board.end("", TODAY)
        aim = {"measure_id": cast.measures["outcome"], "moment_id": cast.moment}
        db.session.add(Challenge(board_id=board.id, statement="Nobody waits.", **aim))
        db.session.commit()
    page = find("dev", "okapi")
    assert name not in page
    assert f"/boards/{cast.closed.id}" not in page
    assert name in find("ana", "okapi")
    for filters in ({"measure": cast.measures["outcome"]}, {"moment": cast.moment}):
        assert results(find("dev", "okapi", **filters)) == []


def test_neither_is_told_as_tried_before(cast: Cast, said: None, as_: SignIn) -> None:
    answer = as_("ana").get("/learning/tried.json", query_string={"q": "zebras queue counter okapis sign may"})
    assert answer.status_code == 204


def test_it_asks_as_little_as_without_them(cast: Cast, said: None, as_: SignIn, statements: Counting) -> None:
    for name in ("fay", "dev", "root"):
        browser = as_(name)
        with statements() as asked:
            browser.get("/learning?q=zebra&area=northfield&team=access-requests&measure=1&moment=1")
        assert len(asked) <= 12


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]
