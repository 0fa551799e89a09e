"""The rules that say which learner needs their coach: each fires at its bound and not before it, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from kata.coaching import needs
from kata.coaching.needs import IDLE, NEAR, ONE_OBSTACLE, RULES, WITHOUT_CYCLE, Facts, Need
from kata.coaching.predictions import ALWAYS_RIGHT
from kata.teams.cadence import PracticeDays

WEEKDAYS = PracticeDays.of((1, 2, 3, 4, 5))
TODAY = date(2026, 6, 3)


def practice_days_ago(days: int) -> date:
    """The practice day that lies so many practice days before today."""
    day = TODAY
    while WEEKDAYS.practice_days_between(day, TODAY) < days or day not in WEEKDAYS:
        day -= timedelta(1)
    return day


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def facts(*, predictions: tuple[tuple[float, float], ...] = (), **head: Any) -> Facts:
    """A board at which nothing is wrong, but for what a test says."""
    quiet: dict[str, Any] = {
        "id": 7,
        "practice_days": WEEKDAYS.mask,
        "time_zone": "Europe/London",
        "started_at": at_noon(TODAY - timedelta(60)),
        "open_id": 17,
        "open_expectation": "Two of nine",
        "open_happened": "",
        "open_check_on": TODAY,
        "target_id": 3,
        "target_ended_at": None,
        "target_set": at_noon(TODAY),
        "achieve_by": TODAY + timedelta(NEAR + 1),
        "last_try_ended": at_noon(TODAY),
        "last_cycle": TODAY,
        "focused_at": at_noon(TODAY),
    }
    return Facts(SimpleNamespace(**{**quiet, **head}), TODAY, predictions)


def seen(of: Facts) -> list[str]:
    return [need.rule for need in needs.needs(of)]


@pytest.fixture(autouse=True)
def _words(app: Flask) -> Any:
    """The sentences are translated, which needs an app."""
    with app.test_request_context():
        yield


def test_at_a_board_that_goes_its_way_no_rule_says_anything() -> None:
    assert seen(facts()) == []


def test_a_result_is_overdue_from_the_day_after_it_was_due() -> None:
    assert seen(facts(open_check_on=TODAY)) == []
    [need] = needs.needs(facts(open_check_on=practice_days_ago(2)))
    assert (need.rule, need.text) == ("result_overdue", "A result is overdue by 2 practice days.")
    assert need.where == "/experiments/17"


def test_a_result_that_is_written_is_not_overdue() -> None:
    assert seen(facts(open_check_on=practice_days_ago(2), open_happened="Four of nine")) == []


def test_a_target_date_is_near_five_days_before_it_and_on_it() -> None:
    for left, expected in ((NEAR + 1, []), (NEAR, ["target_near"]), (0, ["target_near"]), (-1, ["target_passed"])):
        assert seen(facts(achieve_by=TODAY + timedelta(left))) == expected, left


def test_a_target_condition_that_has_ended_has_no_date() -> None:
    assert seen(facts(achieve_by=TODAY, target_ended_at=at_noon(TODAY))) == []


def test_no_experiment_is_said_after_three_practice_days_not_over_a_weekend() -> None:
    friday_evening = facts(
        open_id=None, last_try_ended=at_noon(date(2026, 5, 29)), target_set=at_noon(date(2026, 5, 1))
    )
    assert friday_evening.practice_days_since(date(2026, 5, 29)) == IDLE
    assert seen(friday_evening) == ["no_experiment"]
    monday = facts(open_id=None, last_try_ended=at_noon(date(2026, 6, 1)), target_set=at_noon(date(2026, 5, 1)))
    assert seen(monday) == []


def test_a_target_that_was_set_lately_waits_for_its_first_experiment() -> None:
    assert seen(facts(open_id=None, last_try_ended=None, target_set=at_noon(TODAY))) == []
    assert seen(facts(open_id=None, last_try_ended=None, target_set=at_noon(practice_days_ago(IDLE)))) == [
        "no_experiment"
    ]


def test_no_cycle_is_said_after_five_practice_days() -> None:
    assert seen(facts(last_cycle=practice_days_ago(WITHOUT_CYCLE - 1))) == []
    [need] = needs.needs(facts(last_cycle=practice_days_ago(WITHOUT_CYCLE)))
    assert (need.text, need.where) == ("No cycle for 5 practice days.", "/boards/7/coach")


def test_a_board_that_was_never_coached_says_so_once_it_is_a_week_old() -> None:
    assert seen(facts(last_cycle=None, started_at=at_noon(practice_days_ago(1)))) == []
    [need] = needs.needs(facts(last_cycle=None))
    assert need.text == "No coaching cycle yet."


def test_one_obstacle_is_long_after_fifteen_practice_days() -> None:
    assert seen(facts(focused_at=at_noon(practice_days_ago(ONE_OBSTACLE - 1)))) == []
    assert seen(facts(focused_at=at_noon(practice_days_ago(ONE_OBSTACLE)))) == ["same_obstacle"]
    assert seen(facts(focused_at=None)) == []


def test_predictions_that_always_come_true_are_said_at_five_in_a_row() -> None:
    right = ((4.0, 4.0),) * ALWAYS_RIGHT
    assert seen(facts(predictions=right)) == ["always_right"]
    assert seen(facts(predictions=right[1:])) == []
    assert seen(facts(predictions=(*right[1:], (4.0, 5.0)))) == []


def test_an_older_surprise_does_not_hide_a_row_of_right_ones() -> None:
    assert seen(facts(predictions=(*((4.0, 4.0),) * ALWAYS_RIGHT, (4.0, 9.0)))) == ["always_right"]


def test_the_most_pressing_need_decides_the_order_then_how_many_there_are() -> None:
    def of(*ranks: int) -> tuple[Need, ...]:
        return tuple(Need("", rank, "", "") for rank in ranks)

    learners = [(), of(4), of(0), of(1), of(1, 5)]
    assert sorted(learners, key=needs.order) == [of(0), of(1, 5), of(1), of(4), ()]


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)
