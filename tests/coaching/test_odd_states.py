"""A cycle when something comes between: two coaches, two devices, a closed lid, a board that ends, a role that goes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kata.coaching.models import CoachingCycle, CycleNote
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from kata.teams.models import Membership
from tests.cast import NOW, TODAY, Cast
from tests.client import Client
from tests.conftest import Frozen, SignIn

Rows = Callable[..., list[Any]]


@pytest.fixture
def ben(as_: SignIn) -> Client:
    return as_("ben")


@pytest.fixture
def eve(app: Flask, cast: Cast, as_: SignIn) -> Client:
    """A second coach of ana's team."""
    with app.app_context():
        db.session.add(Membership(team_id=cast.teams["access"], person_id=cast["eve"].id, role="coach"))
        db.session.commit()
    return as_("eve")


@pytest.fixture
def begun(cast: Cast, ben: Client, rows: Rows) -> int:
    """The cycle that ben has begun with ana."""
    assert begin(ben, cast) == 303
    (cycle,) = rows(CoachingCycle, status="running")
    return int(cycle.id)


def begin(client: Client, cast: Cast) -> int:
    return client.fill_in(guide(cast), f"{cast.board.path}/cycles").status_code


def guide(cast: Cast) -> str:
    return f"{cast.board.path}/coach"


def note(left: str, words: str, to: str, version: object = "") -> dict[str, object]:
    return {"left": left, "words": words, "to": to, "version": version}


def change(app: Flask, model: Any, row_id: int | None, **columns: Any) -> None:
    with app.app_context():
        row = db.session.get_one(model, row_id)
        for name, value in columns.items():
            setattr(row, name, value)
        db.session.commit()


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d*)"', page)
    assert found
    return found.group(1)


# Two coaches ------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_two_coaches_who_begin_at_once_begin_one_cycle(cast: Cast, ben: Client, eve: Client, rows: Rows) -> None:
    ready, found = threading.Barrier(2), dict[str, int]()

    def run(name: str, client: Client) -> None:
        form = {"csrf_token": client.csrf_token(), "once": f"the form of {name}"}
        ready.wait()
        found[name] = client.post(f"{cast.board.path}/cycles", form).status_code

    threads = [threading.Thread(target=run, args=each) for each in (("ben", ben), ("eve", eve))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found.values()) == [303, 422]
    assert len(rows(CoachingCycle, status="running")) == 1


@pytest.mark.database
def test_the_database_itself_holds_one_running_cycle_a_board(app: Flask, cast: Cast, begun: int) -> None:
    second = {"board_id": cast.board.id, "learner_id": cast["ana"].id, "coach_id": cast["gus"].id, "held_on": TODAY}
    with app.app_context():
        db.session.add(CoachingCycle(**second))
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()


def test_who_comes_second_is_told_who_coaches_and_may_take_over(
    cast: Cast, ben: Client, eve: Client, begun: int, rows: Rows
) -> None:
    answer = eve.post(f"{cast.board.path}/cycles", {"once": "eve's"})
    assert answer.status_code == 422
    assert "Ben Okafor is coaching here" in answer.text
    assert eve.fill_in(guide(cast), f"/cycles/{begun}/coach").status_code == 303
    assert 'id="guide"' in eve.get(guide(cast)).text
    assert [cycle.coach_id for cycle in rows(CoachingCycle, status="running")] == [cast["eve"].id]


def test_from_whom_a_cycle_was_taken_keeps_the_note_in_the_form(
    cast: Cast, ben: Client, eve: Client, begun: int, rows: Rows
) -> None:
    eve.post(f"/cycles/{begun}/coach")
    answer = ben.post(f"/cycles/{begun}/turn", note("target", "Half a sentence", "actual"), htmx=True)
    assert answer.status_code == 422
    assert "Somebody else runs this cycle now." in answer.text
    assert 'id="guide"' not in answer.text  # the form with its text stays where it is, and so does the draft
    assert "kata:saved" not in answer.headers.get("HX-Trigger", "")
    assert rows(CycleNote, cycle_id=begun) == []


def test_without_scripts_the_note_is_shown_with_the_refusal(cast: Cast, ben: Client, eve: Client, begun: int) -> None:
    eve.post(f"/cycles/{begun}/coach")
    answer = ben.post(f"/cycles/{begun}/turn", note("target", "Half a <sentence>", "actual"))
    assert answer.status_code == 422
    assert "Somebody else runs this cycle now." in answer.text
    assert ">Half a &lt;sentence&gt;</textarea>" in answer.text
    assert f'href="{guide(cast)}"' in answer.text


def test_nobody_takes_over_a_cycle_that_has_ended(cast: Cast, ben: Client, eve: Client, begun: int) -> None:
    ben.post(f"/cycles/{begun}/closing", {"feedback": "Good."})
    answer = eve.post(f"/cycles/{begun}/coach", htmx=True)
    assert answer.status_code == 422
    assert "there is nothing to take over" in answer.text


