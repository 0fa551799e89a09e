"""A million readings: by the import, from the bytes of the files on, and the same rows by the bare driver.

A measure has one reading a day at most, so a million of them are those of several measures, each with a file. The two
take turns, file by file, in one database and with the app's own settings of it: what is durable and checked for the one
is so for the other.
"""

from __future__ import annotations

import time
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from kata.extensions import db
from kata.imports import queries, recipes
from kata.imports.facts import Facts
from kata.imports.harvest import harvest
from kata.imports.settle import settle
from kata.measures import actions
from kata.measures.models import Measure
from kata.tables import read
from kata.teams.models import Team

A_FILE = 40_000
FIRST = date(1912, 1, 1)
LAST = date(2026, 1, 1)


def both(app: Flask, files: int) -> tuple[float, float]:
    """Seconds for so many files of ``A_FILE`` readings each: by the import, and by the driver."""
    ours = bare = 0.0
    with app.app_context():
        for number, (brought, typed) in enumerate(_measures(files)):
            content, rows = _content(number), [(typed, *row) for row in _rows(number)]
            begun = time.perf_counter()
            _bring(queries.measure(brought), content)
            between = time.perf_counter()
            _type(rows)
            ours, bare = ours + between - begun, bare + time.perf_counter() - between
    return ours, bare


def _measures(files: int) -> list[tuple[int, int]]:
    """For each file one measure for the import and one for the driver."""
    team_id = db.session.scalars(select(Team.id).limit(1)).one()
    names = [f"Many {number}" for number in range(2 * files)]
    made = [Measure(team_id=team_id, name=name, better="up", kind="outcome") for name in names]
    db.session.add_all(made)
    db.session.commit()
    return [(one.id, other.id) for one, other in zip(made[::2], made[1::2], strict=True)]


def _bring(measure: Measure, content: bytes) -> None:
    """What the job and the command do with a file, less the page in between."""
    table = read(content, "many.csv")
    choices = {**recipes.offered(Facts.of(table)), "kind": "readings"}
    recipe, questions = settle(table, recipes.recipe_of(choices, "Europe/London"))
    assert not questions
    found = harvest(table, recipe, measure, today=LAST, keep_unfinished=False, tell=lambda _done: None)
    shown = actions.compare(measure, found.given)
    assert len(shown.new) == A_FILE
    actions.save(measure, found.given, seen=shown.fingerprint, by=None)
    db.session.commit()


def _rows(number: int) -> list[tuple[str, float]]:
    return [((FIRST + timedelta(at)).isoformat(), (at * 7 + number) % 100 / 10 + 1) for at in range(A_FILE)]


def _content(number: int) -> bytes:
    return ("day,value\n" + "".join(f"{day},{value}\n" for day, value in _rows(number))).encode()


def _type(rows: list[tuple[int, str, float]]) -> None:
    """The rows by the driver, in one transaction, as the import's are."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany("INSERT INTO reading (measure_id, day, value, note, version) VALUES (?, ?, ?, '', 1)", rows)
        cursor.execute("COMMIT")
    finally:
        connection.close()
