"""The second coach at a cycle: follows the coach, writes down what is said, leaves one instruction for that coach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape

from kata.activity.models import Activity
from kata.coaching import card
from kata.coaching.models import CoachingCycle, CoachingObservation, CycleNote, Instruction
from kata.extensions import db
from kata.storyboards.models import Storyboard
from tests.cast import NOW, Cast
from tests.cast_coaching import INSTRUCTION, TRIGGER
from tests.conftest import Counting, Frozen, SignIn

Rows = Callable[..., list[Any]]
TOLD = {"question": "target", "trigger": "When you hear “we should”", "words": "Ask by when."}


@pytest.fixture
def running(app: Flask, cast: Cast) -> str:
    """The address of a cycle that ben has just begun with ana; the cast's own stays as it was."""
    with app.app_context():
        cycle = CoachingCycle(
            board_id=cast.board.id, learner_id=cast["ana"].id, coach_id=cast["ben"].id, held_on=NOW.date()
        )
        db.session.add(cycle)
        db.session.commit()
        return f"/cycles/{cycle.id}"


def go_on(app: Flask, path: str, place: str) -> None:
    with app.app_context():
        db.session.get_one(CoachingCycle, int(path.rsplit("/")[-1])).place = place
        db.session.commit()


def since(page: str) -> str:
    return page.split("/observation/pulse?since=")[1].split('"')[0]


# Following --------------------------------------------------------------------------------------------------------


def test_the_page_says_where_the_coach_is(app: Flask, running: str, as_: SignIn) -> None:
    go_on(app, running, "obstacles")
    page = as_("cleo").get(f"{running}/observation").text
    assert "Ben coaches Ana" in page
    assert 'data-at="obstacles"' in page
    assert "now at “Obstacles”" in page


def test_the_pulse_is_silent_until_the_coach_moves(app: Flask, running: str, as_: SignIn) -> None:
    cleo = as_("cleo")
    stood = since(cleo.get(f"{running}/observation").text)
    assert cleo.get(f"{running}/observation/pulse?since={stood}", htmx=True).status_code == 204
    as_("ben").post(f"{running}/turn", {"left": "target", "words": "Knows it", "to": "actual"})
    answer = cleo.get(f"{running}/observation/pulse?since={stood}", htmx=True)
    assert answer.status_code == 200
    assert 'data-at="actual"' in answer.text
    assert cleo.get(f"{running}/observation/pulse?since={since(answer.text)}", htmx=True).status_code == 204


def test_the_pulse_holds_no_field(running: str, as_: SignIn) -> None:
    answer = as_("cleo").get(f"{running}/observation/pulse", htmx=True).text
    assert answer.count("<hx-partial") == 1
    assert "<textarea" not in answer
    assert "<form" not in answer


def test_the_pulse_tells_how_long_a_question_took(running: str, as_: SignIn, frozen: Frozen) -> None:
    frozen.forward(seconds=95)
    as_("ben").post(f"{running}/turn", {"left": "target", "words": "", "to": "actual"})
    assert "1:35" in as_("cleo").get(f"{running}/observation/pulse", htmx=True).text


def test_it_follows_no_longer_when_the_cycle_has_ended(running: str, as_: SignIn) -> None:
    cleo = as_("cleo")
    stood = since(cleo.get(f"{running}/observation").text)
    as_("ben").post(f"{running}/closing", {"feedback": "Good."})
    answer = cleo.get(f"{running}/observation/pulse?since={stood}", htmx=True).text
    assert "The cycle has ended." in answer
    assert "data-follow" not in answer


def test_a_pulse_costs_a_few_small_statements(running: str, as_: SignIn, statements: Counting) -> None:
    cleo = as_("cleo")
    stood = since(cleo.get(f"{running}/observation").text)
    with statements() as asked:
        cleo.get(f"{running}/observation/pulse?since={stood}", htmx=True)
    assert len(asked) <= 4
    with statements() as asked:
        cleo.get(f"{running}/observation")
    assert len(asked) <= 12


def test_who_is_no_longer_second_coach_follows_no_more(app: Flask, cast: Cast, running: str, as_: SignIn) -> None:
    cleo = as_("cleo")
    assert cleo.get(f"{running}/observation").status_code == 200
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).second_coach_id = None
        db.session.commit()
    assert cleo.get(f"{running}/observation/pulse", htmx=True).status_code == 404
    assert cleo.post(f"{running}/observations/target", {"coach_said": "So?"}, htmx=True).status_code == 404


def test_nobody_watches_themselves(app: Flask, cast: Cast, running: str, as_: SignIn) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).second_coach_id = cast["ben"].id
        db.session.commit()
    assert as_("ben").get(f"{running}/observation").status_code == 403


# What is said -----------------------------------------------------------------------------------------------------


