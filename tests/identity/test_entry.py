"""Getting in: by password, by one-time link, and out again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity import actions, links, queries, throttle
from kata.identity.models import Person, SignInSession
from tests.cast import PASSWORD, Cast
from tests.client import Client
from tests.conftest import Frozen, SignIn, browser, sign_in

PASSPHRASE = "three geese over the harbour"


def link_for(app: Flask, person_id: int) -> str:
    with app.app_context():
        token = links.create(queries.person(person_id), by=None)
        db.session.commit()
    return f"/link/{token}"


def enter(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_the_right_password_signs_in_and_leads_on(client: Client, cast: Cast) -> None:
    answer = enter(client, cast["ana"].email, next="/teams")
    assert (answer.status_code, answer.location) == (303, "/teams")
    assert client.get("/settings").status_code == 200


def test_the_address_may_be_typed_in_any_case(client: Client, cast: Cast) -> None:
    assert enter(client, " ANA@demo.example ").status_code == 303


@pytest.mark.parametrize("email", ["ana@demo.example", "nobody@demo.example"])
def test_a_wrong_password_reads_the_same_for_known_and_unknown_addresses(
    client: Client, cast: Cast, email: str
) -> None:
    answer = enter(client, email, "not the password")
    assert answer.status_code == 422
    assert "Address and password do not match an account." in answer.text
    assert email in answer.text
    assert "not the password" not in answer.text


def test_missing_fields_have_their_own_words(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in", {"email": " ", "password": ""})
    assert answer.status_code == 422
    assert "Type your e-mail address." in answer.text
    assert "Type your password." in answer.text


def test_a_megabyte_for_a_password_is_refused_without_hashing_it(client: Client, cast: Cast) -> None:
    assert enter(client, cast["ana"].email, "x" * 1_000_000).status_code == 422


@pytest.mark.parametrize(
    "target", ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", "/\t/e.test"]
)
def test_signing_in_leads_to_no_other_site(client: Client, cast: Cast, target: str) -> None:
    assert enter(client, cast["ana"].email, next=target).location == "/"


def test_too_many_tries_are_slowed_down_at_one_place_only(client: Client, cast: Cast, app: Flask) -> None:
    for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS):
        enter(client, cast["ana"].email, "wrong")
    answer = enter(client, cast["ana"].email)
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
    elsewhere = browser(app)
    form = {"email": cast["ana"].email, "password": PASSWORD}
    assert elsewhere.post("/sign-in", form, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303


def test_the_session_id_changes_at_sign_in(client: Client, cast: Cast) -> None:
    enter(client, cast["ana"].email)
    with client.session_transaction() as first:
        before = first["_user_id"]
    client.post("/sign-out")
    enter(client, cast["ana"].email)
    with client.session_transaction() as second:
        assert second["_user_id"] != before


def test_signing_out_ends_the_session_on_the_server_too(as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    with ana.session_transaction() as session:
        kept = dict(session)
    assert ana.post("/sign-out").location == "/sign-in"
    with ana.session_transaction() as session:
        session.update(kept)
    assert ana.get("/settings").location.startswith("/sign-in")


def test_a_session_ends_at_the_next_request_when_its_account_is_closed(as_: SignIn, cast: Cast) -> None:
    ana, root = as_("ana"), as_("root")
    assert ana.get("/settings").status_code == 200
    root.post(f"/admin/people/{cast['ana'].id}/closing", {"closed": "1"})
    assert ana.get("/settings").status_code == 303


def test_a_session_ends_when_its_time_is_over(as_: SignIn, frozen: Frozen) -> None:
    ana = as_("ana")
    frozen.forward(days=91)
    assert ana.get("/settings").status_code == 303


def test_a_signed_in_person_is_not_asked_again(as_: SignIn) -> None:
    assert as_("ana").get("/sign-in?next=/teams").location == "/teams"


def test_reading_a_link_does_not_spend_it(app: Flask, client: Client, cast: Cast) -> None:
    link = link_for(app, cast["ana"].id)
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.post(link).location == "/welcome"


def test_a_link_may_be_typed_from_paper(app: Flask, client: Client, cast: Cast) -> None:
    token = link_for(app, cast["ana"].id).removeprefix("/link/")
    assert [len(group) for group in token.split("-")] == [5] * 5
    for typed in (token.upper(), token.replace("-", ""), token.replace("0", "O").replace("1", "l")):
        assert client.get(f"/link/{typed}").status_code == 200
    assert client.get(f"/link/{token[:-1]}").status_code == 404
    assert client.get(f"/link/{token}x").status_code == 404


def test_a_link_works_once(app: Flask, client: Client, cast: Cast) -> None:
    link = link_for(app, cast["ana"].id)
    client.post(link)
    assert browser(app).post(link).status_code == 404


def test_a_used_an_expired_a_replaced_and_a_wrong_link_get_the_same_page(
    app: Flask, cast: Cast, frozen: Frozen
) -> None:
    used, expired = link_for(app, cast["ana"].id), link_for(app, cast["ben"].id)
    browser(app).post(used)
    frozen.forward(days=7, seconds=1)
    replaced = link_for(app, cast["eve"].id)
    link_for(app, cast["eve"].id)
    answers = [browser(app).get(address) for address in (used, expired, replaced, "/link/never-existed", "/link/%00é")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "This link does not work" in answers[0].text


def test_a_link_of_a_closed_account_does_not_work(app: Flask, client: Client, cast: Cast, as_: SignIn) -> None:
    link = link_for(app, cast["ana"].id)
    as_("root").post(f"/admin/people/{cast['ana'].id}/closing", {"closed": "1"})
    assert client.post(link).status_code == 404


def test_a_link_signs_the_one_before_out_of_this_device(app: Flask, as_: SignIn, cast: Cast) -> None:
    ben = as_("ben")
    ben.post(link_for(app, cast["ana"].id))
    assert "Ana Novak" in ben.get("/welcome").text
    with app.app_context():
        assert queries.live_sessions(cast["ben"].id) == []


def test_who_came_by_a_link_sets_a_password_without_the_old_one(app: Flask, client: Client, cast: Cast) -> None:
    client.post(link_for(app, cast["ana"].id))
    answer = client.post("/welcome", {"password": PASSPHRASE})
    assert (answer.status_code, answer.location) == (303, "/")
    assert enter(browser(app), cast["ana"].email, PASSPHRASE).status_code == 303
    assert client.post("/welcome", {"password": "another five words here"}).location == "/settings"


def test_a_new_password_by_link_ends_every_other_session(app: Flask, client: Client, as_: SignIn, cast: Cast) -> None:
    elsewhere = as_("ana")
    client.post(link_for(app, cast["ana"].id))
    client.post("/welcome", {"password": PASSPHRASE})
    assert elsewhere.get("/settings").status_code == 303
    assert client.get("/settings").status_code == 200


def test_a_weak_password_is_refused_in_words(app: Flask, client: Client, cast: Cast) -> None:
    client.post(link_for(app, cast["ana"].id))
    answer = client.post("/welcome", {"password": "short"})
    assert answer.status_code == 422
    assert "Use at least 12 characters." in answer.text
    assert client.post("/welcome", {"password": PASSPHRASE}).status_code == 303


def test_the_right_to_set_a_password_runs_out(app: Flask, client: Client, cast: Cast, frozen: Frozen) -> None:
    client.post(link_for(app, cast["ana"].id))
    frozen.forward(hours=2)
    assert client.post("/welcome", {"password": PASSPHRASE}).location == "/settings"
    assert enter(browser(app), cast["ana"].email, PASSPHRASE).status_code == 422


def test_without_a_link_nobody_sets_a_password_that_way(as_: SignIn) -> None:
    assert as_("ana").post("/welcome", {"password": PASSPHRASE}).location == "/settings"
    assert as_("ana").get("/welcome").location == "/"


def test_the_first_administrator_says_who_they_are(app: Flask, client: Client) -> None:
    with app.app_context():
        person = actions.create_person("Administrator", None, by=None, administrator=True)
        token = links.create(person, by=None)
        db.session.commit()
    client.post(f"/link/{token}")
    answer = client.post("/welcome", {"name": "", "email": "ida@demo.example", "password": PASSPHRASE})
    assert answer.status_code == 422
    assert "Type your name." in answer.text
    client.post("/welcome", {"name": "Ida Holt", "email": "Ida@Demo.example", "password": PASSPHRASE})
    assert enter(browser(app), "ida@demo.example", PASSPHRASE).status_code == 303
    with app.app_context():
        assert db.session.query(Person).one().name == "Ida Holt"


def test_without_e_mail_a_password_is_optional_and_needs_an_address(app: Flask, client: Client, cast: Cast) -> None:
    with app.app_context():
        person = actions.create_person("Olu Paper", None, by=None)
        token = links.create(person, by=None)
        db.session.commit()
    client.post(f"/link/{token}")
    assert "Go on without" in client.get("/welcome").text
    assert "A password needs an address" in client.post("/welcome", {"email": "", "password": PASSPHRASE}).text
    assert "An address needs a password" in client.post("/welcome", {"email": "olu@demo.example", "password": ""}).text
    taken = client.post("/welcome", {"email": cast["ben"].email, "password": PASSPHRASE})
    assert "This address cannot be used here." in taken.text
    assert client.post("/welcome", {"email": "", "password": ""}).location == "/"


def test_only_hashes_of_tokens_are_kept(app: Flask, cast: Cast) -> None:
    link = link_for(app, cast["ana"].id)
    sign_in(app, cast["ana"].id)
    token = link.removeprefix("/link/")
    with app.app_context():
        kept = [row.token_hash for row in db.session.query(SignInSession)]
        assert token not in str(db.session.execute(db.text("select * from sign_in_link")).all())
        assert token not in str(db.session.execute(db.text("select * from activity")).all())
    assert all(len(each) == 64 for each in kept)


def test_an_expired_session_keeps_what_was_typed_and_says_so(app: Flask, as_: SignIn, frozen: Frozen) -> None:
    ana = as_("ana")
    frozen.forward(days=91)
    answer = ana.post("/settings/profile", {"name": "Ana", "version": 1}, htmx=True)
    assert answer.status_code == 401
    assert "What you typed is kept on this device." in answer.text


def test_every_way_in_and_out_is_in_the_record(app: Flask, client: Client, cast: Cast) -> None:
    enter(client, cast["ana"].email, "wrong")
    enter(client, cast["ana"].email)
    client.post("/sign-out")
    browser(app).post(link_for(app, cast["ana"].id))
    with app.app_context():
        verbs = set(db.session.scalars(db.text("select verb from activity")))
    assert {"sign-in failed", "signed in", "signed out", "made a sign-in link", "used a sign-in link"} <= verbs


def test_a_lifetime_is_what_the_page_says() -> None:
    assert timedelta(days=7) == links.LIFETIME
