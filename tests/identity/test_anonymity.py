"""Anonymising somebody: what they learned stays, and their name is nowhere any more."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.activity.models import Activity
from kata.coaching.models import (
    CalendarFeed,
    CoachingCycle,
    CoachingObservation,
    CoachingRhythm,
    CycleNote,
    Instruction,
    ObservedLevel,
)
from kata.extensions import db
from kata.folding import folded
from kata.identity import traces
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.identity.routes import anonymity
from kata.notifications.models import DigestSetting
from kata.outbox.models import Mail
from kata.storyboards.models import Experiment, Obstacle, Storyboard
from kata.teams.models import AreaLeader, Invitation, Membership
from tests import cast_coaching
from tests.cast import PASSWORD, Cast
from tests.client import Client, csv_rows
from tests.conftest import Counting, SignIn, browser

pytestmark = pytest.mark.database
EVERY_WAY = ["ana novak", "novak, ana", "ana@demo.example", "ana", "novak"]


def page_of(cast: Cast, name: str) -> str:
    return f"/admin/people/{cast[name].id}/anonymity"


def anonymise(root: Client, cast: Cast, name: str, **typed: Any) -> Any:
    path = page_of(cast, name)
    return root.fill_in(path, path, **{"confirmed": cast[name].name, **typed})


def everything(app: Flask) -> str:
    """Every value of every table that the database has, the index of words too, as one text without accents."""
    with app.app_context():
        tables = sa.inspect(db.engine).get_table_names()
        rows = [tuple(row) for name in tables for row in db.session.execute(sa.text(f'select * from "{name}"'))]  # noqa: S608 - our own tables
    return folded("\n".join(str(row) for row in rows)).replace("\\xe1", "a").replace("\\u00e1", "a")


def name_her_everywhere(app: Flask) -> int:
    """Write her name into every text column of a row each, and into the record; how many texts that were."""
    count = 0
    with app.app_context():
        for model, column in list(traces._columns()):
            if not isinstance(column.type, sa.JSON):
                said = sa.select(model).where(column != "").order_by(*column.table.primary_key).limit(1)
                for row in db.session.scalars(said):
                    text = f"{getattr(row, column.name)} asked Ana Novák"
                    setattr(row, column.name, text[-(column.type.length or 900) :])
                    count += 1
        for event in db.session.scalars(sa.select(Activity).where(Activity.subject_type == "experiment")):
            event.snapshot = {**(event.snapshot or {}), "step": "ANA NOVAK did it", "status": "ana"}
        db.session.commit()
    return count


# The whole ------------------------------------------------------------------------------------------------------------


def test_nowhere_in_the_database_is_the_name_or_the_address_any_more(app: Flask, as_: SignIn, cast: Cast) -> None:
    assert name_her_everywhere(app) > 25
    browser(app).fill_in("/sign-in", email="ana@demo.example", password="wrong, and thrice")
    browser(app).fill_in("/sign-in", email="ana@demo.example", password=PASSWORD)
    before = everything(app)
    assert "novak" in before
    assert "ana@demo.example" in before
    answer = anonymise(as_("root"), cast, "ana", strike=EVERY_WAY)
    assert answer.status_code == 303
    left = everything(app)
    assert "novak" not in left
    assert "ana@demo" not in left
    assert "[name]" in left


def test_nothing_of_it_is_left_in_the_file(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        address = db.engine.url
    if address.get_backend_name() != "sqlite":
        pytest.skip("only SQLite keeps its rows in a file of ours")
    name_her_everywhere(app)
    anonymise(as_("root"), cast, "ana", strike=EVERY_WAY)
    assert address.database is not None
    for file in Path(address.database).parent.glob(f"{Path(address.database).name}*"):
        kept = file.read_bytes().lower()
        assert b"novak" not in kept, file
        assert "novák".encode() not in kept, file
        assert b"ana@demo.example" not in kept, file


def test_what_was_learned_stays_under_another_name(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    experiments, board = len(rows(Experiment)), f"/boards/{cast.board.id}"
    former = f"Former\N{NO-BREAK SPACE}colleague\N{NO-BREAK SPACE}{cast['ana'].id}"
    anonymise(as_("root"), cast, "ana")
    assert len(rows(Experiment)) == experiments
    assert rows(Storyboard, id=cast.board.id)[0].learner_id == cast["ana"].id
    ben = as_("ben")
    for address in (
        board,
        f"{board}/history",
        f"{board}?on=2026-05-20",
        "/boards",
        f"/people/{cast['ana'].id}",
        f"{board}/cycles",
    ):
        text = ben.get(address).text
        assert former in text, address
        assert "Ana Novak" not in text, address
    assert former in {row["Name"] for row in csv_rows(ben.get("/teams/access-requests/members.csv"))}
    assert former in {row["Learner"] for row in csv_rows(ben.get("/boards.csv"))}


def test_nobody_finds_them_by_their_name(as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    anonymise(root, cast, "ana")
    for address in ("/go?q=novak", "/admin/people?q=novak", "/admin/people?q=ana%40demo", "/boards?q=novak"):
        assert f"Former\N{NO-BREAK SPACE}colleague\N{NO-BREAK SPACE}{cast['ana'].id}" not in root.get(address).text
    assert f"Former\N{NO-BREAK SPACE}colleague\N{NO-BREAK SPACE}{cast['ana'].id}" in root.get("/admin/people").text


def test_the_record_says_who_did_it_to_which_row_and_no_name(app: Flask, as_: SignIn, cast: Cast) -> None:
    anonymise(as_("root"), cast, "ana")
    with app.app_context():
        event = db.session.scalars(sa.select(Activity).where(Activity.verb == "anonymised")).one()
        places = db.session.scalars(sa.select(Activity.address).where(Activity.person_id == cast["ana"].id))
        assert set(places) == {""}
    assert (event.person_id, event.subject_type, event.subject_id) == (cast["root"].id, "person", cast["ana"].id)
    assert set(event.snapshot or {}) == {"texts"}


# The way in -----------------------------------------------------------------------------------------------------------


def test_mails_to_them_and_what_they_chose_to_be_told_are_gone(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    later = clock.now() + timedelta(days=9)
    with app.app_context():
        for key, address in (("a", "Ana@demo.example"), ("b", "ben@demo.example")):
            db.session.add(Mail(key=key, kind="link", address=address, about={}, expires_at=later))
        ana = cast["ana"].id
        db.session.add(AddressChange(token_hash="x", person_id=ana, email="ana@new.example", expires_at=later))
        db.session.add(DigestSetting(person_id=ana))
        db.session.commit()
    anonymise(as_("root"), cast, "ana")
    assert [mail.address for mail in rows(Mail)] == ["ben@demo.example"]
    assert not [row for kind in (AddressChange, DigestSetting) for row in rows(kind) if row.person_id == ana]


def test_who_is_signed_in_at_that_moment_is_so_no_more(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    ana = as_("ana")
    assert ana.get("/").status_code == 200
    anonymise(as_("root"), cast, "ana")
    assert ana.get("/boards").status_code == 302 or ana.get("/boards").status_code == 303
    assert ana.post("/settings/theme", {"theme": "dark"}).status_code in {302, 303, 401}
    assert browser(app).fill_in("/sign-in", email="ana@demo.example", password=PASSWORD).status_code == 422
    assert rows(SignInSession, person_id=cast["ana"].id) == []
    person = rows(Person, id=cast["ana"].id)[0]
    assert (person.email, person.password_hash, person.name_folded, person.theme) == (None, None, "", "system")


def test_a_link_works_no_more_and_the_account_never_opens_again(
    as_: SignIn, cast: Cast, client: Client, rows: Any
) -> None:
    root = as_("root")
    anonymise(root, cast, "fay")
    assert rows(SignInLink, person_id=cast["fay"].id) == []
    assert client.get("/link/a-one-time-link-of-the-cast").status_code == 404
    account = f"/admin/people/{cast['fay'].id}"
    assert root.post(f"{account}/closing", {"closed": "0"}).status_code == 422
    assert root.post(f"{account}/link", {"once": "1"}).status_code == 422
    version = rows(Person, id=cast["fay"].id)[0].version
    assert root.post(account, {"name": "Fay Quist", "email": "", "version": version}).status_code == 422
    page = root.get(account).text
    assert "nothing brings the account back" in page
    assert "/anonymity" not in page


def test_who_comes_back_is_a_new_person(as_: SignIn, cast: Cast, rows: Any) -> None:
    root = as_("root")
    anonymise(root, cast, "ana")
    root.fill_in("/admin/people/new", name="Ana Novak", email="ana@demo.example")
    (person,) = rows(Person, email="ana@demo.example")
    assert person.id != cast["ana"].id
    assert "In no team at present" in root.get(f"/people/{person.id}").text


def test_every_role_ends_and_invitations_keep_no_address(app: Flask, as_: SignIn, cast: Cast, rows: Any) -> None:
    with app.app_context():
        db.session.get_one(Invitation, cast.invitation).email = "dev@demo.example"
        db.session.commit()
    anonymise(as_("root"), cast, "dev")
    anonymise(as_("root"), cast, "ben")
    assert all(row.ended_at for row in rows(AreaLeader, person_id=cast["dev"].id))
    assert all(row.ended_at for row in rows(Membership, person_id=cast["ben"].id))
    (invitation,) = rows(Invitation, id=cast.invitation)
    assert invitation.email is None
    assert invitation.withdrawn_at is not None


# Coaching -------------------------------------------------------------------------------------------------------------


def test_what_was_written_about_a_learner_in_confidence_is_struck_out(
    app: Flask, as_: SignIn, cast: Cast, rows: Any
) -> None:
    anonymise(as_("root"), cast, "ana")
    assert {row.words for row in rows(CycleNote, cycle_id=cast.coached.cycle)} == {""}
    (level,) = rows(ObservedLevel, id=cast.coached.level)
    assert (level.level, level.evidence) == (2, "[…]")
    (watched,) = rows(CoachingObservation, id=cast.coached.observation)
    assert (watched.coach_said, watched.learner_said) == (cast_coaching.COACH_SAID, "")
    assert rows(CalendarFeed, person_id=cast["ana"].id) == []
    assert all(row.ended_at for row in rows(CoachingRhythm, board_id=cast.board.id))
    left = everything(app)
    for sentence in (*cast_coaching.SAID.values(), cast_coaching.EVIDENCE["ana"], cast_coaching.LEARNER_SAID):
        assert folded(sentence) not in left


def test_of_a_coach_their_own_practice_goes_and_what_they_told_learners_stays(
    app: Flask, as_: SignIn, cast: Cast, rows: Any
) -> None:
    anonymise(as_("root"), cast, "ben")
    words = {row.part: row.words for row in rows(CycleNote, cycle_id=cast.coached.cycle)}
    assert words.pop("practice") == ""
    assert words == {part: text for part, text in cast_coaching.SAID.items() if part != "practice"}
    (told,) = rows(Instruction, id=cast.coached.instruction)
    assert (told.trigger, told.words) == ("[…]", "[…]")
    left = everything(app)
    for sentence in (cast_coaching.INSTRUCTION, cast_coaching.COACH_SAID, cast_coaching.EVIDENCE["ben"]):
        assert folded(sentence) not in left
    assert cast_coaching.SAID["feedback"] in as_("ana").get(f"/cycles/{cast.coached.cycle}").text


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_a_running_cycle_of_theirs_is_broken_off(as_: SignIn, cast: Cast, rows: Any, who: str) -> None:
    as_("ben").post(f"/boards/{cast.board.id}/cycles", {"once": "1"})
    (running,) = rows(CoachingCycle, status="running")
    anonymise(as_("root"), cast, who)
    (ended,) = rows(CoachingCycle, id=running.id)
    assert ended.status == "broken off"
    assert as_("cleo").get(f"/boards/{cast.board.id}").status_code == 200
    if who == "ana":
        assert as_("ben").get("/coaching").status_code == 200
        assert as_("ben").get(f"/cycles/{running.id}").status_code in {200, 303}


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
