"""A coach has a storyboard for their coaching like any learner, and the second coach coaches them at it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from kata.coaching.models import CoachingCycle
from kata.extensions import db
from kata.storyboards.models import Storyboard
from tests.cast import Cast
from tests.conftest import SignIn


@pytest.fixture
def own_board(app: Flask, cast: Cast, as_: SignIn) -> str:
    """The address of ben's board about his own coaching, with cleo as his coach."""
    form = {
        "team_id": cast.teams["access"],
        "focus_process": "How I ask the fourth question",
        "learner_id": cast["ben"].id,
        "coach_id": cast["cleo"].id,
        "once": "c1",
    }
    ben = as_("ben")
    answer = ben.post("/boards", {**form, "csrf_token": ben.csrf_token()})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_who_only_watches_coaches_may_coach_a_coachs_own_board(own_board: str, app: Flask, cast: Cast) -> None:
    with app.app_context():
        board = db.session.scalars(select(Storyboard).where(Storyboard.focus_process.like("How I ask%"))).one()
        assert (board.learner_id, board.coach_id) == (cast["ben"].id, cast["cleo"].id)


def test_the_second_coach_coaches_the_coach_with_the_same_card(
    own_board: str, app: Flask, cast: Cast, as_: SignIn
) -> None:
    cleo = as_("cleo")
    cleo.post(f"{own_board}/cycles", {"once": "c2", "csrf_token": cleo.csrf_token()})
    assert "How should the process run, and by when?" in cleo.get(f"{own_board}/coach").text
    with app.app_context():
        cycle = db.session.scalars(select(CoachingCycle).where(CoachingCycle.ended_at.is_(None))).one()
        assert (cycle.learner_id, cycle.coach_id) == (cast["ben"].id, cast["cleo"].id)


def test_the_coach_stands_among_the_learners_of_the_second_coach(own_board: str, as_: SignIn) -> None:
    page = as_("cleo").get("/coaching").text
    assert "Your learners" in page
    assert "How I ask the fourth question" in page


def test_the_coach_asks_nobody_the_questions_at_their_own_board(own_board: str, as_: SignIn) -> None:
    assert "Nobody coaches themselves" in as_("ben").get(f"{own_board}/coach").text
