"""A measure's page, describing it, archiving it, making one; who may."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db, writing
from kata.measures.models import Measure, Reading
from kata.teams.models import Team
from tests.cast import Cast
from tests.client import Client
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
NEW = "/teams/access-requests/measures/new"
MADE = "/teams/access-requests/measures"
FULL = {"name": "Calls back", "kind": "process", "better": "down", "unit": "a day", "definition": "Each one counts."}


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/measures/{cast.measures['process']}"


def measures(app: Flask, name: str) -> list[Measure]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Measure).where(Measure.name == name)))


def verbs(app: Flask, subject: str) -> list[str]:
    with app.app_context():
        return list(
            db.session.scalars(sa.select(Activity.verb).where(Activity.subject_type == subject).order_by(Activity.id))
        )


def add_readings(app: Flask, measure_id: int, count: int) -> None:
    with app.app_context():
        token = writing.set(True)
        days = (date(2015, 1, 1) + timedelta(days=n) for n in range(count))
        rows = [{"measure_id": measure_id, "day": day, "value": 1.5, "note": "", "version": 1} for day in days]
        db.session.execute(sa.insert(Reading), rows)
        db.session.commit()
        writing.reset(token)


# Reading --------------------------------------------------------------------------------------------------------------


def test_the_page_tells_what_is_measured_and_its_newest_value(ana: Client, address: str) -> None:
    page = ana.get(address).text
    for words in ("Hours waiting for approval", "19.5", "lower is better", "process measure", "Access requests"):
        assert words in page


def test_everyone_signed_in_reads_and_is_offered_nothing_that_they_may_not(
    cast: Cast, as_: SignIn, address: str
) -> None:
    for name in ("eve", "fay", "dev", "root", "cleo"):
        page = as_(name).get(address)
        assert page.status_code == 200
        assert f"{address}/edit" not in page.text
        assert "Add a reading" not in page.text
        assert "Archive" not in page.text


def test_nobody_reads_without_signing_in(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 303


@pytest.mark.parametrize("path", ["", "/edit", "/about", "/readings/paste", ".csv"])
def test_an_unknown_measure_is_not_there(ana: Client, path: str) -> None:
    assert ana.get(f"/measures/999999{path}").status_code == 404


def test_the_table_is_paged_by_day_both_ways(ana: Client, app: Flask, cast: Cast) -> None:
    measure = cast.measures["other"]
    add_readings(app, measure, 120)
    first = ana.get(f"/measures/{measure}").text
    assert "30 April 2015" in first
    assert f"/measures/{measure}?before=2015-04-11" in first
    assert "Newer" not in first
    second = ana.get(f"/measures/{measure}?before=2015-04-11").text
    assert "?after=2015-04-10" in second
    assert "?before=2015-03-22" in second
    last = ana.get(f"/measures/{measure}?before=2015-01-21").text
    assert "Older" not in last
    back = ana.get(f"/measures/{measure}?after=2015-04-10").text
    assert "30 April 2015" in back
    assert "Newer" not in back


@pytest.mark.parametrize("query", ["?before=yesterday", "?before=2015-13-45", "?after=", "?before=0001-01-01"])
def test_a_place_that_is_none_still_shows_the_page(ana: Client, address: str, query: str) -> None:
    assert ana.get(address + query).status_code == 200


def test_the_page_costs_the_same_with_one_reading_and_with_many(
    ana: Client, app: Flask, cast: Cast, statements: Counting
) -> None:
    measure = cast.measures["other"]
    add_readings(app, measure, 1)
    with statements() as few:
        ana.get(f"/measures/{measure}")
    with app.app_context():
        db.session.execute(sa.delete(Reading).where(Reading.measure_id == measure))
        db.session.commit()
    add_readings(app, measure, 200)
    with statements() as many:
        ana.get(f"/measures/{measure}")
    assert len(few) == len(many) <= 12


# CSV ------------------------------------------------------------------------------------------------------------------


def test_csv_holds_what_counts_oldest_first(ana: Client, app: Flask, address: str) -> None:
    answer = ana.get(f"{address}.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert rows[0] == ["day", "value", "note", "signals"]
    assert [row[1] for row in rows[1:]] == ["30", "26", "19.5"]


# Describing -----------------------------------------------------------------------------------------------------------


def test_a_member_describes_the_measure_better_and_it_is_recorded(ana: Client, app: Flask, address: str) -> None:
    answer = ana.fill_in(f"{address}/edit", address, name="Hours until approval", definition="From form to click.")
    assert answer.location == address
    assert "From form to click." in ana.get(address).text
    assert verbs(app, "measure")[-1] == "rewrote"


def test_htmx_gets_the_pieces_that_changed(ana: Client, address: str) -> None:
    opened = ana.get(f"{address}/edit", htmx=True)
    assert opened.text.startswith('<hx-partial id="measure-about"')
    answer = ana.fill_in(f"{address}/edit", address, htmx=True, unit="days")
    assert [f'id="{name}"' in answer.text for name in ("measure-head", "measure-about", "saved")] == [True] * 3
    closed = ana.get(f"{address}/about", htmx=True)
    assert "From" not in closed.text
    assert closed.text.startswith('<hx-partial id="measure-about"')


def test_a_stale_version_shows_both_texts_and_keeps_what_was_typed(as_: SignIn, address: str) -> None:
    ana, ben = as_("ana"), as_("ben")
    ben.fill_in(f"{address}/edit", address, definition="Working hours only.")
    answer = ana.post(address, {**FULL, "name": "Hours waiting for approval", "version": "1"})
    assert answer.status_code == 409
    assert "Working hours only." in answer.text
    assert "Each one counts." in answer.text
    assert "Working hours only." in ana.get(address).text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Give the measure a name."),
        ("name", "   ", "Give the measure a name."),
        ("name", "x" * 121, "longer than 120 characters"),
        ("kind", "", "Say whether it is an outcome or a process measure."),
        ("kind", "feeling", "Say whether it is an outcome or a process measure."),
        ("better", "", "Say which direction is better."),
        ("better", "sideways", "Say which direction is better."),
        ("unit", "x" * 41, "longer than 40 characters"),
        ("definition", "x" * 4001, "longer than 4000 characters"),
        ("source", "x" * 301, "longer than 300 characters"),
    ],
)
def test_each_field_says_what_is_wrong_and_keeps_what_was_typed(
    ana: Client, app: Flask, address: str, field: str, typed: str, words: str
) -> None:
    for page, action in ((NEW, MADE), (f"{address}/edit", address)):
        answer = ana.fill_in(page, action, **{**FULL, field: typed})
        assert answer.status_code == 422
        assert words in answer.text
        assert "Each one counts." in answer.text or field == "definition"
    assert measures(app, "Calls back") == []


def test_hostile_text_stays_text(ana: Client, app: Flask) -> None:
    name, definition = "<script>alert(1)</script>", '<b>bold</b> \u202e "onload=x'
    ana.fill_in(NEW, MADE, **{**FULL, "name": name, "definition": definition})
    page = ana.get(f"/measures/{measures(app, name)[0].id}").text
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "\u202e" not in page


# Making ---------------------------------------------------------------------------------------------------------------


def test_a_member_makes_a_measure(ana: Client, app: Flask, cast: Cast) -> None:
    answer = ana.fill_in(NEW, MADE, **FULL)
    made = measures(app, "Calls back")[0]
    assert answer.location == f"/measures/{made.id}"
    assert (made.team_id, made.kind, made.better, made.unit) == (cast.teams["access"], "process", "down", "a day")
    assert "No readings yet" in ana.get(answer.location).text


def test_the_same_submission_twice_makes_one(ana: Client, app: Flask) -> None:
    once = {**FULL, "once": "8a1f"}
    answers = [ana.post(MADE, once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(measures(app, "Calls back")) == 1


@pytest.mark.parametrize("name", ["Hours waiting for approval", "HOURS waiting for approval"])
def test_a_name_that_the_team_has_already_is_refused(ana: Client, name: str) -> None:
    answer = ana.fill_in(NEW, MADE, **{**FULL, "name": name})
    assert answer.status_code == 422
    assert "Your team has a measure called" in answer.text


def test_fields_that_the_form_does_not_have_change_nothing(ana: Client, app: Flask, cast: Cast) -> None:
    ana.fill_in(NEW, MADE, **FULL, team_id=str(cast.teams["invoices"]), archived_at="2020-01-01", id="7")
    made = measures(app, "Calls back")[0]
    assert (made.team_id, made.archived_at) == (cast.teams["access"], None)


def test_an_unknown_team_is_not_there_and_a_closed_one_takes_no_measures(ana: Client, app: Flask, cast: Cast) -> None:
    assert ana.get("/teams/nowhere/measures/new").status_code == 404
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        team.closed_at = sa.func.now()
        db.session.commit()
    assert ana.get(NEW).status_code == 404


# Archiving ------------------------------------------------------------------------------------------------------------


def test_archiving_takes_it_out_of_use_and_undo_brings_it_back(ana: Client, app: Flask, address: str) -> None:
    answer = ana.fill_in(address, f"{address}/archive", htmx=True)
    assert f'action="{address}/restoration"' in answer.text
    assert "Add a reading" not in answer.text
    assert ana.fill_in(address, f"{address}/restoration").location == address
    assert "Add a reading" in ana.get(address).text
    assert verbs(app, "measure")[-2:] == ["archived", "restored"]


def test_archiving_what_changed_meanwhile_says_so(ana: Client, address: str) -> None:
    for htmx in (True, False):
        answer = ana.post(f"{address}/archive", {"version": "0"}, htmx=htmx)
        assert answer.status_code == 409
        assert "Somebody else changed this meanwhile" in answer.text


def test_archiving_twice_says_so(ana: Client, address: str) -> None:
    ana.post(f"{address}/archive", {"version": "1"})
    answer = ana.post(f"{address}/archive", {"version": "2"})
    assert answer.status_code == 422
    assert "archived already" in answer.text


# Who may --------------------------------------------------------------------------------------------------------------


def test_only_members_and_coaches_of_the_team_write(as_: SignIn, address: str, cast: Cast) -> None:
    gets = [f"{address}/edit", f"{address}/readings/paste", NEW]
    posts = [address, f"{address}/archive", f"{address}/restoration", f"{address}/readings", MADE]
    posts += [f"{address}/readings/paste", f"/readings/{cast.reading}", f"/readings/{cast.reading}/strike"]
    for name in ("eve", "fay", "dev", "root", "cleo"):
        client = as_(name)
        assert {client.get(path).status_code for path in gets} == {403}
        assert {client.post(path, {}).status_code for path in posts} == {403}
    for name in ("ana", "gus", "ben"):
        assert {as_(name).get(path).status_code for path in gets} == {200}


# The team's list ------------------------------------------------------------------------------------------------------


def test_a_teams_measures_are_a_page_and_a_piece_of_the_teams(ana: Client, cast: Cast) -> None:
    page = ana.get(MADE).text
    for words in ("Access on the first day", "Hours waiting for approval", "19.5", NEW):
        assert words in page
    assert ana.get(MADE, htmx=True).text.startswith('<hx-partial id="team-measures"')


def test_who_does_not_belong_reads_the_list_and_is_offered_nothing(as_: SignIn) -> None:
    page = as_("eve").get(MADE)
    assert page.status_code == 200
    assert NEW not in page.text


def test_a_team_without_measures_is_told_what_they_are_for(ana: Client, app: Flask, cast: Cast) -> None:
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        db.session.add(Team(name="Quiet", slug="quiet", area_id=team.area_id))
        db.session.commit()
    assert "This team has no measures yet." in ana.get("/teams/quiet/measures").text
