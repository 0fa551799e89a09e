"""What a digest says to whom: each role its own, only what they may read, and nothing when nothing changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kata import clock
from kata.activity.actions import record
from kata.alignment import actions as alignment
from kata.alignment.actions import Answer
from kata.alignment.queries import barriers
from kata.extensions import db
from kata.measures.models import Measure
from kata.notifications.pages.digest import Digest, as_text
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests import cast_coaching
from tests.cast import TODAY, Cast
from tests.cast_barriers import HIDDEN_WORDS, WORDS
from tests.conftest import Counting
from tests.notifications.conftest import Told

pytestmark = pytest.mark.database


def text(app: Flask, digest: Digest) -> str:
    with app.app_context():
        return as_text(digest, "https://kata.example", ["the foot"])


def titles(digest: Digest) -> list[str]:
    return [section.title for section in digest.sections]


def lines(digest: Digest, title: str) -> list[Any]:
    return [line for section in digest.sections if section.title == title for line in section.lines]


def test_a_learner_is_told_what_came_of_what_they_tried(told: Told, app: Flask, cast: Cast) -> None:
    said = text(app, told("ana", 10))
    assert "Expected: Half of the requests are decided before the evening." in said
    assert "Happened: Three of five came back within the hour." in said
    assert "Learned: Being asked once is enough." in said
    assert f"https://kata.example/experiments/{cast.board.concluded}" in said
    assert "Coaching cycle on 26 May: Ben Okafor with Ana Novak" in said


def test_what_a_learner_planned_is_no_news_to_them_but_to_their_coach(told: Told, cast: Cast) -> None:
    plan = f"/experiments/{cast.board.running}"
    assert plan not in [line.href for line in lines(told("ana", 3), "At your boards")]
    assert plan in [line.href for line in lines(told("ben", 3), "At your learners’ boards")]


def test_a_learner_is_told_what_is_due(told: Told, cast: Cast) -> None:
    due = lines(told("ana"), "Due for you")
    assert f"/experiments/{cast.board.running}/conclusion" in [line.href for line in due]


def test_what_only_waits_is_no_reason_to_write(told: Told) -> None:
    found = told("eve", 5)
    assert titles(found) == ["Due for you"]
    assert not found.changed


def test_what_has_come_due_is_a_reason(told: Told) -> None:
    assert told("eve", 30).changed


@pytest.mark.parametrize("name", ["fay", "gus", "cleo", "root"])
def test_who_has_nothing_to_do_with_it_is_told_nothing(name: str, told: Told) -> None:
    assert not told(name, 28).changed


def test_a_coach_is_told_who_needs_them_most_first_and_why(told: Told, cast: Cast) -> None:
    first, second, last = lines(told("ben", 28), "Who needs you most")
    assert first.said[0].words.startswith("A result is overdue by 20 practice days.")
    assert {first.where, second.where} == {"Making tea", "Closing leavers' accounts"}
    assert (last.where, last.href) == ("Granting access", f"/boards/{cast.board.id}/coach")


def test_a_need_that_is_not_new_is_no_news(told: Told) -> None:
    assert not any(line.news for line in lines(told("ben", 0.1), "Who needs you most"))


def test_feedback_of_a_second_coach_is_for_that_coach_alone(told: Told, app: Flask, cast: Cast) -> None:
    assert cast_coaching.INSTRUCTION in text(app, told("ben", 10))
    for name in cast.people.keys() - {"ben"}:
        assert cast_coaching.INSTRUCTION not in text(app, told(name, 28))


def test_nobody_is_told_what_was_said_at_a_cycle_or_how_somebody_does(told: Told, app: Flask, cast: Cast) -> None:
    secret = [*cast_coaching.SAID.values(), *cast_coaching.EVIDENCE.values()]
    secret += [cast_coaching.COACH_SAID, cast_coaching.LEARNER_SAID]
    for name in cast.people:
        said = text(app, told(name, 28))
        assert [words for words in secret if words in said] == []


def test_a_leader_is_told_of_barriers_with_their_age(told: Told, app: Flask, cast: Cast) -> None:
    found = told("dev")
    assert titles(found)[0] == "Barriers that wait for you"
    assert [line.what for line in lines(found, "Barriers that wait for you")] == [WORDS, HIDDEN_WORDS]
    assert "Waiting 1 day for Dev Rao" in text(app, found)


def test_a_barrier_that_waits_on_is_no_news(told: Told) -> None:
    assert not told("dev", 0.5).changed


def test_a_leader_is_told_what_ended_and_nothing_of_a_closed_board(told: Told, app: Flask, cast: Cast) -> None:
    with app.app_context():
        for board_id in (cast.board.id, cast.closed.id, cast.practice.id):
            board = db.session.get_one(Storyboard, board_id)
            board.end("Asking once is enough.", TODAY)
            record("ended", board, by=cast["ana"].id)
        db.session.commit()
    ended = lines(told("dev"), "Storyboards started and ended")
    assert [(line.what, line.where) for line in ended] == [("Ended: Granting access", "Access requests · Ana Novak")]
    assert "Closing leavers" not in text(app, told("dev"))


def test_a_leader_is_told_of_target_conditions_that_ended(told: Told) -> None:
    (line,) = lines(told("dev", 45), "Target conditions that came to their end")
    assert line.what == "Target condition 1 not achieved"
    assert line.said[0].words == "We had aimed at the wrong step."


def _answer(app: Flask, cast: Cast, barrier_id: int, words: str = "From Monday on.") -> None:
    with app.app_context():
        barrier = barriers.barrier(cast.viewer("dev"), lock=True, barrier_id=barrier_id)
        assert barrier is not None
        said = Answer("promised", words, TODAY + timedelta(days=5))
        alignment.answer(barrier, barrier.version, said, by=cast["dev"].id, today=TODAY)
        db.session.commit()


def test_who_raised_a_barrier_is_told_the_answer_and_who_gave_it_is_not(told: Told, app: Flask, cast: Cast) -> None:
    _answer(app, cast, cast.raised.board)
    (line,) = [line for line in lines(told("ana", 0.01), "At your boards") if "/barriers/" in line.href]
    assert line.said[0].name == "Dev Rao"
    assert line.said[0].words == "will be removed · by 8 June · From Monday on."
    assert f"/barriers/{cast.raised.board}" not in [
        line.href for line in lines(told("dev", 0.01), "Barriers answered in your areas")
    ]
    assert f"/barriers/{cast.raised.board}" in [
        line.href for line in lines(told("ben", 0.01), "At your learners’ boards")
    ]


def test_who_left_the_team_is_told_nothing_of_what_is_closed_to_it(told: Told, app: Flask, cast: Cast) -> None:
    _answer(app, cast, cast.raised.closed, "It is for the payroll office.")
    assert "payroll office" in text(app, told("ana"))
    assert "Making tea" in text(app, told("ana", 28))
    _leave(app, cast["ana"].id)
    said = text(app, told("ana", 28))
    assert "payroll office" not in said
    assert "Making tea" not in said
    assert "Closing leavers" not in said
    assert "Granting access" in said, "an open board is everyone's to read"


def _leave(app: Flask, person_id: int) -> None:
    with app.app_context():
        for row in db.session.query(Membership).filter_by(person_id=person_id, ended_at=None):
            row.ended_at = clock.now()
        db.session.commit()


@pytest.fixture
def shifted(app: Flask, cast: Cast) -> None:
    """The outcome of ana's board rose and stayed up: a shift, whose last reading is of today."""
    with app.app_context():
        _read(app, cast, [60, 61, 60, 62, 61, 60, 61, 62, 60, 61, 60, 61, 80, 81, 82, 81, 80, 82, 81, 83], 20)


