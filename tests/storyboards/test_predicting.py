"""Rule 1, predict before you look; and rule 11, what happened and what we learned are two fields."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kata.extensions import db
from kata.storyboards.actions import experiments as actions
from kata.storyboards.models import Amendment, Experiment
from kata.storyboards.models.experiments import stage
from tests.cast import TODAY, Cast
from tests.storyboards.held import a_conclusion, a_plan, board, experiment, in_days, recorded, refused


@pytest.fixture
def running(in_app: Flask, cast: Cast) -> Experiment:
    return experiment(cast, cast.board.running)


@pytest.fixture
def concluded(in_app: Flask, cast: Cast) -> Experiment:
    return experiment(cast, cast.board.concluded)


@pytest.fixture
def draft(cast: Cast, running: Experiment) -> Experiment:
    """An experiment whose expectation nobody has written yet."""
    actions.set_aside(running, running.version, "Something else first.", by=cast["ana"].id)
    return actions.plan(board(cast), a_plan(expectation=""), by=cast["ana"].id)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("", "", "", ""), "draft"),
        (("", "", "", "It halves."), "running"),
        (("", "", "It did not.", "It halves."), "seen"),
        (("", "We were wrong.", "It did not.", "It halves."), "concluded"),
        (("No time.", "", "", ""), "set aside"),
        (("No time.", "", "It did not.", "It halves."), "set aside"),
    ],
)
def test_the_stage_follows_from_what_is_written(written: tuple[str, str, str, str], expected: str) -> None:
    assert stage(*written) == expected


def test_without_an_expectation_a_plan_is_a_draft_that_has_not_started(draft: Experiment) -> None:
    assert (draft.stage, draft.started_at) == ("draft", None)


def test_an_expectation_starts_the_experiment(cast: Cast, draft: Experiment) -> None:
    actions.replan(draft, draft.version, a_plan(), by=cast["ana"].id)
    assert draft.stage == "running"
    assert draft.started_at is not None


def test_an_expectation_taken_back_makes_it_a_draft_again(cast: Cast, running: Experiment) -> None:
    actions.replan(running, running.version, a_plan(expectation=""), by=cast["ana"].id)
    assert (running.stage, running.started_at) == ("draft", None)


def test_a_result_before_the_expectation_is_refused(cast: Cast, draft: Experiment) -> None:
    with refused("expectation", "before you look"):
        actions.conclude(draft, draft.version, by=cast["ana"].id, **a_conclusion())


@pytest.mark.database
@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"expectation": "", "happened": "Seen."}, "predict_before_you_look"),
        ({"happened": "", "learned": "Guessed."}, "learning_after_result"),
        ({"ended_at": sa.func.current_timestamp()}, "ended_with_learning_or_reason"),
    ],
)
def test_the_database_refuses_it_too(running: Experiment, values: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        db.session.execute(sa.update(Experiment.__table__).where(Experiment.id == running.id).values(values))


def test_the_plan_can_be_reworded_until_a_result_is_written(cast: Cast, running: Experiment) -> None:
    actions.replan(running, running.version, a_plan(step="Ask at one"), by=cast["ana"].id)
    assert running.step == "Ask at one"
    actions.conclude(running, running.version, by=cast["ana"].id, **a_conclusion())
    with refused("", "locked"):
        actions.replan(running, running.version, a_plan(step="Ask at two"), by=cast["ana"].id)
    assert running.step == "Ask at one"


def test_learning_comes_after_what_happened(cast: Cast, running: Experiment) -> None:
    with refused("happened"):
        running.learn("We were wrong.")
    assert running.learned == ""


def test_what_happened_can_be_logged_today_and_the_learning_later(cast: Cast, running: Experiment) -> None:
    actions.conclude(running, running.version, by=cast["ana"].id, **a_conclusion())
    assert (running.stage, running.ended_at) == ("seen", None)
    actions.conclude(running, running.version, by=cast["ana"].id, **a_conclusion(learned="Once is enough."))
    assert running.stage == "concluded"
    assert (running.happened, running.learned) == ("Two of five came back.", "Once is enough.")
    assert recorded("experiment", running.id) == ["planned", "saw what happened", "concluded"]


def test_what_happened_cannot_lie_ahead(cast: Cast, running: Experiment) -> None:
    with refused("happened_on"):
        actions.conclude(running, running.version, by=cast["ana"].id, **a_conclusion(happened_on=in_days(1)))


def test_an_ended_experiment_takes_no_other_result(cast: Cast, concluded: Experiment) -> None:
    with refused("", "amendment"):
        actions.conclude(concluded, concluded.version, by=cast["ana"].id, **a_conclusion("Five of five."))
    with refused("", "amendment"):
        actions.set_aside(concluded, concluded.version, "No.", by=cast["ana"].id)


def test_a_number_is_expected_of_a_measure(cast: Cast, running: Experiment) -> None:
    with refused("measure_id"):
        actions.replan(running, running.version, a_plan(expected_value=4.0), by=cast["ana"].id)


def test_another_teams_measure_cannot_be_expected(cast: Cast, running: Experiment) -> None:
    theirs = a_plan(expected_value=4.0, measure_id=cast.measures["other"])
    with refused("measure_id", "team's own"):
        actions.replan(running, running.version, theirs, by=cast["ana"].id)


@pytest.mark.parametrize("field", ["step", "expectation", "happened", "learned"])
def test_an_amendment_keeps_who_when_and_what_it_said_before(cast: Cast, concluded: Experiment, field: str) -> None:
    before = getattr(concluded, field)
    made = actions.amend(concluded, concluded.version, field, "As it should read", by=cast["gus"].id)
    assert getattr(concluded, field) == "As it should read"
    kept = db.session.get_one(Amendment, made.id)
    assert (kept.before, kept.after, kept.by_id) == (before, "As it should read", cast["gus"].id)
    assert kept.at.date() == TODAY
    assert recorded("amendment", made.id) == ["amended"]


def test_what_is_not_locked_is_changed_and_not_amended(cast: Cast, running: Experiment) -> None:
    with refused("field", "plan itself"):
        actions.amend(running, running.version, "step", "Better", by=cast["ana"].id)
    with refused("field"):
        actions.amend(running, running.version, "learned", "Better", by=cast["ana"].id)


def test_only_the_four_texts_can_be_amended(cast: Cast, concluded: Experiment) -> None:
    with refused("field"):
        actions.amend(concluded, concluded.version, "number", "7", by=cast["ana"].id)


def test_an_amendment_does_not_take_the_words_away(cast: Cast, concluded: Experiment) -> None:
    with refused("words"):
        actions.amend(concluded, concluded.version, "learned", "  ", by=cast["ana"].id)


def test_setting_aside_needs_a_reason(cast: Cast, running: Experiment) -> None:
    with refused("reason"):
        actions.set_aside(running, running.version, " ", by=cast["ana"].id)
    assert running.stage == "running"
