"""The client that the tests ask with: each answer is linted and held to what all owe, each form carries a real token.

CSRF protection stays on. ``client.post(path, {...})`` adds the token of its own session; ``token=False`` leaves it
out. ``client.fill_in(page, action)`` sends a form of a real page with what the page put into its fields, so that
versions and submission keys travel as they do in a browser.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from contextvars import copy_context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests import linter, markup
from tests.answers import expect_guarded
from tests.database import ON_POSTGRES

HTMX = {"HX-Request": "true"}


class Client(FlaskClient):
    """Asks as one browser would."""

    #: The run on SQLite asks for the same pages, and more: on PostgreSQL they need not be read for faults again.
    lint = not ON_POSTGRES

    def open(self, *args: Any, htmx: bool = False, **kwargs: Any) -> TestResponse:
        """Send a request; ``htmx`` sends it as htmx would, for pieces of the page instead of the whole."""
        assert not has_app_context(), "leave the app context before asking: a request must start with a clean one"
        if htmx:
            kwargs["headers"] = {**dict(kwargs.get("headers") or {}), **HTMX}
        kwargs.setdefault("buffered", True)  # read to its end and closed, as a browser does with a file
        # A context of its own, as each request of a server has: what it sets must not reach the test's own code.
        answer: TestResponse = copy_context().run(super().open, *args, **kwargs)
        answer.request.environ["wsgi.input"].close()  # a large form lies in a temporary file
        if not answer.request.path.startswith("/static/"):
            expect_guarded(answer)
        if self.lint and answer.mimetype == "text/html" and _is_page(answer):
            _read(answer)
        return answer

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, token: bool = True, **kwargs: Any
    ) -> TestResponse:
        """Post a form, with this session's token unless told otherwise."""
        fields = dict(data or {})
        if token and "csrf_token" not in fields:
            fields["csrf_token"] = self.csrf_token()
        return self.open(path, method="POST", data=fields, **kwargs)

    def csrf_token(self) -> str:
        """A token that this session's forms would carry."""
        cookie = self.get_cookie(self.application.config["SESSION_COOKIE_NAME"])
        if cookie is None or cookie.value not in _tokens:
            token = self._sign_token()
            cookie = self.get_cookie(self.application.config["SESSION_COOKIE_NAME"])
            assert cookie is not None, "a session that holds a token has a cookie"
            _tokens[cookie.value] = token
        return _tokens[cookie.value]

    def _sign_token(self) -> str:
        with self.session_transaction() as session:
            held = session.get("csrf_token")
        with self.application.test_request_context():
            from flask import session as fresh

            if held:
                fresh["csrf_token"] = held
            token: str = generate_csrf()
            secret = fresh["csrf_token"]
        if not held:
            with self.session_transaction() as session:
                session["csrf_token"] = secret
        return token

    def fill_in(self, page: str, action: str | None = None, *, htmx: bool = False, **typed: Any) -> TestResponse:
        """Open ``page``, type into its form for ``action`` (the page's own address by default) and send it."""
        fields = form_fields(self.get(page).text, action or page)
        return self.post(action or page, {**fields, **typed}, htmx=htmx)


_TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
_clean: set[int] = set()
#: The token that each session's forms carry, by its cookie: signing one takes as long as the answer to a small form.
_tokens: dict[str, str] = {}


def _is_page(answer: TestResponse) -> bool:
    """Not a redirect, and not compressed for a test that asked for that."""
    return not 300 <= answer.status_code < 400 and "Content-Encoding" not in answer.headers


def _read(answer: TestResponse) -> None:
    """Lint the answer, unless the same page (but for its token) has been read before."""
    page = hash(_TOKEN.sub("", answer.text))
    if page not in _clean:
        linter.expect_clean(answer)
        _clean.add(page)


def csv_rows(answer: TestResponse) -> list[dict[str, str]]:
    """The rows of a CSV answer, each by the words at the head of its columns."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def form_fields(html: str, action: str) -> dict[str, Any]:
    """What a browser would send of the form that posts to ``action``; a list where a name comes several times."""
    document = markup.tree(html)
    forms = [form for form in document.iter("form") if form.get("action") == action and form.get("method") == "post"]
    assert forms, f"no form posts to {action}; there are {[form.get('action') for form in document.iter('form')]}"
    sent: dict[str, list[str]] = {}
    for field in forms[0].iter():
        for value in _sent(field):
            sent.setdefault(field.get("name", ""), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items() if name}


def _sent(field: Any) -> list[str]:
    if field.get("disabled") is not None:
        return []
    if field.tag == "textarea":
        return ["".join(field.itertext()).removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value", "".join(option.itertext())) for option in chosen]
    if field.tag == "input" and field.get("type") in {"checkbox", "radio"}:
        return [field.get("value", "on")] if field.get("checked") is not None else []
    if field.tag == "input" and field.get("type") not in {"file", "submit", "button"}:
        return [field.get("value", "")]
    return []
