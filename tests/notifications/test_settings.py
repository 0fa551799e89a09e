"""Choosing when one is told, and looking at the next digest before it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity.models import Person
from kata.notifications import rounds
from kata.notifications.models import DigestSetting, DigestTurn
from kata.outbox.models import Mail
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import Frozen, SignIn

pytestmark = pytest.mark.database


def _turn(app: Flask, person_id: int) -> datetime | None:
    with app.app_context():
        row = db.session.get(DigestTurn, person_id)
        return row.next_at if row else None


def test_monday_at_seven_is_offered_to_who_never_chose(as_: SignIn) -> None:
    page = as_("ana").get("/settings/mail")
    chosen = form_fields(page.text, "/settings/mail")
    assert (chosen["rhythm"], chosen["weekday"], chosen["hour"]) == ("weekly", "0", "7")
    assert (
        "It comes every Monday at 07:00 (Europe, London), when something changed." in as_("ana").get("/settings").text
    )


def test_a_choice_moves_the_next_turn(as_: SignIn, app: Flask, cast: Cast) -> None:
    ana = as_("ana")
    ana.fill_in("/settings/mail", rhythm="weekly", weekday="4", hour="16")
    assert str(_turn(app, cast["ana"].id)) == "2026-06-05 15:00:00+00:00"
    assert "every Friday at 16:00" in ana.get("/settings").text
    ana.fill_in("/settings/mail", rhythm="daily", hour="18")
    assert str(_turn(app, cast["ana"].id)) == "2026-06-03 17:00:00+00:00"
    ana.fill_in("/settings/mail", rhythm="off")
    assert _turn(app, cast["ana"].id) is None
    assert "You get no mails about what changed." in ana.get("/settings").text


def test_another_time_zone_moves_it_too(as_: SignIn, app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    as_("ana").fill_in("/settings/mail", weekday="4", hour="16")
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).time_zone = "Pacific/Auckland"
        db.session.commit()
        rounds.write_due()
    assert str(_turn(app, cast["ana"].id)) == "2026-06-05 04:00:00+00:00"


@pytest.mark.parametrize(
    "wrong", [{"rhythm": "hourly"}, {"weekday": "7"}, {"hour": "24"}, {"hour": "x"}, {"rhythm": ""}, {"hour": "-1"}]
)
def test_what_is_not_offered_is_refused_with_a_sentence(wrong: dict[str, str], as_: SignIn, rows: Any) -> None:
    answer = as_("ana").post("/settings/mail", {"rhythm": "weekly", "weekday": "1", "hour": "7", **wrong})
    assert answer.status_code == 422
    assert "Pick one of" in answer.text
    assert rows(DigestSetting) == []


def test_two_devices_that_choose_at_once_are_told_of_each_other(as_: SignIn, rows: Any) -> None:
    first, second = as_("ana"), as_("ana")
    first.fill_in("/settings/mail", weekday="1")
    seen = form_fields(second.get("/settings/mail").text, "/settings/mail")
    first.fill_in("/settings/mail", weekday="2")
    answer = second.post("/settings/mail", {**seen, "weekday": "3"})
    assert answer.status_code == 409
    assert "Wednesday" in answer.text
    assert "Thursday" in answer.text
    (row,) = rows(DigestSetting)
    assert row.weekday == 2


def test_nobody_chooses_for_somebody_else(as_: SignIn, cast: Cast, rows: Any) -> None:
    as_("eve").fill_in("/settings/mail", rhythm="off", person_id=str(cast["ana"].id))
    (row,) = rows(DigestSetting)
    assert row.person_id == cast["eve"].id


def test_the_next_one_is_shown_as_it_would_be_sent(as_: SignIn, cast: Cast) -> None:
    page = as_("ben").get("/settings/mail/next").text
    assert "Who needs you most" in page
    assert f"/experiments/{cast.board.running}" in page
    assert "to ben@demo.example. The next one is due on 8 June 2026, 07:00." in page


def test_who_would_get_none_is_told_so(as_: SignIn) -> None:
    assert "Nothing changed" in as_("fay").get("/settings/mail/next").text


def test_one_that_waits_is_shown(as_: SignIn, app: Flask, frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    with app.app_context():
        rounds.give_turns()
        frozen.forward(days=6)
        assert rounds.write_due() > 0
    assert "At your learners’ boards" in as_("ben").get("/settings/mail/next").text


def test_who_has_no_address_is_told_that_nothing_can_be_sent(as_: SignIn, app: Flask, cast: Cast) -> None:
    ana = as_("ana")
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).email = None
        db.session.commit()
    for path in ("/settings", "/settings/mail"):
        assert "Your account has no e-mail address" in ana.get(path).text
    assert ana.get("/settings/mail/next").status_code == 200


def _mail(cast: Cast, n: int, **columns: Any) -> Mail:
    from kata import clock

    given = {"state": "waiting", "address": f"someone{n}@demo.example", "about": {"since": "SECRET WORDS"}, **columns}
    ended = clock.now() if given["state"] not in {"waiting"} else None
    return Mail(key=f"k{n}", kind="digest", expires_at=clock.now(), ended_at=ended, **given)


@pytest.fixture
def mails(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.add_all(_mail(cast, n) for n in range(60))
        db.session.add(_mail(cast, 60, state="failed", reason="550 <b>No</b> such user"))
        db.session.add(_mail(cast, 61, state="uncertain"))
        db.session.add(_mail(cast, 62, state="sent", address="=cmd()@demo.example"))
        db.session.commit()


@pytest.mark.usefixtures("mails")
def test_administrators_see_what_came_of_each_mail_and_not_what_it_says(as_: SignIn) -> None:
    root = as_("root")
    waiting = root.get("/admin/mail")
    assert waiting.text.count("data-row") == 50
    assert "SECRET WORDS" not in waiting.text
    assert "No mail server is set up" in waiting.text
    after = root.get("/admin/mail?show=waiting&before=11").text
    assert after.count("data-row") == 10
    trouble = root.get("/admin/mail?show=trouble").text
    assert "550 &lt;b&gt;No&lt;/b&gt; such user" in trouble
    assert "perhaps sent" in trouble


@pytest.mark.usefixtures("mails")
def test_the_list_is_a_file_too(as_: SignIn) -> None:
    from tests.client import csv_rows

    root = as_("root")
    assert len(csv_rows(root.get("/admin/mail.csv"))) == 60
    (sent,) = csv_rows(root.get("/admin/mail.csv?show=sent"))
    assert (sent["Kind"], sent["State"]) == ("What changed", "sent")
    assert not sent["To"].startswith("=")


@pytest.mark.parametrize("path", ["/admin/mail?show=none", "/admin/mail?before=x", "/admin/mail?before=99999999999"])
def test_an_odd_address_shows_the_list_all_the_same(path: str, as_: SignIn) -> None:
    assert as_("root").get(path).status_code == 200


def test_nobody_else_sees_it(as_: SignIn, client: Client) -> None:
    assert as_("dev").get("/admin/mail").status_code == 403
    assert client.get("/admin/mail").status_code == 303
