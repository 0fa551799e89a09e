"""Shares and rates: two counts typed, corrected, pasted and carried out again; what cannot be is refused."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import joinedload

from kata.activity.models import Activity
from kata.extensions import db
from kata.measures import actions, paste
from kata.measures.models import Measure, Reading
from kata.measures.shares import Counts
from kata.rules import DomainError
from tests.cast import TODAY, Cast
from tests.client import Client
from tests.conftest import SignIn

pytestmark = pytest.mark.database
DAY = TODAY - timedelta(days=1)


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def share(app: Flask, cast: Cast) -> str:
    """A share without readings."""
    with app.app_context():
        made = actions.create(
            cast.teams["access"], name="Done in time", better="up", kind="outcome", unit="%", per=100, low=0, high=100,
            by=cast["ana"].id,
        )  # fmt: skip
        db.session.commit()
        return f"/measures/{made.id}"


def readings(app: Flask, address: str) -> list[Reading]:
    with app.app_context():
        measure_id = int(address.rsplit("/", 1)[1])
        return list(
            db.session.scalars(sa.select(Reading).where(Reading.measure_id == measure_id).order_by(Reading.day))
        )


def test_a_share_is_kept_as_its_two_counts_and_unrounded(ana: Client, app: Flask, share: str) -> None:
    assert ana.fill_in(share, f"{share}/readings", numerator="2", denominator="3").status_code == 303
    (kept,) = readings(app, share)
    assert (kept.numerator, kept.denominator, kept.value) == (2, 3, 100 * 2 / 3)
    page = ana.get(share).text
    assert "66.7" in page
    assert "2 of 3" in page


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        ("", "3", "Type how many were counted."),
        ("2", "", "Type of how many."),
        ("2", "0", "This must be more than 0."),
        ("2", "-4", "This must be more than 0."),
        ("4", "3", "is above 100"),
        ("-1", "3", "is below 0"),
        ("two", "3", "That is not a number."),
        ("1e300", "3", "too large to be true"),
    ],
)
def test_counts_that_cannot_be_are_refused_at_their_field(
    ana: Client, app: Flask, share: str, numerator: str, denominator: str, words: str
) -> None:
    for htmx in (False, True):
        answer = ana.fill_in(
            share, f"{share}/readings", htmx=htmx, numerator=numerator, denominator=denominator, note="Kept as typed"
        )
        assert answer.status_code == 422
        assert words in answer.text
        assert "Kept as typed" in answer.text
    assert readings(app, share) == []


def test_a_correction_of_counts_makes_the_value_anew_and_tells_both(ana: Client, app: Flask, share: str) -> None:
    ana.fill_in(share, f"{share}/readings", numerator="2", denominator="3")
    address = f"/readings/{readings(app, share)[0].id}"
    ana.fill_in(address, address, numerator="1", denominator="4")
    assert readings(app, share)[0].value == 25
    page = ana.get(address).text
    assert "How many was <del>2</del>" in page
    assert "Of how many was <del>3</del>" in page


def test_saving_a_correction_unchanged_changes_nothing(ana: Client, app: Flask, cast: Cast) -> None:
    with app.app_context():
        reading = db.session.get_one(Reading, cast.reading)
        reading.value = 19.123456789012345
        db.session.commit()
    address = f"/readings/{cast.reading}"
    ana.fill_in(address, address)
    with app.app_context():
        assert db.session.get_one(Reading, cast.reading).value == 19.123456789012345


def test_counts_are_pasted_and_come_back_from_the_file_that_leaves(ana: Client, app: Flask, share: str) -> None:
    rows = "2026-06-01\t18\t20\t=1+1\n2026-06-02\t\t\n2026-06-03\t7\t8"
    shown = ana.post(f"{share}/readings/paste", {"text": rows})
    assert "2 new readings" in shown.text
    assert "one gap" in shown.text
    seen = shown.text.split('name="seen" value="')[1].split('"')[0]
    assert ana.post(f"{share}/readings/paste", {"text": rows, "seen": seen}).status_code == 303
    assert [(each.numerator, each.denominator) for each in readings(app, share)] == [(18, 20), (7, 8)]
    left = ana.get(f"{share}.csv").data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(left)))
    assert table[0] == ["day", "numerator", "denominator", "value", "note", "signals"]
    assert table[1] == ["2026-06-01", "18", "20", "90", "'=1+1", ""]
    assert "All of this is there already" in ana.post(f"{share}/readings/paste", {"text": left}).text


@pytest.mark.parametrize(
    ("text", "row", "column", "words"),
    [
        ("2026-06-01\t5", 1, 3, "One of the two counts is missing."),
        ("2026-06-01\t\t5", 1, 2, "One of the two counts is missing."),
        ("2026-06-01\t3\t4\n2026-06-02\t5\t0", 2, 3, "more than 0"),
        ("2026-06-01\t3\t4\n2026-06-02\t5\t4", 2, 2, "is above 100"),
        ("2026-06-01\t3\tfour", 1, 3, "is not a number"),
        ("2026-06-01\t3\t4\twhy\tmore", 1, 5, "Only date, how many, of how many and note"),
    ],
)
def test_a_pasted_row_that_cannot_be_is_named_by_row_and_column(
    in_app: Flask, text: str, row: int, column: int, words: str
) -> None:
    measure = Measure(per=100.0, low=0.0, high=100.0)
    found = paste.parse(text, today=TODAY, counted=True, check=measure.measured)
    assert [(each.row, each.column) for each in found.problems] == [(row, column)]
    assert words in found.problems[0].text


def test_a_plain_paste_is_held_to_the_natural_bounds_too(in_app: Flask) -> None:
    measure = Measure(low=0.0)
    found = paste.parse("2026-06-01\t-3", today=TODAY, check=measure.measured)
    assert "is below 0" in found.problems[0].text


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_our_own_files_are_read_by_their_headings(sign: str) -> None:
    text = f"day{sign}value{sign}note{sign}signals\n2026-06-01{sign}5{sign}why{sign}shift"
    (row,) = paste.parse(text, today=TODAY).rows
    assert (row.day, row.value, row.note) == (date(2026, 6, 1), 5.0, "why")


def test_a_rate_is_counted_for_so_many(in_app: Flask) -> None:
    measure = Measure(per=1000.0)
    assert measure.measured(None, Counts(3, 1500)) == 2.0
    with pytest.raises(DomainError):
        Measure().measured(None, Counts(3, 1500))


def test_counts_pasted_together_stand_in_the_record(app: Flask, ana: Client, share: str, cast: Cast) -> None:
    with app.app_context():
        measure = db.session.get_one(Measure, int(share.rsplit("/", 1)[1]), options=[joinedload(Measure.team)])
        given = [actions.Given(DAY, None, "why", 1, 4)]
        actions.save(measure, given, seen=actions.compare(measure, given).fingerprint, by=cast["ana"].id)
        event = db.session.scalars(sa.select(Activity).order_by(Activity.id.desc()).limit(1)).one()
        assert (event.snapshot or {})["added"] == [[DAY.isoformat(), 25.0, "why", 1, 4]]
