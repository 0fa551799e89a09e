"""Anonymising somebody with care: other people's texts, what is refused, and two who do it at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.coaching.models import (
    CycleNote,
)
from kata.extensions import db
from kata.identity.models import Person
from kata.identity.routes import anonymity
from kata.storyboards.models import Obstacle
from tests.cast import Cast
from tests.conftest import Counting, SignIn
from tests.identity.leaving import anonymise, everything, name_her_everywhere, page_of

pytestmark = pytest.mark.database


# Other people's texts -------------------------------------------------------------------------------------------------


def test_it_is_counted_and_shown_beforehand_where_texts_name_the_person(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        words = "Told to <b>Gus</b> Hale by Ána Novák."
        for row in db.session.scalars(
            sa.select(Obstacle).where(Obstacle.board_id.in_([cast.board.id, cast.closed.id]))
        ):
            row.text = words
        note = db.session.scalars(sa.select(CycleNote).where(CycleNote.part == "feedback")).one()
        note.words = "A secret of Gus Hale."
        open_texts = db.session.scalar(
            sa.select(sa.func.count()).where(Obstacle.board_id == cast.board.id, Obstacle.text == words)
        )
        db.session.commit()
    page = as_("root").get(page_of(cast, "ana")).text
    assert page.count("by <mark>Ána Novák</mark>.") == open_texts
    assert "&lt;b&gt;Gus&lt;/b&gt;" in page
    assert "private or closed to you" in page
    assert "A secret" not in page


def test_without_striking_the_texts_stay_as_they_are(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    with app.app_context():
        db.session.scalars(sa.select(Obstacle)).first().text = "Ana Novak asked."
        db.session.commit()
    anonymise(as_("root"), cast, "ana", strike=[])
    assert "Ana Novak asked." in {row.text for row in rows(Obstacle)}


def test_somebody_who_edits_such_a_text_meanwhile_does_not_put_the_name_back(
    as_: SignIn, cast: Cast, rows: Any
) -> None:
    gus, board = as_("gus"), cast.board
    edit = f"/obstacles/{board.in_focus}/edit"
    gus.fill_in(edit, f"/obstacles/{board.in_focus}", text="Ana Novak decides alone.")
    seen = rows(Obstacle, id=board.in_focus)[0].version
    anonymise(as_("root"), cast, "ana")
    answer = gus.post(f"/obstacles/{board.in_focus}", {"text": "Ana Novak decides, alone.", "version": seen}, htmx=True)
    assert answer.status_code == 409
    assert rows(Obstacle, id=board.in_focus)[0].text == "[name] decides alone."


def test_what_is_written_between_the_look_and_the_strike_is_struck_too(
    app: Flask, as_: SignIn, cast: Cast, rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gus, mine = as_("gus"), f"/obstacles/{cast.board.in_focus}"
    gus.fill_in(f"{mine}/edit", mine, text="Ana Novak decides alone.")
    looked, later = anonymity.find, {"text": "Only Ana Novak decides, and late."}

    def look_while_gus_writes(forms: Any) -> Any:
        found = looked(forms)
        answers = _at_once(lambda: gus.fill_in(f"{mine}/edit", mine, **later).status_code)
        assert answers == [303], "nobody who writes waits for the look"
        return found

    root, path = as_("root"), page_of(cast, "ana")
    form = {"confirmed": "Ana Novak", "version": 1, "strike": ["ana novak"], "csrf_token": root.csrf_token()}
    monkeypatch.setattr(anonymity, "find", look_while_gus_writes)
    assert root.post(path, form).status_code == 303
    assert rows(Obstacle, id=cast.board.in_focus)[0].text == "Only [name] decides, and late."
    assert "novak" not in everything(app)


def test_a_first_name_that_others_bear_is_said_to_be_theirs_too(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        db.session.add(Person(name="Ana Lima"))
        db.session.scalars(sa.select(Obstacle)).first().text = "Ana asked Ana Lima."
        db.session.commit()
    page = as_("root").get(page_of(cast, "ana")).text
    assert "1 other person is called that too." in page


def test_a_name_that_was_changed_before_is_looked_for_too(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, account = as_("root"), f"/admin/people/{cast['eve'].id}"
    root.fill_in(account, account, name="Eve Sund", email="sund@demo.example")
    root.fill_in(account, account, name="Eve Tarn", email="tarn@demo.example")
    path = page_of(cast, "eve")
    root.fill_in(path, path, confirmed="eve  tarn")
    left = everything(app)
    assert not [name for name in ("sund", "tarn") if name in left]


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "Ana", "ana novak?", "x" * 500])
def test_a_confirmation_that_is_not_the_name_changes_nothing(as_: SignIn, cast: Cast, rows: Any, typed: str) -> None:
    answer = anonymise(as_("root"), cast, "ana", confirmed=typed)
    assert answer.status_code == 422
    assert "Anonymise Ana Novak" in answer.text
    assert rows(Person, id=cast["ana"].id)[0].anonymised_at is None


def test_what_was_chosen_is_kept_when_the_confirmation_is_wrong(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        db.session.scalars(sa.select(Obstacle)).first().text = "Ana Novak asked. Novak did."
        db.session.commit()
    page = anonymise(as_("root"), cast, "ana", confirmed="no", strike=["novak"]).text
    assert 'value="novak" checked' in page
    assert 'value="ana novak" checked' not in page


def test_nobody_anonymises_themselves(as_: SignIn, cast: Cast, rows: Any) -> None:
    answer = anonymise(as_("root"), cast, "root")
    assert answer.status_code == 422
    assert "your own account" in answer.text
    assert f"{cast['root'].id}/anonymity" not in as_("root").get(f"/admin/people/{cast['root'].id}").text


def test_a_page_that_was_opened_before_the_account_changed_is_asked_again(as_: SignIn, cast: Cast, rows: Any) -> None:
    answer = as_("root").post(page_of(cast, "ana"), {"confirmed": "Ana Novak", "version": 77})
    assert answer.status_code == 409
    assert rows(Person, id=cast["ana"].id)[0].anonymised_at is None


def test_sent_again_it_does_nothing_more(as_: SignIn, cast: Cast, verbs: Any) -> None:
    root, path = as_("root"), page_of(cast, "ana")
    for _ in range(2):
        answer = root.post(path, {"confirmed": "Ana Novak", "version": 1})
        assert answer.status_code == 303
    assert verbs("person").count("anonymised") == 1
    assert root.get(path).status_code == 303


def test_two_administrators_who_mean_each_other_leave_one(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["dev"].id).is_administrator = True
        db.session.commit()
    clients = {"root": as_("root"), "dev": as_("dev")}
    forms = {
        "root": {"confirmed": "Dev Rao", "version": rows(Person, id=cast["dev"].id)[0].version},
        "dev": {"confirmed": "Root Berger", "version": rows(Person, id=cast["root"].id)[0].version},
    }
    for name, client in clients.items():
        forms[name]["csrf_token"] = client.csrf_token()
    statuses = _at_once(
        lambda: clients["root"].post(page_of(cast, "dev"), forms["root"]).status_code,
        lambda: clients["dev"].post(page_of(cast, "root"), forms["dev"]).status_code,
    )
    assert statuses.count(303) >= 1
    left = [row for row in rows(Person, is_administrator=True) if row.disabled_at is None]
    assert len(left) == 1


def test_two_administrators_at_once_do_it_once(app: Flask, as_: SignIn, cast: Cast, verbs: Any) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["dev"].id).is_administrator = True
        db.session.commit()
    clients = [as_("root"), as_("dev")]
    form = {"confirmed": "Ana Novak", "version": 1, "strike": ["ana novak"]}
    sent = [{**form, "csrf_token": client.csrf_token()} for client in clients]
    statuses = _at_once(
        *(
            lambda client=client, body=body: client.post(page_of(cast, "ana"), body).status_code
            for client, body in zip(clients, sent, strict=True)
        )
    )
    assert statuses == [303, 303]
    assert verbs("person").count("anonymised") == 1


def _at_once(*works: Any) -> list[int]:
    statuses: list[int] = []
    ready = threading.Barrier(len(works))

    def do(work: Any) -> None:
        ready.wait()
        statuses.append(work())

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def test_the_page_asks_as_much_of_the_database_with_many_texts(
    app: Flask, as_: SignIn, cast: Cast, statements: Counting
) -> None:
    root, counts = as_("root"), []
    for _turn in range(2):
        with statements() as asked:
            root.get(page_of(cast, "ana"))
        counts.append(len(asked))
        name_her_everywhere(app)
    assert counts[0] == counts[1] <= 12
