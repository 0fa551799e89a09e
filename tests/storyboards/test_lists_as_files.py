"""Storyboards, experiments, obstacles and events as files: the page's filter, and what the reader may see."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from tests import growth
from tests.cast import NAMES, Cast
from tests.client import csv_rows
from tests.conftest import SignIn

INSIDE = {"ana", "gus", "ben", "cleo"}
OPEN, CLOSED, PRACTICE, OTHER = (
    "Granting access",
    "Closing leavers' accounts",
    "Making tea",
    "Answering invoice questions",
)


def processes(as_: SignIn, name: str, query: str = "") -> list[str]:
    return [row["Focus process"] for row in csv_rows(as_(name).get(f"/boards.csv{query}"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_holds_the_boards_that_the_reader_sees(as_: SignIn, name: str) -> None:
    inside = name in INSIDE
    assert processes(as_, name) == [OTHER, CLOSED, OPEN] if inside else [OTHER, OPEN]
    assert processes(as_, name, "?show=practice") == ([PRACTICE] if inside else [])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=invoices", [OTHER]),
        ("?q=ana+novak", [CLOSED, OPEN]),
        ("?show=mine", [CLOSED, PRACTICE, OPEN]),
        ("?show=mine&q=tea", [PRACTICE]),
        ("?show=ended", []),
        ("?show=nonsense&q=%25", []),
    ],
)
def test_a_list_goes_by_the_pages_filter(as_: SignIn, query: str, found: list[str]) -> None:
    assert sorted(processes(as_, "ana", query)) == sorted(found)


def test_the_page_leads_to_the_file_with_its_filter_on_it(as_: SignIn) -> None:
    page = as_("ana").get("/boards?show=mine&q=tea+%26+more").text
    assert "CSV" not in page
    assert 'href="/boards.csv?show=mine&amp;q=tea"' in as_("ana").get("/boards?show=mine&q=tea").text


def test_a_list_is_not_cut_into_pages(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        growth.grow(cast, 120)
        db.session.commit()
    assert len(processes(as_, "root")) > 120
    assert len(csv_rows(as_("root").get(f"{cast.board.path}/experiments.csv"))) > 120
    assert len(csv_rows(as_("root").get(f"{cast.board.path}/obstacles.csv"))) > 120


def test_a_record_holds_all_that_was_written(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        held = db.session.get_one(Experiment, cast.board.concluded)
        held.happened_value, held.expected_value = -3.5, 4.0
        held.learned = "=1+1; -1\n- and so on"
        db.session.commit()
        number, expectation = str(held.number), held.expectation
    rows = csv_rows(as_("eve").get(f"{cast.board.path}/experiments.csv"))
    assert [row["Experiment"] for row in rows] == sorted((row["Experiment"] for row in rows), key=int, reverse=True)
    concluded = next(row for row in rows if row["Experiment"] == number)
    assert concluded["Stage"] == "concluded"
    assert (concluded["Expected"], concluded["Expected value"], concluded["Actual value"]) == (expectation, "4", "-3.5")
    assert concluded["Learned"] == "'=1+1;' -1\n'- and so on"
    running = next(row for row in rows if row["Stage"] == "running")
    assert (running["Happened"], running["Actual value"], running["Ended"]) == ("", "", "")


def test_the_parking_lot_holds_the_obstacles_of_every_target_condition(cast: Cast, as_: SignIn) -> None:
    rows = csv_rows(as_("eve").get(f"{cast.board.path}/obstacles.csv"))
    assert {row["Status"] for row in rows} >= {"in focus", "waiting", "removed"}
    numbers = [int(row["Target condition"]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)


def test_a_history_tells_who_did_what_in_the_teams_time(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).focus_process = "Zugänge – öffnen"
        db.session.commit()
    answer = as_("eve").get(f"{cast.board.path}/history.csv")
    assert "filename*=UTF-8''Zug%C3%A4nge-%C3%B6ffnen-History.csv" in answer.headers["Content-Disposition"]
    first = csv_rows(answer)[-1]
    assert (first["Who"], first["What"], first["Text"]) == ("Ana Novak", "started the storyboard", "Granting access")


@pytest.mark.parametrize("name", ["experiments", "obstacles", "history"])
def test_files_are_offered_on_the_board_of_today_alone(cast: Cast, as_: SignIn, name: str) -> None:
    page, link = cast.board.path + ("/history" if name == "history" else ""), f'href="{cast.board.path}/{name}.csv"'
    assert link in as_("eve").get(page).text
    for elsewhere in ("/wall", "/print", "?on=2026-06-01"):
        assert link not in as_("eve").get(cast.board.path + elsewhere).text
