"""The rhythm of a board: who sets it, what is refused, and where it is told."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.activity.models import Activity
from kata.coaching.actions import rhythms as actions
from kata.coaching.models import CoachingCycle, CoachingRhythm
from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards.actions import boards
from kata.storyboards.models import Storyboard
from tests.cast import TODAY, Board, Cast
from tests.client import form_fields
from tests.conftest import Counting, Frozen, SignIn

WEEK_LATER = TODAY + timedelta(days=7)


def rhythm(app: Flask, board: Board) -> CoachingRhythm | None:
    with app.app_context():
        return db.session.scalars(sa.select(CoachingRhythm).where(CoachingRhythm.board_id == board.id)).one_or_none()


def known(app: Flask, board: Board) -> CoachingRhythm:
    found = rhythm(app, board)
    assert found is not None
    return found


def verbs(app: Flask, board: Board) -> list[str]:
    query = sa.select(Activity.verb).where(Activity.board_id == board.id, Activity.subject_type == "coaching_rhythm")
    with app.app_context():
        return list(db.session.scalars(query.order_by(Activity.id)))


def address(board: Board) -> str:
    return f"{board.path}/rhythm"


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_learner_and_coach_plan_their_cycles(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    person, where = as_(name), address(cast.closed)
    page = person.get(where).text
    assert page.count(" checked ") == 5, "the practice days of the team are offered"
    answer = person.fill_in(where, days=["1", "3"], at="08:30", minutes="15", starts_on=WEEK_LATER.isoformat())
    assert answer.location == f"{cast.closed.path}/edit#rhythm"
    made = known(app, cast.closed)
    assert (made.days, made.at, made.minutes, made.starts_on) == (0b0001010, time(8, 30), 15, WEEK_LATER)
    assert verbs(app, cast.closed) == ["set the rhythm"]


def test_it_stands_in_the_settings_and_in_the_history_of_the_board(cast: Cast, as_: SignIn) -> None:
    settings = as_("gus").get(f"{cast.board.path}/edit").text
    assert "Planned: Monday to Friday, 09:15, for 20 minutes." in settings
    assert "Wednesday 3 June, 09:15" in settings or "Thursday 4 June, 09:15" in settings
    assert f'href="{address(cast.board)}"' not in settings, "a member who is neither learner nor coach changes nothing"
    assert f'href="{address(cast.board)}"' in as_("ben").get(f"{cast.board.path}/edit").text
    history = as_("eve").get(f"{cast.board.path}/history").text
    assert "set the rhythm of the coaching cycles" in history
    assert "Monday to Friday, 09:15" in history


def test_it_is_as_closed_as_its_board(cast: Cast, as_: SignIn) -> None:
    as_("ana").fill_in(address(cast.closed))
    for name in ("fay", "eve", "dev", "root"):
        assert as_(name).get(f"{cast.closed.path}/history").status_code == 404
        assert as_(name).get(address(cast.closed)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"days": []}, "Pick at least one day."),
        ({"days": ["7"]}, "Pick at least one day."),
        ({"at": ""}, "Say at what time of day."),
        ({"at": "half past"}, "That is not a time of day."),
        ({"at": "25:10"}, "That is not a time of day."),
        ({"minutes": "7"}, "Pick one of the lengths in the list."),
        ({"minutes": "x"}, "Pick one of the lengths in the list."),
        ({"starts_on": ""}, "Say from which day on."),
        ({"starts_on": "2026-02-30"}, "That is not a day of the calendar."),
        ({"starts_on": "2026-06-02"}, "What lies behind cannot be planned."),
    ],
)
def test_a_bad_rhythm_is_refused_at_its_field(
    app: Flask, cast: Cast, as_: SignIn, typed: dict[str, Any], sentence: str
) -> None:
    answer = as_("ana").fill_in(address(cast.closed), **{"days": ["2"], "at": "07:45", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "07:45" in answer.text or "at" in typed
    assert rhythm(app, cast.closed) is None


@pytest.mark.parametrize("typed", ["9:15", "09.15", " 09:15 ", "09:15:00"])
def test_a_time_is_understood_as_people_write_it(app: Flask, cast: Cast, as_: SignIn, typed: str) -> None:
    assert as_("ana").fill_in(address(cast.closed), at=typed).status_code == 303
    assert known(app, cast.closed).at == time(9, 15)


def test_a_change_begins_today_and_leaves_the_days_behind_alone(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben, began = as_("ben"), known(app, cast.board).starts_on
    assert began < TODAY
    ben.fill_in(address(cast.board), minutes="30")
    assert (known(app, cast.board).starts_on, known(app, cast.board).minutes) == (began, 30), "the same days go on"
    ben.fill_in(address(cast.board), at="10:00")
    assert (known(app, cast.board).starts_on, known(app, cast.board).at) == (TODAY, time(10))
    answer = ben.fill_in(address(cast.board), days=["0"], starts_on=(TODAY - timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert verbs(app, cast.board) == ["set the rhythm", "changed the rhythm", "changed the rhythm"]


def test_two_who_change_it_see_both(app: Flask, cast: Cast, as_: SignIn) -> None:
    ana, ben, where = as_("ana"), as_("ben"), address(cast.board)
    typed = form_fields(ana.get(where).text, where)
    ben.fill_in(where, days=["0", "1"], at="11:30")
    answer = ana.post(where, {**typed, "at": "08:00"})
    assert answer.status_code == 409
    for words in ("11:30", "08:00", "Monday and Tuesday", "Monday to Friday"):
        assert f'<span dir="auto">{words}</span>' in answer.text
    assert known(app, cast.board).at == time(11, 30)
    assert ana.post(where, {**form_fields(answer.text, where)}).status_code == 303
    assert known(app, cast.board).at == time(8)


@pytest.mark.database
def test_two_who_set_the_first_one_see_both_too(app: Flask, cast: Cast, as_: SignIn) -> None:
    ana, where = as_("ana"), address(cast.closed)
    typed = form_fields(ana.get(where).text, where)
    as_("ben").fill_in(where, at="11:30")
    assert ana.post(where, {**typed, "at": "08:00"}).status_code == 409
    assert known(app, cast.closed).at == time(11, 30)


@pytest.mark.database
def test_sent_twice_it_is_set_once(app: Flask, cast: Cast, as_: SignIn) -> None:
    ana, where = as_("ana"), address(cast.closed)
    typed = form_fields(ana.get(where).text, where)
    assert [ana.post(where, typed).status_code for _ in range(2)] == [303, 303]
    assert verbs(app, cast.closed) == ["set the rhythm"]


@pytest.mark.database
def test_it_ends_and_is_taken_up_again(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    ben, ending = as_("ben"), f"{address(cast.board)}/ending"
    for _ in range(2):
        assert ben.post(ending).location == f"{cast.board.path}/edit#rhythm"
    settings = ben.get(f"{cast.board.path}/edit").text
    assert "No cycle is planned." in settings
    assert "Plan when to meet" in settings
    assert known(app, cast.board).ended_at is not None
    ben.post(ending, {"back": "1"})
    assert known(app, cast.board).ended_at is None
    assert verbs(app, cast.board) == ["set the rhythm", "ended the rhythm", "took the rhythm up again"]
    ben.post(ending)
    ben.fill_in(address(cast.board))
    assert (known(app, cast.board).ended_at, known(app, cast.board).starts_on) == (None, TODAY)


def test_taken_up_days_later_it_has_missed_nothing_meanwhile(
    app: Flask, cast: Cast, as_: SignIn, frozen: Frozen
) -> None:
    ben, ending, began = as_("ben"), f"{address(cast.board)}/ending", known(app, cast.board).starts_on
    ben.post(ending)
    ben.post(ending, {"back": "1"})
    assert known(app, cast.board).starts_on == began, "the undo of the same day changes nothing"
    ben.post(ending)
    frozen.forward(days=5)
    ben.post(ending, {"back": "1"})
    assert known(app, cast.board).starts_on == TODAY + timedelta(days=5)


def test_nothing_is_planned_at_a_board_that_has_ended(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        boards.archive(db.session.get_one(Storyboard, cast.board.id), by=cast["ana"].id)
        db.session.commit()
    ben = as_("ben")
    answer = ben.fill_in(address(cast.board))
    assert answer.status_code == 422
    assert "This storyboard has ended." in answer.text
    settings = ben.get(f"{cast.board.path}/edit").text
    assert "No cycle is planned" in settings
    assert "Next cycle" not in settings
    ben.post(f"{address(cast.board)}/ending")
    assert ben.post(f"{address(cast.board)}/ending", {"back": "1"}).status_code == 303
    assert "This storyboard has ended." in ben.get(f"{cast.board.path}/edit").text
    assert known(app, cast.board).ended_at is not None


def test_times_of_another_zone_say_so(app: Flask, cast: Cast, as_: SignIn) -> None:
    as_("dev").fill_in("/teams/access-requests/edit", time_zone="Asia/Kolkata")
    page = as_("ben").get(f"{cast.board.path}/edit").text
    assert "Times are those of Asia, Kolkata." in page
    assert "Thursday 4 June, 09:15" in page, "the next moment is told by the team’s clocks, as its rhythm is"
    assert "(Asia, Kolkata)" in page
    assert "04:45" not in page


def test_the_day_is_the_teams_not_the_servers(in_app: Flask, cast: Cast, frozen: Frozen) -> None:
    board = db.session.get_one(Storyboard, cast.closed.id, options=[sa.orm.joinedload(Storyboard.team)])
    board.team.time_zone = "Pacific/Auckland"
    frozen.forward(hours=4)  # there it is Thursday already
    plan = {"days": 1, "at": time(9), "minutes": 20, "by": cast["ana"].id}
    with pytest.raises(DomainError):
        actions.set_rhythm(board, None, **plan, starts_on=TODAY)
    db.session.rollback()
    board = db.session.get_one(Storyboard, cast.closed.id, options=[sa.orm.joinedload(Storyboard.team)])
    board.team.time_zone = "Pacific/Auckland"
    assert actions.set_rhythm(board, None, **plan, starts_on=date(2026, 6, 4)).starts_on == date(2026, 6, 4)


def test_the_settings_cost_two_statements_at_most_for_it(cast: Cast, as_: SignIn, statements: Counting) -> None:
    ben = as_("ben")
    with statements() as asked:
        ben.get(f"{cast.board.path}/edit")
    assert len(asked) <= 12
    assert sum("coaching_rhythm" in each for each in asked) == 1


def test_the_next_one_is_tomorrows_once_todays_was_held(app: Flask, cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    frozen.at(clock.now().replace(hour=7))
    assert "Wednesday 3 June, 09:15" in as_("ben").get(f"{cast.board.path}/edit").text
    with app.app_context():
        who = {"learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
        db.session.add(CoachingCycle(board_id=cast.board.id, held_on=TODAY, status="held", ended_at=clock.now(), **who))
        db.session.commit()
    assert "Thursday 4 June, 09:15" in as_("ben").get(f"{cast.board.path}/edit").text