def test_each_question_is_kept_by_itself(running: str, as_: SignIn, rows: Rows, cast: Cast) -> None:
    cleo, address = as_("cleo"), f"{running}/observations/target"
    answer = cleo.fill_in(f"{running}/observation", address, coach_said="By when?", learner_said="Soon.", htmx=True)
    assert answer.status_code == 200
    assert 'id="observation-actual"' not in answer.text
    (kept,) = rows(CoachingObservation, question="target")
    assert (kept.coach_said, kept.learner_said) == ("By when?", "Soon.")
    assert (kept.by_id, kept.coach_id) == (cast["cleo"].id, cast["ben"].id)


def test_without_scripts_it_comes_back_to_the_same_question(running: str, as_: SignIn) -> None:
    answer = as_("cleo").fill_in(f"{running}/observation", f"{running}/observations/see", coach_said="When?")
    assert answer.status_code == 303
    assert answer.location == f"{running}/observation#observation-see"


def test_a_cycle_is_watched_afterwards_too(cast: Cast, as_: SignIn) -> None:
    path = f"/cycles/{cast.coached.cycle}"
    answer = as_("cleo").fill_in(f"{path}/observation", f"{path}/observations/target", coach_said="And?", htmx=True)
    assert answer.status_code == 200


def test_nothing_heard_leaves_nothing(running: str, as_: SignIn, rows: Rows) -> None:
    assert as_("cleo").post(f"{running}/observations/target", {"coach_said": " "}, htmx=True).status_code == 200
    assert rows(CoachingObservation, question="target") == []


def test_what_was_heard_can_be_taken_back(cast: Cast, as_: SignIn, rows: Rows) -> None:
    address = f"/cycles/{cast.coached.cycle}/observations/obstacles"
    assert as_("cleo").post(address, {"version": 1}, htmx=True).status_code == 200
    assert [row.coach_said for row in rows(CoachingObservation)] == [""]


def test_two_devices_of_a_second_coach_lose_neither_text(cast: Cast, as_: SignIn, rows: Rows) -> None:
    cleo, address = as_("cleo"), f"/cycles/{cast.coached.cycle}/observations/obstacles"
    assert cleo.post(address, {"coach_said": "From the phone", "version": 1}, htmx=True).status_code == 200
    answer = cleo.post(address, {"coach_said": "From the tablet", "version": 1}, htmx=True)
    assert answer.status_code == 409
    assert "From the phone" in answer.text
    assert "From the tablet" in answer.text
    version = answer.text.split('name="version" value="')[1].split('"')[0]
    again = {"coach_said": "From both", "version": version}
    assert cleo.post(address, again, htmx=True).status_code == 200
    assert [row.coach_said for row in rows(CoachingObservation)] == ["From both"]


def test_the_same_words_sent_twice_are_no_conflict(
    running: str, as_: SignIn, verbs: Callable[[str], list[str]]
) -> None:
    cleo, before = as_("cleo"), len(verbs("coaching_observation"))
    for _time in range(2):
        assert cleo.post(f"{running}/observations/target", {"coach_said": "So?"}, htmx=True).status_code == 200
    assert verbs("coaching_observation")[before:] == ["watched"]


@pytest.mark.parametrize("htmx", [True, False])
def test_a_text_that_is_too_long_is_all_still_there(htmx: bool, running: str, as_: SignIn) -> None:
    sent = {"coach_said": "x" * 4001, "learner_said": "short"}
    answer = as_("cleo").post(f"{running}/observations/target", sent, htmx=htmx)
    assert answer.status_code == 422
    assert sent["coach_said"] in answer.text
    assert "short" in answer.text
    assert "longer than 4000" in answer.text


@pytest.mark.parametrize("question", ["feedback", "closing", "nonsense", "practice"])
def test_the_card_has_no_such_question(question: str, running: str, as_: SignIn) -> None:
    assert as_("cleo").post(f"{running}/observations/{question}", {"coach_said": "x"}).status_code == 404


def test_nothing_of_it_is_recorded_with_the_board(app: Flask, running: str, as_: SignIn) -> None:
    cleo = as_("cleo")
    cleo.post(f"{running}/observations/target", {"coach_said": "So?"})
    cleo.post(f"{running}/instruction", TOLD)
    with app.app_context():
        kinds = ("coaching_observation", "instruction")
        told = db.session.query(Activity).filter(Activity.subject_type.in_(kinds)).all()
        assert {(row.board_id, row.team_id) for row in told} == {(None, None)}
        assert len(told) == 4


# The one instruction ----------------------------------------------------------------------------------------------


