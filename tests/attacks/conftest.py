"""What every attack on forms stands on: each address that takes one, somebody who may send it, and what it holds.

All of it comes from the address map and the access matrix, so a new form is attacked as soon as its row is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse
from wtforms import Field, FieldList, FormField

from kata.measures.kept import Shelf
from kata.web import forms
from tests.access import requests
from tests.access.matrix import PEOPLE, ROWS, Row
from tests.cast import Cast
from tests.client import Client
from tests.conftest import browser, sign_in

#: Who sends a form, the first of them who may: somebody of the team before those who may do more.
SENDERS = ("ana", "ben", "dev", "root", *PEOPLE)


@dataclass
class Sending:
    """One address that takes a form, and who sends it; ``fields`` is known once it was sent."""

    app: Flask
    cast: Cast
    row: Row
    name: str
    path: str
    made: list[forms.Form]
    fields: dict[str, Field] = field(default_factory=dict)

    def prepared(self) -> dict[str, Any]:
        """The state in which the form makes sense, and what it accepts."""
        with self.app.app_context():
            requests.prepare(self.row, self.cast)
        return self.body()

    def body(self) -> dict[str, Any]:
        """What the form accepts in the state that there is."""
        with self.app.app_context():
            body = requests.body(self.row, self.cast)
        if self.row.rule in {"/boards", "/measures/import"}:
            body |= requests.starts_board(self.name, self.cast)
        return body

    def send(self, body: dict[str, Any], **more: Any) -> TestResponse:
        self.made.clear()
        answer = self.client.post(self.path, body, **more)
        self.fields = {each.name: each for made in self.made for each in _leaves(made) if each.raw_data is not None}
        return answer

    @property
    def client(self) -> Client:
        made = browser(self.app) if self.name == "nobody" else sign_in(self.app, self.cast[self.name].id)
        made.lint = False
        return made


def _leaves(made: Any) -> Iterator[Field]:
    for each in made:
        if isinstance(each, FieldList):
            for entry in each.entries:
                yield from _leaves(entry.form) if isinstance(entry, FormField) else [entry]
        else:
            yield each


@pytest.fixture
def sendings(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Sending]:
    """Every address that takes a form, once, with somebody who may send it."""
    made: list[forms.Form] = []
    init: Callable[..., None] = forms.Form.__init__

    def remember(self: forms.Form, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        made.append(self)

    monkeypatch.setattr(forms.Form, "__init__", remember)
    rules = {rule.rule: rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    first = {row.rule: row for row in reversed(ROWS) if row.method == "POST" and row.about not in {"other", "hushed"}}
    first = {row.rule: row for row in ROWS if row.method == "POST" and "ok" in row.answers.values()} | first
    found = []
    for rule, row in first.items():
        name = next((each for each in SENDERS if row.answers[each] == "ok"), None)
        if name:
            found.append(Sending(app, cast, row, name, requests.address(rules[rule], row, cast), made))
    assert len(found) > 130
    return found


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What attacks write past the app's own actions moves no version, so nothing may be kept under the old ones."""
    monkeypatch.setattr(Shelf, "get", lambda _shelf, _key, make: make())
