"""Striking personal data out for good: two looks, then nothing of it is left anywhere in the database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.customers.models import Voice, VoiceWording
from kata.extensions import db
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn

pytestmark = pytest.mark.database
NAMED = "Mrs Wilhelmina Quast rang me twice on 0171 555 0199 about it."
CLEAN = "She rang me twice about it."
ASKED = {"words": CLEAN, "why": "", "reason": "a name and a telephone number"}


@pytest.fixture
def voice(ana: Client, cast: Cast) -> str:
    """A voice that was worded three times, each with personal data in it."""
    path = f"/voices/{cast.heard.voice}"
    for words in ("Wilhelmina rang.", "Mrs Quast rang on 0171 555 0199.", NAMED):
        ana.fill_in(f"{path}/edit", path, words=words, why="Quast has waited before.")
    return path


def everything(app: Flask) -> str:
    """Every value of every table, as one text."""
    with app.app_context():
        tables = db.metadata.sorted_tables
        return "\n".join(str(tuple(row)) for table in tables for row in db.session.execute(sa.select(table)))


def test_nothing_of_it_is_left_in_any_table(ana: Client, app: Flask, voice: str) -> None:
    assert "Quast" in everything(app)
    second = ana.fill_in(f"{voice}/strike", f"{voice}/strike", **ASKED)
    assert "Quast" in everything(app), "the second look writes nothing"
    assert "This cannot be undone." in second.text
    assert "3 older wordings" in second.text
    answer = ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "yes"})
    assert answer.status_code == 303
    left = everything(app)
    for part in ("Quast", "Wilhelmina", "0171"):
        assert part not in left
    assert CLEAN in left


def test_the_page_and_the_record_say_that_it_was_done_by_whom_and_why(
    ana: Client, app: Flask, cast: Cast, voice: str, rows: Any
) -> None:
    ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "yes"}, htmx=True)
    page = ana.get(voice).text
    assert "Personal data was struck out for good on 3 June 2026: a name and a telephone number" in page
    assert "reworded" not in page
    assert rows(VoiceWording) == []
    with app.app_context():
        event = db.session.scalars(sa.select(Activity).order_by(Activity.id.desc()).limit(1)).one()
    assert (event.verb, event.person_id) == ("struck out personal data", cast["ana"].id)
    assert event.snapshot is not None
    assert event.snapshot["struck_reason"] == ASKED["reason"]
    assert "words" not in event.snapshot


def test_without_the_second_look_nothing_happens(ana: Client, rows: Any, voice: str) -> None:
    for sure in ("", "no", "on"):
        assert ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": sure}).status_code == 200
    assert rows(Voice)[0].words == NAMED
    back = ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "no"}, htmx=True).text
    assert CLEAN in back
    assert "Look at what will stay" in back


@pytest.mark.parametrize("sure", ["", "yes"])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": ""}, "Write what may stay."),
        ({"reason": ""}, "Say what kind of personal data leaves"),
        ({"reason": "the name Quast"}, "“quast” is to leave"),
        ({"reason": "the number 0199"}, "“0199” is to leave"),
    ],
)
def test_what_is_wrong_is_said_at_both_looks(
    ana: Client, rows: Any, voice: str, fields: dict[str, str], words: str, sure: str
) -> None:
    answer = ana.post(f"{voice}/strike", {**ASKED, **fields, "version": 4, "sure": sure}, htmx=True)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(Voice)[0].words == NAMED


def test_a_text_from_which_nothing_leaves_is_refused(ana: Client, cast: Cast) -> None:
    path = f"/voices/{cast.heard.voice}/strike"
    assert "Nothing would leave" in ana.fill_in(path, path, reason="a name").text


def test_the_older_wordings_alone_can_be_struck(ana: Client, rows: Any, voice: str) -> None:
    ana.fill_in(f"{voice}/edit", voice, words=CLEAN, why="")
    answer = ana.post(f"{voice}/strike", {**ASKED, "version": 5, "sure": "yes"})
    assert answer.status_code == 303
    assert rows(VoiceWording) == []


def test_who_rewords_meanwhile_is_not_struck_over(as_: SignIn, rows: Any, voice: str) -> None:
    as_("ben").fill_in(f"{voice}/edit", voice, words="Quast’s sister rang.")
    answer = as_("ana").post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "yes"}, htmx=True)
    assert answer.status_code == 409
    assert "Quast’s sister rang." in answer.text
    assert rows(Voice)[0].struck_at is None


def test_striking_twice_is_once(ana: Client, rows: Any, voice: str) -> None:
    for _ in range(2):
        answer = ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "yes"})
        assert answer.status_code == 303
    assert rows(Voice)[0].version == 5


def test_nothing_of_it_is_left_in_the_file(ana: Client, app: Flask, voice: str) -> None:
    with app.app_context():
        address = db.engine.url
    if address.get_backend_name() != "sqlite":
        pytest.skip("only SQLite keeps its rows in a file of ours")
    ana.post(f"{voice}/strike", {**ASKED, "version": 4, "sure": "yes"})
    assert address.database is not None
    files = list(Path(address.database).parent.glob(f"{Path(address.database).name}*"))
    kept = b"".join(file.read_bytes() for file in files)
    assert b"quast" not in kept.lower(), "also not in an index of words, nor in the log"
    assert CLEAN.encode() in kept
