"""One's own account: profile, theme, address, password and devices."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from kata.identity import queries, throttle
from kata.identity.models import Person
from kata.identity.zones import grouped, is_zone
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn, browser

PASSPHRASE = "three geese over the harbour"


def person(app: Flask, cast: Cast, name: str) -> Person:
    with app.app_context():
        found = queries.person(cast[name].id)
        assert found is not None
        return found


def test_a_profile_is_kept_and_read_in_its_own_formats(app: Flask, as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    typed = {"name": "  Ana   Nováková ", "language": "en_US", "time_zone": "Pacific/Auckland"}
    assert ana.fill_in("/settings", "/settings/profile", **typed).location == "/settings"
    kept = person(app, cast, "ana")
    assert (kept.name, kept.language, kept.time_zone) == ("Ana Nováková", "en_US", "Pacific/Auckland")
    page = ana.get("/settings").text
    assert '<html lang="en-US"' in page
    assert "June 3, 2026, 21:31" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Type your name."),
        ("name", "x" * 121, "This is longer than 120 characters."),
        ("language", "tlh", "Pick one of the languages in the list."),
        ("time_zone", "Mars/Olympus", "Pick one of the places in the list."),
    ],
)
def test_a_profile_that_cannot_be_is_refused_at_its_field(as_: SignIn, field: str, value: str, sentence: str) -> None:
    answer = as_("ana").fill_in("/settings", "/settings/profile", **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    if field == "name":
        assert value.strip() in answer.text


def test_a_profile_changed_meanwhile_shows_both_texts(as_: SignIn) -> None:
    ana, typed = as_("ana"), {"language": "en_GB", "time_zone": "Europe/London"}
    ana.fill_in("/settings", "/settings/profile", name="Ana by phone")
    answer = ana.post("/settings/profile", {"name": "Ana by desk", "version": 1, **typed})
    assert answer.status_code == 409
    assert "Ana by phone" in answer.text
    assert "Ana by desk" in answer.text


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_a_theme_is_applied_at_once(as_: SignIn, theme: str) -> None:
    ana = as_("ana")
    assert ana.post("/settings/theme", {"theme": theme}).status_code == 303
    assert f'data-theme="{theme}"' in ana.get("/settings").text


def test_a_theme_that_does_not_exist_changes_nothing(as_: SignIn) -> None:
    assert as_("ana").post("/settings/theme", {"theme": "neon"}).status_code == 400


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(app: Flask, as_: SignIn, cast: Cast) -> None:
    here, elsewhere = as_("ana"), as_("ana")
    refused = here.post("/settings/password", {"current": "not mine", "password": PASSPHRASE})
    assert refused.status_code == 422
    assert "This is not your password. Nothing was changed." in refused.text
    done = here.post("/settings/password", {"current": PASSWORD, "password": PASSPHRASE})
    assert done.location == "/settings#password-change"
    assert here.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303
    assert browser(app).post("/sign-in", {"email": cast["ana"].email, "password": PASSPHRASE}).status_code == 303


def test_what_is_wrong_is_shown_where_it_was_typed(as_: SignIn) -> None:
    for address, typed, section in (
        ("/settings/profile", {"name": ""}, "profile"),
        ("/settings/email", {"email": "nonsense"}, "e-mail"),
        ("/settings/password", {"current": "", "password": ""}, "password-change"),
    ):
        answer = as_("ana").fill_in("/settings", address, htmx=True, **typed)
        assert answer.status_code == 422
        assert answer.text.startswith(f'<hx-partial id="{section}"')


@pytest.mark.parametrize("weak", ["eleven char", "passwordpassword", "x" * 1001, "Ana Novak demo"])
def test_a_weak_new_password_is_refused_at_its_field(as_: SignIn, weak: str) -> None:
    answer = as_("ana").post("/settings/password", {"current": PASSWORD, "password": weak})
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert weak not in answer.text


def test_guessing_the_password_in_a_session_left_open_is_slowed_down(as_: SignIn) -> None:
    ana = as_("ana")
    for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS):
        ana.post("/settings/password", {"current": "wrong", "password": PASSPHRASE})
    answer = ana.post("/settings/password", {"current": PASSWORD, "password": PASSPHRASE})
    assert "Too many tries." in answer.text


def test_another_address_takes_the_password(app: Flask, as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    refused = ana.post("/settings/email", {"email": "ana@home.example", "email_password": "wrong"})
    assert refused.status_code == 422
    assert "ana@home.example" in refused.text
    assert ana.post("/settings/email", {"email": "Ana@Home.example", "email_password": PASSWORD}).status_code == 303
    assert person(app, cast, "ana").email == "ana@home.example"


def changes_of_address(app: Flask, cast: Cast) -> list[tuple[str | None, str | None]]:
    """From which address to which ana's account went, as the record tells it."""
    with app.app_context():
        query = sa.select(Activity.snapshot).where(
            Activity.verb == "changed e-mail", Activity.person_id == cast["ana"].id
        )
        return [(told["before"], told["email"]) for told in db.session.scalars(query)]


