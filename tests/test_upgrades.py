"""Databases that earlier versions wrote become those of this one, and lose no row; whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from kata.archive import loading, writing
from kata.archive.checks import database as asked
from kata.archive.checks import rules
from kata.archive.checks.check import Look
from kata.archive.snapshot import rows, snapshot, tables
from kata.cli import refusal_to_serve
from kata.extensions import db
from kata.web.schema import schema_state
from tests import database
from tests.archive.conftest import run
from tests.conftest import MakeApp
from tests.filler import fill

pytestmark = pytest.mark.database

ROOT = Path(__file__).resolve().parent.parent
#: It is made anew from the other tables; ``flask prepare`` fills it.
MADE_ANEW = {"learned"}

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


@pytest.fixture
def bare(shared_app: Flask, templates: database.Templates) -> Iterator[Flask]:
    """The app over a database in which nothing has been made yet."""
    database.let_go(shared_app)
    templates.clear()
    yield shared_app
    database.let_go(shared_app)
    templates.clear()


def test_what_any_version_wrote_is_kept_by_all_that_follow(bare: Flask, make_app: MakeApp, tmp_path: Path) -> None:
    revisions = _revisions(bare)
    with bare.app_context():
        before: Rows = {}
        shapes: dict[str, list[str]] = {}
        for number, revision in enumerate(revisions, 1):
            upgrade(revision=revision)
            with db.engine.begin() as connection:
                known = tables(connection)
                after = _read(connection, known)
                assert _lost(before, after) == [], f"by {revision}"
                others = [each for each in known if shapes.get(each.name) != each.columns.keys()]
                fill(connection, others, number)
                if number == 1:
                    fill(connection, others, 2)  # a coach is no learner
                before = {**after, **_read(connection, others)}
            shapes = {each.name: each.columns.keys() for each in known}
            if number == 1:
                writing.backup(tmp_path / f"{revision}.zip")
        assert [name for name, there in before.items() if not there] == []
        assert schema_state(bare) == "current"
        assert _wrong() == []
    _restored(make_app, tmp_path, revisions[0])


def _restored(make_app: MakeApp, tmp_path: Path, revision: str) -> None:
    """A backup of an older version is loaded as it was, and upgraded then."""
    folder = tmp_path / revision
    folder.mkdir()
    app = make_app(DATA_FOLDER=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'kata.sqlite'}")
    with app.app_context():
        made = loading.restore(tmp_path / f"{revision}.zip")
        assert made.schema == revision
        assert schema_state(app) == "current"
        counts = {name: len(each) for name, each in _everything().items()}
        assert {each.table for each in made.tables if counts.get(each.table, 0) < each.rows} <= MADE_ANEW
        assert _wrong() == []
    database.let_go(app)


def _revisions(app: Flask) -> list[str]:
    scripts = ScriptDirectory(str(app.extensions["migrate"].directory))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _everything() -> Rows:
    with snapshot() as connection:
        return _read(connection, tables(connection))


def _read(connection: sa.Connection, known: list[sa.Table]) -> Rows:
    found: Rows = {}
    for table in known:
        names = [column.name for column in table.columns]
        keys = [column.name for column in table.primary_key.columns]
        told = [dict(zip(names, row, strict=True)) for row in rows(connection, table)]
        found[table.name] = {tuple(row[key] for key in keys): row for row in told}
    return found


def _lost(before: Rows, after: Rows) -> list[str]:
    """Rows that are gone, and columns that tell something else, in tables and columns that are still there."""
    return [
        f"{table} {key}: {name}"
        for table, there in before.items()
        if table not in MADE_ANEW
        for key, row in there.items()
        for name, value in row.items()
        if key not in after[table] or (name in after[table][key] and after[table][key][name] != value)
    ]


def _wrong() -> list[str]:
    checks = [*asked.CHECKS, *(each for each in rules.CHECKS if each.says != "Somebody can administer")]
    with snapshot() as connection:
        return [words for each in checks for words in each.run(connection, Look(None))]


KILLED = """
import os, signal, sys
os.environ["FLASK_RUN_FROM_CLI"] = "true"
import sqlalchemy as sa
from wsgi import app
from flask_migrate import upgrade
from kata.extensions import db
left = int(sys.argv[1])
def count(*anything):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
with app.app_context():
    sa.event.listen(db.engine, "before_cursor_execute", count)
    upgrade()
"""


@pytest.mark.slow
def test_an_upgrade_that_is_killed_between_statements_goes_on_from_whole_steps(bare: Flask, tmp_path: Path) -> None:
    with bare.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            fill(connection, tables(connection), 1)
        before = _everything()
    database.let_go(bare)
    ended = _python(bare, tmp_path, "-c", KILLED, "70")
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with bare.app_context():
        assert schema_state(bare) == "older"
        upgrade()
        assert schema_state(bare) == "current"
        assert _lost(before, _everything()) == []
        assert _wrong() == []


@pytest.mark.slow
def test_two_processes_that_upgrade_at_once_come_to_one_schema(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        downgrade(revision="-3")
    database.let_go(app)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    both = [
        subprocess.Popen(command, cwd=ROOT, env=_environment(app, tmp_path), stderr=subprocess.PIPE) for _each in "12"
    ]
    assert [each.communicate(timeout=60)[1] for each in both] == [b"", b""]
    assert [each.returncode for each in both] == [0, 0]
    with app.app_context():
        assert schema_state(app) == "current"


VERSIONS = {"from the future": "newer version of this app", "0001": "run `flask --app wsgi prepare`"}


def test_nothing_starts_over_a_schema_of_another_version(app: Flask, tmp_path: Path) -> None:
    for version, sentence in VERSIONS.items():
        with app.app_context():
            db.session.execute(sa.text("update alembic_version set version_num = :version"), {"version": version})
            db.session.commit()
        for command in ("worker", "demo", "check", "index"):
            answer = run(app, command)
            assert answer.exit_code == 1, command
            assert sentence in answer.stderr, command
            assert answer.stderr.count("\n") == 1
        assert sentence in refusal_to_serve(app)
    database.let_go(app)
    served = _python(app, tmp_path, "-c", "import wsgi")
    assert served.returncode == 4, served.stderr
    assert VERSIONS["0001"] in served.stderr
    assert "Traceback" not in served.stderr


def _python(app: Flask, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=_environment(app, folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _environment(app: Flask, folder: Path) -> dict[str, str]:
    """The environment of a process that serves the test's database."""
    return {
        **{name: value for name, value in os.environ.items() if name not in ("KATA_PREPARE", "FLASK_RUN_FROM_CLI")},
        "KATA_DATA": str(folder),
        "DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "SECRET_KEY": str(app.config["SECRET_KEY"]),
        "PUBLIC_URL": "http://localhost",
        "PYTHONPATH": str(ROOT),
    }
