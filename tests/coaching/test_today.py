"""The cycles that are planned today, on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.coaching.models import CoachingCycle, CoachingRhythm
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership, Team
from tests.cast import TODAY, Board, Cast
from tests.conftest import Counting, Frozen, SignIn

TITLE = "Coaching cycles today"
Change = Callable[[], None]


def held(board: Board, cast: Cast, on: object = TODAY, status: str = "held") -> None:
    """A cycle at the board; the caller has an app context and commits."""
    ended = clock.now() if status != "running" else None
    who = {"learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
    db.session.add(CoachingCycle(board_id=board.id, held_on=on, status=status, ended_at=ended, **who))


def section(page: str) -> str:
    """The section's own words; empty where Today has none."""
    start = page.find('id="cycles-today"')
    return "" if start < 0 else page[start : page.index("</section>", start)]


@pytest.mark.parametrize(
    ("name", "words", "way"),
    [
        ("ana", "Be coached by Ben Okafor", ""),
        ("ben", "Coach Ana Novak", "/coach"),
        ("cleo", "Watch Ben Okafor coach Ana Novak", ""),
    ],
)
def test_everyone_at_the_board_sees_it_with_its_time_and_one_way(
    cast: Cast, as_: SignIn, name: str, words: str, way: str
) -> None:
    told = section(as_(name).get("/").text)
    assert words in told
    assert ">09:15</time>" in told
    assert f'href="{cast.board.path}{way}"' in told
    assert told.count("<a ") == 1


def test_what_has_its_hour_today_stands_above_the_list_of_learners(cast: Cast, as_: SignIn) -> None:
    page = as_("ben").get("/").text
    assert page.index('id="cycles-today"') < page.index("Your learners") < page.index(f'href="{cast.board.path}"')


@pytest.mark.parametrize("name", ["fay", "gus", "eve", "dev", "root"])
def test_nobody_else_sees_it(cast: Cast, as_: SignIn, name: str) -> None:
    assert section(as_(name).get("/").text) == ""


@pytest.mark.database
def test_it_is_done_once_a_cycle_was_held_today(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        held(cast.board, cast, TODAY - timedelta(days=1))
        held(cast.board, cast, status="broken off")
        db.session.commit()
    assert section(as_("ben").get("/").text)
    with app.app_context():
        held(cast.board, cast)
        db.session.commit()
    for name in ("ana", "ben", "cleo"):
        assert section(as_(name).get("/").text) == ""


def test_what_is_over_and_not_held_says_so(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    frozen.at(clock.now().replace(hour=8, minute=20))  # 9:20 in London
    assert "not held yet" not in section(as_("ben").get("/").text)
    frozen.at(clock.now().replace(hour=8, minute=35))
    assert "not held yet" in section(as_("ben").get("/").text)


def _archived(cast: Cast) -> None:
    db.session.get_one(Storyboard, cast.board.id).archived_at = clock.now()


def _ended(cast: Cast) -> None:
    db.session.get_one(Storyboard, cast.board.id).ended_on = TODAY


def _team_closed(cast: Cast) -> None:
    db.session.get_one(Team, cast.teams["access"]).closed_at = clock.now()


def _rhythm_ended(cast: Cast) -> None:
    db.session.get_one(CoachingRhythm, cast.coached.rhythm).ended_at = clock.now()


def _begins_tomorrow(cast: Cast) -> None:
    db.session.get_one(CoachingRhythm, cast.coached.rhythm).starts_on = TODAY + timedelta(days=1)


def _not_on_wednesdays(cast: Cast) -> None:
    db.session.get_one(CoachingRhythm, cast.coached.rhythm).days = 0b1111011


def _another_coach(cast: Cast) -> None:
    board = db.session.get_one(Storyboard, cast.board.id)
    board.coach_id = board.second_coach_id = None


@pytest.mark.parametrize(
    "change",
    [_archived, _ended, _team_closed, _rhythm_ended, _begins_tomorrow, _not_on_wednesdays, _another_coach],
)
def test_nothing_is_planned_then(app: Flask, cast: Cast, as_: SignIn, change: Callable[[Cast], None]) -> None:
    with app.app_context():
        change(cast)
        db.session.commit()
    assert section(as_("ben").get("/").text) == ""
    assert section(as_("cleo").get("/").text) == ""


def test_a_public_holiday_has_none(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        team.country, team.region = "GB", "ENG"
        db.session.commit()
    assert section(as_("ben").get("/").text)
    frozen.forward(days=89)  # Monday 31 August, a bank holiday in England
    assert section(as_("ben").get("/").text) == ""


def test_today_is_the_teams_day(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    with app.app_context():
        db.session.get_one(Team, cast.teams["access"]).time_zone = "Pacific/Auckland"
        db.session.get_one(CoachingRhythm, cast.coached.rhythm).days = 0b0001000  # Thursdays
        db.session.commit()
    assert section(as_("ben").get("/").text) == "", "it is Wednesday evening there"
    frozen.forward(hours=4)
    assert ">22:15</time>" in section(as_("ben").get("/").text), "told as the reader’s clocks show it"


def test_who_lost_sight_of_a_closed_board_is_told_nothing_of_it(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.add(CoachingRhythm(board_id=cast.closed.id, days=127, at=time(16), minutes=20, starts_on=TODAY))
        db.session.commit()
    ana = as_("ana")
    assert ">16:00</time>" in section(ana.get("/").text)
    with app.app_context():
        mine = sa.select(Membership).where(Membership.person_id == cast["ana"].id)
        db.session.scalars(mine).one().ended_at = clock.now()
        db.session.commit()
    told = section(ana.get("/").text)
    assert ">16:00</time>" not in told
    assert ">09:15</time>" in told, "the open board is everybody’s to read"


def test_it_costs_one_statement_at_one_board_and_at_two_hundred(
    app: Flask, cast: Cast, as_: SignIn, statements: Counting
) -> None:
    def asked(name: str) -> list[str]:
        person = as_(name)
        person.lint = False
        with statements() as found:
            person.get("/")
        return found

    few = asked("ben")
    assert sum("coaching_rhythm" in each for each in few) == 1
    with app.app_context():
        common = {"team_id": cast.teams["access"], "learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
        rows = [{**common, "focus_process": f"Process {n}"} for n in range(200)]
        ids = list(db.session.scalars(sa.insert(Storyboard).returning(Storyboard.id), rows))
        planned = [{"board_id": each, "days": 127, "at": time(9), "starts_on": TODAY} for each in ids]
        db.session.execute(sa.insert(CoachingRhythm), planned)
        db.session.commit()
    assert len(asked("ben")) == len(few) <= 12
