"""A file whose rows are events: tickets counted by the week, hours from one date to another, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.measures.models import Measure
from tests.imports.conftest import Bring

TICKETS = """opened_at,resolved_at,made_sla,team,score
05/01/2026 08:00,05/01/2026 12:00,true,A,9
06/01/2026 08:00,06/01/2026 10:00,false,A,10
07/01/2026 08:00,?,true,A,3
13/01/2026 08:00,14/01/2026 08:00,true,A,8
13/01/2026 09:00,13/01/2026 08:00,true,B,11
27/01/2026 08:00,27/01/2026 09:00,false,A,9
"""
NEW = {"measure": "new", "name": "Counted", "measure_kind": "outcome", "better": "up"}
EVENTS = {"kind": "events", "date": "opened_at", "period": "week", "keep_unfinished": "y", **NEW}
Values = Callable[[int], dict[str, float]]


@pytest.fixture
def counted(app: Flask, bring: Bring, values: Values) -> Callable[..., dict[str, float]]:
    """The readings that some choices come to."""

    def do(**choices: Any) -> dict[str, float]:
        brought = bring(TICKETS)
        brought.choose(**{**EVENTS, **choices})
        assert brought.has_form("/saving"), brought.page.text
        brought.save()
        with app.app_context():
            measure_id = db.session.scalars(sa.select(Measure.id).where(Measure.name == "Counted")).one()
        return values(measure_id)

    return do


@pytest.mark.database
def test_share_of_rows(counted: Any) -> None:
    found = counted(what="share", share='["made_sla", "true"]', group='["team", "A"]')
    assert found == {"2026-01-05": pytest.approx(200 / 3), "2026-01-12": 100.0, "2026-01-26": 0.0}


def test_share_by_a_condition_of_ones_own(counted: Any) -> None:
    found = counted(what="share", share="own", share_column="score", share_test="at_least", share_value="9")
    assert found == {"2026-01-05": pytest.approx(200 / 3), "2026-01-12": 50.0, "2026-01-26": 100.0}


def test_median_hours_between_two_dates(counted: Any) -> None:
    found = counted(what="time", start="opened_at", end="resolved_at", unit_of_time="hours", average="median")
    assert found == {"2026-01-05": 3.0, "2026-01-12": 24.0, "2026-01-26": 1.0}


def test_number_of_rows_with_zero_for_an_empty_week(counted: Any) -> None:
    found = counted(what="rows", zero="y")
    assert found == {"2026-01-05": 3.0, "2026-01-12": 2.0, "2026-01-19": 0.0, "2026-01-26": 1.0}


def test_percentile_of_a_column(counted: Any) -> None:
    found = counted(what="number", number="score", average="percentile", percent="50", period="month")
    assert found == {"2026-01-01": 9.0}


def test_recommendation_leaves_out_what_is_no_answer(bring: Bring) -> None:
    brought = bring(TICKETS)
    told = brought.choose(**EVENTS, what="answers", answers="score", question="nps")
    assert "hold an answer that the question does not offer" in told
    assert "row 6 “11”" in told


def test_rows_that_do_not_count_are_told_by_reason_with_examples(bring: Bring) -> None:
    told = bring(TICKETS).choose(**EVENTS, what="time", start="opened_at", end="resolved_at", average="mean")
    assert "Of 6 rows, 4 count" in told
    assert "say nothing in the column that counts" in told
    assert "end before they start" in told


def test_the_last_period_is_left_out_while_it_is_not_over(bring: Bring) -> None:
    told = bring(TICKETS).choose(**{**EVENTS, "keep_unfinished": ""}, what="rows")
    assert "The last period is not over in this file and is left out." in told


def test_what_is_missing_is_said_at_its_field(bring: Bring) -> None:
    brought = bring(TICKETS)
    for choices, words in (
        ({}, "Say what to count."),
        ({"what": "share"}, "Pick which rows count."),
        ({"what": "time"}, "Pick the column of the beginning."),
        ({"what": "rows", "date": ""}, "Pick the column that says on which day it was."),
        ({"what": "rows", "name": ""}, "Give the measure a name."),
        ({"what": "number", "number": "score", "average": "percentile", "percent": "400"}, "between 0 and 100"),
        ({"what": "share", "share": "not json"}, "Look at these choices again."),
    ):
        answer = brought.client.post(brought.path, {**EVENTS, **choices})
        assert answer.status_code == 422
        assert words in answer.text


@pytest.mark.database
def test_a_new_measure_knows_what_it_counts(app: Flask, counted: Any) -> None:
    counted(what="share", share='["made_sla", "true"]', group='["team", "A"]')
    with app.app_context():
        measure = db.session.scalars(sa.select(Measure).where(Measure.name == "Counted")).one()
        assert (measure.per, measure.low, measure.high, measure.unit, measure.cadence) == (100, 0, 100, "%", "week")
        assert measure.definition == (
            "The share of rows, in per cent, where “made_sla” is “true”, for each week by “opened_at”. "
            "Only rows where “team” is “A”."
        )
