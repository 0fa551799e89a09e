"""A cycle from its beginning to its end, as its coach goes through the card."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from kata.activity.models import Activity
from kata.coaching import card
from kata.coaching.models import CoachingCycle, CycleNote
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from tests.cast import TODAY, Cast
from tests.cast_coaching import INSTRUCTION, TRIGGER
from tests.client import Client
from tests.conftest import Frozen, SignIn


class Run:
    """Ben's cycle at ana's board, in a browser without scripts."""

    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client
        self.address = f"{cast.board.path}/coach"

    def begin(self) -> Run:
        answer = self.post(f"{self.cast.board.path}/cycles", once="a1")
        assert answer.status_code == 303, answer.text
        return self

    @property
    def id(self) -> int:
        with self.client.application.app_context():
            number = db.session.scalar(select(CoachingCycle.id).order_by(CoachingCycle.id.desc()).limit(1))
        assert number is not None
        return number

    def post(self, path: str, **form: Any) -> Any:
        return self.client.post(path, {**form, "csrf_token": self.client.csrf_token()})

    def turn(self, left: str, **form: Any) -> Any:
        return self.post(f"/cycles/{self.id}/turn", left=left, **form)

    def note(self, part: str) -> CycleNote | None:
        query = select(CycleNote).where(CycleNote.cycle_id == self.id, CycleNote.part == part)
        with self.client.application.app_context():
            return db.session.scalars(query).one_or_none()

    @property
    def cycle(self) -> CoachingCycle:
        with self.client.application.app_context():
            return db.session.get_one(CoachingCycle, self.id)

    @property
    def page(self) -> str:
        return self.client.get(self.address).text


@pytest.fixture
def run(cast: Cast, as_: SignIn) -> Run:
    return Run(cast, as_("ben"))


def nothing_open(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Experiment, cast.board.running).set_aside("For the test.")
        db.session.commit()


def test_a_cycle_begins_at_the_first_question_with_its_sheets_lit(run: Run) -> None:
    page = run.begin().page
    assert "How should the process run, and by when?" in page
    assert 'data-lit="target challenge"' in page


def test_beginning_twice_begins_once(run: Run, app: Flask) -> None:
    run.begin()
    run.post(f"{run.cast.board.path}/cycles", once="a2")
    with app.app_context():
        query = select(CoachingCycle).where(CoachingCycle.ended_at.is_(None))
        assert len(db.session.scalars(query).all()) == 1


def test_the_questions_come_in_the_order_of_the_card(run: Run) -> None:
    run.begin()
    places = [run.cycle.place]
    for left in card.KEYS:
        run.turn(left, words="", to=card.after(left))
        places.append(run.cycle.place)
    assert places == ["target", "actual", "last", "obstacles", "next", "see", "closing"]


def test_a_note_is_kept_with_the_seconds_that_its_question_took(run: Run, frozen: Frozen) -> None:
    run.begin()
    frozen.forward(seconds=95)
    run.turn("target", words="Knows it by heart.", to="actual")
    note = run.note("target")
    assert note is not None
    assert (note.words, note.seconds) == ("Knows it by heart.", 95)


def test_coming_back_to_a_question_shows_its_note_and_adds_to_its_time(run: Run, frozen: Frozen) -> None:
    run.begin()
    frozen.forward(seconds=60)
    run.turn("target", words="First.", to="actual")
    frozen.forward(seconds=30)
    run.turn("actual", words="", to="target")
    assert "First." in run.page
    frozen.forward(seconds=40)
    run.turn("target", words="First. And second.", version=1, to="actual")
    note = run.note("target")
    assert note is not None
    assert (note.words, note.seconds) == ("First. And second.", 100)


def test_a_closed_lid_is_not_time_at_the_question(run: Run, frozen: Frozen) -> None:
    run.begin()
    frozen.forward(hours=2)
    run.turn("target", words="Back again.", to="actual")
    note = run.note("target")
    assert note is not None
    assert note.seconds is None


def test_a_question_without_note_keeps_its_time_alone(run: Run, frozen: Frozen) -> None:
    run.begin()
    frozen.forward(seconds=20)
    run.turn("target", words="", to="actual")
    note = run.note("target")
    assert note is not None
    assert (note.words, note.seconds) == ("", 20)


def test_the_threshold_leads_from_any_question_straight_to_the_next_step(run: Run) -> None:
    run.begin()
    run.turn("target", words="", to="actual")
    run.turn("actual", words="“I think most of them”", threshold="1")
    cycle = run.cycle
    assert (cycle.place, cycle.threshold) == ("next", "actual")
    assert "the next step belongs there" in run.page


def test_what_the_second_coach_said_meets_the_coach_at_its_question_only(run: Run) -> None:
    run.begin()
    assert INSTRUCTION not in run.page
    run.turn("target", words="", to="actual")
    page = run.page
    assert INSTRUCTION in page
    assert TRIGGER in page
    run.turn("actual", words="", to="last")
    assert INSTRUCTION not in run.page


def test_the_next_step_stands_on_the_board_and_its_day_too(run: Run, app: Flask, cast: Cast) -> None:
    nothing_open(app, cast)
    run.begin()
    run.turn("target", words="", to="next")
    answer = run.post(
        f"/cycles/{run.id}/step", once="b1", kind="go and see", step="Stand beside the printer", expectation="Two wait."
    )
    assert answer.status_code == 303, answer.text
    with app.app_context():
        step = db.session.get_one(Experiment, run.cycle.step_id)
        assert (step.step, step.expectation, step.board_id) == ("Stand beside the printer", "Two wait.", cast.board.id)
        assert step.check_on is None
        version = step.version
    assert run.cycle.place == "see"
    day = TODAY + timedelta(days=2)
    run.post(f"/cycles/{run.id}/seeing", check_on=day.isoformat(), version=version)
    with app.app_context():
        assert db.session.get_one(Experiment, run.cycle.step_id).check_on == day
    assert run.cycle.place == "closing"


def test_planning_twice_by_one_submission_plans_once(run: Run, app: Flask, cast: Cast) -> None:
    nothing_open(app, cast)
    run.begin()
    run.turn("target", words="", to="next")
    form = {"once": "b1", "kind": "go and see", "step": "Stand there", "expectation": "Two wait."}
    answers = [run.post(f"/cycles/{run.id}/step", **form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        query = select(Experiment).where(Experiment.board_id == cast.board.id, Experiment.step == "Stand there")
        assert len(db.session.scalars(query).all()) == 1


def test_an_open_experiment_may_stay_the_next_step(run: Run, cast: Cast) -> None:
    run.begin()
    run.turn("target", words="", to="next")
    assert "It stays the next step" in run.page
    run.post(f"/cycles/{run.id}/step", keep="1")
    cycle = run.cycle
    assert (cycle.step_id, cycle.place) == (cast.board.running, "see")


def test_a_day_that_has_passed_is_refused_and_what_was_chosen_stays(run: Run, app: Flask, cast: Cast) -> None:
    run.begin()
    run.turn("target", words="", to="next")
    run.post(f"/cycles/{run.id}/step", keep="1")
    with app.app_context():
        version = db.session.get_one(Experiment, cast.board.running).version
    answer = run.post(f"/cycles/{run.id}/seeing", check_on="2026-06-01", version=version)
    assert answer.status_code == 422
    assert "That day has passed." in answer.text
    assert 'value="2026-06-01"' in answer.text
    assert run.cycle.place == "see"


def test_ending_the_cycle_keeps_feedback_and_practice(run: Run) -> None:
    run.begin()
    run.turn("target", words="", to="closing")
    answer = run.post(f"/cycles/{run.id}/closing", feedback="You counted first.", practice="Wait longer.")
    assert answer.status_code == 303
    assert answer.location == f"/cycles/{run.id}"
    feedback, practice, cycle = run.note("feedback"), run.note("practice"), run.cycle
    assert feedback is not None
    assert practice is not None
    assert (feedback.words, practice.words) == ("You counted first.", "Wait longer.")
    assert (cycle.status, cycle.held_on) == ("held", TODAY)


def test_the_boards_history_tells_that_a_cycle_was_held_and_nothing_that_was_said(
    run: Run, cast: Cast, as_: SignIn
) -> None:
    run.begin()
    run.turn("target", words="Knows it by heart.", to="closing")
    run.post(f"/cycles/{run.id}/closing", feedback="You counted first.", practice="Wait longer.")
    for name in ("ana", "eve", "root"):
        page = as_(name).get(f"{cast.board.path}/history").text
        assert "held a coaching cycle" in page
        for private in ("Knows it by heart.", "You counted first.", "Wait longer."):
            assert private not in page, name


def test_what_is_said_at_a_cycle_is_recorded_apart_from_the_board(run: Run, app: Flask, cast: Cast) -> None:
    run.begin()
    run.turn("target", words="Knows it by heart.", to="actual")
    with app.app_context():
        rows = db.session.scalars(select(Activity).where(Activity.subject_type == "cycle_note")).all()
        assert any("Knows it by heart." in str(row.snapshot) for row in rows), "every change keeps who and when"
        assert all(row.board_id is None and row.team_id is None for row in rows)


def test_a_turn_sends_the_guide_alone(run: Run) -> None:
    run.begin()
    form = {"left": "target", "words": "", "to": "actual", "csrf_token": run.client.csrf_token()}
    answer = run.client.post(f"/cycles/{run.id}/turn", form, htmx=True)
    assert answer.status_code == 200
    assert 'id="guide"' in answer.text
    assert 'id="record"' not in answer.text


def question_since(page: str) -> str:
    """The mark up to which a wall knows the question."""
    return page.split("/question?since=")[1].split('"')[0]


def test_the_wall_shows_the_question_and_what_answers_it_to_everyone_at_the_board(
    run: Run, cast: Cast, as_: SignIn
) -> None:
    eve = as_("eve")
    wall = f"{cast.board.path}/wall"
    assert 'data-lit=""' in eve.get(wall).text
    run.begin()
    run.turn("target", words="Knows it by heart.", to="obstacles")
    page = eve.get(wall).text
    assert 'data-lit="obstacles"' in page
    assert "Which one are you working on now?" in page
    assert "Knows it by heart." not in page


def test_the_wall_is_told_nothing_new_until_the_coach_moves(run: Run, cast: Cast, as_: SignIn) -> None:
    gus, address = as_("gus"), f"{cast.board.path}/question"
    since = question_since(gus.get(f"{cast.board.path}/wall").text)
    assert gus.get(f"{address}?since={since}", htmx=True).status_code == 204
    run.begin()
    begun = gus.get(f"{address}?since={since}", htmx=True)
    assert 'data-lit="target challenge"' in begun.text
    since = question_since(begun.text)
    assert gus.get(f"{address}?since={since}", htmx=True).status_code == 204
    run.turn("target", words="", to="actual")
    assert 'data-lit="actual process"' in gus.get(f"{address}?since={since}", htmx=True).text


def test_the_question_goes_from_the_wall_when_the_cycle_ends(run: Run, cast: Cast, as_: SignIn) -> None:
    run.begin()
    gus, address = as_("gus"), f"{cast.board.path}/question"
    since = question_since(gus.get(f"{cast.board.path}/wall").text)
    run.post(f"/cycles/{run.id}/closing", feedback="You counted first.", practice="")
    ended = gus.get(f"{address}?since={since}", htmx=True).text
    assert "hidden" in ended
    assert "How should the process run" not in ended


def test_a_turn_asks_nothing_about_the_sheets_of_the_board(run: Run, statements: Any) -> None:
    run.begin()
    address, client = f"/cycles/{run.id}/turn", run.client
    form = {"left": "target", "to": "actual", "words": "Knows it by heart", "csrf_token": client.csrf_token()}
    with statements() as asked:
        assert client.post(address, form, htmx=True).status_code == 200
    assert not any("target_condition" in each for each in asked)
    assert len(asked) <= 9, asked


def test_a_wall_asks_for_the_question_in_three_statements(run: Run, cast: Cast, as_: SignIn, statements: Any) -> None:
    run.begin()
    gus = as_("gus")
    since = question_since(gus.get(f"{cast.board.path}/wall").text)
    with statements() as asked:
        gus.get(f"{cast.board.path}/question?since={since}", htmx=True)
    assert len(asked) == 3, asked


def test_without_scripts_the_question_is_on_the_wall(run: Run, cast: Cast, as_: SignIn) -> None:
    answer = as_("gus").get(f"{cast.board.path}/question")
    assert (answer.status_code, answer.location) == (303, f"{cast.board.path}/wall")


def test_a_learner_is_not_coached_by_themselves(app: Flask, cast: Cast, as_: SignIn) -> None:
    """Ben is coach of the team; at a board where he learns himself he does not begin a cycle."""
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        board.learner_id, board.coach_id, board.second_coach_id = cast["ben"].id, cast["cleo"].id, None
        db.session.commit()
    ben = as_("ben")
    assert "Nobody coaches themselves" in ben.get(f"{cast.board.path}/coach").text
    answer = ben.post(f"{cast.board.path}/cycles", {"once": "a1", "csrf_token": ben.csrf_token()})
    assert answer.status_code == 422
    assert "Nobody coaches themselves" in answer.text
    with app.app_context():
        assert db.session.scalar(select(CoachingCycle.id).where(CoachingCycle.ended_at.is_(None))) is None


def test_at_the_end_the_coach_writes_down_at_which_level_they_saw_a_skill(run: Run, cast: Cast) -> None:
    run.begin()
    run.turn("target", words="", to="closing")
    page = run.page
    assert "What you observed" in page
    assert f"/people/{cast['ana'].id}/levels/new?skill={cast.coached.skill}" in page
    seen = {"level": "3", "evidence": "Counted before she explained.", "observed_on": TODAY.isoformat()}
    answer = run.post(
        f"/people/{cast['ana'].id}/levels", once="l1", skill_id=cast.coached.skill, cycle_id=run.id, **seen
    )
    assert answer.location == f"{run.address}#level-new"
    assert "Counted before she explained." in run.page


def test_the_end_of_a_cycle_costs_no_more_statements_than_a_question(run: Run, statements: Any) -> None:
    run.begin()
    run.turn("target", words="", to="closing")
    with statements() as asked:
        run.client.get(run.address)
    assert len(asked) <= 12, asked


def test_before_the_cycle_the_next_planned_one_is_told(run: Run) -> None:
    assert "Next cycle:" in run.page
