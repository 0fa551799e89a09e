"""Anonymising somebody: what they learned stays, and their name is nowhere any more."""

from __future__ import annotations

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
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.notifications.models import DigestSetting
from kata.outbox.models import Mail
from kata.storyboards.models import Experiment, Storyboard
from kata.teams.models import AreaLeader, Invitation, Membership
from tests import cast_coaching
from tests.cast import PASSWORD, Cast
from tests.client import Client, csv_rows
from tests.conftest import SignIn, browser
from tests.identity.leaving import EVERY_WAY, anonymise, everything, name_her_everywhere

pytestmark = pytest.mark.database


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
