"""Regular conversations: planned, due, logged with what was heard, overdue said aloud."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from kata.customers.models import Conversation, ConversationHeld, Voice
from kata.web import sections
from tests.cast import Cast
from tests.client import Client
from tests.conftest import Frozen, SignIn
from tests.customers.conftest import TEAM, VOICE

pytestmark = pytest.mark.database
NEW, ALL = f"{TEAM}/conversations/new", f"{TEAM}/conversations"
PLAN = {"partner": "The caretakers", "rhythm": "week", "next_on": "2026-06-10"}


@pytest.fixture
def talk(cast: Cast) -> str:
    return f"/conversations/{cast.heard.conversation}"


def log(client: Client, talk: str, **fields: str) -> Any:
    return client.fill_in(f"{talk}/held/new", f"{talk}/held", **fields)


def test_planning_one(ana: Client, rows: Any, cast: Cast) -> None:
    answer = ana.fill_in(NEW, ALL, customer_id=cast.heard.customer, **PLAN)
    assert answer.location == f"{TEAM}/customers#conversations"
    made = rows(Conversation, partner="The caretakers")[0]
    assert (made.customer_id, made.rhythm, made.next_on) == (cast.heard.customer, "week", date(2026, 6, 10))
    assert "The caretakers" in ana.get(f"{TEAM}/customers").text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("partner", "", "Say with whom you will talk."),
        ("rhythm", "daily", "Say how often."),
        ("next_on", "", "Pick the day of the next conversation."),
        ("next_on", "tomorrow", "That is not a day of the calendar."),
    ],
)
def test_each_field_says_what_is_wrong(ana: Client, field: str, typed: str, words: str) -> None:
    answer = ana.fill_in(NEW, ALL, **{**PLAN, field: typed})
    assert answer.status_code == 422
    assert words in answer.text


def test_another_teams_customer_is_refused(ana: Client, rows: Any, cast: Cast) -> None:
    assert ana.fill_in(NEW, ALL, **PLAN, customer_id=cast.hushed.customer).status_code == 422
    assert rows(Conversation, partner="The caretakers") == []


def test_what_is_overdue_is_said_aloud(ana: Client, talk: str) -> None:
    assert "One conversation is overdue." in ana.get(f"{TEAM}/customers").text
    assert "overdue" in ana.get(talk).text
    assert "was planned for 31 May" in ana.get(TEAM).text


def test_logging_one_asks_at_once_what_was_heard_and_moves_the_next(
    ana: Client, rows: Any, cast: Cast, talk: str
) -> None:
    answer = log(ana, talk, held_on="2026-06-02", note="They showed us the drawer.")
    held = rows(ConversationHeld)[-1]
    assert answer.location == f"/held/{held.id}/voices/new"
    assert (held.held_on, held.by_id) == (date(2026, 6, 2), cast["ana"].id)
    assert rows(Conversation)[0].next_on == date(2026, 7, 2)
    form = {**VOICE, "source": "customer meeting"}
    answer = ana.fill_in(f"/held/{held.id}/voices/new", f"/held/{held.id}/voices", **form)
    assert answer.location == f"{talk}#held-{held.id}"
    heard = rows(Voice, conversation_id=held.id)[0]
    assert (heard.customer_id, heard.moment_id) == (cast.heard.customer, None)
    page = ana.get(talk).text
    assert "They showed us the drawer." in page
    assert "It took all day." in page


def test_the_next_one_falls_on_a_practice_day(ana: Client, rows: Any, talk: str) -> None:
    log(ana, talk, held_on="2026-05-29")
    assert rows(Conversation)[0].next_on == date(2026, 6, 29), "28 June is a Sunday"


def test_one_logged_late_never_brings_the_next_one_nearer(ana: Client, rows: Any, talk: str) -> None:
    log(ana, talk, held_on="2026-06-01")
    after = rows(Conversation)[0].next_on
    log(ana, talk, held_on="2026-03-01")
    assert rows(Conversation)[0].next_on == after


@pytest.mark.parametrize(("day", "words"), [("2026-06-04", "has not come yet"), ("", "Pick the day on which")])
def test_a_day_that_cannot_be_is_refused(ana: Client, rows: Any, talk: str, day: str, words: str) -> None:
    answer = log(ana, talk, held_on=day, note="Kept note")
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept note" in answer.text
    assert len(rows(ConversationHeld)) == 2


def test_logging_twice_is_once(ana: Client, rows: Any, talk: str) -> None:
    for _ in range(2):
        assert ana.post(f"{talk}/held", {"held_on": "2026-06-02", "once": "f00"}).status_code == 303
    assert len(rows(ConversationHeld)) == 3


def test_replanning_and_a_conflict(as_: SignIn, rows: Any, talk: str) -> None:
    answer = as_("ben").fill_in(f"{talk}/edit", talk, partner="Two newcomers", next_on="2026-06-20", htmx=True)
    assert 'id="conversation-plan"' in answer.text
    stale = as_("ana").post(talk, {**PLAN, "version": 1}, htmx=True)
    assert stale.status_code == 409
    assert "Two newcomers" in stale.text
    assert rows(Conversation)[0].partner == "Two newcomers"


def test_archiving_takes_it_out_of_what_is_due(ana: Client, talk: str) -> None:
    answer = ana.post(f"{talk}/archive", {"version": 1}, htmx=True)
    assert f'action="{talk}/restoration"' in answer.text
    assert "overdue" not in ana.get(f"{TEAM}/customers").text
    assert ana.post(f"{talk}/restoration", {"version": 2}).status_code == 303


def test_days_are_the_teams(ana: Client, frozen: Frozen, talk: str) -> None:
    frozen.forward(days=-2, hours=-10)
    assert "overdue" in ana.get(f"{TEAM}/customers").text


@pytest.mark.parametrize(("name", "told"), [("ana", "heard"), ("eve", "hushed"), ("dev", ""), ("fay", "")])
def test_today_can_say_which_of_ones_teams_conversations_are_due(app: Flask, cast: Cast, name: str, told: str) -> None:
    with app.test_request_context():
        shown = "".join(sections.of("today", cast.viewer(name)))
    for team in ("heard", "hushed"):
        assert (f'href="/conversations/{getattr(cast, team).conversation}"' in shown) is (team == told)
