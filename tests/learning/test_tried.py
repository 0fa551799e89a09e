"""Tried before: what others tried against something like it, told in passing, or nothing at all."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from kata.extensions import db
from kata.learning import actions
from tests.cast import Cast
from tests.client import Client
from tests.conftest import Counting, SignIn
from tests.growth import experiments

pytestmark = pytest.mark.database


@pytest.fixture
def eve(as_: SignIn) -> Client:
    return as_("eve")


def tried(browser: Client, words: str) -> str:
    """What is told to who writes these words; nothing where nothing is."""
    answer = browser.get("/learning/tried.json", query_string={"q": words})
    assert answer.status_code == (200 if answer.data else 204)
    return answer.text


def test_it_says_what_was_expected_what_happened_what_was_learned_and_whom_to_ask(cast: Cast, eve: Client) -> None:
    told = tried(eve, "Ask two approvers to look twice a day")
    answer = json.loads(told)
    assert "Ask the two approvers to look at noon too" in told
    assert "Half of the requests are decided before the evening." in told
    assert "Three of five came back within the hour." in told
    assert "Being asked once is enough." in told
    assert answer[0]["ask"] == {"name": "Ana Novak", "href": f"/people/{cast['ana'].id}"}


def test_an_obstacle_of_another_team_is_told_too(cast: Cast, eve: Client) -> None:
    assert "Requests lack the system" in tried(eve, "The requests lack a name")


@pytest.mark.parametrize(
    "words", ["", "approvers", "approvers look", "the of and", "zebra crossing stripes", "approvers zebra stripes"]
)
def test_it_is_silent_below_three_words_and_where_little_is_shared(cast: Cast, eve: Client, words: str) -> None:
    assert tried(eve, words) == ""


def test_at_most_three_are_told(cast: Cast, app: Flask, eve: Client) -> None:
    with app.app_context():
        experiments(cast.board, cast, 20)
        actions.fill_missing()
        db.session.commit()
    assert tried(eve, "ask at noon and write down answers").count('"title"') == 3


def test_what_is_being_written_is_not_its_own_forerunner(cast: Cast, eve: Client) -> None:
    told = tried(eve, "Ask the two approvers to look at noon too")
    assert "Ask the two approvers to look at noon too" not in told


def test_it_asks_little(cast: Cast, eve: Client, statements: Counting) -> None:
    eve.get("/")
    with statements() as asked:
        assert tried(eve, "Ask two approvers to look twice a day")
    assert len(asked) <= 5
