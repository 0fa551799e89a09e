"""Several readings at once in a grid: rows, gaps, errors by row, and two people in it at the same time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.measures.models import Measure, Reading
from tests.cast import TODAY, Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn

pytestmark = pytest.mark.database
LAST = TODAY - timedelta(weeks=1)


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def grid(cast: Cast) -> str:
    return f"/measures/{cast.measures['process']}/readings/edit"


def values(app: Flask, cast: Cast) -> dict[date, tuple[float, str]]:
    with app.app_context():
        query = sa.select(Reading).where(Reading.measure_id == cast.measures["process"])
        return {each.day: (each.value, each.note) for each in db.session.scalars(query)}


def test_the_grid_opens_with_the_newest_readings_and_a_row_for_today(ana: Client, grid: str) -> None:
    fields = form_fields(ana.get(grid).text, grid)
    days = [fields[f"readings-{n}-day"] for n in range(4)]
    assert days == [
        (TODAY - timedelta(weeks=6)).isoformat(),
        (TODAY - timedelta(weeks=4)).isoformat(),
        str(LAST),
        str(TODAY),
    ]
    assert [fields[f"readings-{n}-value"] for n in range(5)] == ["30", "26", "19.5", "", ""]


def test_a_daily_measure_offers_each_practice_day_since_the_last_reading(
    ana: Client, app: Flask, cast: Cast, grid: str
) -> None:
    with app.app_context():
        db.session.get_one(Measure, cast.measures["process"]).cadence = "day"
        db.session.commit()
    fields = form_fields(ana.get(grid).text, grid)
    assert [fields[f"readings-{n}-day"] for n in range(3, 8)] == [
        f"2026-0{day}" for day in ("5-28", "5-29", "6-01", "6-02", "6-03")
    ]


def test_new_days_are_added_and_changed_ones_corrected_in_one_go(
    ana: Client, app: Flask, cast: Cast, grid: str
) -> None:
    sent = {
        "readings-2-value": "18,5",
        "readings-3-value": "17",
        "readings-3-note": "Two approvers away",
        "readings-4-day": "2026-06-01",
        "readings-4-value": "16",
    }
    answer = ana.fill_in(grid, grid, **sent)
    assert answer.status_code == 303
    kept = values(app, cast)
    assert kept[LAST] == (18.5, "")
    assert kept[TODAY] == (17.0, "Two approvers away")
    assert kept[date(2026, 6, 1)] == (16.0, "")
    assert "2 readings added. 1 corrected." in ana.get(f"/measures/{cast.measures['process']}").text


def test_a_gap_stays_a_gap_and_an_emptied_row_stays_as_it_was(ana: Client, app: Flask, cast: Cast, grid: str) -> None:
    before = values(app, cast)
    assert ana.fill_in(grid, grid, **{"readings-2-value": "", "readings-3-value": ""}).status_code == 303
    assert values(app, cast) == before


def test_sent_unchanged_or_twice_it_writes_nothing_anew(ana: Client, app: Flask, cast: Cast, grid: str) -> None:
    before = values(app, cast)
    ana.fill_in(grid, grid)
    assert values(app, cast) == before
    fields = {**form_fields(ana.get(grid).text, grid), "readings-3-value": "17"}
    assert [ana.post(grid, fields).status_code for _twice in range(2)] == [303, 303]
    with app.app_context():
        versions = db.session.scalars(sa.select(Reading.version).where(Reading.day == TODAY)).all()
    assert versions == [1]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"readings-3-value": "many"}, "Row 4, Value: That is not a number."),
        ({"readings-3-value": "5", "readings-3-day": ""}, "Row 4, Day: Pick the day of this value."),
        ({"readings-3-value": "5", "readings-3-day": "2026-02-30"}, "Row 4, Day: That is not a day of the calendar."),
        ({"readings-3-value": "5", "readings-3-day": "2027-01-01"}, "Row 4, Day: That day has not come yet."),
        ({"readings-3-note": "why"}, "Row 4, Value: Type the number, or empty the whole row"),
        ({"readings-3-value": "5", "readings-3-day": str(LAST)}, "Row 4, Day: This is the day of row 3, too."),
        ({"readings-3-value": "1e400"}, "Row 4, Value: That number is too large"),
        ({"readings-3-value": "5", "readings-3-note": "x" * 501}, "Row 4, Note: This is longer than 500"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_nothing_is_saved(
    ana: Client, app: Flask, cast: Cast, grid: str, fields: dict[str, str], words: str
) -> None:
    before = values(app, cast)
    answer = ana.fill_in(grid, grid, **{"readings-2-value": "1", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert values(app, cast) == before


def test_natural_bounds_hold_in_the_grid_too(ana: Client, app: Flask, cast: Cast, grid: str) -> None:
    with app.app_context():
        db.session.get_one(Measure, cast.measures["process"]).low = 0.0
        db.session.commit()
    assert "Row 4, Value: -3 is below 0" in ana.fill_in(grid, grid, **{"readings-3-value": "-3"}).text


def test_who_was_overtaken_sees_both_values_and_may_still_put_theirs(
    as_: SignIn, app: Flask, cast: Cast, grid: str
) -> None:
    ana = as_("ana")
    mine = {**form_fields(ana.get(grid).text, grid), "readings-2-value": "18", "readings-3-value": "17"}
    reading = f"/readings/{cast.reading}"
    as_("ben").fill_in(reading, reading, value="21")
    refused = ana.post(grid, mine)
    assert refused.status_code == 409
    assert "That day says 21 by now." in refused.text
    assert values(app, cast)[LAST] == (21.0, "")
    again = form_fields(refused.text, grid)
    assert (again["readings-2-value"], again["readings-3-value"]) == ("18", "17")
    assert ana.post(grid, again).status_code == 303
    assert (values(app, cast)[LAST], values(app, cast)[TODAY]) == ((18.0, ""), (17.0, ""))


def test_a_value_for_a_day_beyond_the_rows_shown_is_no_silent_correction(
    ana: Client, app: Flask, cast: Cast, grid: str
) -> None:
    fields = {**form_fields(ana.get(grid).text, grid), "seen": ""}
    fields["readings-2-value"] = "99"
    assert ana.post(grid, fields).status_code == 409
    assert values(app, cast)[LAST] == (19.5, "")


def test_shares_have_two_columns(ana: Client, app: Flask, cast: Cast) -> None:
    address = f"/measures/{cast.measures['process']}"
    ana.fill_in(f"{address}/edit", address, figure="share", low="0", high="100")
    grid = f"{address}/readings/edit"
    sent = {"readings-0-day": str(TODAY), "readings-0-numerator": "3", "readings-0-denominator": "4"}
    assert ana.fill_in(grid, grid, **sent).status_code == 303
    assert values(app, cast)[TODAY] == (75.0, "")
    half = ana.fill_in(grid, grid, **{"readings-1-day": "2026-06-01", "readings-1-numerator": "3"})
    assert "Row 2, Of how many: Type the number" in half.text


def test_a_garbled_memory_of_what_was_seen_was_not_seen(ana: Client, grid: str) -> None:
    fields = {**form_fields(ana.get(grid).text, grid), "seen": "2026-05-27:x yesterday:1 :", "readings-2-value": "1"}
    assert ana.post(grid, fields).status_code == 409
