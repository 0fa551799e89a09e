"""Text that tries to become something else: in every text column there is, on every page, file and refused form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata.activity.models import Activity
from kata.extensions import Model, db
from kata.identity import traces
from kata.learning import actions as learning
from tests.access import requests
from tests.access.matrix import ROWS
from tests.attacks.conftest import Sending
from tests.attacks.hostile import HOSTILE, became_markup
from tests.attacks.test_addresses import _client, _rules
from tests.cast import Cast
from tests.test_pages import PIECES

#: Besides what the app itself takes for texts: names that people chose.
NAMES = {("person", "name"), ("team", "region"), ("measure", "unit"), ("sign_in_session", "device")}
#: What is worked out of others' texts, or read by the app itself.
KEPT_APART = {
    "learned",
    "team_figures",
    "measure_picture",
    "mail",
    "import_recipe",
    "upload",
    "figures_state",
    "activity",
}
READERS = ("ana", "ben", "cleo", "dev", "root", "eve", "nobody")


def plant(text: str) -> set[tuple[str, str]]:
    """Put the text, as far as it fits, into every text that people wrote, also into the record of what they wrote."""
    planted = set()
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if table.name in KEPT_APART or not _is_text(table.name, column):
                continue
            length = getattr(column.type, "length", None) or 4000
            # The number behind it keeps names apart that have to differ.
            value = sa.literal(text[: length - 8]) + sa.cast(table.c.id, sa.String)
            db.session.execute(table.update().where(column != "").values({column: value}))
            planted.add((table.name, column.name))
    for event in db.session.scalars(sa.select(Activity).where(Activity.snapshot.is_not(None))):
        told = event.snapshot or {}
        event.snapshot = {
            name: text if (event.subject_type, name) in planted and value else value for name, value in told.items()
        }
    learning.rebuild()
    db.session.commit()
    return planted


def _is_text(table: str, column: sa.Column[Any]) -> bool:
    if (table, column.name) in NAMES:
        return True
    codes = {"email", "address", "key", "password_hash", "file_name"}
    return isinstance(column.type, sa.String) and column.name not in codes and traces._holds_words(column)


def _read(app: Flask, cast: Cast) -> list[tuple[str, Any]]:
    """Every answer to somebody who may read it, and the pieces of pages."""
    people = {name: _client(app, cast, name) for name in READERS}
    rules = {rule.rule: rule for rule in _rules(app, "GET")}
    found = []
    for row in ROWS:
        if row.method != "GET" or "ok" not in row.answers.values():
            continue
        name = next(each for each in READERS if row.answers[each] == "ok")
        path = requests.address(rules[row.rule], row, cast)
        found.append((f"{path} as {name}", people[name].get(path, htmx=row.rule in PIECES)))
    for path in (
        f"{cast.board.path}?on=2026-05-20",
        "/go?q=evil",
        "/learning?q=evil",
        "/boards?q=evil",
        "/teams?q=evil",
    ):
        found.append((path, people["ana"].get(path)))
    return found


def _runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula; numbers with a sign are numbers."""
    return cell.lstrip()[:1] in {"=", "+", "-", "@"} and not re.fullmatch(r"\s*[+-]?[\d.]+(e-?\d+)?", cell)


def test_what_people_wrote_is_text_on_every_page_and_in_every_file(
    app: Flask, cast: Cast, sendings: list[Sending]
) -> None:
    with app.app_context():
        planted = plant(HOSTILE)
    assert len(planted) > 50
    wrong, shown = [], 0
    for where, answer in _read(app, cast):
        assert answer.status_code < 500, where
        shown += b"x-evil" in answer.data
        if answer.mimetype in {"text/html", "image/svg+xml"}:
            wrong += [f"{where}: {each}" for each in became_markup(answer.text)]
        if answer.mimetype == "text/csv":
            rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
            wrong += [f"{where}: a formula, {cell[:30]}" for row in rows for cell in row if _runs(cell)]
    conflicts = 0
    for sending in sendings:
        body = sending.body()
        if "version" not in body:
            continue
        answer = sending.send({**body, "version": "0"})
        conflicts += answer.status_code == 409
        wrong += [f"{sending.row} with both texts: {each}" for each in became_markup(answer.text)]
    assert not wrong, "\n".join(wrong[:40])
    assert shown > 90, "the text is hardly to be seen anywhere: was it planted?"
    assert conflicts > 20


#: What no text needs, and what breaks programs that did not think of it, as it comes over the wire.
RAW = "%00%ED%A0%80%E2%80%AE%F0%9F%92%A9%0D%0ASet-Cookie:%20evil=1%0D%0A%EF%BF%BE%CC%81%27%22%3Cx-evil%3E"
LONG = "%2B" + "x%0A" * 30_000


def test_no_text_is_a_fault_in_any_form(
    app: Flask, cast: Cast, sendings: list[Sending], reset: Callable[[], None]
) -> None:
    """Bytes that are no text, marks, line ends where a header could begin, and much more than there is place for."""
    wrong, seen = [], set()
    for sending in sendings:
        done = sending.send({}).status_code
        texts = [name for name, each in sending.fields.items() if type(each).__name__ in TEXTS]
        kind = type(sending.made[-1]).__name__ if sending.made else ""
        if texts and kind not in seen:
            seen.add(kind)
            reset()
            body = {name: value for name, value in sending.prepared().items() if name not in texts}
            for value in (RAW, LONG):
                answer = _raw(sending, body, dict.fromkeys(texts, value))
                wrong += [f"{sending.row}: {each}" for each in _faults(answer)]
                done = answer.status_code
        if done in {200, 303}:
            reset()
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 40


def _raw(sending: Sending, body: dict[str, Any], texts: dict[str, str]) -> TestResponse:
    client = sending.client
    plain = {name: value for name, value in body.items() if isinstance(value, str | int)}
    pairs = {**plain, **texts, "csrf_token": client.csrf_token()}
    sent = "&".join(f"{name}={value}" for name, value in pairs.items()).replace(" ", "+").encode()
    return client.open(sending.path, method="POST", data=sent, content_type="application/x-www-form-urlencoded")


def _faults(answer: TestResponse) -> list[str]:
    found = became_markup(answer.text) if answer.mimetype == "text/html" else []
    if answer.status_code >= 500:
        found.append(str(answer.status_code))
    if "evil" in str(answer.headers):
        found.append("it is in a header")
    return found


#: Fields in which somebody types; the choices and numbers are attacked elsewhere.
TEXTS = {
    "StringField",
    "TextAreaField",
    "HiddenField",
    "PasswordField",
    "DayField",
    "NumberField",
    "MomentField",
    "ClockField",
}


def test_scripts_write_text_as_text() -> None:
    """No script of ours makes markup or code of a text; the one that copies markup copies a piece of our own page."""
    ways = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextual"
    )
    used = {
        f"{file.name}: {line.strip()}"
        for file in (Path(__file__).parents[2] / "static" / "js").rglob("*.js")
        for line in file.read_text().splitlines()
        if ways.search(line)
    }
    own = "copy.innerHTML = box.querySelector('[data-row-template]').innerHTML.replaceAll('__i__', count);"
    assert used == {f"rows.js: {own}"}