def test_an_instruction_meets_the_coach_at_its_question_in_the_next_cycle(
    cast: Cast, running: str, as_: SignIn
) -> None:
    cleo, ben = as_("cleo"), as_("ben")
    answer = cleo.fill_in(f"{running}/observation", f"{running}/instruction", **TOLD, htmx=True)
    assert answer.status_code == 200
    ben.post(f"{running}/closing", {"feedback": "Good."})
    ben.post(f"{cast.board.path}/cycles", {"once": "next one"})
    guide = f"{cast.board.path}/coach"
    here = ben.get(guide).text
    assert "Ask by when." in here
    assert INSTRUCTION not in here  # it is called for at another question
    cycle = max(int(number) for number in _cycles(here))
    ben.post(f"/cycles/{cycle}/turn", {"left": "target", "words": "", "to": "actual"})
    there = ben.get(guide).text
    assert "Ask by when." not in there
    assert INSTRUCTION in there


def _cycles(page: str) -> list[str]:
    return [part.split("/")[0].split('"')[0] for part in page.split('action="/cycles/')[1:]]


def test_only_the_coach_and_who_gave_it_ever_see_it(running: str, cast: Cast, as_: SignIn) -> None:
    as_("cleo").post(f"{running}/instruction", TOLD)
    for name in ("ana", "gus", "root", "dev"):
        client = as_(name)
        for address in (running, f"{running}/observation", f"{cast.board.path}/cycles", cast.board.path, "/"):
            assert str(escape(TOLD["words"])) not in client.get(address).text
    for name in ("ben", "cleo"):
        assert TOLD["words"] in as_(name).get(running).text


def test_it_is_reworded_while_the_coach_carries_it(cast: Cast, as_: SignIn, rows: Rows) -> None:
    path = f"/cycles/{cast.coached.cycle}"
    answer = as_("cleo").fill_in(f"{path}/observation", f"{path}/instruction", words="Ask and wait.", htmx=True)
    assert answer.status_code == 200
    (kept,) = rows(Instruction)
    assert (kept.trigger, kept.words, kept.question) == (TRIGGER, "Ask and wait.", "actual")


def test_a_habit_stays_as_it_was_said(cast: Cast, as_: SignIn, rows: Rows) -> None:
    as_("ben").post(f"/instructions/{cast.coached.instruction}/habit")
    path, cleo = f"/cycles/{cast.coached.cycle}", as_("cleo")
    assert "A habit since 3 June" in cleo.get(f"{path}/observation").text
    answer = cleo.post(f"{path}/instruction", {**TOLD, "version": 2}, htmx=True)
    assert answer.status_code == 422
    assert "It is a habit by now" in answer.text
    assert [row.words for row in rows(Instruction)] == [INSTRUCTION]
    assert "A habit since 3 June" in as_("ben").get(path).text


def test_two_devices_lose_neither_wording(cast: Cast, as_: SignIn) -> None:
    cleo, address = as_("cleo"), f"/cycles/{cast.coached.cycle}/instruction"
    assert cleo.post(address, {**TOLD, "version": 1}, htmx=True).status_code == 200
    answer = cleo.post(address, {**TOLD, "words": "Something else", "version": 1}, htmx=True)
    assert answer.status_code == 409
    assert "Something else" in answer.text
    assert TOLD["words"] in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"question": ""}, "Choose the question"),
        ({"question": "closing"}, "Not a valid choice"),
        ({"trigger": " "}, "Say by which sign"),
        ({"trigger": "x" * 201}, "longer than 200"),
        ({"words": ""}, "Write the one thing to do."),
        ({"words": "x" * 2001}, "longer than 2000"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_missing_is_said_at_its_field(
    fields: dict[str, str], said: str, htmx: bool, running: str, as_: SignIn, rows: Rows
) -> None:
    answer = as_("cleo").post(f"{running}/instruction", {**TOLD, **fields}, htmx=htmx)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(rows(Instruction)) == 1


def test_after_a_cycle_was_taken_over_the_one_before_keeps_the_instruction(
    app: Flask, cast: Cast, as_: SignIn, rows: Rows
) -> None:
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        board.coach_id = cast["eve"].id
        db.session.get_one(CoachingCycle, cast.coached.cycle).coach_id = cast["eve"].id
        db.session.commit()
    path, cleo = f"/cycles/{cast.coached.cycle}", as_("cleo")
    assert "Given to the coach who ran the cycle before." in cleo.get(f"{path}/observation").text
    answer = cleo.post(f"{path}/instruction", {**TOLD, "version": 1}, htmx=True)
    assert answer.status_code == 422
    assert "One instruction a cycle" in answer.text
    assert [row.coach_id for row in rows(Instruction)] == [cast["ben"].id]
    assert cleo.post(f"{path}/observations/obstacles", {"coach_said": "Eve now"}, htmx=True).status_code == 200
    assert [row.coach_id for row in rows(CoachingObservation)] == [cast["ben"].id, cast["eve"].id]


def test_the_questions_fit_what_the_tables_hold() -> None:
    widths = (CoachingObservation.question, Instruction.question, CycleNote.part)
    longest = max(len(part) for part in card.PARTS)
    assert all(column.type.length >= longest for column in widths)