def _read(app: Flask, cast: Cast, values: list[float], days: int) -> None:
    measure = db.session.get_one(Measure, cast.measures["outcome"])
    for ago, value in zip(range(days - 1, -1, -1), values, strict=True):
        day = TODAY - timedelta(days=ago)
        _put(measure, day, value, cast["ana"].id)
    db.session.commit()


def _put(measure: Measure, day: Any, value: float, by: int) -> None:
    from kata.measures import pictures
    from kata.measures.models import Reading

    there = db.session.query(Reading).filter_by(measure_id=measure.id, day=day, struck_at=None).one_or_none()
    if there is None:
        db.session.add(Reading(measure_id=measure.id, measure=measure, day=day, value=value, entered_by_id=by))
    else:
        there.value = value
    pictures.refresh(measure)


@pytest.mark.usefixtures("shifted")
def test_a_signal_is_told_once_to_learner_and_leader(told: Told, cast: Cast) -> None:
    href = f"/measures/{cast.measures['outcome']}"
    found = told("ana")
    (line,) = [line for line in lines(found, "At your boards") if line.href == href]
    assert line.said[0].words.startswith("a signal for the better")
    assert href in [line.href for line in lines(told("dev"), "Outcomes that changed")]
    again = told("ana", known=found.memory)
    assert href not in [line.href for section in again.sections for line in section.lines]
    assert again.memory == found.memory, "it is remembered for as long as it goes on"


def test_routine_variation_is_no_signal(told: Told, cast: Cast) -> None:
    assert told("dev", 28).memory == {}


def test_a_digest_asks_the_same_few_statements_however_much_there_is(
    told: Told, statements: Counting, app: Flask, cast: Cast
) -> None:
    def asked(name: str) -> int:
        with statements() as found:
            told(name, 28)
        return len(found)

    few = {name: asked(name) for name in cast.people}
    with app.app_context():
        for n in range(40):
            board = Storyboard(
                team_id=cast.teams["access"],
                focus_process=f"Process {n}",
                learner_id=cast["ana"].id,
                coach_id=cast["ben"].id,
            )
            db.session.add(board)
            db.session.flush()
            record("started", board, by=cast["ana"].id)
        db.session.commit()
    many = {name: asked(name) for name in cast.people}
    assert many == few
    assert max(few.values()) <= 18


NAUGHTY = "<b>bold</b> \u202egnirts\u202c\n* LOOKS LIKE OURS\nhttps://kata.example/evil & “quotes”"


def test_text_of_any_kind_is_only_text(told: Told, app: Flask, cast: Cast) -> None:
    _answer(app, cast, cast.raised.board, NAUGHTY)
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).focus_process = "<i>Granting</i> access"
        db.session.commit()
    found = told("ana", 28)
    said = text(app, found)
    assert "\n* LOOKS LIKE OURS" not in said
    assert not any(line.startswith("https://kata.example/evil") for line in said.splitlines())
