"""The history page tells everything that the room records, in words, by the team's days."""

from __future__ import annotations

import ast
import io
import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import func, select

import kata
from kata.activity.models import Activity
from kata.coaching.actions import rhythms
from kata.extensions import db
from kata.storyboards.actions import boards, experiments, obstacles, signals
from kata.storyboards.models import SignalAnswer
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import signals as signal_queries
from kata.storyboards.queries.history import ABOVE, NEWEST, PAGE_SIZE, PHRASES, SILENT, TEXTS, events, page
from tests.cast import NOW, TODAY, Cast, image
from tests.conftest import Frozen, SignIn
from tests.storyboards.held import recorded
from tests.storyboards.practice import Practice

ACTIONS = Path(kata.__file__).parent / "storyboards" / "actions"


def written_verbs() -> set[str]:
    """Every verb that an action of the room hands to ``record``; the parts of one that is put together."""
    found: set[str] = set()
    for file in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                found |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return found


def test_every_verb_of_the_room_has_a_phrase_or_is_left_out_on_purpose() -> None:
    known = {verb for _about, verb in (*PHRASES, *SILENT)}
    # "ended the target condition as " is put together with each ending; the area's challenges belong to no board.
    of_areas = {"set the area's challenge", "tied the area's challenge", "ended the area's challenge"}
    missing = {verb for verb in written_verbs() - of_areas if not any(each.startswith(verb) for each in known)}
    assert missing == set()


def test_no_phrase_is_both_told_and_silent() -> None:
    assert set(PHRASES) & SILENT == set()


def test_every_kind_of_thing_says_which_of_its_texts_to_show() -> None:
    assert {about for about, _verb in PHRASES} <= {key for key in TEXTS if isinstance(key, str)}


def the_answer(practice: Practice) -> SignalAnswer:
    answer = signal_queries.answer(practice.cast.viewer("ana"), lock=True, answer_id=practice.cast.board.answer)
    assert answer is not None
    return answer


def a_whole_life(practice: Practice, frozen: Frozen) -> None:
    """Everything that can be done on a board, done."""
    by = practice.by
    acts = [
        lambda p: p.rename("Granting access at once"),
        lambda p: p.close(closed=True),
        lambda p: boards.open_closed(p.board, "A complaint", by=p.cast["root"].id),
        lambda p: p.close(closed=False),
        lambda p: p.challenge("Nobody waits at all."),
        lambda p: p.describe("Seven of ten wait."),
        lambda p: p.aim("At once", "process"),
        lambda p: p.replan("Ask at two"),
        lambda p: p.conclude("Nine of ten.", ""),
        lambda p: p.conclude("Nine of ten.", "Two is right."),
        lambda p: p.amend("happened", "Eight of ten."),
        lambda p: p.photo("The list"),
        lambda p: p.unphoto(),
        lambda p: experiments.put_photo_back(p.the(queries.photo, "photo_id", 2), by=by),
        lambda p: signals.reword(the_answer(p), 1, experiment_id=None, words="None did.", by=by),
        lambda p: p.park("The list is long"),
        lambda p: p.reword(0, "No name on it"),
        lambda p: p.move(2, 0),
        lambda p: p.take_out(0, "removed"),
        lambda p: p.put_back(),
        lambda p: p.take_out(0, "set aside"),
        lambda p: p.unfocus(),
        lambda p: p.focus(0),
        lambda p: p.plan("Ask her"),
        lambda p: p.set_aside("She is ill."),
        lambda p: p.reflect("We know when to ask."),
        lambda p: rhythms.set_rhythm(p.board, 1, days=3, at=time(9), minutes=20, starts_on=TODAY, by=by),
        lambda p: rhythms.end_rhythm(p.board, by=by),
        lambda p: rhythms.take_up_rhythm(p.board, by=by),
        lambda p: boards.end(p.board, "Ask at noon.", TODAY, by=by),
        lambda p: boards.archive(p.board, by=by),
        lambda p: boards.reopen(p.board, by=by),
    ]
    for act in acts:
        frozen.forward(minutes=1)
        assert practice.attempt(lambda act=act: act(practice)), act


def test_whatever_is_recorded_about_a_board_is_told_or_left_out_on_purpose(
    in_app: Flask, cast: Cast, frozen: Frozen
) -> None:
    practice = Practice(cast)
    a_whole_life(practice, frozen)
    query = select(Activity.subject_type, Activity.verb).where(Activity.board_id == cast.board.id).distinct()
    found = {(row.subject_type, row.verb) for row in db.session.execute(query)}
    assert found - set(PHRASES) - SILENT - set(ABOVE) == set()
    of_endings = {("target_condition", f"ended the target condition as {how}") for how in ("achieved", "not achieved")}
    assert set(PHRASES) - found == of_endings - found, "this phrase is of a verb that nobody records"


