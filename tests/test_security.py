"""Letting no one in: each way in is tried, and refused in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kata import clock
from kata.activity.models import Activity
from kata.extensions import db
from kata.identity import throttle
from kata.identity.models import Attempt, Person, SignInSession
from kata.notifications.links import off_token
from kata.teams.models import Membership
from kata.web.headers import POLICY
from tests import markup
from tests.access import requests
from tests.access.matrix import ROWS, Row
from tests.cast import PASSWORD, Cast
from tests.client import Client
from tests.conftest import Frozen, MakeApp, SignIn, browser

ELSEWHERE = "https://evil.example"
HOSTILE = json.loads((Path(__file__).parent / "data" / "naughty_strings.json").read_text(encoding="utf-8"))
#: Bodies for the places in which a text could become something else; ``attacks/test_texts.py`` has the places.
STRINGS = [text for text in HOSTILE["strings"] if any(sign in text for sign in "<>&\"'{`")][:40:4]
WRITING = [row for row in ROWS if row.method == "POST"]


# What every answer says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/sign-in", "/boards", "/nothing", "/admin/people", "/healthz", "/wording.json"])
def test_every_answer_carries_the_policy(path: str, as_: SignIn, client: Client) -> None:
    for answer in (as_("ana").get(path), client.get(path)):
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_policy_starts_from_nothing_and_knows_no_inline_code() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in POLICY
    assert "base-uri 'none'" in POLICY
    assert "unsafe" not in POLICY


def test_private_pages_are_kept_by_nobody(as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    for path in ("/", cast.board.path, "/settings", "/boards"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    photo = client.get(f"/photos/{cast.board.photo}").headers
    assert photo["Cache-Control"] == "private, no-cache"
    assert photo["Content-Type"] == "image/jpeg"
    assert photo["X-Content-Type-Options"] == "nosniff"


def test_an_address_served_by_https_says_so_for_a_year(make_app: MakeApp, as_: SignIn) -> None:
    safe = make_app(SESSION_COOKIE_SECURE=True)
    client = browser(safe)
    page = client.get("/sign-in")
    sheet = re.search(r'href="(/static/[^"]+app\.css)"', page.text)
    assert sheet
    for answer in (page, client.get(sheet.group(1)), client.get("/nothing")):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    with safe.app_context():
        db.engine.dispose()


# Forged requests ------------------------------------------------------------------------------------------------------


#: Mail programs post here, which have no session; the signed address is their token (``notifications/test_off.py``).
BY_ADDRESS = {"/mail/off/<token>"}


def test_no_form_is_accepted_without_its_token(app: Flask, as_: SignIn, cast: Cast) -> None:
    people = {name: as_(name) for name in ("ana", "root", "dev", "eve")}
    accepted = []
    for row in (each for each in WRITING if each.rule not in BY_ADDRESS):
        path = _path(app, row, cast)
        client = people[next((name for name in people if row.answers[name] == "ok"), "ana")]
        with app.app_context():
            forms = [requests.body(row, cast), {**requests.body(row, cast), "csrf_token": "forged"}]
        for form, htmx in zip(forms, (False, True), strict=True):
            answer = client.post(path, form, token=False, htmx=htmx)
            if answer.status_code != 400 or "too old, or came from elsewhere" not in answer.text:
                accepted.append(f"{row}: {answer.status_code}")
    assert accepted == []


def test_the_token_of_another_session_is_worth_nothing(as_: SignIn, cast: Cast) -> None:
    stolen = as_("eve").csrf_token()
    answer = as_("ana").post(f"{cast.board.path}/obstacles", {"text": "x", "csrf_token": stolen})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ELSEWHERE},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
    ],
    ids=str,
)
def test_another_site_cannot_write_even_with_a_token(headers: dict[str, str], as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    form = {"text": "From elsewhere", "once": "c"}
    assert client.post(f"{cast.board.path}/obstacles", form, headers=headers).status_code == 403
    assert "From elsewhere" not in client.get(cast.board.path).text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, {}], ids=str)
def test_our_own_pages_can(headers: dict[str, str], as_: SignIn, cast: Cast) -> None:
    answer = as_("ana").post(f"{cast.board.path}/obstacles", {"text": "Ours", "once": "c"}, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80"])
def test_a_forged_host_is_answered_nothing(host: str, client: Client) -> None:
    client.lint = False
    answer = client.get("/sign-in", base_url=f"http://{host}")
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_forwarded_host_is_not_believed(as_: SignIn) -> None:
    answer = as_("ana").get("/boards/new", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https:evil.example", "/\t/evil.example", "javascript:1"]
)
def test_signing_in_leads_to_our_own_pages_only(target: str, client: Client) -> None:
    form = {"email": "ana@demo.example", "password": PASSWORD, "next": target}
    assert client.post("/sign-in", form).location in {None, "/"}
    assert client.get("/sign-in", query_string={"next": target}).location in {None, "/"}


# Signing in -----------------------------------------------------------------------------------------------------------


def test_a_known_and_an_unknown_address_are_answered_alike(cast: Cast, app: Flask) -> None:
    answers = []
    for email in (cast["ana"].email, "nobody@demo.example"):
        answer = browser(app).post("/sign-in", {"email": email, "password": "not this one"})
        page = re.sub(r'value="[^"]*"', "", answer.text.replace(email, ""))
        answers.append((answer.status_code, page))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert "do not match an account" in answers[0][1]


def test_tries_are_counted_before_anything_is_compared(cast: Cast, client: Client, app: Flask) -> None:
    form = {"email": cast["ana"].email, "password": "not this one"}
    statuses = [client.post("/sign-in", form).status_code for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS + 2)]
    assert statuses == [422] * throttle.LIMIT_ACCOUNT_AND_ADDRESS + [429] * 2
    assert client.post("/sign-in", {**form, "password": PASSWORD}).status_code == 429


def test_the_owner_gets_in_from_elsewhere_while_somebody_guesses(cast: Cast, client: Client) -> None:
    form = {"email": cast["ana"].email, "password": "not this one"}
    for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS + 1):
        client.post("/sign-in", form)
    elsewhere = {"environ_base": {"REMOTE_ADDR": "127.0.0.9"}}
    assert client.post("/sign-in", {**form, "password": PASSWORD}, **elsewhere).status_code == 303


def test_whoever_waits_may_try_again(cast: Cast, client: Client, frozen: Frozen) -> None:
    form = {"email": cast["ana"].email, "password": "not this one"}
    for _ in range(throttle.LIMIT_ACCOUNT_AND_ADDRESS + 1):
        client.post("/sign-in", form)
    frozen.forward(minutes=16)
    assert client.post("/sign-in", {**form, "password": PASSWORD}).status_code == 303


def test_the_counts_hold_no_address_and_every_try_is_recorded(cast: Cast, client: Client, app: Flask) -> None:
    client.post("/sign-in", {"email": cast["ana"].email, "password": "not this one"})
    client.post("/sign-in", {"email": cast["ana"].email, "password": PASSWORD})
    with app.app_context():
        assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in db.session.scalars(select(Attempt.key)))
        newest = select(Activity).order_by(Activity.id.desc()).limit(2)
        signed_in, failed = db.session.scalars(newest)
        assert (failed.verb, signed_in.verb) == ("sign-in failed", "signed in")
        assert (signed_in.person_id, signed_in.address) == (cast["ana"].id, "127.0.0.1")
        assert "password" not in json.dumps(failed.snapshot)


def test_a_cookie_is_for_this_app_and_no_script(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in", {"email": cast["ana"].email, "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_the_cookie_is_sent_by_https_only_where_there_is_https(make_app: MakeApp, cast: Cast) -> None:
    safe = make_app(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-kata")
    client = browser(safe)
    cookie = client.get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-kata=")
    assert "Secure" in cookie
    with safe.app_context():
        db.engine.dispose()


def test_a_key_is_changed_without_signing_anybody_out(
    app: Flask, as_: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("ana")
    with app.app_context():
        mail = f"/mail/off/{off_token(cast['ana'].id)}"
    open_form = {"csrf_token": client.csrf_token(), "text": "typed a minute ago"}
    path = f"/boards/{cast.board.id}/obstacles"
    old = app.config["SECRET_KEY"]

    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret, of which nobody knows yet")
    assert browser_with(app, client).get("/settings").status_code == 303
    assert browser(app).get(mail).status_code == 404

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [old])
    assert browser(app).get(mail).status_code == 200
    asked_again = client.post(path, open_form)
    assert asked_again.status_code == 400
    assert "what you typed is kept on this device" in asked_again.text
    assert client.get("/settings").status_code == 200

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert client.get("/settings").status_code == 200, "the cookie was not signed with the new key"


def browser_with(app: Flask, other: Client) -> Client:
    """Another tab, with the same cookie."""
    client, name = browser(app), app.config["SESSION_COOKIE_NAME"]
    client.set_cookie(name, other.get_cookie(name).value)
    return client


def test_the_session_changes_when_somebody_signs_in(client: Client, cast: Cast) -> None:
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session.get("csrf_token")
    client.post("/sign-in", {"email": cast["ana"].email, "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
        assert session["_user_id"]


def test_the_database_holds_no_session_that_could_be_used(client: Client, cast: Cast, app: Flask) -> None:
    client.post("/sign-in", {"email": cast["ana"].email, "password": PASSWORD})
    with client.session_transaction() as session:
        token = session["_user_id"]
    with app.app_context():
        assert token not in db.session.scalars(select(SignInSession.token_hash)).all()


# Rights that end ------------------------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_everywhere_its_cookie_went(as_: SignIn, app: Flask) -> None:
    client, copy = as_("ana"), browser(app)
    for cookie in client._cookies.values():
        copy._cookies[cookie._storage_key] = cookie
    assert copy.get("/").status_code == 200
    client.post("/sign-out")
    assert copy.get("/").location.startswith("/sign-in")


def _disabled(_app: Flask, cast: Cast) -> None:
    db.session.get_one(Person, cast["ana"].id).disabled_at = clock.now()


def _ended(_app: Flask, cast: Cast) -> None:
    for session in db.session.scalars(select(SignInSession).where(SignInSession.person_id == cast["ana"].id)):
        session.ended_at = clock.now()


def _expired(app: Flask, cast: Cast) -> None:
    clock._frozen = clock.now() + app.config["SESSION_LIFETIME"] + timedelta(seconds=1)


@pytest.mark.parametrize("end", [_disabled, _ended, _expired], ids=lambda end: end.__name__.strip("_"))
def test_a_running_session_ends_with_its_right(
    end: Callable[[Flask, Cast], None], as_: SignIn, app: Flask, cast: Cast
) -> None:
    client = as_("ana")
    assert client.get("/").status_code == 200
    with app.app_context():
        end(app, cast)
        db.session.commit()
    assert client.get("/").location.startswith("/sign-in")
    answer = client.post(f"{cast.board.path}/obstacles", {"text": "Still here", "once": "d"}, htmx=True)
    assert answer.status_code == 401
    assert "What you typed is kept" in answer.text


def test_whoever_leaves_a_team_writes_there_no_more(as_: SignIn, app: Flask, cast: Cast) -> None:
    client, path = as_("gus"), f"{cast.closed.path}/obstacles"
    assert client.post(path, {"text": "Before", "once": "e"}).status_code == 303
    with app.app_context():
        db.session.get_one(Membership, cast.membership).ended_at = clock.now()
        db.session.commit()
    assert client.post(path, {"text": "After", "once": "f"}).status_code == 404


def test_a_refusal_is_recorded_with_who_and_where(as_: SignIn, app: Flask, cast: Cast) -> None:
    as_("fay").post(f"{cast.board.path}/obstacles", {"text": "No"})
    with app.app_context():
        newest = db.session.scalars(select(Activity).order_by(Activity.id.desc()).limit(1)).one()
        assert (newest.verb, newest.person_id, newest.address) == ("refused", cast["fay"].id, "127.0.0.1")
        assert newest.snapshot == {"action": "WRITE_BOARD", "path": f"{cast.board.path}/obstacles"}


# The demo -------------------------------------------------------------------------------------------------------------


def test_a_demo_answers_its_own_machine_only(make_app: MakeApp, cast: Cast) -> None:
    demo = make_app(DEMO=True)
    client = browser(demo)
    client.lint = False
    for address, status in {"127.0.0.1": 200, "::1": 200, "192.0.2.7": 403, "": 403}.items():
        assert client.get("/sign-in", environ_base={"REMOTE_ADDR": address}).status_code == status
    forwarded = {"X-Forwarded-For": "127.0.0.1"}
    strange = client.get("/sign-in", environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers=forwarded)
    assert strange.status_code == 403
    with demo.app_context():
        db.engine.dispose()


# What people type -----------------------------------------------------------------------------------------------------


def _texts(html: str) -> set[str]:
    """The element names and attribute values of a page: what typed text must never become."""
    tree = markup.tree(html)
    return {f"{element.tag} {sorted(element.attrib)}" for element in tree.iter()}


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_what_is_typed_is_shown_only_as_text(text: str, as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    client.lint = False  # the linter takes {{ and the like for ours, and here they are typed
    plain = _typed(client, cast, "plain words", version=1)
    hostile = _typed(client, cast, text[:150], version=2)
    for name, page in hostile.items():
        assert _texts(page) <= _texts(plain[name]) | {"a ['dir', 'href', 'rel']", "br []"}, name


def _typed(client: Client, cast: Cast, text: str, *, version: int) -> dict[str, str]:
    """The pages on which a text is seen that was typed into an obstacle, a focus process and a refused form."""
    path = f"/obstacles/{cast.board.in_focus}"
    assert client.post(path, {"text": text, "version": version}).status_code == 303
    settings = {"focus_process": text, "learner_id": cast["ana"].id, "coach_id": cast["ben"].id, "version": version}
    assert client.post(cast.board.path, settings).status_code == 303
    pages = {name: client.get(name).text for name in ("/", "/boards", cast.board.path, f"{cast.board.path}/print")}
    pages["conflict"] = client.post(path, {"text": f"Not {text}", "version": 0}).text
    pages["search"] = client.get("/go", query_string={"q": text[:40]}).text
    return pages


def _path(app: Flask, row: Row, cast: Cast) -> str:
    rule = next(r for r in app.url_map.iter_rules() if r.rule == row.rule and "POST" in (r.methods or ()))
    return requests.address(rule, row, cast)