def test_the_learner_takes_over_nothing_even_as_a_coach_of_the_team(
    app: Flask, cast: Cast, begun: int, as_: SignIn
) -> None:
    with app.app_context():
        db.session.add(Membership(team_id=cast.teams["access"], person_id=cast["ana"].id, role="coach"))
        db.session.commit()
    answer = as_("ana").post(f"/cycles/{begun}/coach", htmx=True)
    assert answer.status_code == 422
    assert "Nobody coaches themselves" in answer.text


# Two devices of one coach -----------------------------------------------------------------------------------------


def test_the_place_is_where_the_coach_pressed_last(cast: Cast, ben: Client, begun: int, rows: Rows) -> None:
    ben.post(f"/cycles/{begun}/turn", note("target", "", "actual"))
    ben.post(f"/cycles/{begun}/turn", note("actual", "", "last"))
    ben.post(f"/cycles/{begun}/turn", note("target", "From the other one", "obstacles"))
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["obstacles"]
    assert [row.words for row in rows(CycleNote, cycle_id=begun, part="target")] == ["From the other one"]


@pytest.mark.parametrize("htmx", [True, False])
def test_two_notes_at_one_question_are_shown_side_by_side_where_they_belong(
    htmx: bool, cast: Cast, ben: Client, begun: int, rows: Rows
) -> None:
    address = f"/cycles/{begun}/turn"
    ben.post(address, note("target", "From the tablet", "obstacles"))
    answer = ben.post(address, note("target", "From the phone", "actual"), htmx=htmx)
    assert answer.status_code == 409
    assert 'data-at="target"' in answer.text
    assert "From the tablet" in answer.text
    assert "From the phone" in answer.text
    assert "The cycle has gone on to “Obstacles” on another device" in answer.text
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["obstacles"]
    both = note("target", "From both", "actual", version_of(answer.text))
    assert ben.post(address, both, htmx=htmx).status_code in {200, 303}
    assert [row.words for row in rows(CycleNote, cycle_id=begun, part="target")] == ["From both"]
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["actual"]


def test_a_note_from_the_other_device_is_kept_after_the_end(cast: Cast, ben: Client, begun: int, rows: Rows) -> None:
    ben.post(f"/cycles/{begun}/closing", {"feedback": "Good."})
    answer = ben.post(f"/cycles/{begun}/turn", note("actual", "Late but true", "last"), htmx=True)
    assert answer.headers["HX-Redirect"] == f"/cycles/{begun}"
    assert "Late but true" in ben.get(f"/cycles/{begun}").text
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["target"]


def test_the_end_sent_twice_ends_once(cast: Cast, ben: Client, begun: int, verbs: Callable[[str], list[str]]) -> None:
    said = {"feedback": "You counted.", "practice": "Wait."}
    for _time in range(2):
        answer = ben.post(f"/cycles/{begun}/closing", said)
        assert (answer.status_code, answer.location) == (303, f"/cycles/{begun}")
    assert verbs("coaching_cycle").count("held a coaching cycle") == 2  # this one, and that of the cast


def test_two_ends_with_different_words_lose_neither(cast: Cast, ben: Client, begun: int, rows: Rows) -> None:
    ben.post(f"/cycles/{begun}/closing", {"feedback": "From the tablet", "practice": "Wait."})
    answer = ben.post(f"/cycles/{begun}/closing", {"feedback": "From the phone", "practice": "Wait."})
    assert answer.status_code == 409
    assert "From the tablet" in answer.text
    assert "From the phone" in answer.text
    found = re.search(r'name="feedback_version" value="(\d+)"', answer.text)
    assert found
    again = {"feedback": "From both", "feedback_version": found.group(1), "practice": "Wait."}
    assert ben.post(f"/cycles/{begun}/closing", again).status_code == 303
    assert [row.words for row in rows(CycleNote, cycle_id=begun, part="feedback")] == ["From both"]


def test_the_way_on_pressed_twice_goes_one_question_on(cast: Cast, ben: Client, begun: int, rows: Rows) -> None:
    for _time in range(2):
        answer = ben.post(f"/cycles/{begun}/turn", note("target", "Knows it", "actual"), htmx=True)
        assert answer.status_code == 200
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["actual"]


# A closed lid -----------------------------------------------------------------------------------------------------


def test_a_cycle_left_open_for_a_day_says_so_and_can_be_ended_either_way(
    cast: Cast, ben: Client, begun: int, frozen: Frozen, rows: Rows
) -> None:
    ben.post(f"/cycles/{begun}/turn", note("target", "Kept", "actual"))
    frozen.forward(days=1)
    page = ben.get(guide(cast)).text
    assert "This cycle was left open on 3 June 2026, 10:31" in page
    assert ben.fill_in(guide(cast), f"/cycles/{begun}/breaking-off").status_code == 303
    assert [cycle.status for cycle in rows(CoachingCycle, id=begun)] == ["broken off"]
    assert "Kept" in ben.get(f"/cycles/{begun}").text
    assert begin(ben, cast) == 303  # the board is free for the next one