def test_the_page_tells_the_whole_life(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    with app.app_context():
        a_whole_life(Practice(cast), frozen)
    html = as_("ana").get(f"{cast.board.path}/history").text
    for words in ("Seven of ten wait.", "Ask at noon.", "She is ill.", "Eight of ten.", "A complaint", "No name on it"):
        assert words in html
    assert "Root Berger" in html
    assert "Gus Hale" in html


def test_days_are_the_teams_and_the_newest_comes_first(in_app: Flask, cast: Cast) -> None:
    told = page(cast.board.id, "Europe/London").days
    assert [day.day for day in told] == sorted((day.day for day in told), reverse=True)
    assert [day.day for day in told] == [TODAY - timedelta(n) for n in (1, 2, 5, 8, 9, 40, 90)]
    assert all(first.at >= second.at for day in told for first, second in zip(day.events, day.events[1:], strict=False))


def test_an_event_late_in_the_evening_belongs_to_the_teams_day(in_app: Flask, cast: Cast, frozen: Frozen) -> None:
    frozen.forward(hours=13)  # 23:31 in London, the next day in Auckland
    Practice(cast).attempt(lambda: Practice(cast).park("Late"))
    assert page(cast.board.id, "Europe/London").days[0].day == TODAY
    assert page(cast.board.id, "Pacific/Auckland").days[0].day == TODAY + timedelta(1)


def test_each_day_leads_to_the_board_of_that_day(cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    html = client.get(f"{cast.board.path}/history").text
    assert f'href="{cast.board.path}?on=2026-05-25"' in html
    assert client.get(f"{cast.board.path}?on=2026-05-25").status_code == 200


def tell_much(cast: Cast, count: int) -> None:
    """That many more events of the board, an hour apart, each beside one that is not told."""
    about = {"board_id": cast.board.id, "subject_id": cast.board.waiting, "person_id": cast["ana"].id}
    for n in range(count):
        at = NOW - timedelta(days=100, hours=n)
        for kind, verb in (("obstacle", "moved"), ("obstacle", "reworded")):
            row = Activity(at=at, verb=verb, subject_type=kind, snapshot={"text": f"Wording {n}."}, **about)
            db.session.add(row)
    db.session.flush()


@pytest.mark.database
@pytest.mark.parametrize("count", [0, PAGE_SIZE, 2 * PAGE_SIZE + 30])
def test_the_pages_hold_the_whole_history_each_event_once(in_app: Flask, cast: Cast, count: int) -> None:
    tell_much(cast, count)
    before: int | None = NEWEST
    walked = []
    while before is not None:
        told = page(cast.board.id, "Europe/London", before)
        some = [event for day in told.days for event in day.events]
        assert len(some) == PAGE_SIZE or told.older is None
        walked += some
        before = told.older
    assert walked == list(events(cast.board.id))
    assert len(walked) >= count


def test_the_oldest_day_is_reached_by_links(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        started = db.session.scalar(select(func.min(Activity.id)).where(Activity.board_id == cast.board.id))
        tell_much(cast, PAGE_SIZE + 5)
        db.session.commit()
    client = as_("ana")
    first = client.get(f"{cast.board.path}/history").text
    assert "started the storyboard" not in first
    assert "Newest" not in first
    older = re.search(r'href="(/boards/\d+/history\?before=\d+)"', first)
    assert older is not None
    last = client.get(older[1]).text
    assert "started the storyboard" in last
    assert "?before=" not in last
    assert f'href="{cast.board.path}/history"' in last
    assert client.get(f"{cast.board.path}/history?before={started}").text.count("Nothing is older than this.") == 1


@pytest.mark.database
@pytest.mark.parametrize("before", ["x", "-1", "-" + "9" * 30, "9" * 30, "", "%00", "1.5"])
def test_an_address_that_names_no_record_is_not_an_error(cast: Cast, as_: SignIn, before: str) -> None:
    assert as_("ana").get(f"{cast.board.path}/history?before={before}").status_code == 200
    assert as_("ana").get(f"/boards?before={before}").status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "&lt;b&gt; & 'so'", "a\nb"])
def test_what_people_wrote_is_told_as_text(cast: Cast, as_: SignIn, text: str) -> None:
    client = as_("ana")
    client.fill_in(f"{cast.board.path}/obstacles/new", f"{cast.board.path}/obstacles", text=text)
    html = client.get(f"{cast.board.path}/history").text
    assert "<script>alert" not in html
    assert str(escape(" ".join(text.split()))) in html


def test_nothing_is_told_of_a_refused_request(app: Flask, cast: Cast, as_: SignIn) -> None:
    as_("ana").fill_in(f"/obstacles/{cast.board.waiting}/edit", f"/obstacles/{cast.board.waiting}", text=" ")
    with app.app_context():
        assert recorded("obstacle", cast.board.waiting or 0) == ["parked"]
    file = {"photos": (io.BytesIO(image()), "a.jpg"), "once": "1", "caption": "x" * 300}
    as_("ana").post(f"/experiments/{cast.board.running}/photos", file)
    with app.app_context():
        assert db.session.query(Activity).filter_by(verb="added a photo").count() == 1


def test_reading_the_record_of_an_obstacle(in_app: Flask, cast: Cast) -> None:
    practice = Practice(cast)
    practice.attempt(lambda: practice.set_aside("Later"))
    practice.attempt(lambda: practice.focus(0))
    assert recorded("obstacle", cast.board.waiting or 0) == ["parked", "put in focus"]
    assert obstacles.active_target_id(practice.board) == cast.board.target
