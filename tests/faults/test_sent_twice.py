"""Every form that is sent twice, by an impatient hand or over a bad line, is carried out once; the map says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from tests.access import requests
from tests.access.matrix import PEOPLE, ROWS, Row
from tests.cast import Cast
from tests.client import Client
from tests.conftest import sign_in

#: Where the second time is another act, or says again what stands, and the record may tell of both.
OTHERWISE = {
    "/sign-in": "another door",
    "/settings/password": "the password has changed, so the second is a wrong guess",
    "/settings/theme": "chosen again",
    "/settings/sessions/<int:session_id>/end": "ended again",
    "/settings/sessions/end": "ended again",
    "/admin/people/<int:person_id>/sessions/end": "ended again",
    "/link/<token>": "used already, and the record tells that somebody tried",
    "/admin/people/<int:person_id>": "saved again as it was",
}


def _who_may(row: Row) -> str | None:
    return next((name for name in PEOPLE if name != "nobody" and row.answers[name] == "ok"), None)


FORMS = [(row, who) for row in ROWS if row.method == "POST" and (who := _who_may(row)) and row.rule not in OTHERWISE]


@pytest.mark.slow
def test_a_form_that_is_sent_twice_is_carried_out_once(app: Flask, cast: Cast, reset: Callable[[], None]) -> None:
    rules = {(method, rule.rule): rule for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    found = {}
    for row, who in FORMS:
        path = requests.address(rules[row.method, row.rule], row, cast)
        client = sign_in(app, cast[who].id)
        client.lint = False
        with app.app_context():
            requests.prepare(row, cast)
            form = requests.body(row, cast)
            again = requests.body(row, cast)  # a file can be read once
        if row.rule in {"/boards", "/measures/import"}:
            form |= requests.starts_board(who, cast)
        once = _rows_after(app, client, path, form)
        twice = _rows_after(app, client, path, form | {name: file for name, file in again.items() if _is_file(file)})
        if once != twice:
            found[str(row)] = {table: twice[table] - count for table, count in once.items() if twice[table] != count}
        reset()
    assert len(FORMS) > 100
    assert found == {}


def _rows_after(app: Flask, client: Client, path: str, form: dict[str, Any]) -> dict[str, int]:
    """How many rows each table has once the form was sent."""
    answer = client.post(path, form)
    assert answer.status_code < 500, (path, answer.status_code)
    with app.app_context():
        tables = db.metadata.sorted_tables
        counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in tables]
        return dict(zip([table.name for table in tables], db.session.execute(sa.select(*counts)).one(), strict=True))


def _is_file(value: Any) -> bool:
    return isinstance(value, tuple)
