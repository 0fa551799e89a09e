"""Striking names and notes of conversations out for good: two looks, then nothing of them is left in the database."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.customers.models import Conversation, ConversationHeld
from kata.extensions import db
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn
from tests.customers.test_striking import everything

pytestmark = pytest.mark.database
NOTE = "Mrs Wilhelmina Quast wants a key; her number is 0171 555 0199."
CLEAN = "She wants a key."
WHY = "a name and a telephone number"


@pytest.fixture
def talk(ana: Client, cast: Cast) -> str:
    """A conversation that was planned under somebody's name, and renamed once."""
    path = f"/conversations/{cast.heard.conversation}"
    for partner in ("Wilhelmina Quast", "Mrs Quast of B4"):
        ana.fill_in(f"{path}/edit", path, partner=partner)
    return path


@pytest.fixture
def held(ana: Client, talk: str, rows: Any) -> str:
    """What was noted of it the last time, with personal data in it."""
    ana.post(f"{talk}/held", {"held_on": "2026-06-02", "note": NOTE, "once": "f00"})
    return f"/held/{rows(ConversationHeld)[-1].id}"


def test_nothing_of_a_name_is_left_in_any_table(ana: Client, app: Flask, cast: Cast, talk: str) -> None:
    assert "Quast" in everything(app)
    asked = {"partner": "The ward sister of B4", "reason": "the name of a customer"}
    second = ana.fill_in(f"{talk}/strike", f"{talk}/strike", **asked)
    assert "This cannot be undone." in second.text
    assert "Quast" in everything(app), "the second look writes nothing"
    answer = ana.post(f"{talk}/strike", {**asked, "version": 3, "sure": "yes"})
    assert (answer.status_code, answer.location) == (303, talk)
    left = everything(app)
    assert "Quast" not in left
    assert "Wilhelmina" not in left
    page = ana.get(talk).text
    assert "<h1>The ward sister of B4</h1>" in page
    assert "struck out for good on 3 June 2026: the name of a customer" in page
    with app.app_context():
        event = db.session.scalars(sa.select(Activity).order_by(Activity.id.desc()).limit(1)).one()
    assert (event.verb, event.person_id) == ("struck out personal data", cast["ana"].id)
    assert event.snapshot is not None
    assert event.snapshot["struck_reason"] == asked["reason"]


def test_nothing_of_a_note_is_left_in_any_table(ana: Client, app: Flask, held: str) -> None:
    assert "0171" in everything(app)
    asked = {"note": CLEAN, "reason": WHY}
    ana.fill_in(f"{held}/strike", f"{held}/strike", **asked)
    answer = ana.post(f"{held}/strike", {**asked, "version": 1, "sure": "yes"}, htmx=True)
    assert f'<hx-partial id="{held[1:].replace("/", "-")}"' in answer.text
    assert CLEAN in answer.text
    assert f"struck out for good on 3 June 2026: {WHY}" in answer.text
    left = everything(app)
    assert "0171" not in left
    assert CLEAN in left


def test_a_note_may_leave_altogether(ana: Client, rows: Any, held: str) -> None:
    assert ana.post(f"{held}/strike", {"note": "", "reason": WHY, "version": 1, "sure": "yes"}).status_code == 303
    assert rows(ConversationHeld)[-1].note == ""


@pytest.mark.parametrize("sure", ["", "yes"])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"note": NOTE}, "Nothing would leave"),
        ({"reason": ""}, "Say what kind of personal data leaves"),
        ({"reason": "the name Quast"}, "“quast” is to leave"),
    ],
)
def test_what_is_wrong_is_said_at_both_looks(
    ana: Client, rows: Any, held: str, fields: dict[str, str], words: str, sure: str
) -> None:
    sent = {"note": CLEAN, "reason": WHY, **fields, "version": 1, "sure": sure}
    answer = ana.post(f"{held}/strike", sent, htmx=True)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(ConversationHeld)[-1].note == NOTE


def test_the_second_look_leads_back_to_the_text(ana: Client, rows: Any, held: str) -> None:
    back = ana.post(f"{held}/strike", {"note": CLEAN, "reason": WHY, "version": 1, "sure": "no"}, htmx=True).text
    assert CLEAN in back
    assert "Look at what will stay" in back
    assert rows(ConversationHeld)[-1].note == NOTE


def test_who_replans_meanwhile_is_not_struck_over(as_: SignIn, rows: Any, talk: str) -> None:
    as_("ben").fill_in(f"{talk}/edit", talk, partner="Quast and her sister")
    sent = {"partner": "Two sisters", "reason": "a name", "version": 3, "sure": "yes"}
    answer = as_("ana").post(f"{talk}/strike", sent, htmx=True)
    assert answer.status_code == 409
    assert "Quast and her sister" in answer.text
    assert rows(Conversation)[0].struck_at is None


def test_two_who_strike_the_same_note_do_so_once(as_: SignIn, rows: Any, held: str) -> None:
    sent = {"note": CLEAN, "reason": WHY, "version": 1, "sure": "yes"}
    assert as_("ana").post(f"{held}/strike", sent).status_code == 303
    assert as_("ben").post(f"{held}/strike", {**sent, "note": "A key."}, htmx=True).status_code == 409
    assert rows(ConversationHeld)[-1].note == CLEAN


def test_an_editor_is_closed_in_its_place(ana: Client, held: str) -> None:
    assert NOTE in ana.get(held, htmx=True).text
    assert ana.get(held).status_code == 303