def test_a_night_does_not_count_as_time_at_a_question(
    cast: Cast, ben: Client, begun: int, frozen: Frozen, rows: Rows
) -> None:
    frozen.forward(hours=14)
    ben.post(f"/cycles/{begun}/turn", note("target", "Said", "actual"))
    assert [row.seconds for row in rows(CycleNote, cycle_id=begun)] == [None]


# The board, the learner and the coach change ----------------------------------------------------------------------


@pytest.mark.parametrize("change_to", [{"archived_at": NOW}, {"ended_on": TODAY}])
def test_on_a_board_that_ends_nothing_is_planned_and_the_words_are_kept(
    change_to: dict[str, Any], app: Flask, cast: Cast, ben: Client, begun: int, rows: Rows
) -> None:
    ben.post(f"/cycles/{begun}/turn", note("obstacles", "", "next"))
    with app.app_context():
        db.session.get_one(Experiment, cast.board.running).set_aside("For the test.")
        db.session.commit()
    change(app, Storyboard, cast.board.id, **change_to)
    assert "This storyboard has ended meanwhile" in ben.get(guide(cast)).text
    planned = {"kind": "go and see", "step": "A step too late", "expectation": "Two.", "once": "late"}
    answer = ben.post(f"/cycles/{begun}/step", planned, htmx=True)
    assert answer.status_code == 422
    assert "This storyboard has ended." in answer.text
    assert rows(Experiment, step="A step too late") == []
    assert ben.post(f"/cycles/{begun}/turn", note("next", "Still noted", "closing")).status_code == 303
    assert ben.post(f"/cycles/{begun}/closing", {"feedback": "Still said"}).status_code == 303
    page = ben.get(f"/cycles/{begun}").text
    assert "Still noted" in page
    assert "Still said" in page


def test_a_board_closed_to_its_team_closes_the_cycle_to_nobody_who_takes_part(
    app: Flask, cast: Cast, ben: Client, begun: int, as_: SignIn
) -> None:
    change(app, Storyboard, cast.board.id, closed=True)
    assert ben.post(f"/cycles/{begun}/turn", note("target", "Goes on", "actual")).status_code == 303
    assert as_("cleo").get(f"/cycles/{begun}/observation").status_code == 200
    assert as_("fay").get(f"{cast.board.path}/cycles").status_code == 404


def test_with_a_new_learner_the_cycle_stays_that_of_whom_it_was_begun_with(
    app: Flask, cast: Cast, ben: Client, begun: int, as_: SignIn
) -> None:
    change(app, Storyboard, cast.board.id, learner_id=cast["gus"].id)
    assert "Coaching cycle with Ana" in ben.get(guide(cast)).text
    ben.post(f"/cycles/{begun}/closing", {"feedback": "For ana alone"})
    assert "For ana alone" in as_("ana").get(f"/cycles/{begun}").text
    assert as_("gus").get(f"/cycles/{begun}").status_code == 404
    assert "For ana alone" not in as_("gus").get(f"{cast.board.path}/cycles").text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_coach_whose_role_ends_during_the_cycle_writes_no_more(
    htmx: bool, app: Flask, cast: Cast, ben: Client, begun: int, rows: Rows
) -> None:
    with app.app_context():
        ended = sa.update(Membership).where(Membership.person_id == cast["ben"].id).values(ended_at=NOW)
        db.session.execute(ended)
        db.session.execute(sa.update(Storyboard).where(Storyboard.coach_id == cast["ben"].id).values(coach_id=None))
        db.session.commit()
    answer = ben.post(f"/cycles/{begun}/turn", note("target", "Typed", "actual"), htmx=htmx)
    assert answer.status_code == 404
    assert "kata:saved" not in answer.headers.get("HX-Trigger", "")  # so that the browser keeps the draft
    assert rows(CycleNote, cycle_id=begun) == []
    assert ben.get(guide(cast)).status_code == 403


def test_the_next_coach_goes_on_where_the_one_before_was(
    app: Flask, cast: Cast, ben: Client, eve: Client, begun: int
) -> None:
    ben.post(f"/cycles/{begun}/turn", note("target", "Said by heart", "actual"))
    eve.post(f"/cycles/{begun}/coach")
    assert 'data-at="actual"' in eve.get(guide(cast)).text


# What cannot be -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        note("nonsense", "Words", "actual"),
        note("target", "Words", "nonsense"),
        note("target", "x" * 4001, "actual"),
        note("target", "Words", "actual", "not a number"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_the_card_does_not_know_is_refused_and_the_words_stay(
    sent: dict[str, object], htmx: bool, cast: Cast, ben: Client, begun: int, rows: Rows
) -> None:
    answer = ben.post(f"/cycles/{begun}/turn", sent, htmx=htmx)
    assert answer.status_code == 422
    assert str(sent["words"]) in answer.text
    assert rows(CycleNote, cycle_id=begun) == []
    assert [cycle.place for cycle in rows(CoachingCycle, id=begun)] == ["target"]
