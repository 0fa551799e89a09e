"""A million readings: by the import, from the bytes of the files on, and the same rows by the bare driver.

A measure has one reading a day at most, so a million of them are those of several measures, each with a file.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import date, timedelta
from pathlib import Path

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


def both(app: Flask, folder: Path, files: int) -> tuple[float, float]:
    """Seconds for so many files of ``A_FILE`` readings each: by the import, and by the driver."""
    with app.app_context():
        brought = [(measure_id, _content(number)) for number, measure_id in enumerate(_measures(files))]
        begun = time.perf_counter()
        for measure_id, content in brought:
            _bring(queries.measure(measure_id), content)
        ours = time.perf_counter() - begun
    return ours, _bare(folder, files)


def _measures(files: int) -> list[int]:
    team_id = db.session.scalars(select(Team.id).limit(1)).one()
    made = [Measure(team_id=team_id, name=f"Many {number}", better="up", kind="outcome") for number in range(files)]
    db.session.add_all(made)
    db.session.commit()
    return [measure.id for measure in made]


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


def _bare(folder: Path, files: int) -> float:
    """The same rows into a table with the same columns, constraints and index, a transaction for each file."""
    schema = sqlite3.connect(folder / "import.sqlite").execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'reading' AND sql IS NOT NULL"
    )
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode=WAL")
    for (statement,) in schema:
        bare.execute(statement)
    prepared = [[(number, *row) for row in _rows(number)] for number in range(files)]
    insert = "INSERT INTO reading (measure_id, day, value, note, version) VALUES (?, ?, ?, '', 1)"
    begun = time.perf_counter()
    for rows in prepared:
        bare.execute("BEGIN")
        bare.executemany(insert, rows)
        bare.execute("COMMIT")
    return time.perf_counter() - begun
