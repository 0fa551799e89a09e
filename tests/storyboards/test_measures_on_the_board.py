"""Rule 10: the target condition's measures beside the current condition's, from → to, as of the last reading."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import joinedload

from kata.extensions import db
from kata.measures import actions
from kata.measures.models import Measure, Reading
from kata.storyboards import pages
from kata.storyboards.pages import Line
from kata.storyboards.queries import sheets
from tests.cast import TODAY, Cast
from tests.conftest import SignIn
from tests.storyboards.practice import Practice


def lines(cast: Cast, sheet: str) -> dict[int, Line]:
    shown = pages.board(cast.viewer("ana"), sheets.head(cast.board.id))
    return {line.measure_id: line for line in shown[f"{sheet}_lines"]}


def read(cast: Cast, value: float, days_ago: int = 0) -> Reading:
    measure = db.session.get_one(Measure, cast.measures["process"], options=[joinedload(Measure.team)])
    row = actions.add_reading(measure, day=TODAY - timedelta(days_ago), value=value, by=cast["ana"].id)
    db.session.commit()
    return row


def test_both_sheets_show_the_same_measures_on_the_same_scale(in_app: Flask, cast: Cast) -> None:
    wanted, now = lines(cast, "target"), lines(cast, "actual")
    assert set(wanted) == set(now) == {cast.measures["outcome"], cast.measures["process"]}
    for key, line in wanted.items():
        assert (line.start, line.goal, line.now) == (now[key].start, now[key].goal, now[key].now)
    process = now[cast.measures["process"]]
    assert (process.start, process.goal, process.now, process.day) == (30.0, 4.0, 19.5, TODAY - timedelta(7))


def test_the_newest_reading_is_now_whenever_it_was_entered(in_app: Flask, cast: Cast) -> None:
    read(cast, 12.0)
    read(cast, 99.0, days_ago=3)
    assert lines(cast, "actual")[cast.measures["process"]].now == 12.0


def test_a_reading_that_was_struck_out_does_not_count(in_app: Flask, cast: Cast) -> None:
    row = read(cast, 12.0)
    assert lines(cast, "actual")[cast.measures["process"]].now == 12.0
    actions.strike(row, row.version, reason="Typed twice", by=cast["ana"].id)
    db.session.commit()
    assert lines(cast, "actual")[cast.measures["process"]].now == 19.5


def test_a_gap_stays_a_gap(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        fresh = Measure(team_id=cast.teams["access"], name="Calls back", kind="process", unit="", better="down")
        db.session.add(fresh)
        db.session.commit()
        key = str(fresh.id)
    client = as_("ana")
    path = f"/targets/{cast.board.target}"
    typed = {"aims-2-measure_id": key, "aims-2-to_value": "3"}
    assert client.fill_in(f"{path}/edit", path, **typed).status_code == 303
    assert "no reading yet" in client.get(cast.board.path).text


def test_a_measure_that_is_no_longer_aimed_at_leaves_both_sheets(in_app: Flask, cast: Cast) -> None:
    practice = Practice(cast)
    assert practice.attempt(lambda: practice.aim("At once", "outcome"))
    assert set(lines(cast, "target")) == set(lines(cast, "actual")) == {cast.measures["outcome"]}


@pytest.mark.parametrize(
    ("aims", "lacks"),
    [
        ((), ("outcome", "process")),
        (("outcome",), ("process",)),
        (("process",), ("outcome",)),
        (("outcome", "process"), ()),
    ],
)
def test_the_board_says_which_kind_of_measure_is_still_missing(
    in_app: Flask, cast: Cast, aims: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    practice = Practice(cast)
    practice.attempt(lambda: practice.aim("At once", *aims))
    assert pages.board(cast.viewer("ana"), sheets.head(cast.board.id))["target_lacks"] == lacks


def test_the_numbers_stand_on_the_page_with_their_way_to_the_measure(cast: Cast, as_: SignIn) -> None:
    page = as_("eve").get(cast.board.path).text
    actual = page.split('id="actual"')[1].split("</section>")[0]
    assert re.search(rf'href="/measures/{cast.measures["process"]}"', actual)
    assert "19.5" in actual


def test_the_next_target_condition_starts_from_where_its_measures_are(cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    client.fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Over.")
    client.fill_in(f"/targets/{cast.board.target}/ending", status="left", reflection="Over.")
    client.fill_in(f"{cast.board.path}/conditions/new", f"{cast.board.path}/conditions", facts="Seven of ten.")
    page = client.get(f"{cast.board.path}/targets/new").text
    assert re.search(r'name="aims-1-from_value"[^>]*value="19.5"', page)
    assert not re.search(r'name="aims-1-to_value"[^>]*value="\d', page)


def test_an_experiment_says_how_far_what_happened_was_from_what_was_expected(cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/experiments/{cast.board.running}/conclusion"
    sent = client.fill_in(path, happened="It took long.", happened_value="15,5", learned="Noon is lunch.")
    assert sent.status_code == 303
    assert "3.5 h more than expected" in client.get(f"/experiments/{cast.board.running}").text
