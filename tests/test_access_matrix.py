"""Every kind of person at every address: what they are answered is what the table says, and nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access import requests, states
from tests.access.matrix import PEOPLE, ROWS, Row
from tests.cast import Cast
from tests.client import Client
from tests.coaching import confided
from tests.conftest import browser, listening, sign_in

WRITES = re.compile(r"\s*(insert|update|delete|replace|create|drop|alter)\b", re.IGNORECASE)
OK = {200, 204, 302, 303}


def test_every_address_stands_in_the_table(app: Flask) -> None:
    served = {(method, rule.rule) for rule in app.url_map.iter_rules() for method in _methods(rule)}
    written = {(row.method, row.rule) for row in ROWS}
    assert sorted(served - written) == [], "these are served to whoever asks, and the table does not say to whom"
    assert sorted(written - served) == [], "these stand in the table and are served no more"


def test_no_row_comes_twice() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_reading(row: Row, app: Flask, cast: Cast) -> None:
    """Each is answered as the table says, nothing is written for it, and nobody reads what is about somebody else."""
    path = requests.address(_rule(app, row), row, cast)
    found, written, leaked = {}, {}, {}
    for name in PEOPLE:
        client = _as(app, cast, name)
        with listening(app) as asked:
            answer = client.get(path)
        found[name] = _kind(answer, row.answers[name])
        # A refusal is recorded, as it should be.
        written[name] = [each for each in asked if WRITES.match(each)] if found[name] not in {"no", "--"} else []
        leaked[name] = confided.leaks(name, answer)
    assert found == row.answers
    assert {name: statements for name, statements in written.items() if statements} == {}
    assert {name: sentences for name, sentences in leaked.items() if sentences} == {}


@pytest.mark.database
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=str)
def test_writing(row: Row, app: Flask, cast: Cast, reset: Callable[[], None]) -> None:
    path = requests.address(_rule(app, row), row, cast)
    found = {}
    # Those who are refused leave nothing behind, which the acceptance of those who come after them shows.
    people = sorted(PEOPLE, key=lambda name: row.answers[name] == "ok")
    for name in people:
        with app.app_context():
            requests.prepare(row, cast)
            form = requests.body(row, cast)
        if row.rule in {"/boards", "/measures/import"}:
            form |= requests.starts_board(name, cast)
        found[name] = _kind(_as(app, cast, name).post(path, form), row.answers[name])
        if name != people[-1] and (row.answers[name] == "ok" or states.PREPARE.get(f"POST {row.rule}")):
            reset()
    assert found == row.answers


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def _rule(app: Flask, row: Row) -> Rule:
    found = [rule for rule in app.url_map.iter_rules() if rule.rule == row.rule and row.method in _methods(rule)]
    assert found, f"{row} is not served"
    return found[0]


def _as(app: Flask, cast: Cast, name: str) -> Client:
    return browser(app) if name == "nobody" else sign_in(app, cast[name].id)


def _kind(answer: TestResponse, expected: str) -> str:
    """The answer in the table's words; where it is none of them, its status."""
    status = answer.status_code
    if status == 401 or (status == 303 and answer.location.startswith("/sign-in?")):
        return "in"
    if status == 303 and expected == "to":
        return "to"
    return {403: "no", 404: "--", 422: "un"}.get(status, "ok" if status in OK else str(status))
