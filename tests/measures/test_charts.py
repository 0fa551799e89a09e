"""The measure's page around its chart: windows, points, phases, thresholds, files, and what other rooms tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.charts import Condition, Experiment
from kata.extensions import db
from kata.measures import actions, annotations
from kata.measures.actions import Given
from kata.measures.annotations import Told
from kata.measures.kept import Shelf
from kata.measures.models import Measure, Phase
from kata.measures.pages import figures
from tests.cast import TODAY, Cast
from tests.client import Client
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
FIRST = TODAY - timedelta(days=199)


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def address(app: Flask, cast: Cast) -> str:
    """A measure with 200 days of readings, on another level for the last 40 of them."""
    with app.app_context():
        made = actions.create(
            cast.teams["access"], name="Hours to the answer", better="down", kind="outcome", unit="h", target=9.0,
            by=cast["ana"].id,
        )  # fmt: skip
        values = [(8.0 if n >= 160 else 12.0) + (n * 7 % 5) / 4 for n in range(200)]
        given = [Given(FIRST + timedelta(days=n), value) for n, value in enumerate(values)]
        actions.save(made, given, seen=actions.compare(made, given).fingerprint, by=cast["ana"].id)
        db.session.commit()
        return f"/measures/{made.id}"


def of(app: Flask, address: str) -> Measure:
    with app.app_context():
        return db.session.get_one(Measure, int(address.rsplit("/", 1)[1]))


def phases(app: Flask) -> list[Phase]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Phase).where(Phase.reason == "A new form").order_by(Phase.id)))


# The chart ------------------------------------------------------------------------------------------------------------


def test_the_page_says_in_a_sentence_what_the_chart_shows(ana: Client, address: str) -> None:
    page = ana.get(address).text
    assert "Something has changed for the better." in page
    assert "not why" in page  # the words never claim a cause
    assert 'class="signal better"' in page


def test_the_newest_that_read_well_are_shown_first_and_all_are_a_link_away(ana: Client, address: str) -> None:
    newest = ana.get(address).text
    assert "A part of 200 readings" in newest
    assert 'id="point-2026-06-03"' in newest
    assert f'id="point-{FIRST}"' not in newest
    assert f"{address}?from={FIRST}" in newest
    assert f'id="point-{FIRST}"' in ana.get(f"{address}?from={FIRST}").text


def test_the_window_lives_in_the_address(ana: Client, address: str) -> None:
    first, last = FIRST + timedelta(days=10), FIRST + timedelta(days=20)
    page = ana.get(f"{address}?from={first}&to={last}").text
    assert f'id="point-{first}"' in page
    assert f'id="point-{last}"' in page
    assert f'id="point-{last + timedelta(days=1)}"' not in page
    assert f"{address}.svg?from={first}&amp;to={last}" in page
    for nonsense in ("?from=yesterday", "?from=2200-01-01", "?to=0001-01-01", "?from=2026-06-03&to=2020-01-01"):
        assert ana.get(address + nonsense).status_code == 200


def test_a_point_has_an_address_that_shows_it_whatever_comes_later(ana: Client, address: str) -> None:
    day = FIRST + timedelta(days=30)
    assert f'id="point-{day}"' in ana.get(f"{address}?point={day}").text


def test_a_chart_leaves_as_a_file_of_its_own(ana: Client, address: str) -> None:
    svg, png = ana.get(f"{address}.svg"), ana.get(f"{address}.png")
    assert svg.mimetype == "image/svg+xml"
    assert "Hours to the answer, h" in svg.text
    assert "Something has changed for the better." in svg.text
    assert png.data.startswith(b"\x89PNG")
    assert all("attachment" in answer.headers["Content-Disposition"] for answer in (svg, png))


def test_a_measure_without_readings_has_an_invitation_and_no_files(ana: Client, cast: Cast) -> None:
    empty = f"/measures/{cast.measures['other']}"
    assert "No readings yet" in ana.get(empty).text
    assert ana.get(f"{empty}.svg").status_code == ana.get(f"{empty}.png").status_code == 404
    assert ana.get(f"{empty}.csv").status_code == 200


def test_every_write_shows_in_the_chart_at_once(ana: Client, address: str) -> None:
    assert "2 days later" not in ana.get(address).text
    answer = ana.fill_in(address, f"{address}/readings", htmx=True, day=TODAY.isoformat(), value="40")
    assert answer.status_code == 422  # that day has a value
    editor = ana.get(address).text.split('href="/readings/')[1].split('"')[0]
    reading = f"/readings/{editor}"
    changed = ana.fill_in(reading, reading, htmx=True, value="40")
    assert '<hx-partial id="measure-chart"' in changed.text
    assert "for the worse" in changed.text
    assert "for the worse" in ana.get(address).text


def test_the_drawing_is_kept_until_something_is_written(
    ana: Client, app: Flask, address: str, statements: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "_figures", Shelf(8))
    drawn: list[int] = []
    draw = figures.draw
    monkeypatch.setattr(figures, "draw", lambda *args, **kwargs: drawn.append(1) or draw(*args, **kwargs))
    for _again in range(3):
        ana.get(address)
    assert len(drawn) == 1
    ana.get(f"{address}?from={FIRST}")
    assert len(drawn) == 2
    ana.fill_in(f"{address}/edit", address, name="Hours until the answer")
    ana.get(address)
    assert len(drawn) == 3
    with statements() as asked:
        ana.get(address)
    assert len(asked) <= 12
    assert not [each for each in asked if "reading.value, reading.numerator" in each and "LIMIT" not in each]


# What other rooms tell ------------------------------------------------------------------------------------------------


@pytest.fixture
def storyteller(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    def tell(viewer: Viewer, measure_id: int) -> Told:
        if viewer.person_id == cast["fay"].id:
            return Told()
        return Told(
            conditions=(Condition(TODAY - timedelta(days=20), TODAY + timedelta(days=5), "Target condition 3"),),
            experiments=(Experiment(TODAY - timedelta(days=9), 4, "Ask at noon", "/experiments/1"),),
            notes=((TODAY, "Heard: nobody waits"),),
        )

    monkeypatch.setattr(annotations, "_providers", [tell])


def test_what_other_rooms_tell_stands_on_the_time_axis_for_those_who_may_see_it(
    as_: SignIn, address: str, storyteller: None
) -> None:
    for name, told in (("ana", True), ("fay", False), ("ana", True)):  # also after it was drawn for the other
        page = as_(name).get(address).text
        for words in ("Target condition 3", "Ask at noon", "Heard: nobody waits"):
            assert (words in page) is told


# Phases ---------------------------------------------------------------------------------------------------------------


def test_a_new_level_offers_a_phase_and_never_starts_one(ana: Client, app: Flask, address: str) -> None:
    since = FIRST + timedelta(days=160)
    assert f"{address}/phases/new?on={since}" in ana.get(address).text
    assert phases(app) == []


def test_a_phase_needs_a_day_and_a_reason_and_draws_the_limits_anew(ana: Client, app: Flask, address: str) -> None:
    since = FIRST + timedelta(days=160)
    form = f"{address}/phases/new?on={since}"
    assert ana.fill_in(form, f"{address}/phases", reason="").status_code == 422
    answer = ana.fill_in(form, f"{address}/phases", htmx=True, reason="A new form")
    assert '<hx-partial id="measure-chart"' in answer.text
    page = ana.get(address).text
    assert "A new form" in page
    assert "Ana Novak" in page
    assert "phases/new?on=" not in page  # the new level has its limits
    assert "routine variation" in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Pick the day from which"),
        ("2026-02-30", "not a day of the calendar"),
        ((TODAY + timedelta(days=1)).isoformat(), "That day has not come yet."),
        (FIRST.isoformat(), "No reading lies before that day"),
        ("1999-01-01", "No reading lies before that day"),
    ],
)
def test_a_phase_on_a_day_that_makes_no_sense_is_refused(
    ana: Client, app: Flask, address: str, day: str, words: str
) -> None:
    for htmx in (False, True):
        answer = ana.fill_in(
            f"{address}/phases/new", f"{address}/phases", htmx=htmx, starts_on=day, reason="A new form"
        )
        assert answer.status_code == 422
        assert words in answer.text
        assert "A new form" in answer.text
    assert phases(app) == []


def test_a_phase_that_was_taken_back_stays_on_the_page_and_comes_back(ana: Client, app: Flask, address: str) -> None:
    day = FIRST + timedelta(days=150)
    ana.fill_in(f"{address}/phases/new", f"{address}/phases", starts_on=day.isoformat(), reason="A new form")
    (one,) = phases(app)
    assert ana.fill_in(address, f"/phases/{one.id}/removal").status_code == 303
    assert "taken back" in ana.get(address).text
    assert ana.post(f"/phases/{one.id}/removal", {"version": "1"}, htmx=True).status_code == 409
    assert ana.fill_in(address, f"/phases/{one.id}/restoration").status_code == 303
    assert "taken back" not in ana.get(address).text
    with app.app_context():
        verbs = db.session.scalars(
            sa.select(Activity.verb).where(Activity.subject_type == "phase", Activity.subject_id == one.id)
        ).all()
    assert verbs == ["started", "took back", "restored"]


def test_two_phases_cannot_start_on_one_day_not_even_by_taking_back(ana: Client, app: Flask, address: str) -> None:
    day = (FIRST + timedelta(days=150)).isoformat()
    for _twice in range(2):
        last = ana.fill_in(f"{address}/phases/new", f"{address}/phases", starts_on=day, reason="A new form")
    assert "A phase starts on that day already." in last.text
    (one,) = phases(app)
    ana.fill_in(address, f"/phases/{one.id}/removal")
    ana.fill_in(f"{address}/phases/new", f"{address}/phases", starts_on=day, reason="Another form")
    refused = ana.fill_in(address, f"/phases/{one.id}/restoration")
    assert refused.status_code == 422
    assert "A phase starts on that day already." in refused.text


# Thresholds -----------------------------------------------------------------------------------------------------------


def test_every_threshold_is_in_sight_with_what_chance_does_to_it(ana: Client, address: str) -> None:
    page = ana.get(address).text
    for words in ("NHS Making Data Count", "7 points on one side", "7 points rising or falling", "1 stable chart in 2"):
        assert words in page


def test_another_preset_brings_its_own_shift_unless_one_was_chosen(ana: Client, app: Flask, address: str) -> None:
    form, action = f"{address}/rules/edit", f"{address}/rules"
    ana.fill_in(form, action, preset="wheeler")
    assert (of(app, address).preset, of(app, address).shift) == ("wheeler", 8)
    assert "moving range" in ana.get(address).text
    ana.fill_in(form, action, preset="mdc", shift="9")
    assert (of(app, address).preset, of(app, address).shift) == ("mdc", 9)
    ana.fill_in(form, action, preset="run", trend="0", baseline="12", screened="y")
    assert (of(app, address).trend, of(app, address).baseline, of(app, address).screened) == (0, 12, True)
    assert "run chart" in ana.get(address).text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("preset", "nelson", "Pick one of the charts."),
        ("preset", "", "Pick one of the charts."),
        ("shift", "5", "Not a valid choice"),
        ("trend", "5", "Not a valid choice"),
        ("baseline", "11", "Lock at least 12 points"),
        ("baseline", "many", "Not a valid integer value"),
    ],
)
def test_a_threshold_that_cries_wolf_too_often_is_refused(
    ana: Client, app: Flask, address: str, field: str, typed: str, words: str
) -> None:
    for htmx in (False, True):
        answer = ana.fill_in(f"{address}/rules/edit", f"{address}/rules", htmx=htmx, **{field: typed})
        assert answer.status_code == 422
        assert words in answer.text
    assert (of(app, address).shift, of(app, address).trend, of(app, address).baseline) == (7, 7, None)


# Notes ----------------------------------------------------------------------------------------------------------------


def test_a_note_is_written_where_it_stands_and_reaches_the_chart(
    ana: Client, app: Flask, address: str, cast: Cast
) -> None:
    reading = ana.get(address).text.split('href="/readings/')[1].split('"')[0]
    note = f"/readings/{reading}/note"
    opened = ana.get(note, htmx=True).text
    assert opened.startswith('<hx-partial id="measure-readings"')
    assert "Save correction" not in opened
    answer = ana.fill_in(note, note, htmx=True, note="Two of us were ill")
    assert answer.status_code == 200
    page = ana.get(address).text
    assert page.count("Two of us were ill") >= 3  # list of the chart, its table, table of readings
    past = ana.get(f"/readings/{reading}").text
    assert "Noted" in past
    assert ana.post(note, {"note": "Mine", "version": "1"}).status_code == 409
    assert ana.fill_in(note, note, note="x" * 501).status_code == 422


def test_a_day_in_the_teams_time_zone_tells_what_is_due(ana: Client, app: Flask, address: str) -> None:
    ana.fill_in(f"{address}/edit", address, cadence="day")
    assert "next reading by 4 June" in ana.get(address).text
    assert date(2026, 6, 4) > TODAY
