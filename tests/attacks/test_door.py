"""The door: what it costs and tells whoever tries it, how long it stays open, and what strange requests do to it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from kata.identity import passwords, throttle
from kata.storyboards import photos
from tests.cast import PASSWORD, Cast, image
from tests.client import Client
from tests.conftest import Counting, SignIn, browser


def test_known_and_unknown_addresses_cost_the_same_work(
    app: Flask, cast: Cast, statements: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not measured by a clock, which a busy machine disturbs, but by what is done: each statement and each hash."""
    compared: list[str] = []
    real = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda kept, text: compared.append(text) or real(kept, text))
    work = {}
    for email in (cast["ana"].email, "nobody@demo.example"):
        client = browser(app)
        token = client.csrf_token()
        with statements() as asked:
            client.post("/sign-in", {"email": email, "password": "not this one", "csrf_token": token})
        work[email] = ([re.sub(r"\s+", " ", each) for each in asked], len(compared))
        compared.clear()
    known, unknown = work.values()
    assert known == unknown
    assert known[1] == 1


def test_guessing_at_one_account_from_many_places_is_slowed_down_too(
    cast: Cast, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "LIMIT_ACCOUNT", 12)
    form = {"email": cast["ana"].email, "password": "not this one"}
    client = browser(app)
    client.lint = False
    statuses = [
        client.post("/sign-in", form, environ_base={"REMOTE_ADDR": f"198.51.100.{place}"}).status_code
        for place in range(14)
    ]
    assert statuses == [422] * 12 + [429] * 2


def test_a_device_that_nobody_used_for_a_fortnight_is_signed_out(
    app: Flask, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer renews the cookie; the age of the newest decides, by the signature and not by the browser's word."""
    client = as_("ana")
    renewed = client.get("/").headers["Set-Cookie"]
    assert "Expires=" in renewed
    fortnight = app.permanent_session_lifetime.total_seconds()
    assert fortnight == 14 * 24 * 3600
    now = int(time.time())  # noqa: TID251 - the library that signs cookies has a clock of its own
    for later, status in ((fortnight - 60, 200), (fortnight + 60, 303)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self, at=now + int(later): at)
        copy = browser(app)
        copy._cookies.update(client._cookies)
        assert copy.get("/").status_code == status


def test_a_cookie_that_somebody_wrote_is_nobodys(app: Flask, cast: Cast, client: Client) -> None:
    for forged in ("", "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "a" * 3000, "%00"):
        client.set_cookie("kata", forged)
        assert client.get("/").location.startswith("/sign-in")


SLOW = (
    "a" * 300,
    "(" * 150 + "a" * 150,
    "%25" * 100 + "_" * 100,
    '"' * 299,
    "a* " * 100,
    "NEAR(a b) OR NOT a AND",
    "\\" * 150,
    "e\u0301\u0302" * 90,
    "a-" * 150,
    "{a b}:c ^d",
)


@pytest.mark.parametrize(
    "path", ["/learning?q=", "/go?q=", "/boards?q=", "/teams?q=", "/admin/people?q=", "/admin/audit?who="]
)
def test_no_words_hold_a_search_up(path: str, as_: SignIn) -> None:
    """Patterns of expressions, of both engines' searches and of nothing: each answered at once."""
    root, began = as_("root"), time.monotonic()
    for words in SLOW:
        assert root.get(path + words).status_code == 200
    assert time.monotonic() - began < 10


def test_a_line_of_the_log_cannot_be_forged(app: Flask, as_: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = as_("ana")
        client.get("/nothing%0d%0a2026-01-01 ERROR root signed in")
        client.get("/", headers={"User-Agent": "x\ty"})
        client.post("/sign-in", {"email": "x\r\nERROR forged", "password": PASSWORD})
    assert not [record for record in caplog.records if "\n" in record.getMessage() or "\r" in record.getMessage()]


def test_a_picture_keeps_nothing_that_hangs_behind_it(tmp_path: object) -> None:
    """A file that is a picture and something else besides is a picture alone afterwards."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    kept = photos.store(image() + b"<script>alert(1)</script>PK\x03\x04", folder)
    for small in (False, True):
        content = photos.path(folder, kept.sha256, small=small).read_bytes()
        assert content.startswith(b"\xff\xd8")
        assert b"script" not in content
        assert b"PK\x03\x04" not in content


def test_a_form_that_is_no_form_is_refused(as_: SignIn, cast: Cast, reset: Callable[[], None]) -> None:
    client = as_("ana")
    token = client.csrf_token()
    path = f"{cast.board.path}/obstacles"
    for content_type, data in (
        ("application/json", f'{{"text": "x", "csrf_token": "{token}"}}'),
        ("text/plain", f"text=x&csrf_token={token}"),
        ("multipart/form-data; boundary=x", "--x\r\nbroken"),
        ("application/xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ):
        answer = client.open(path, method="POST", data=data, content_type=content_type)
        assert answer.status_code == 400
        assert "root:" not in answer.text
