"""Reading costs the same whether there is one of something or two hundred."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from kata.extensions import db
from tests import database, growth
from tests.access import requests
from tests.access.matrix import ROWS, Row
from tests.cast import Cast
from tests.client import Client
from tests.conftest import browser, listening, sign_in

#: Statements that a page may take, the two among them that tell who is asking.
BUDGET = 12
READING = [row for row in ROWS if row.method == "GET"]
SIGNED_IN = [row for row in READING if "ok" in (row.answers["root"], row.answers["ana"])]
#: Addresses of pieces, which are a redirect to their page for everyone but htmx.
PIECES = (
    "/boards/<int:board_id>/sheets/<name>",
    "/boards/<int:board_id>/question",
    "/cycles/<int:cycle_id>/observation/pulse",
    "/measures/<int:measure_id>/about",
    "/measures/<int:measure_id>/rules",
    "/measures/<int:measure_id>/phases",
)
MANY = 200


@pytest.fixture(scope="session")
def grown(played: Cast, shared_app: Flask, templates: database.Templates) -> None:
    """A template of the cast with many rows of everything."""
    templates.restore(shared_app, "cast")
    with shared_app.app_context():
        growth.grow(played, MANY)
        db.session.commit()
    database.let_go(shared_app)
    templates.keep("grown")


def test_a_page_costs_the_same_with_many_rows(
    app: Flask, cast: Cast, grown: None, templates: database.Templates
) -> None:
    """All on one database, since reading leaves it as it is."""
    asked = []
    for template in ("cast", "grown"):
        templates.restore(app, template)
        asked.append({str(row): _page(app, cast, row) for row in SIGNED_IN})
    few, many = asked
    wrong = {name: said for name, each in many.items() if (said := _more(few[name], each))}
    assert wrong == {}


def _page(app: Flask, cast: Cast, row: Row) -> list[str]:
    name = "ana" if row.answers["ana"] == "ok" else "root"
    return _statements(app, cast, name, _path(app, row, cast), htmx=row.rule in PIECES)


@pytest.mark.parametrize("name", ["ana", "ben", "fay", "root"])
def test_today_costs_the_same_with_many_boards(
    name: str, app: Flask, cast: Cast, grown: None, templates: database.Templates
) -> None:
    few = _statements(app, cast, name, "/")
    templates.restore(app, "grown")
    assert _more(few, _statements(app, cast, name, "/")) == ""


def test_a_write_asks_no_more_with_many_rows(
    app: Flask, cast: Cast, grown: None, templates: database.Templates, reset: Callable[[], None]
) -> None:
    def add() -> list[str]:
        client = _reader(app, cast, "ana")
        form = {"text": "One more", "once": "0123", "csrf_token": client.csrf_token()}
        with listening(app) as asked:
            assert client.post(f"{cast.board.path}/obstacles", form, htmx=True).status_code == 200
        return asked

    few = add()
    templates.restore(app, "grown")
    assert len(add()) == len(few)


def _statements(app: Flask, cast: Cast, name: str, path: str, *, htmx: bool = False) -> list[str]:
    client = _reader(app, cast, name)
    with listening(app) as asked:
        answer = client.get(path, htmx=htmx)
    assert answer.status_code in {200, 303}, answer.status
    return [" ".join(statement.split()) for statement in asked]


def _more(few: list[str], many: list[str]) -> str:
    """What a page asks more often of many rows, or more than a page may."""
    if len(many) > len(few):
        more = {statement[-160:] for statement in many if many.count(statement) > few.count(statement)}
        return f"{len(few)} statements became {len(many)}, among them: {more}"
    return "\n".join(statement[:160] for statement in many) if len(many) > BUDGET else ""


def _path(app: Flask, row: Row, cast: Cast) -> str:
    rule = next(r for r in app.url_map.iter_rules() if r.rule == row.rule and "GET" in (r.methods or ()))
    return requests.address(rule, row, cast)


def _reader(app: Flask, cast: Cast, name: str) -> Client:
    client = browser(app) if name == "nobody" else sign_in(app, cast[name].id)
    client.lint = False  # the access matrix reads these pages with the linter
    return client
