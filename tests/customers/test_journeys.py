"""A team's customers and the moments of their journeys: named, described, ordered, archived, measured."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from kata.customers.models import Customer, MomentMeasure, MomentOfTruth
from kata.customers.queries.moments import journey
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn
from tests.customers.conftest import TEAM

pytestmark = pytest.mark.database
PAGE = f"{TEAM}/customers"


@pytest.fixture
def moment(cast: Cast) -> str:
    return f"/moments/{cast.moment}"


def order(app: Flask, cast: Cast) -> list[str]:
    with app.app_context():
        return [each.name for each in journey(cast.teams["access"], cast.heard.customer)]


def add(ana: Client, cast: Cast, *names: str) -> None:
    for name in names:
        page = f"{TEAM}/moments/new?customer={cast.heard.customer}"
        assert ana.fill_in(page, f"{TEAM}/moments", name=name).status_code == 303


# Customers ------------------------------------------------------------------------------------------------------------


def test_a_member_names_a_customer_in_place(ana: Client, rows: Any, cast: Cast) -> None:
    opened = ana.get(f"{PAGE}/new", htmx=True)
    assert opened.text.startswith('<hx-partial id="customer-new"')
    answer = ana.fill_in(f"{PAGE}/new", PAGE, name="A caller", about="An answer.", inside="False", htmx=True)
    assert answer.text.startswith('<hx-partial id="journeys"')
    assert "A caller" in answer.text
    made = rows(Customer, name="A caller")[0]
    assert (made.team_id, made.about, made.inside) == (cast.teams["access"], "An answer.", False)


def test_the_same_submission_twice_makes_one(ana: Client, rows: Any) -> None:
    once = {"name": "A caller", "inside": "False", "once": "77ab"}
    assert [ana.post(PAGE, once).status_code for _ in range(2)] == [303, 303]
    assert len(rows(Customer, name="A caller")) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Name the customer."),
        ("x" * 161, "longer than 160 characters"),
        ("A NEW colleague", "Your team has a customer called “A new colleague” already."),
    ],
)
def test_what_is_wrong_is_said_and_kept(ana: Client, rows: Any, name: str, words: str) -> None:
    for htmx in (False, True):
        answer = ana.fill_in(f"{PAGE}/new", PAGE, name=name, about="Kept text", htmx=htmx)
        assert answer.status_code == 422
        assert words in answer.text
        assert "Kept text" in answer.text
    assert len(rows(Customer, name=name)) == 0


def test_describing_a_customer_better(ana: Client, rows: Any, verbs: Any, cast: Cast) -> None:
    action = f"/customers/{cast.heard.customer}"
    answer = ana.fill_in(f"{action}/edit", action, name="A newcomer", inside="True", htmx=True)
    assert "A newcomer" in answer.text
    assert rows(Customer, id=cast.heard.customer)[0].inside is True
    assert verbs("customer")[-1] == "rewrote"


def test_two_who_describe_one_customer_are_shown_both_texts(as_: SignIn, cast: Cast) -> None:
    action = f"/customers/{cast.heard.customer}"
    ana, ben = as_("ana"), as_("ben")
    ben.fill_in(f"{action}/edit", action, about="A chair")
    for htmx in (False, True):
        answer = ana.post(action, {"name": "A newcomer", "about": "A desk", "inside": "True", "version": 1}, htmx=htmx)
        assert answer.status_code == 409
        assert "A chair" in answer.text
        assert "A desk" in answer.text


def test_archiving_a_customer_keeps_their_moments_in_sight(ana: Client, cast: Cast) -> None:
    action = f"/customers/{cast.heard.customer}"
    answer = ana.post(f"{action}/archive", {"version": 1}, htmx=True)
    assert f'action="{action}/restoration"' in answer.text
    assert "First day at work" in answer.text
    assert ana.post(f"{action}/archive", {"version": 1}, htmx=True).status_code == 200, "twice is once"
    assert ana.post(f"{action}/restoration", {"version": 2}).status_code == 303
    assert ana.post(f"{action}/archive", {"version": 1}, htmx=True).status_code == 409


# Moments --------------------------------------------------------------------------------------------------------------


def test_a_moment_is_added_last_in_its_journey(ana: Client, app: Flask, cast: Cast) -> None:
    add(ana, cast, "The first hour", "The way home")
    assert order(app, cast) == ["First day at work", "The first hour", "The way home"]


def test_a_moment_cannot_be_given_to_another_teams_customer(ana: Client, rows: Any, cast: Cast) -> None:
    form = {"name": "Theirs", "customer_id": cast.hushed.customer, "once": "a"}
    answer = ana.post(f"{TEAM}/moments", form)
    assert answer.status_code == 422
    assert rows(MomentOfTruth, name="Theirs") == []


def test_ordering_the_journey_and_undoing_it(ana: Client, app: Flask, cast: Cast, moment: str) -> None:
    add(ana, cast, "The first hour", "The way home")
    answer = ana.post(f"{moment}/position", {"to": 2}, htmx=True)
    assert order(app, cast) == ["The first hour", "The way home", "First day at work"]
    assert 'name="to" value="0"' in answer.text.split('id="toast"')[-1]
    ana.post(f"{moment}/position", {"to": 0})
    assert order(app, cast)[0] == "First day at work"
    ana.post(f"{moment}/position", {"to": 99})
    assert order(app, cast)[-1] == "First day at work"


def test_ordering_is_no_conflict_for_who_words_a_moment_meanwhile(ana: Client, cast: Cast, moment: str) -> None:
    add(ana, cast, "The first hour")
    opened = form_fields(ana.get(f"{moment}/edit").text, moment)
    ana.post(f"{moment}/position", {"to": 1})
    assert ana.post(moment, {**opened, "name": "Day one"}).status_code == 303


def test_describing_a_moment_and_giving_it_to_nobody(ana: Client, rows: Any, moment: str) -> None:
    answer = ana.fill_in(f"{moment}/edit", moment, about="Everybody looks.", customer_id="", htmx=True)
    assert [f'id="{name}"' in answer.text for name in ("moment-head", "moment-about", "saved")] == [True] * 3
    assert "nobody in particular" in answer.text
    assert rows(MomentOfTruth, id=int(moment.split("/")[-1]))[0].customer_id is None


def test_a_stale_moment_shows_both_texts(as_: SignIn, cast: Cast, moment: str) -> None:
    as_("ben").fill_in(f"{moment}/edit", moment, about="Theirs")
    mine = {"name": "First day at work", "about": "Mine", "customer_id": cast.heard.customer, "version": 1}
    answer = as_("ana").post(moment, mine, htmx=True)
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text


def test_an_archived_moment_leaves_the_lists_and_stays_readable(ana: Client, moment: str) -> None:
    answer = ana.fill_in(moment, f"{moment}/archive", htmx=True)
    assert f'action="{moment}/restoration"' in answer.text
    assert "First day at work" not in ana.get("/customers").text
    assert ana.get(moment).status_code == 200
    assert ana.post(f"{moment}/position", {"to": 0}, htmx=True).status_code == 422
    ana.fill_in(moment, f"{moment}/restoration")
    assert "First day at work" in ana.get("/customers").text


def test_closing_an_editor_brings_the_page_back(ana: Client, moment: str) -> None:
    assert ana.get(moment, htmx=True).text.startswith('<hx-partial id="moment-about"')
    assert ana.get(f"{moment}/measures", htmx=True).text.startswith('<hx-partial id="moment-measures"')
    assert ana.get(f"{moment}/measures").location.startswith(moment)
    assert ana.get(PAGE, htmx=True).text.startswith('<hx-partial id="journeys"')


# Measures -------------------------------------------------------------------------------------------------------------


def test_a_measure_is_linked_taken_off_and_linked_again(ana: Client, rows: Any, cast: Cast, moment: str) -> None:
    number = cast.measures["process"]
    link = {"moment_id": cast.moment, "measure_id": number}
    for _ in range(2):
        answer = ana.fill_in(f"{moment}/measures/new", f"{moment}/measures", measure_id=number, htmx=True)
        assert "Hours waiting for approval" in answer.text
    assert len(rows(MomentMeasure, **link)) == 1
    answer = ana.post(f"{moment}/measures/{number}/removal", {}, htmx=True)
    assert f'name="measure_id" value="{number}"' in answer.text
    assert rows(MomentMeasure, **link)[0].removed_at is not None
    ana.post(f"{moment}/measures", {"measure_id": number})
    assert rows(MomentMeasure, **link)[0].removed_at is None


def test_only_the_teams_own_measures_can_be_linked(ana: Client, rows: Any, cast: Cast, moment: str) -> None:
    for number in (cast.measures["other"], 999999, ""):
        assert ana.post(f"{moment}/measures", {"measure_id": number}, htmx=True).status_code == 422
    assert len(rows(MomentMeasure, moment_id=cast.moment)) == 1


# Links ----------------------------------------------------------------------------------------------------------------


def test_board_and_moment_lead_to_each_other(ana: Client, cast: Cast, moment: str) -> None:
    assert f'href="{moment}"' in ana.get(cast.board.path).text
    assert f'href="{cast.board.path}"' in ana.get(moment).text


def test_a_closed_board_is_not_told_of_at_its_moment(as_: SignIn, cast: Cast, moment: str) -> None:
    as_("ana").post(f"{cast.board.path}/closure", {"closed": "y"})
    for page in (moment, "/customers", PAGE):
        assert "Granting access" in as_("gus").get(page).text
        assert "Granting access" not in as_("eve").get(page).text


def test_a_moment_on_which_nobody_works_says_so(ana: Client, cast: Cast) -> None:
    add(ana, cast, "The way home")
    assert "Nobody works on it yet" in ana.get("/customers").text
    assert "Nobody works on it yet" in ana.get(PAGE).text
