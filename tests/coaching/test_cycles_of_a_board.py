"""The cycles of a board: that they were held is as open as the board, and one held on paper is entered afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import escape

from kata.coaching.card import KEYS
from kata.coaching.models import CoachingCycle, CycleNote
from kata.coaching.queries.held import SIZE
from kata.extensions import db
from kata.storyboards.models import Storyboard
from tests.cast import NOW, TODAY, Cast
from tests.cast_coaching import SAID
from tests.client import csv_rows
from tests.conftest import Counting, SignIn

Rows = Callable[..., list[Any]]


def hold(app: Flask, cast: Cast, *days_ago: int, **columns: Any) -> list[int]:
    """Cycles that ben held with ana so many days ago; their ids."""
    with app.app_context():
        made = [
            CoachingCycle(
                **{
                    "board_id": cast.board.id,
                    "learner_id": cast["ana"].id,
                    "coach_id": cast["ben"].id,
                    "held_on": TODAY - timedelta(days=days),
                    "status": "held",
                    "ended_at": NOW,
                    **columns,
                }
            )
            for days in days_ago
        ]
        for cycle in made:
            db.session.add(cycle)
            db.session.flush()
        db.session.commit()
        return [cycle.id for cycle in made]


def linked(page: str) -> list[int]:
    """The cycles that the page leads to, in its order."""
    found = re.findall(r'<p class="when"><a href="/cycles/(\d+)"', page)
    return [int(number) for number in found]


def path(cast: Cast) -> str:
    return f"{cast.board.path}/cycles"


def test_those_whom_it_concerns_are_led_to_each_cycle(cast: Cast, as_: SignIn) -> None:
    for name in ("ana", "ben", "cleo"):
        page = as_(name).get(path(cast)).text
        assert linked(page) == [cast.coached.cycle]
        assert SAID["feedback"] in page


@pytest.mark.parametrize("name", ["gus", "eve", "dev", "root", "fay"])
def test_others_see_that_a_cycle_was_held_by_whom_and_when(name: str, cast: Cast, as_: SignIn) -> None:
    page = as_(name).get(path(cast)).text
    assert "Ben Okafor with Ana Novak" in page
    assert "26 May 2026" in page
    assert linked(page) == []
    assert all(str(escape(words)) not in page for words in SAID.values())


def test_the_board_leads_to_its_cycles(cast: Cast, as_: SignIn) -> None:
    assert f'href="{path(cast)}"' in as_("eve").get(cast.board.path).text


def test_they_are_paged_by_key_newest_day_first(app: Flask, cast: Cast, as_: SignIn) -> None:
    days = [3] * 20 + [2] * 20 + [900]  # entered out of order, and many on one day
    made = hold(app, cast, *days)
    by_day = dict(zip(made, days, strict=True))
    by_day[cast.coached.cycle] = 8
    expected = sorted(by_day, key=lambda number: (by_day[number], -number))
    ben, seen, address = as_("ben"), list[int](), path(cast)
    while address:
        page = ben.get(address).text
        seen += linked(page)
        older = re.search(r'href="(/boards/\d+/cycles\?before=\d+)"', page)
        address = older.group(1) if older else ""
    assert seen == expected
    assert len(expected) > SIZE


@pytest.mark.parametrize("before", ["nothing", "-1", "0", "99999999999999999999"])
def test_a_page_that_there_is_not_is_empty_or_the_first(before: str, cast: Cast, as_: SignIn) -> None:
    assert as_("ben").get(path(cast), query_string={"before": before}).status_code == 200


def test_another_boards_cycle_says_nothing_of_its_day(app: Flask, cast: Cast, as_: SignIn) -> None:
    (other,) = hold(app, cast, 1, board_id=cast.other.id, learner_id=cast["eve"].id)
    assert linked(as_("ben").get(path(cast), query_string={"before": other}).text) == []


def test_the_list_costs_the_same_with_many(app: Flask, cast: Cast, as_: SignIn, statements: Counting) -> None:
    ben = as_("ben")
    with statements() as few:
        ben.get(path(cast))
    hold(app, cast, *range(200))
    with statements() as many:
        ben.get(path(cast))
    assert len(many) == len(few) <= 12


def test_the_learner_is_asked_for_the_reflection_that_is_missing(app: Flask, cast: Cast, as_: SignIn) -> None:
    (bare,) = hold(app, cast, 1)
    assert f'href="/cycles/{bare}#reflection"' in as_("ana").get(path(cast)).text
    assert f'href="/cycles/{cast.coached.cycle}#reflection"' not in as_("ana").get(path(cast)).text
    assert "#reflection" not in as_("ben").get(path(cast)).text


def test_the_running_one_stands_on_top_with_the_way_in(app: Flask, cast: Cast, as_: SignIn) -> None:
    (running,) = hold(app, cast, 0, status="running", ended_at=None)
    watch, guide = f'href="/cycles/{running}/observation"', f'href="{cast.board.path}/coach"'
    pages = {name: as_(name).get(path(cast)).text for name in ("ben", "cleo", "ana", "eve")}
    assert all("Ben is coaching Ana now" in page for page in pages.values())
    assert [name for name, page in pages.items() if watch in page] == ["cleo"]
    assert [name for name, page in pages.items() if guide in page] == ["ben"]


def test_a_second_coach_watches_only_the_coach_of_the_board(app: Flask, cast: Cast, as_: SignIn) -> None:
    hold(app, cast, 0, status="running", ended_at=None, coach_id=cast["gus"].id)
    assert "/observation" not in as_("cleo").get(path(cast)).text


# Held at a paper board --------------------------------------------------------------------------------------------


def form(**fields: str) -> dict[str, str]:
    return {"held_on": (TODAY - timedelta(days=2)).isoformat(), **fields}


def test_a_cycle_from_a_paper_board_is_entered_with_what_was_noted(cast: Cast, as_: SignIn, rows: Rows) -> None:
    ben = as_("ben")
    noted = {key: f"About {key}" for key in (*KEYS, "feedback", "practice")}
    answer = ben.fill_in(f"{path(cast)}/new", f"{path(cast)}/held", **form(**noted))
    assert answer.status_code == 303
    page = ben.get(answer.location).text
    assert "Coaching cycle of 1 June 2026" in page
    assert "Held at a paper board" in page
    assert all(words in page for words in noted.values())
    assert "minute" not in page
    (kept,) = rows(CoachingCycle, paper=True)
    assert {note.seconds for note in rows(CycleNote, cycle_id=kept.id)} == {None}


def test_the_same_form_sent_twice_enters_one_cycle(cast: Cast, as_: SignIn, rows: Rows) -> None:
    ben, sent = as_("ben"), form(feedback="Counted.", once="the very same")
    assert {ben.post(f"{path(cast)}/held", sent).status_code for _time in range(2)} == {303}
    assert len(rows(CoachingCycle, paper=True)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"held_on": ""}, "Say on which day it was held."),
        ({"held_on": (TODAY + timedelta(days=1)).isoformat()}, "A cycle that was held lies behind."),
        ({"feedback": ""}, "a cycle without words helps nobody later"),
        ({"target": "x" * 4001}, "longer than 4000"),
        ({"practice": "x" * 2001}, "longer than 2000"),
    ],
)
def test_what_cannot_be_entered_stays_in_the_form(
    fields: dict[str, str], said: str, cast: Cast, as_: SignIn, rows: Rows
) -> None:
    sent = {**form(feedback="Kept words"), "last": "Not lost" if fields != {"feedback": ""} else "", **fields}
    answer = as_("ben").post(f"{path(cast)}/held", sent)
    assert answer.status_code == 422
    assert str(escape(said)) in answer.text
    assert all(value in answer.text for value in sent.values() if value)
    assert rows(CoachingCycle, paper=True) == []


def test_an_ended_board_takes_no_cycle_any_more(app: Flask, cast: Cast, as_: SignIn, rows: Rows) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).archived_at = NOW
        db.session.commit()
    ben = as_("ben")
    assert "This storyboard has ended" in ben.get(f"{path(cast)}/new").text
    assert ben.post(f"{path(cast)}/held", form(feedback="Late")).status_code == 422
    assert rows(CoachingCycle, paper=True) == []


def test_a_coach_enters_none_at_their_own_board(app: Flask, cast: Cast, as_: SignIn, rows: Rows) -> None:
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        board.coach_id, board.learner_id = None, cast["ben"].id
        db.session.commit()
    ben = as_("ben")
    assert "Nobody coaches themselves" in ben.get(f"{path(cast)}/new").text
    assert ben.post(f"{path(cast)}/held", form(feedback="My own")).status_code == 422
    assert rows(CoachingCycle, paper=True) == []


def test_it_may_run_beside_a_cycle_on_the_screen(app: Flask, cast: Cast, as_: SignIn, rows: Rows) -> None:
    hold(app, cast, 0, status="running", ended_at=None)
    assert as_("ben").post(f"{path(cast)}/held", form(feedback="Last week")).status_code == 303
    assert len(rows(CoachingCycle, paper=True)) == 1


# As a file ------------------------------------------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.parametrize("name", ["fay", "gus", "eve", "dev", "root", "ana", "ben", "cleo"])
def test_as_a_file_the_facts_are_open_and_the_texts_for_learner_and_coaches(
    name: str, app: Flask, cast: Cast, as_: SignIn
) -> None:
    with app.app_context():
        note = db.session.scalars(sa.select(CycleNote).where(CycleNote.part == "reflection")).one()
        note.words = "=HYPERLINK(1)"
        db.session.commit()
    answer = as_(name).get(f"{path(cast)}.csv")
    reads = name in {"ana", "ben", "cleo"}
    assert csv_rows(answer) == [
        {
            "Day": "2026-05-26",
            "Coach": "Ben Okafor",
            "Learner": "Ana Novak",
            "Ended as": "held",
            "At a paper board": "no",
            "Threshold of knowledge": "Actual",
            "Feedback": SAID["feedback"] if reads else "",
            "Reflection": "'=HYPERLINK(1)" if reads else "",
        }
    ]


def test_the_file_holds_all_of_many_and_the_page_leads_to_it(
    app: Flask, cast: Cast, as_: SignIn, statements: Counting
) -> None:
    ana, counts = as_("ana"), []
    for days in (range(9, 10), range(10, 70)):
        hold(app, cast, *days)
        with statements() as asked:
            rows = csv_rows(ana.get(f"{path(cast)}.csv"))
        counts.append(len(asked))
    assert len(rows) == 62
    assert counts[0] == counts[1]
    assert f'href="{path(cast)}.csv"' in ana.get(path(cast)).text
