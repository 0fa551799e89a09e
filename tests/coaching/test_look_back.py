"""A learner is asked on Today what they take from their last coaching cycle, until they have said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.coaching.card import REFLECTION
from kata.coaching.models import CoachingCycle, CoachingRhythm, CycleNote
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.cast import TODAY, Cast
from tests.conftest import Counting, Frozen, SignIn

Hold = Callable[..., int]


@pytest.fixture
def hold(app: Flask, cast: Cast) -> Hold:
    """Holds a cycle of ben with ana some days ago; answers its id."""

    def hold(days_ago: int = 1, status: str = "held", board: int = cast.board.id, words: str | None = None) -> int:
        with app.app_context():
            who = {"learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
            ended = clock.now() if status != "running" else None
            on = TODAY - timedelta(days=days_ago)
            cycle = CoachingCycle(board_id=board, held_on=on, status=status, ended_at=ended, **who)
            db.session.add(cycle)
            db.session.flush()
            if words is not None:
                db.session.add(CycleNote(cycle_id=cycle.id, part=REFLECTION, words=words))
            db.session.commit()
            return cycle.id

    return hold


def section(page: str) -> str:
    """The section's own words; empty where Today has none."""
    start = page.find('id="look-back"')
    return "" if start < 0 else page[start : page.index("</section>", start)]


@pytest.mark.database
def test_the_learner_is_asked_and_led_to_where_they_write(cast: Cast, as_: SignIn, hold: Hold) -> None:
    cycle = hold(days_ago=1)
    told = section(as_("ana").get("/").text)
    assert "Ben Okafor coached you: what do you take from it?" in told
    assert ">2 Jun</span>" in told
    assert f'href="/cycles/{cycle}#reflection"' in told
    assert 'id="reflection"' in as_("ana").get(f"/cycles/{cycle}").text


def test_a_cycle_of_today_is_called_so(as_: SignIn, hold: Hold) -> None:
    hold(days_ago=0)
    assert ">today</span>" in section(as_("ana").get("/").text)


@pytest.mark.database
def test_it_is_gone_once_they_have_written(as_: SignIn, hold: Hold) -> None:
    cycle, ana = hold(), as_("ana")
    assert section(ana.get("/").text)
    address = f"/cycles/{cycle}/reflection"
    ana.fill_in(f"/cycles/{cycle}", address, words="I look before I explain.")
    assert section(ana.get("/").text) == ""


def test_a_reflection_that_was_emptied_is_asked_for_again(as_: SignIn, hold: Hold) -> None:
    hold(words="")
    assert section(as_("ana").get("/").text)


@pytest.mark.parametrize("name", ["ben", "cleo", "fay", "gus", "eve", "dev", "root"])
def test_nobody_else_is_asked(as_: SignIn, hold: Hold, name: str) -> None:
    hold()
    assert section(as_(name).get("/").text) == ""


@pytest.mark.parametrize("status", ["running", "broken off"])
def test_only_a_cycle_that_was_held_is_asked_about(as_: SignIn, hold: Hold, status: str) -> None:
    hold(status=status)
    assert section(as_("ana").get("/").text) == ""


def test_after_a_week_nobody_asks_any_more(as_: SignIn, hold: Hold) -> None:
    hold(days_ago=7)
    assert section(as_("ana").get("/").text) == ""
    hold(days_ago=6)
    assert section(as_("ana").get("/").text)


def test_an_older_one_is_let_rest_once_the_newest_is_written_about(as_: SignIn, hold: Hold) -> None:
    hold(days_ago=3)
    hold(days_ago=1, words="Counting beats explaining.")
    assert section(as_("ana").get("/").text) == ""


def test_of_two_boards_the_newest_is_asked_about(cast: Cast, as_: SignIn, hold: Hold) -> None:
    newest = hold(days_ago=1)
    hold(days_ago=2, board=cast.closed.id)
    told = section(as_("ana").get("/").text)
    assert told.count("<a ") == 1
    assert f"/cycles/{newest}#" in told


def test_without_a_rhythm_it_is_asked_too(app: Flask, cast: Cast, as_: SignIn, hold: Hold) -> None:
    hold()
    with app.app_context():
        db.session.execute(sa.delete(CoachingRhythm))
        db.session.commit()
    page = as_("ana").get("/").text
    assert section(page)
    assert 'id="cycles-today"' not in page


def test_nothing_is_asked_about_a_board_that_was_archived(app: Flask, cast: Cast, as_: SignIn, hold: Hold) -> None:
    hold()
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).archived_at = clock.now()
        db.session.commit()
    assert section(as_("ana").get("/").text) == ""


def test_who_lost_sight_of_a_closed_board_is_asked_nothing_about_it(
    app: Flask, cast: Cast, as_: SignIn, hold: Hold
) -> None:
    hold(board=cast.closed.id)
    ana = as_("ana")
    assert section(ana.get("/").text)
    with app.app_context():
        mine = sa.select(Membership).where(Membership.person_id == cast["ana"].id)
        db.session.scalars(mine).one().ended_at = clock.now()
        db.session.commit()
    assert section(ana.get("/").text) == ""


def test_on_the_next_day_it_names_the_day(as_: SignIn, hold: Hold, frozen: Frozen) -> None:
    hold(days_ago=0)
    frozen.forward(days=1)
    assert ">3 Jun</span>" in section(as_("ana").get("/").text)


def test_a_board_with_much_due_keeps_the_question(app: Flask, cast: Cast, as_: SignIn, hold: Hold) -> None:
    cycle = hold()
    with app.app_context():
        common = {"team_id": cast.teams["access"], "learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
        rows = [{**common, "focus_process": f"Process {n}"} for n in range(100)]
        ids = list(db.session.scalars(sa.insert(Storyboard).returning(Storyboard.id), rows))
        early = clock.now().time().replace(hour=0, minute=5, tzinfo=None)
        planned = [{"board_id": each, "days": 127, "at": early, "starts_on": date(2026, 1, 1)} for each in ids]
        db.session.execute(sa.insert(CoachingRhythm), planned)
        db.session.commit()
    ana = as_("ana")
    ana.lint = False
    assert f"/cycles/{cycle}#reflection" in section(ana.get("/").text)


def test_it_costs_no_statement_of_its_own(as_: SignIn, hold: Hold, statements: Counting) -> None:
    ana = as_("ana")
    with statements() as before:
        ana.get("/")
    hold()
    with statements() as after:
        ana.get("/")
    assert len(after) == len(before)