@pytest.mark.parametrize("password", ["", "wrong", PASSPHRASE])
def test_without_the_password_the_address_stays_and_the_try_is_recorded(
    app: Flask, as_: SignIn, cast: Cast, password: str
) -> None:
    answer = as_("ana").post("/settings/email", {"email": "ana@home.example", "email_password": password})
    assert answer.status_code == 422
    assert person(app, cast, "ana").email == cast["ana"].email
    assert changes_of_address(app, cast) == []
    with app.app_context():
        refused = db.session.scalars(sa.select(Activity).where(Activity.verb == "password refused")).all()
    assert [each.person_id for each in refused] == ([cast["ana"].id] if password else [])


def test_another_address_is_recorded_with_the_one_before_and_the_same_one_is_not(
    app: Flask, as_: SignIn, cast: Cast
) -> None:
    ana = as_("ana")
    for email in ("ana@home.example", "ANA@home.example", "ana@work.example"):
        assert ana.post("/settings/email", {"email": email, "email_password": PASSWORD}).status_code == 303
    assert changes_of_address(app, cast) == [
        (cast["ana"].email, "ana@home.example"),
        ("ana@home.example", "ana@work.example"),
    ]


def test_asking_about_address_after_address_is_slowed_down(as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS):
        ana.post("/settings/email", {"email": cast["ben"].email, "email_password": PASSWORD})
    for email in (cast["ben"].email, "ana@home.example"):
        answer = ana.post("/settings/email", {"email": email, "email_password": PASSWORD})
        assert answer.status_code == 422
        assert "Too many tries." in answer.text


@pytest.mark.parametrize("email", ["ben@demo.example", "BEN@demo.example", "no at sign", "two@at@signs"])
def test_an_address_of_somebody_else_reads_like_a_malformed_one(as_: SignIn, email: str) -> None:
    answer = as_("ana").post("/settings/email", {"email": email, "email_password": PASSWORD})
    assert answer.status_code == 422
    assert "This address cannot be used here." in answer.text
    assert "already" not in answer.text


def test_an_address_that_is_too_long_keeps_what_was_typed(as_: SignIn) -> None:
    email = "a" * 250 + "@demo.example"
    answer = as_("ana").post("/settings/email", {"email": email, "email_password": PASSWORD})
    assert answer.status_code == 422
    assert email in answer.text


def test_a_device_can_be_signed_out_from_another(app: Flask, as_: SignIn, cast: Cast) -> None:
    here, elsewhere = as_("ana"), as_("ana")
    with app.app_context():
        other, *_ = max(queries.live_sessions(cast["ana"].id))
    answer = here.post(f"/settings/sessions/{other}/end", htmx=True)
    assert 'id="devices"' in answer.text
    assert elsewhere.get("/settings").status_code == 303
    assert here.get("/settings").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(app: Flask, as_: SignIn, cast: Cast) -> None:
    ben = as_("ben")
    with app.app_context():
        ((session_id, *_),) = queries.live_sessions(cast["ben"].id)
    as_("ana").post(f"/settings/sessions/{session_id}/end")
    assert ben.get("/settings").status_code == 200


def test_every_other_device_is_signed_out_at_once(as_: SignIn) -> None:
    here, phone, desk = as_("ana"), as_("ana"), as_("ana")
    here.post("/settings/sessions/end")
    assert [each.get("/settings").status_code for each in (here, phone, desk)] == [200, 303, 303]


def test_only_administrators_are_offered_administration(as_: SignIn) -> None:
    assert "/admin/people" in as_("root").get("/settings").text
    assert "/admin/" not in as_("dev").get("/settings").text


def test_passwords_are_hashed_while_nobody_waits_for_the_database(
    app: Flask, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kata.identity import passwords

    def hash_while_another_writes(text: str) -> str:
        with app.test_request_context(), db.engine.connect() as other:
            other.execute(db.text("pragma busy_timeout = 0")) if db.engine.dialect.name == "sqlite" else None
            other.execute(db.text("update person set theme = 'dark' where name like 'Gus%'"))
            other.commit()
        return hashed(text)

    hashed = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", hash_while_another_writes)
    assert as_("ana").post("/settings/password", {"current": PASSWORD, "password": PASSPHRASE}).status_code == 303


def test_the_time_zones_are_places_by_region() -> None:
    assert grouped()["Europe"]["Europe/London"] == "London"
    assert grouped()["America"]["America/Argentina/Buenos_Aires"] == "Argentina, Buenos Aires"
    assert is_zone("UTC")
    assert not is_zone("localtime")
