"""What a board asks for at every stage, and where on the kata's way it says it is. Pure: no database is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from kata.storyboards import prompts
from kata.storyboards.prompts import Prompt

TODAY = date(2026, 6, 3)
NOW = datetime(2026, 6, 3, 9, 31, tzinfo=UTC)
NOTHING = dict.fromkeys(
    (
        "challenge_id",
        "described_at",
        "target_id",
        "target_number",
        "target_ended_at",
        "achieve_by",
        "focus_id",
        "focus",
        "open_id",
        "open_step",
        "open_expectation",
        "open_happened",
        "open_check_on",
        "ended_on",
        "archived_at",
    )
)
STATED: dict[str, Any] = {"challenge_id": 1}
GRASPED = {**STATED, "described_at": NOW - timedelta(days=9)}
AIMED = {**GRASPED, "target_id": 5, "target_number": 2, "achieve_by": TODAY + timedelta(9)}
FOCUSED = {**AIMED, "focus_id": 3, "focus": "Nobody decides"}
DRAFT = {**FOCUSED, "open_id": 8, "open_step": "Ask at noon", "open_expectation": "", "open_happened": ""}
RUNNING = {**DRAFT, "open_expectation": "Half answer.", "open_check_on": TODAY + timedelta(2)}
DUE = {**RUNNING, "open_check_on": TODAY}
LATE = {**RUNNING, "open_check_on": TODAY - timedelta(1)}
SEEN = {**RUNNING, "open_happened": "Two did."}
REACHED = {**FOCUSED, "achieve_by": TODAY}
PASSED = {**FOCUSED, "achieve_by": TODAY - timedelta(1)}
OVER = {**AIMED, "target_ended_at": NOW - timedelta(1)}
AFRESH = {**OVER, "described_at": NOW}


def head(facts: dict[str, Any]) -> Any:
    return SimpleNamespace(id=7, **{**NOTHING, **facts})


def ask(app: Flask, facts: dict[str, Any], today: date = TODAY) -> Prompt:
    with app.test_request_context():
        found = prompts.prompt(head(facts), today)
    assert found is not None
    return found


STAGES = [
    pytest.param({}, 1, "challenge", "/boards/7/challenge/edit", id="nothing yet"),
    pytest.param(STATED, 2, "grasp", "/boards/7/conditions/new", id="challenge stated"),
    pytest.param(GRASPED, 3, "target", "/boards/7/targets/new", id="condition grasped"),
    pytest.param(AIMED, 4, "focus", "/boards/7#obstacles", id="target condition set"),
    pytest.param(FOCUSED, 4, "plan", "/boards/7/experiments/new", id="obstacle in focus"),
    pytest.param(DRAFT, 4, "expect", "/experiments/8/edit", id="planned without an expectation"),
    pytest.param(RUNNING, 4, "running", "/experiments/8/conclusion", id="running"),
    pytest.param(DUE, 4, "result", "/experiments/8/conclusion", id="to be seen today"),
    pytest.param(LATE, 4, "result", "/experiments/8/conclusion", id="overdue"),
    pytest.param(SEEN, 4, "learn", "/experiments/8/conclusion", id="happened, nothing learned yet"),
    pytest.param(REACHED, 4, "reflect", "/targets/5/ending", id="the date is today"),
    pytest.param(PASSED, 4, "reflect", "/targets/5/ending", id="the date has passed"),
    pytest.param(OVER, 2, "grasp", "/boards/7/conditions/new", id="target condition ended"),
    pytest.param(AFRESH, 3, "target", "/boards/7/targets/new", id="looked at afresh"),
]


@pytest.mark.parametrize(("facts", "step", "kind", "where"), STAGES)
def test_each_stage_asks_for_its_own_step(
    shared_app: Flask, facts: dict[str, Any], step: int, kind: str, where: str
) -> None:
    asked = ask(shared_app, facts)
    assert (prompts.here(head(facts)), asked.kind, asked.where) == (step, kind, where)
    assert asked.title
    assert asked.action


def test_a_board_without_a_challenge_that_has_the_rest_is_still_asked_for_it(shared_app: Flask) -> None:
    assert ask(shared_app, {**FOCUSED, "challenge_id": None}).kind == "challenge"


@pytest.mark.parametrize("facts", [LATE, SEEN, DRAFT], ids=["overdue", "learning", "draft"])
def test_what_is_open_comes_before_the_reflection(shared_app: Flask, facts: dict[str, Any]) -> None:
    assert ask(shared_app, {**facts, "achieve_by": TODAY - timedelta(5)}).where.startswith("/experiments/8")


def test_a_running_experiment_without_a_day_is_due_at_once(shared_app: Flask) -> None:
    assert ask(shared_app, {**RUNNING, "open_check_on": None}).kind == "result"


def test_a_running_experiment_past_the_date_still_waits_for_its_day(shared_app: Flask) -> None:
    assert ask(shared_app, {**RUNNING, "achieve_by": TODAY - timedelta(1)}).kind == "running"


@pytest.mark.parametrize("ending", ["ended_on", "archived_at"])
def test_a_board_that_is_over_asks_for_nothing(shared_app: Flask, ending: str) -> None:
    with shared_app.test_request_context():
        assert prompts.prompt(head({**RUNNING, ending: TODAY}), TODAY) is None


def test_the_kinds_come_in_the_order_of_today(shared_app: Flask) -> None:
    facts = [LATE, SEEN, PASSED, FOCUSED, AFRESH, {}, RUNNING]
    urgency = [ask(shared_app, each).urgency for each in facts]
    assert urgency == sorted(urgency)
    assert urgency[-1] >= 7 > urgency[-2]


def test_a_condition_described_at_the_moment_of_the_end_counts_as_afresh() -> None:
    assert not prompts.needs_grasp(head({**OVER, "described_at": OVER["target_ended_at"]}))


def test_what_is_due_names_its_day(shared_app: Flask) -> None:
    assert ask(shared_app, LATE).due == TODAY - timedelta(1)
    assert ask(shared_app, PASSED).due == TODAY - timedelta(1)
    assert ask(shared_app, FOCUSED).due is None


def test_what_is_due_today_says_today_and_what_is_over_says_so(shared_app: Flask) -> None:
    assert "today" in ask(shared_app, REACHED).title
    assert "passed" in ask(shared_app, PASSED).title
