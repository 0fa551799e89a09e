"""The log says what happened, and neither what people typed nor who they are; no text of theirs becomes a line."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from kata import logs
from kata.extensions import db
from kata.web import requests
from tests.cast import Cast
from tests.client import Client
from tests.conftest import MakeApp, SignIn, browser

log = logging.getLogger("kata.somewhere")


class Log:
    """What was written since it was last looked at."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def text(self) -> str:
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return text

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text().splitlines()]


@pytest.fixture
def written() -> Iterator[Log]:
    """The log of this process, as it would go to stderr."""
    root, ours = logging.getLogger(), logging.getLogger("kata")
    before = list(root.handlers)
    made = Log()
    logs.configure(stream=made.stream)
    ours.setLevel("DEBUG")  # the root's own is put back by pytest between a test's set-up and its call
    yield made
    ours.setLevel("NOTSET")
    logging.captureWarnings(False)
    root.handlers[:] = before


def _requests(written: Log) -> list[dict[str, Any]]:
    return [event for event in written.events() if event["event"] == "request"]


def test_a_request_is_one_line_of_facts(written: Log, as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    written.text()
    answer = client.get(f"{cast.board.path}?step=what+ana+searched")
    (line,) = _requests(written)
    assert line == {
        "time": line["time"],
        "level": "info",
        "event": "request",
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "/boards/<int:board_id>",
        "status": 200,
        "ms": line["ms"],
        "statements": line["statements"],
        "person": cast["ana"].id,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert 0 < line["ms"] < 60_000
    assert re.fullmatch(r"[0-9a-f]{16}", line["request"])


def test_statements_are_those_that_the_database_was_asked(written: Log, as_: SignIn, statements: Any) -> None:
    client = as_("ana")
    client.get("/")
    written.text()
    with statements() as asked:
        client.get("/")
    assert _requests(written)[0]["statements"] == len(asked)


SECRETS = [
    "/link/a-secret-word",
    "/join/a-secret-word",
    "/calendar/a-secret-word.ics",
    "/stories/a-secret-word",
    "/stories/a-secret-word/photos/1/small",
    "/mail/off/a-secret-word",
    "/settings/email/a-secret-word",
    "/learning?q=a-secret-word",
    "/nothing/a-secret-word",
]


def test_no_secret_of_an_address_is_written(written: Log, as_: SignIn, client: Client) -> None:
    for who in (as_("ana"), client):
        for address in SECRETS:
            who.get(address, headers={"Referer": "http://localhost/a-secret-word", "User-Agent": "a-secret-word"})
    client.post("/sign-in", {"email": "ana@example.org", "password": "a-secret-word", "once": "x"})
    text = written.text()
    assert len(text.splitlines()) >= 2 * len(SECRETS) + 1
    assert "a-secret-word" not in text
    assert "ana@" not in text


def test_every_address_that_holds_a_secret_is_known(app: Flask) -> None:
    requests.know_secrets(app)
    for rule in app.url_map.iter_rules():
        if "<token>" in rule.rule:
            address = re.sub(r"<int:\w+>", "7", rule.rule.replace("<token>", "a-secret-word"))
            assert "a-secret-word" not in logs.discreet(f"Error handling request {address}?q=1 from here")


def test_answers_that_tell_nothing_new_are_details(written: Log, client: Client) -> None:
    client.get("/healthz")
    client.get("/readyz")
    assert {line["level"] for line in _requests(written)} == {"debug"}


def test_the_number_of_a_request_comes_from_a_trusted_proxy_alone(
    make_app: MakeApp, app: Flask, client: Client
) -> None:
    given = {"X-Request-ID": "0123456789abcdef0123456789abcdef"}
    assert client.get("/healthz", headers=given).headers["X-Request-ID"] != given["X-Request-ID"]
    behind = browser(make_app(TRUSTED_PROXIES=1))
    assert behind.get("/healthz", headers=given).headers["X-Request-ID"] == given["X-Request-ID"]
    for wrong in ("short", "x" * 65, "two words of it", "a,b;c=d<e>f", "ümläute-sind-es"):
        made = behind.get("/healthz", headers={"X-Request-ID": wrong}).headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{16}", made)


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_fault_is_one_line_and_its_page_shows_the_number_to_tell(
    written: Log, make_app: MakeApp, as_: SignIn, htmx: bool
) -> None:
    app = make_app(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.view_functions["identity.sign_in"] = _break
    answer = browser(app).get("/sign-in?next=/a-secret-word", htmx=htmx)
    fault, request = written.events()
    assert answer.status_code == 500
    assert fault["request"] == request["request"] == answer.headers["X-Request-ID"]
    assert f"<code>{fault['request']}</code>" in answer.text
    assert (fault["level"], fault["error"], fault["route"]) == ("error", "ZeroDivisionError", "/sign-in")
    assert "in _break" in fault["traceback"]
    assert "a-secret-word" not in json.dumps([fault, request])
    with app.app_context():
        db.engine.dispose()


def _break() -> str:
    return str(1 / 0)


def test_a_database_that_does_not_answer_is_told_with_the_number(written: Log, app: Flask, monkeypatch: Any) -> None:
    def gone() -> None:
        raise OperationalError("select a-secret-word", {"value": "a-secret-word"}, Exception("gone"))

    monkeypatch.setitem(app.view_functions, "identity.sign_in", gone)
    answer = browser(app).get("/sign-in")
    told, request = written.events()
    assert answer.status_code == request["status"] == 503
    assert told["event"] == "Nothing can be saved: OperationalError: Exception: gone"
    assert f"<code>{told['request']}</code>" in answer.text


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_text_becomes_a_line_of_its_own(written: Log, form: str) -> None:
    logs.configure(form=form, stream=written.stream)
    forged = 'x\n{"level":"info"}\r\n12:00:00 info  all is well\x1b[2J\u202e\u2028\u0085y'
    log.warning("Somebody wrote %s", forged)
    try:
        raise RuntimeError(forged)
    except RuntimeError:
        log.exception("It failed: %s", forged)
    text = written.text()
    lines = text.split("\n")[:-1]
    if form == "json":
        assert [json.loads(line)["level"] for line in lines] == ["warning", "error"]
    else:
        assert all(re.match(r"(\d\d:\d\d:\d\d (warning|error) )|    \| ", line) for line in lines)
    assert not set("\r\x1b\u202e\u2028\u0085") & set(text)


def test_an_exception_tells_the_code_and_no_value(written: Log) -> None:
    wrong = [
        lambda: float("a-secret-word"),
        lambda: {}["a-secret-word"],
        lambda: "a-secret-word \ud800".encode(),
        lambda: ["x"].index("it's a-secret-word"),
        lambda: (_ for _ in ()).throw(RuntimeError("to ana@example.org at /link/a-secret-word?x=a-secret-word")),
    ]
    logs.know(dict, iter(["/link/"]))
    for fail in wrong:
        try:
            fail()
        except Exception as error:
            try:
                raise LookupError("on the way") from error
            except LookupError:
                log.exception("It failed.")
    events = written.events()
    assert len(events) == len(wrong)
    for event in events:
        assert "a-secret-word" not in json.dumps({**event, "traceback": _without_code(event["traceback"])})
        assert "ana@" not in _without_code(event["traceback"])
        assert "which led to:" in event["traceback"]
        assert "test_logs.py" in event["traceback"]


def _without_code(traceback: str) -> str:
    """Tracebacks repeat lines of the code, which here holds the words."""
    return "\n".join(line for line in traceback.splitlines() if not line.startswith("    "))


@pytest.mark.database
def test_an_error_of_the_database_tells_no_value(written: Log, in_app: Flask, cast: Cast) -> None:
    twice = sa.text("insert into area (name, slug) select name, slug from area where name is not null")
    for statement, values in [
        (twice, {}),
        (sa.text("select cast(:word as integer) / 0"), {"word": "a-secret-word"}),
        (sa.text("select 'a-secret-word' from nowhere where x = :word"), {"word": "a-secret-word"}),
    ]:
        try:
            db.session.execute(statement, values).all()
        except (IntegrityError, DataError, sa.exc.DBAPIError):
            log.exception("It failed.")
        db.session.rollback()
    events = written.events()
    names = [name for name in db.session.scalars(sa.text("select name from area"))]
    assert events, "at least one of them fails on every engine"
    for event in events:
        told = _without_code(event["traceback"])
        assert "a-secret-word" not in told
        assert not [name for name in names if name in told]
    assert any("IntegrityError" in event["traceback"] for event in events)


def test_a_terminal_in_the_demo_shows_warnings_as_text(monkeypatch: Any, written: Log) -> None:
    logging.getLogger("kata").setLevel("NOTSET")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    logs.configure(at_hand=True, stream=terminal)
    log.info("nothing to see")
    log.warning("Mails wait.")
    assert re.fullmatch(r"\d\d:\d\d:\d\d warning Mails wait\.\n", terminal.getvalue())
    logs.configure(at_hand=True, level="info", stream=terminal)
    facts = {"method": "GET", "route": "/", "status": 200, "ms": 2.5, "statements": 8, "person": 3, "request": "abc"}
    logs.request(logging.INFO, facts)
    assert terminal.getvalue().endswith("info    GET / 200 in 2.5 ms, 8 statements  person=3 request=abc\n")
    logs.configure(at_hand=False, stream=terminal)
    log.info("to see")
    assert json.loads(terminal.getvalue().splitlines()[-1])["event"] == "to see"
