"""One click off: by who reads the mail, by their mail program, and by nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity.models import Person
from kata.notifications import links
from kata.notifications.models import DigestSetting, DigestTurn
from tests.cast import Cast
from tests.client import Client
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database


def _path(app: Flask, person_id: int) -> str:
    with app.app_context():
        return f"/mail/off/{links.off_token(person_id)}"


def _rhythm(app: Flask, person_id: int) -> str:
    with app.app_context():
        row = db.session.query(DigestSetting).filter_by(person_id=person_id).one_or_none()
        return row.rhythm if row else "weekly"


def test_a_mail_program_ends_them_without_session_or_token(app: Flask, cast: Cast, client: Client) -> None:
    body = {"List-Unsubscribe": "One-Click"}
    answer = client.post(_path(app, cast["ana"].id), body, token=False)
    assert answer.status_code == 200
    assert _rhythm(app, cast["ana"].id) == "off"
    with app.app_context():
        assert db.session.get_one(DigestTurn, cast["ana"].id).next_at is None
    assert _rhythm(app, cast["ben"].id) == "weekly"


def test_looking_at_the_page_ends_nothing(app: Flask, cast: Cast, client: Client) -> None:
    page = client.get(_path(app, cast["ana"].id))
    assert page.status_code == 200
    assert cast["ana"].name not in page.text
    assert cast["ana"].email not in page.text
    assert _rhythm(app, cast["ana"].id) == "weekly"


def test_the_button_of_the_page_ends_them(app: Flask, cast: Cast, client: Client) -> None:
    path = _path(app, cast["ana"].id)
    answer = client.fill_in(path)
    assert "The mails have ended" in answer.text
    assert _rhythm(app, cast["ana"].id) == "off"


def test_again_is_answered_the_same_and_recorded_once(app: Flask, cast: Cast, client: Client, verbs: object) -> None:
    path = _path(app, cast["ana"].id)
    first, second = client.post(path, token=False), client.post(path, token=False)
    assert (first.status_code, second.status_code) == (200, 200)
    assert verbs("digest_setting") == ["chose when to be told"]


def test_they_are_turned_on_again_in_the_settings(app: Flask, cast: Cast, client: Client, as_: SignIn) -> None:
    client.post(_path(app, cast["ana"].id), token=False)
    as_("ana").fill_in("/settings/mail", rhythm="weekly", weekday="4", hour="16")
    assert _rhythm(app, cast["ana"].id) == "weekly"


@pytest.mark.parametrize("change", ["another", "cut", "grown", "upper", "empty", "no number", "zero", "huge", "nul"])
def test_an_address_that_we_never_made_ends_nothing(
    change: str, app: Flask, cast: Cast, client: Client, statements: Counting
) -> None:
    with app.app_context():
        token = links.off_token(cast["ana"].id)
    number, signed = token.split(".")
    tried = {
        "another": f"{cast['ben'].id}.{signed}",
        "cut": token[:-1],
        "grown": token + "0",
        "upper": token.upper(),
        "empty": f"{number}.",
        "no number": f"x.{signed}",
        "zero": f"0.{signed}",
        "huge": f"{'9' * 30}.{signed}",
        "nul": f"{number}%00.{signed}",
    }[change]
    with statements() as asked:
        for method in ("GET", "POST"):
            assert client.open(f"/mail/off/{tried}", method=method).status_code == 404
    assert asked == [], "nothing is looked up for it"
    assert {_rhythm(app, each.id) for each in cast.people.values()} == {"weekly"}


def test_another_site_cannot_press_the_button(app: Flask, cast: Cast, client: Client) -> None:
    path = _path(app, cast["ana"].id)
    answer = client.post(path, token=False, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert _rhythm(app, cast["ana"].id) == "weekly"


def test_nothing_else_may_be_posted_without_a_token(app: Flask, cast: Cast, as_: SignIn) -> None:
    as_("ana").post("/settings/mail", {"rhythm": "off"}, token=False)
    assert _rhythm(app, cast["ana"].id) == "weekly"


def test_the_link_of_a_closed_account_is_answered_alike(app: Flask, cast: Cast, client: Client) -> None:
    with app.app_context():
        from kata import clock

        db.session.get_one(Person, cast["ana"].id).disabled_at = clock.now()
        db.session.commit()
    assert client.post(_path(app, cast["ana"].id), token=False).status_code == 200


def test_a_link_to_somebody_who_is_no_more_is_answered_like_a_wrong_one(app: Flask, cast: Cast, client: Client) -> None:
    assert client.post(_path(app, 99_999), token=False).status_code == 404
