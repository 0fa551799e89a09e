"""One reading: written down, corrected, struck out, and what happened to it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata.activity.models import Activity
from kata.extensions import db
from kata.measures import queries
from kata.measures.models import Reading
from kata.teams.models import Team
from tests.cast import TODAY, Cast
from tests.client import Client, form_fields
from tests.conftest import Frozen, SignIn

pytestmark = pytest.mark.database
LAST = TODAY - timedelta(weeks=1)


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def measure(cast: Cast) -> str:
    return f"/measures/{cast.measures['process']}"


@pytest.fixture
def reading(cast: Cast) -> str:
    """The newest reading of that measure: 19.5, a week ago."""
    return f"/readings/{cast.reading}"


def standing(app: Flask, day: date) -> Reading | None:
    with app.app_context():
        return db.session.scalars(
            sa.select(Reading).where(Reading.day == day).order_by(Reading.measure_id.desc()).limit(1)
        ).one_or_none()


def latest(app: Flask, cast: Cast) -> float:
    with app.app_context():
        return queries.latest_values([cast.measures["process"]])[cast.measures["process"]].value


def recorded(app: Flask) -> Activity:
    with app.app_context():
        return db.session.scalars(
            sa.select(Activity).where(Activity.subject_type == "reading").order_by(Activity.id.desc()).limit(1)
        ).one()


# Writing down ---------------------------------------------------------------------------------------------------------


def test_a_value_is_written_down_for_today_unless_another_day_is_picked(
    ana: Client, app: Flask, cast: Cast, measure: str
) -> None:
    answer = ana.fill_in(measure, f"{measure}/readings", value="17,25", note="Two approvers away")
    made = standing(app, TODAY)
    assert answer.location == measure
    assert made is not None
    assert (made.value, made.note, made.entered_by_id) == (17.25, "Two approvers away", cast["ana"].id)
    assert recorded(app).verb == "entered"
    assert "Two approvers away" in ana.get(measure).text


def test_today_is_the_day_it_is_where_the_team_is(
    ana: Client, app: Flask, cast: Cast, frozen: Frozen, measure: str
) -> None:
    with app.app_context():
        db.session.get_one(Team, cast.teams["access"]).time_zone = "Pacific/Auckland"
        db.session.commit()
    frozen.at(datetime(2026, 6, 3, 20, 0, tzinfo=UTC))
    assert form_fields(ana.get(measure).text, f"{measure}/readings")["day"] == "2026-06-04"
    assert ana.fill_in(measure, f"{measure}/readings", value="4").status_code == 303


def pieces(answer: TestResponse) -> list[str]:
    """The ids of the pieces of the page that an answer holds."""
    return re.findall(r'<hx-partial id="([^"]+)"', answer.text)


def test_htmx_gets_the_newest_line_and_a_blank_form(ana: Client, measure: str) -> None:
    answer = ana.fill_in(measure, f"{measure}/readings", htmx=True, value="17", note="Two approvers away")
    around = ["measure-head", "measure-chart", "measure-rules", "reading-new"]
    assert pieces(answer) == [*around, "reading-lines", "saved"]
    assert 'id="reading-lines" hx-swap="afterbegin"' in answer.text
    assert answer.text.count('<tr id="reading-') == 1, "the lines below stay as they are"
    fields = form_fields(answer.text, f"{measure}/readings")
    assert (fields["value"], fields["note"], fields["day"]) == ("", "", TODAY.isoformat())
    assert "kata:saved" in answer.headers["HX-Trigger"]


def test_a_reading_of_an_earlier_day_brings_the_table(ana: Client, measure: str) -> None:
    day = (TODAY - timedelta(days=20)).isoformat()
    answer = ana.fill_in(measure, f"{measure}/readings", htmx=True, value="17", day=day)
    assert pieces(answer)[-2:] == ["measure-readings", "saved"]


def test_the_first_line_of_a_second_page_brings_the_way_to_it(ana: Client, measure: str) -> None:
    for n in (*range(19, 7, -1), *range(6, 0, -1)):  # three stand there already, one of them a week ago
        day = (TODAY - timedelta(days=n)).isoformat()
        answer = ana.fill_in(measure, f"{measure}/readings", htmx=True, value=str(9 + n % 3), day=day)
    assert "Older" in answer.text
    assert "measure-readings" in pieces(answer)
    last = ana.fill_in(measure, f"{measure}/readings", htmx=True, value="10")
    assert "reading-lines" in pieces(last)


def test_a_run_that_is_seen_at_its_last_point_changes_the_lines_before_it(ana: Client, measure: str) -> None:
    values = ["30", "10"] * 5 + ["60"] * 7
    for n, value in zip(range(len(values), 0, -1), values, strict=True):
        day = (TODAY - timedelta(days=n - 1)).isoformat()
        answer = ana.fill_in(measure, f"{measure}/readings", htmx=True, value=value, day=day)
    told = [piece for piece in pieces(answer) if re.fullmatch(r"reading-\d+", piece)]
    page = ana.get(measure).text
    for piece in told:
        line = re.search(rf'<tr id="{piece}".*?</tr>', answer.text, re.S)
        assert line is not None
        assert line[0] in page
    assert told, "the run begins before its last point"


def test_what_is_written_about_a_reading_sends_its_line(ana: Client, cast: Cast, measure: str) -> None:
    path = f"/readings/{cast.reading}"
    noted = ana.fill_in(f"{path}/note", f"{path}/note", htmx=True, note="The approver was away")
    around = ["measure-head", "measure-chart", "measure-rules"]
    assert pieces(noted) == [*around, f"reading-{cast.reading}", "saved"]
    assert "The approver was away" in noted.text
    moved = ana.fill_in(path, path, htmx=True, day="2026-05-26")
    assert "measure-readings" in pieces(moved), "its line stands elsewhere now"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value", "", "Type the value that was measured."),
        ("value", "twelve", "That is not a number."),
        ("value", "nan", "number"),
        ("value", "inf", "too large to be true"),
        ("value", "-1e400", "too large to be true"),
        ("value", "1e15", "too large to be true"),
        ("day", "", "Pick the day on which it was measured."),
        ("day", "2026-02-30", "not a day of the calendar"),
        ("day", "01/02/2026", "not a day of the calendar"),
        ("day", "0026-02-03", "That year looks mistyped"),
        ("day", (TODAY + timedelta(days=1)).isoformat(), "That day has not come yet."),
        ("note", "x" * 501, "longer than 500 characters"),
    ],
)
@pytest.mark.parametrize("correcting", [False, True])
def test_each_field_says_what_is_wrong_and_keeps_what_was_typed(
    ana: Client, app: Flask, measure: str, reading: str, field: str, typed: str, words: str, correcting: bool
) -> None:
    page, action = (reading, reading) if correcting else (measure, f"{measure}/readings")
    for htmx in (False, True):
        answer = ana.fill_in(page, action, htmx=htmx, **{"value": "12", "note": "Kept as typed", field: typed})
        assert answer.status_code == 422
        assert words in answer.text
        assert ("Kept as typed" in answer.text) or field == "note"
    assert standing(app, TODAY) is None
    assert standing(app, LAST).version == 1  # type: ignore[union-attr]  # the cast's


def test_the_same_submission_twice_writes_once(ana: Client, app: Flask, measure: str) -> None:
    sent = {"day": TODAY.isoformat(), "value": "17", "note": "", "once": "77aa"}
    assert [ana.post(f"{measure}/readings", sent).status_code for _ in range(2)] == [303, 303]
    assert standing(app, TODAY).version == 1  # type: ignore[union-attr]  # just written


def test_the_same_value_for_the_same_day_again_changes_nothing(ana: Client, app: Flask, measure: str) -> None:
    answer = ana.fill_in(measure, f"{measure}/readings", day=LAST.isoformat(), value="19.5")
    assert answer.status_code == 303
    assert standing(app, LAST).version == 1  # type: ignore[union-attr]  # the cast's


def test_another_value_for_a_day_that_has_one_leads_to_its_correction(
    ana: Client, app: Flask, measure: str, reading: str
) -> None:
    answer = ana.fill_in(measure, f"{measure}/readings", htmx=True, day=LAST.isoformat(), value="21")
    assert answer.status_code == 422
    assert "That day has a reading already." in answer.text
    assert f'href="{reading}"' in answer.text
    assert standing(app, LAST).value == 19.5  # type: ignore[union-attr]  # the cast's


def test_an_archived_measure_takes_no_readings(ana: Client, measure: str) -> None:
    ana.post(f"{measure}/archive", {"version": "1"})
    for path, sent in (
        (f"{measure}/readings", {"day": TODAY.isoformat(), "value": "3"}),
        (f"{measure}/readings/paste", {"text": f"{TODAY}\t3", "seen": "x"}),
    ):
        answer = ana.post(path, sent)
        assert answer.status_code == 422


# Correcting -----------------------------------------------------------------------------------------------------------


def test_a_correction_is_recorded_with_what_it_said_before(ana: Client, app: Flask, cast: Cast, reading: str) -> None:
    ana.fill_in(reading, reading, value="18", note="Typed the wrong line")
    assert (latest(app, cast), recorded(app).verb) == (18.0, "corrected")
    page = ana.get(reading).text
    assert "The value was <del>19.5</del>" in page
    assert "Ana Novak" in page


def test_a_correction_that_changes_nothing_is_no_correction(ana: Client, app: Flask, reading: str) -> None:
    ana.fill_in(reading, reading)
    assert recorded(app).verb == "read"


def test_a_reading_may_move_to_a_free_day_only(ana: Client, app: Flask, reading: str) -> None:
    taken = ana.fill_in(reading, reading, day=(TODAY - timedelta(weeks=4)).isoformat())
    assert taken.status_code == 422
    assert "That day has a reading of its own." in taken.text
    assert ana.fill_in(reading, reading, day=TODAY.isoformat()).status_code == 303
    assert standing(app, TODAY).value == 19.5  # type: ignore[union-attr]  # just moved


def test_a_stale_correction_shows_both_values(as_: SignIn, reading: str) -> None:
    as_("ben").fill_in(reading, reading, value="18")
    sent = {"day": LAST.isoformat(), "value": "17", "note": "", "version": "1"}
    for htmx in (False, True):
        answer = as_("ana").post(reading, sent, htmx=htmx)
        assert answer.status_code == 409
        assert "18.0" in answer.text
        assert 'value="17"' in answer.text or 'value="17.0"' in answer.text


def test_a_line_of_the_table_opens_in_place_and_keeps_its_place(ana: Client, measure: str, reading: str) -> None:
    query = f"?before={TODAY.isoformat()}"
    opened = ana.get(reading + query, htmx=True).text
    assert opened.startswith('<hx-partial id="measure-readings"')
    assert f'action="{reading}{query}"' in opened
    assert f'href="{measure}{query}"' in opened
    closed = ana.get(measure + query, htmx=True).text
    assert closed.startswith('<hx-partial id="measure-readings"')
    assert "Save correction" not in closed


def test_who_may_not_correct_reads_the_value_and_its_history(as_: SignIn, reading: str) -> None:
    page = as_("eve").get(reading)
    assert page.status_code == 200
    assert "Save correction" not in page.text
    assert "Save correction" not in as_("eve").get(reading, htmx=True).text


@pytest.mark.parametrize("path", ["", "/strike", "/restoration"])
def test_an_unknown_reading_is_not_there(ana: Client, path: str) -> None:
    assert ana.post(f"/readings/999999{path}", {}).status_code == 404


# Striking out ---------------------------------------------------------------------------------------------------------


def test_a_struck_out_reading_stays_with_its_reason_and_counts_nowhere(
    ana: Client, app: Flask, cast: Cast, measure: str, reading: str
) -> None:
    answer = ana.fill_in(reading, f"{reading}/strike", htmx=True, reason="The clock stood still")
    assert f'action="{reading}/restoration"' in answer.text
    assert latest(app, cast) == 26.0
    assert "The clock stood still" in ana.get(measure).text
    assert "19.5" not in ana.get(f"{measure}.csv").text
    assert "The clock stood still" in ana.get(reading).text


def test_striking_out_needs_a_reason(ana: Client, app: Flask, cast: Cast, reading: str) -> None:
    for typed, words in (("", "Say why"), ("x" * 301, "longer than 300 characters")):
        for htmx in (False, True):
            answer = ana.fill_in(reading, f"{reading}/strike", htmx=htmx, reason=typed)
            assert answer.status_code == 422
            assert words in answer.text
    assert latest(app, cast) == 19.5


def test_undo_lets_it_count_again(ana: Client, app: Flask, cast: Cast, reading: str) -> None:
    ana.fill_in(reading, f"{reading}/strike", reason="The clock stood still")
    assert ana.fill_in(reading, f"{reading}/restoration").status_code == 303
    assert latest(app, cast) == 19.5
    assert recorded(app).verb == "restored"


def test_the_right_value_takes_the_place_of_a_struck_out_one(
    ana: Client, app: Flask, cast: Cast, measure: str, reading: str
) -> None:
    ana.fill_in(reading, f"{reading}/strike", reason="The clock stood still")
    assert ana.fill_in(measure, f"{measure}/readings", day=LAST.isoformat(), value="22").status_code == 303
    assert latest(app, cast) == 22.0
    page = ana.get(reading).text
    assert "The value was <del>19.5</del>" in page
    assert "The clock stood still" in page


def test_striking_out_or_restoring_what_changed_meanwhile_says_so(as_: SignIn, reading: str) -> None:
    as_("ben").fill_in(reading, reading, value="18")
    for path in ("strike", "restoration"):
        for htmx in (False, True):
            answer = as_("ana").post(f"{reading}/{path}", {"version": "1", "reason": "My reason"}, htmx=htmx)
            assert answer.status_code == 409
            assert "Somebody else changed this meanwhile" in answer.text
            assert path == "restoration" or "My reason" in answer.text


def test_the_database_refuses_what_is_no_finite_number(in_app: Flask, cast: Cast) -> None:
    for value in (float("nan"), float("inf"), -1e15):
        db.session.add(Reading(measure_id=cast.measures["other"], day=TODAY, value=value))
        with pytest.raises(sa.exc.IntegrityError):
            db.session.flush()
        db.session.rollback()
