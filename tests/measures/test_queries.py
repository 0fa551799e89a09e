"""What boards and lists read of measures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.measures import actions, queries
from kata.measures.models import Measure, Reading
from kata.measures.queries.values import _recent
from tests.cast import TODAY, Cast
from tests.conftest import Counting

pytestmark = pytest.mark.database
THREE_YEARS = 1100


def many_readings(measure_id: int, count: int, first: date = date(2020, 1, 1)) -> None:
    rows = [
        {"measure_id": measure_id, "day": first + timedelta(days=n), "value": float(n), "note": "", "version": 1}
        for n in range(count)
    ]
    db.session.execute(sa.insert(Reading), rows)
    db.session.flush()


def struck(measure_id: int, day: date) -> None:
    reading = queries.on_day(measure_id, day)
    assert reading is not None
    actions.strike(reading, reading.version, reason="The counter was off.", by=1)


def test_the_latest_value_comes_with_the_one_before_it(in_app: Flask, cast: Cast) -> None:
    found = queries.latest_values([cast.measures["process"]])
    assert found == {
        cast.measures["process"]: queries.LatestValue(
            19.5, TODAY - timedelta(weeks=1), 26.0, TODAY - timedelta(weeks=4)
        )
    }


def test_the_latest_value_of_a_past_day_knows_nothing_later(in_app: Flask, cast: Cast) -> None:
    measure = cast.measures["process"]
    found = queries.latest_values([measure], on=TODAY - timedelta(weeks=4))
    assert (found[measure].value, found[measure].previous) == (26.0, 30.0)
    assert queries.latest_values([measure], on=TODAY - timedelta(weeks=40)) == {}


def test_a_single_reading_has_no_previous_value(in_app: Flask, cast: Cast) -> None:
    measure = cast.measures["process"]
    found = queries.latest_values([measure], on=TODAY - timedelta(weeks=6))
    assert found[measure] == queries.LatestValue(30.0, TODAY - timedelta(weeks=6))


def test_a_measure_without_readings_has_no_entry(in_app: Flask, cast: Cast) -> None:
    assert queries.latest_values([cast.measures["other"], 999_999]) == {}


def test_a_struck_out_reading_is_never_the_latest(in_app: Flask, cast: Cast) -> None:
    measure = cast.measures["process"]
    struck(measure, TODAY - timedelta(weeks=1))
    found = queries.latest_values([measure])
    assert (found[measure].value, found[measure].previous) == (26.0, 30.0)


def test_recent_values_are_the_last_ones_in_the_order_of_days(in_app: Flask, cast: Cast) -> None:
    measure = cast.measures["other"]
    many_readings(measure, 40)
    struck(measure, date(2020, 2, 9))
    found = queries.recent_values([measure, cast.measures["outcome"]], 3)
    assert [point.value for point in found[measure]] == [36.0, 37.0, 38.0]
    assert [point.value for point in found[cast.measures["outcome"]]] == [61.0, 64.0, 70.0]


def test_the_values_of_many_measures_are_one_statement(in_app: Flask, cast: Cast, statements: Counting) -> None:
    with statements() as asked:
        queries.latest_values(cast.measures.values())
        queries.recent_values(cast.measures.values())
    assert len(asked) == 2


def test_no_measures_ask_nothing(in_app: Flask, cast: Cast, statements: Counting) -> None:
    with statements() as asked:
        assert queries.latest_values([]) == {}
    assert asked == []


def test_the_newest_values_are_found_by_seeking(in_app: Flask, cast: Cast) -> None:
    """However many readings there are: each step of the plan looks up an index, none reads a table through."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what is in the tables")
    for measure in cast.measures.values():
        many_readings(measure, THREE_YEARS, date(2010, 1, 1))
    query = _recent(2, True).params(ids=sorted(cast.measures.values()), on_day=TODAY)
    compiled = query.compile(db.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True})
    plan = [row.detail for row in db.session.execute(sa.text(f"explain query plan {compiled}"))]
    reads = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    seek = "USING INDEX sqlite_autoindex_reading_1 (measure_id=? AND day"
    assert not [step for step in reads if step.startswith("SCAN")]
    assert len([step for step in reads if seek in step]) == 2, plan


def test_a_teams_list_is_one_statement_however_long(in_app: Flask, cast: Cast, statements: Counting) -> None:
    team = cast.teams["access"]
    with statements() as few:
        queries.team_measures(team)
    for n in range(60):
        db.session.add(Measure(team_id=team, name=f"Measure {n}", better="up", kind="process"))
    db.session.flush()
    with statements() as many:
        assert len(queries.team_measures(team)) == 62
    assert len(few) == len(many) == 1


def test_a_teams_list_puts_outcomes_first_and_archived_ones_last(in_app: Flask, cast: Cast) -> None:
    outcome = db.session.get_one(Measure, cast.measures["outcome"])
    actions.create(outcome.team_id, name="Calls back", unit="", better="down", kind="process", by=1)
    actions.create(outcome.team_id, name="Zest", unit="", better="up", kind="outcome", by=1)
    actions.archive(outcome, outcome.version, by=1)
    listed = queries.team_measures(cast.teams["access"])
    assert [(each.name, each.archived) for each in listed] == [
        ("Zest", False),
        ("Calls back", False),
        ("Hours waiting for approval", False),
        ("Access on the first day", True),
    ]


def test_choices_leave_archived_measures_and_other_teams_out(in_app: Flask, cast: Cast) -> None:
    process = db.session.get_one(Measure, cast.measures["process"])
    actions.archive(process, process.version, by=1)
    assert queries.choices(cast.teams["access"]) == [
        (cast.measures["outcome"], "Access on the first day", "%", "up", "outcome")
    ]


def test_the_command_box_finds_by_any_part_of_the_name_beginnings_first(in_app: Flask, cast: Cast) -> None:
    actions.create(cast.teams["invoices"], name="First answers", unit="", better="up", kind="process", by=1)
    found = queries.find_measures(" FIRST", 5)
    assert [(each.label, each.detail) for each in found] == [
        ("First answers", "Invoices"),
        ("Access on the first day", "Access requests"),
    ]
    assert found[1].href == f"/measures/{cast.measures['outcome']}"


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\\"])
def test_the_command_box_takes_no_signs_for_wildcards(in_app: Flask, cast: Cast, text: str) -> None:
    assert queries.find_measures(text, 5) == []


def test_the_limit_of_the_command_box_holds(in_app: Flask, cast: Cast) -> None:
    assert len(queries.find_measures("e", 2)) == 2
