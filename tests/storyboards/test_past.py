"""The board of a past day is the board that was seen that day, whatever has happened since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from kata import clock
from kata.extensions import db
from kata.identity.models import Person
from kata.measures.models import Measure, Reading
from kata.storyboards import pages
from kata.storyboards.queries.past import AsOf
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Frozen, SignIn
from tests.storyboards.practice import Practice, differences

DAYS: list[list[Callable[[Practice], object]]] = [
    [lambda p: p.move(1, 0), lambda p: p.park("The list is long"), lambda p: p.rename("Granting access at once")],
    [lambda p: p.conclude("Four of ten.", "Noon is lunch."), lambda p: p.photo("The list"), lambda p: p.move(2, 0)],
    [
        lambda p: p.focus(1),
        lambda p: p.plan("Ask at one", ""),
        lambda p: p.unphoto(),
        lambda p: p.aim("At once", "process"),
    ],
    [
        lambda p: p.replan("Ask at two"),
        lambda p: p.take_out(0, "removed"),
        lambda p: p.challenge("Nobody waits at all."),
    ],
    [lambda p: p.conclude("Nine of ten.", ""), lambda p: p.put_back(), lambda p: p.describe("Seven of ten wait.")],
    [lambda p: p.conclude("Nine of ten.", "Two is right."), lambda p: p.amend("happened", "Eight of ten.")],
    [
        lambda p: p.aim("At once, and always", "outcome", "process"),
        lambda p: p.unfocus(),
        lambda p: p.close(closed=True),
    ],
    [lambda p: p.reflect("We know when to ask."), lambda p: p.describe("Two of ten wait.")],
    [lambda p: p.aim("All of them", "outcome"), lambda p: p.park("One is left"), lambda p: p.focus(0)],
    [lambda p: p.plan("Ask her"), lambda p: p.set_aside("She is ill."), lambda p: p.reword(0, "None is left")],
]


@pytest.fixture
def practice(in_app: Flask, cast: Cast) -> Practice:
    return Practice(cast)


def test_each_day_of_two_weeks_is_shown_as_it_was_seen(practice: Practice, frozen: Frozen) -> None:
    seen: dict[date, Any] = {}
    for acts in DAYS:
        frozen.forward(days=1)
        assert [practice.attempt(lambda act=act: act(practice)) for act in acts] == [True] * len(acts)
        seen[clock.today("Europe/London")] = practice.seen_now()
    frozen.forward(days=1)
    for day, board in seen.items():
        assert differences(board, practice.seen_on(day)) == [], day


WORDS = st.sampled_from(["Ask at noon", "Nobody decides", "Seven of ten", "x"])
WHICH = st.integers(0, 3)
ACTS = st.one_of(
    st.builds(lambda w: lambda p: p.rename(w), WORDS),
    st.builds(lambda w: lambda p: p.challenge(w), WORDS),
    st.builds(lambda w: lambda p: p.describe(w), WORDS),
    st.builds(lambda w, m: lambda p: p.aim(w, *m), WORDS, st.sets(st.sampled_from(["outcome", "process"]))),
    st.builds(lambda w: lambda p: p.reflect(w), WORDS),
    st.builds(lambda w: lambda p: p.park(w), WORDS),
    st.builds(lambda n: lambda p: p.focus(n), WHICH),
    st.builds(lambda n, to: lambda p: p.move(n, to), WHICH, WHICH),
    st.builds(lambda n, w: lambda p: p.reword(n, w), WHICH, WORDS),
    st.builds(lambda n, s: lambda p: p.take_out(n, s), WHICH, st.sampled_from(["removed", "set aside"])),
    st.builds(lambda w, e: lambda p: p.plan(w, e), WORDS, st.sampled_from(["", "Half."])),
    st.builds(lambda w, learned: lambda p: p.conclude(w, learned), WORDS, st.sampled_from(["", "We know."])),
    st.builds(lambda f, w: lambda p: p.amend(f, w), st.sampled_from(["step", "happened", "learned"]), WORDS),
    st.builds(lambda w: lambda p: p.photo(w), WORDS),
    st.sampled_from(
        [
            lambda p: p.unfocus(),
            lambda p: p.put_back(),
            lambda p: p.unphoto(),
            lambda p: p.replan("Later"),
            lambda p: p.set_aside("No"),
        ]
    ),
)


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(days=st.lists(st.lists(ACTS, min_size=1, max_size=5), min_size=2, max_size=5))
def test_whatever_is_done_each_day_is_shown_as_it_was_seen(
    app: Flask, cast: Cast, frozen: Frozen, reset: Callable[[], None], days: list[list[Callable[[Practice], object]]]
) -> None:
    reset()
    frozen.at(NOW)
    seen: dict[date, Any] = {}
    with app.app_context():
        practice = Practice(cast)
        for acts in days:
            frozen.forward(days=1)
            for act in acts:
                practice.attempt(lambda act=act: act(practice))
            seen[clock.today("Europe/London")] = practice.seen_now()
        frozen.forward(days=1)
        for day, board in seen.items():
            assert differences(board, practice.seen_on(day)) == [], day
        db.session.rollback()


# What is not of the day ----------------------------------------------------------------------------------------------


def test_people_and_measures_have_todays_names_on_every_day(practice: Practice, cast: Cast) -> None:
    db.session.get_one(Person, cast["ana"].id).name = "Ana Marić"
    db.session.get_one(Measure, cast.measures["process"]).name = "Hours until approved"
    db.session.commit()
    shown = practice.seen_on(TODAY - timedelta(1))
    assert shown["place"]["head"]["learner"] == "Ana Marić"
    assert {line["name"] for line in shown["target_lines"]} == {"Access on the first day", "Hours until approved"}


def test_a_measure_shows_the_newest_reading_up_to_that_day(practice: Practice, cast: Cast) -> None:
    weeks = {days: practice.seen_on(TODAY - timedelta(days)) for days in (1, 8, 29)}
    values = {
        days: {line["measure_id"]: line["now"] for line in shown["actual_lines"]} for days, shown in weeks.items()
    }
    outcome, process = cast.measures["outcome"], cast.measures["process"]
    assert values == {
        1: {outcome: 70.0, process: 19.5},
        8: {outcome: 64.0, process: 26.0},
        29: {outcome: 61.0, process: 30.0},
    }


def test_before_its_first_reading_a_measure_had_none(practice: Practice, cast: Cast) -> None:
    shown = practice.seen_on(TODAY - timedelta(80))
    assert shown["challenge_line"]["now"] is None
    assert db.session.query(Reading).count() > 0


def test_nothing_can_be_written_on_a_past_day(practice: Practice, cast: Cast, as_: SignIn) -> None:
    past = AsOf(cast.board.id, TODAY - timedelta(1), "Europe/London")
    where = pages.place(cast.viewer("ana"), cast.board.id, past, TODAY - timedelta(1))
    assert (where.can_write, where.can_run, where.prompt) == (False, False, None)


def test_the_page_of_a_past_day_has_no_form_that_writes_and_leads_back(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get(f"{cast.board.path}?on=2026-06-02").text.split("<main", 1)[1].split("</main>")[0]
    assert 'method="post"' not in page
    assert "/edit" not in page
    assert "2 June 2026" in page
    assert f'href="{cast.board.path}"' in page


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-03-05", 200), ("2026-03-04", 404), ("1990-01-01", 404), ("yesterday", 404), ("2026-02-30", 404)],
)
def test_before_the_board_began_there_is_nothing(cast: Cast, as_: SignIn, on: str, status: int) -> None:
    assert as_("ana").get(f"{cast.board.path}?on={on}").status_code == status


@pytest.mark.parametrize("on", ["2026-06-03", "2026-06-04", "2199-01-01", ""])
def test_today_and_later_are_now(cast: Cast, as_: SignIn, on: str) -> None:
    page = as_("ana").get(f"{cast.board.path}?on={on}").text
    assert "data-past" not in page
    assert f'href="/experiments/{cast.board.running}/conclusion"' in page


def test_a_past_day_prints_as_it_was(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get(f"{cast.board.path}/print?on=2026-05-20").text
    assert "Three of five came back" not in page
    assert "Granting access" in page


def test_a_past_day_of_a_closed_board_is_closed_too(cast: Cast, as_: SignIn) -> None:
    assert as_("eve").get(f"{cast.board.path}?on=2026-06-01").status_code == 200
    as_("ana").post(f"{cast.board.path}/closure", {"closed": "y"})
    assert as_("eve").get(f"{cast.board.path}?on=2026-06-01").status_code == 404
