"""Readings from a spreadsheet, through the page: looked at, asked about, saved whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata.activity.models import Activity
from kata.extensions import db
from kata.measures.models import Reading
from tests.cast import TODAY, Cast
from tests.client import Client
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
ROWS = "Day\tHours\tNote\n2026-01-05\t12\n2026-01-06\t9,5\tTwo away\n2026-01-07\t\n"


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def paste(cast: Cast) -> str:
    return f"/measures/{cast.measures['process']}/readings/paste"


def agreed(answer: TestResponse) -> str:
    """What the button that saves would send."""
    return answer.text.split('name="seen" value="')[1].split('"')[0]


def save(client: Client, paste: str, text: str, **more: str) -> TestResponse:
    """Look at it, then press the button below the preview."""
    looked = client.post(paste, {"text": text, **more})
    return client.post(paste, {"text": text, "seen": agreed(looked), **more})


def values(app: Flask, cast: Cast) -> dict[str, float]:
    with app.app_context():
        rows = db.session.execute(
            sa.select(Reading.day, Reading.value)
            .where(Reading.measure_id == cast.measures["process"])
            .order_by(Reading.day)
        )
        return {row.day.isoformat(): row.value for row in rows}


def test_looking_writes_nothing_and_shows_what_was_understood(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    before = values(app, cast)
    answer = ana.post(paste, {"text": ROWS})
    assert answer.status_code == 200
    for words in ("2 new readings", "one gap", "9.5", "Two away", "Save 2 readings"):
        assert words in answer.text
    assert values(app, cast) == before


def test_what_was_looked_at_is_saved_and_recorded(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    answer = save(ana, paste, ROWS)
    assert answer.location == f"/measures/{cast.measures['process']}"
    stood = values(app, cast)
    assert (stood["2026-01-05"], stood["2026-01-06"]) == (12.0, 9.5)
    assert "2026-01-07" not in stood
    with app.app_context():
        event = db.session.scalars(sa.select(Activity).where(Activity.verb == "pasted readings")).one()
        assert event.snapshot is not None
        assert event.snapshot["added"] == [["2026-01-05", 12.0, ""], ["2026-01-06", 9.5, "Two away"]]


def test_htmx_is_sent_to_the_measure(ana: Client, cast: Cast, paste: str) -> None:
    looked = ana.post(paste, {"text": ROWS}, htmx=True)
    assert looked.text.startswith('<hx-partial id="paste"')
    answer = ana.post(paste, {"text": ROWS, "seen": agreed(looked)}, htmx=True)
    assert answer.headers["HX-Redirect"] == f"/measures/{cast.measures['process']}"


def test_the_same_paste_again_adds_nothing(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    first = ana.post(paste, {"text": ROWS})
    for _ in range(2):
        assert ana.post(paste, {"text": ROWS, "seen": agreed(first)}).status_code == 303
    again = ana.post(paste, {"text": ROWS})
    assert "All of this is there already" in again.text
    assert 'name="seen"' not in again.text
    assert len(values(app, cast)) == 5


def test_days_with_another_value_are_shown_as_corrections(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    day = (TODAY - timedelta(weeks=1)).isoformat()
    text = f"{day}\t20\n{TODAY}\t18"
    looked = ana.post(paste, {"text": text})
    for words in ("one correction", "<s>19.5</s>", "Save 1 new, correct 1"):
        assert words in looked.text
    save(ana, paste, text)
    assert values(app, cast)[day] == 20.0
    assert "The value was <del>19.5</del>" in ana.get(f"/readings/{cast.reading}").text


def test_what_changed_since_the_look_is_looked_at_again(as_: SignIn, app: Flask, cast: Cast, paste: str) -> None:
    day = (TODAY - timedelta(weeks=1)).isoformat()
    looked = as_("ana").post(paste, {"text": f"{day}\t20"})
    reading = f"/readings/{cast.reading}"
    as_("ben").fill_in(reading, reading, value="21")
    answer = as_("ana").post(paste, {"text": f"{day}\t20", "seen": agreed(looked)})
    assert answer.status_code == 422
    assert "This is not what the preview showed." in answer.text
    assert "<s>21</s>" in answer.text
    assert values(app, cast)[day] == 21.0


def test_rows_changed_after_the_look_are_not_saved_unseen(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    looked = ana.post(paste, {"text": ROWS})
    answer = ana.post(paste, {"text": ROWS.replace("12", "1200"), "seen": agreed(looked)})
    assert answer.status_code == 422
    assert "2026-01-05" not in values(app, cast)


def test_one_bad_row_is_named_by_row_and_column_and_nothing_is_saved(
    ana: Client, app: Flask, cast: Cast, paste: str
) -> None:
    before = values(app, cast)
    text = ROWS + "2026-01-08\tmany\n"
    answer = ana.post(paste, {"text": text, "seen": "whatever"})
    assert answer.status_code == 422
    assert "Row 5" in answer.text
    assert "column 2" in answer.text
    assert 'name="seen"' not in answer.text
    assert "many" in answer.text
    assert values(app, cast) == before


def test_dates_that_can_be_read_in_two_ways_are_asked_about(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    text = "03/04/2026\t12\n05/04/2026\t9"
    asked = ana.post(paste, {"text": text})
    assert asked.status_code == 200
    assert "One question first" in asked.text
    assert 'name="seen"' not in asked.text
    save(ana, paste, text, order="month")
    assert "2026-03-04" in values(app, cast)


def test_an_answer_to_the_question_that_is_none_is_refused(ana: Client, paste: str) -> None:
    answer = ana.post(paste, {"text": "03/04/2026\t12", "order": "year"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste some rows"),
        (" \n ", "Paste some rows"),
        ("x" * 200_001, "longer than 200000 characters"),
        (f"{TODAY + timedelta(days=1)}\t3", "has not come yet"),
    ],
)
def test_what_cannot_be_read_says_so(ana: Client, paste: str, text: str, words: str) -> None:
    answer = ana.post(paste, {"text": text})
    assert answer.status_code == 422
    assert words in answer.text


def test_our_own_csv_comes_back_unchanged(ana: Client, app: Flask, cast: Cast, paste: str) -> None:
    measure = f"/measures/{cast.measures['process']}"
    ana.fill_in(measure, f"{measure}/readings", value="-4", note="=1+1, said “the sheet”")
    exported = ana.get(f"{measure}.csv").data.decode()
    assert "'=1+1" in exported
    again = ana.post(paste, {"text": exported})
    assert "All of this is there already" in again.text


def test_hundreds_of_rows_cost_as_many_statements_as_one(
    ana: Client, cast: Cast, paste: str, statements: Counting
) -> None:
    days = [TODAY - timedelta(days=100 + n) for n in range(400)]
    text = "\n".join(f"{day}\t{n}" for n, day in enumerate(days))
    looked = ana.post(paste, {"text": text})
    assert "200 more rows" in looked.text
    with statements() as asked:
        ana.post(paste, {"text": text, "seen": agreed(looked)})
    assert len(asked) <= 12
