"""An upgrade of the schema whose process is killed between two statements, and two that upgrade at once."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade

from kata.extensions import db
from kata.web.schema import is_described, schema_state
from tests import postgres
from tests.database import let_go
from tests.faults.ledger import Proof
from tests.faults.stage import DURABLE, app_over
from tests.first_version import FIRST_ROWS

PATIENCE = 120.0
OLD_READINGS = 200
READING = "insert into reading (id, measure_id, day, value, note, version) values (:n, 1, :day, :n, '', 1)"


class Upgrades:
    """Upgrades of a database of version 0001 with people's rows in it, each in a process of its own."""

    def __init__(self, app: Flask, put_back: Callable[[], None]) -> None:
        self.app, self.put_back = app, put_back

    def run(self, kill_at: int | None = None, together: Barrier | None = None) -> Any:
        """Begin an upgrade in another process, which dies before its statement number ``kill_at``."""
        let_go(self.app)
        process = multiprocessing.get_context("fork").Process(target=self._upgrade, args=(kill_at, together))
        process.start()
        return process

    def _upgrade(self, kill_at: int | None, together: Barrier | None) -> None:
        with self.app.app_context():
            if kill_at is not None:
                _die_before(db.engine, kill_at)
            if together is not None:
                together.wait(PATIENCE)
            upgrade()
        os._exit(0)  # nothing of the parent's is tidied up twice

    def statements(self) -> int:
        """How many statements a whole upgrade takes."""
        asked: list[str] = []
        self.put_back()
        with self.app.app_context():
            sa.event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_m: asked.append(statement))
            upgrade()
        let_go(self.app)
        return len(asked)

    def kept(self) -> int:
        """How many of the old rows stand in a database that is what the models describe; none where it is not."""
        with self.app.app_context():
            if schema_state(self.app) != "current":
                return 0
            with db.engine.connect() as connection:
                context = MigrationContext.configure(connection, opts={"include_name": is_described})
                if compare_metadata(context, db.metadata):
                    return 0
                count = (
                    "select count(*) from reading join measure on measure.id = measure_id where name = 'First-time fix'"
                )
                kept: int = connection.scalar(sa.text(count)) or 0
        let_go(self.app)
        return kept


def _die_before(engine: sa.Engine, number: int) -> None:
    left = [number]

    def count(*_statement: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "before_cursor_execute", count)


def prove(engine: str, place: Path, seconds: float) -> Proof:
    """Killed anywhere, an upgrade leaves whole steps behind and can be run again; two at once do it once."""
    if engine == "sqlite":
        return prove_upgrades(on_sqlite(place), engine, seconds)
    with postgres.running(DURABLE) as server:
        return prove_upgrades(on_postgres(place, server.address), engine, seconds)


def prove_upgrades(upgrades: Upgrades, engine: str, seconds: float, least: int = 2) -> Proof:
    """Kill at least so many of them, and go on for so many seconds."""
    chance = random.Random(8)  # noqa: S311 - statements to be killed at
    errors: list[str] = []
    rounds = survived = 0
    total = upgrades.statements()
    end = time.monotonic() + seconds
    while rounds < least or time.monotonic() < end:
        upgrades.put_back()
        at = chance.randrange(1, total)
        for kill_at, code in ((at, -signal.SIGKILL), (None, 0)):
            process = upgrades.run(kill_at)
            process.join(PATIENCE)
            if process.exitcode != code:
                errors.append(f"killed at statement {at} of {total}: an upgrade ended with {process.exitcode}")
        rounds += 1
        survived += upgrades.kept()
    upgrades.put_back()
    together = multiprocessing.get_context("fork").Barrier(2)
    both = [upgrades.run(together=together) for _ in range(2)]
    for process in both:
        process.join(PATIENCE)
    errors += [f"one of two upgrades at once ended with {each.exitcode}" for each in both if each.exitcode]
    survived += upgrades.kept()
    said = (rounds + 1) * OLD_READINGS
    how = f"{rounds} upgrades of {total} statements killed between two of them and run again; then two at once"
    return Proof("killed upgrade", engine, said, survived, said - survived, 0, errors, how)


def on_sqlite(place: Path) -> Upgrades:
    """In a file of its own."""
    folder = place / "upgrades"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    app = app_over(folder, "")
    _write_old_rows(app)

    def put_back() -> None:
        for file in folder.glob("kata.sqlite*"):
            file.unlink()
        shutil.copyfile(folder / "old", folder / "kata.sqlite")

    with sqlite3.connect(folder / "kata.sqlite") as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    (folder / "kata.sqlite").rename(folder / "old")
    return Upgrades(app, put_back)


def on_postgres(place: Path, address: str) -> Upgrades:
    """In databases of their own on the server that ``address`` names."""
    folder, name = place / "upgrades-postgresql", f"upgraded_{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    url = sa.make_url(address)
    outside = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    app = app_over(folder, url.set(database=name).render_as_string(hide_password=False))

    def ask(*statements: str) -> None:
        with outside.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    ask(f"create database {name}")
    _write_old_rows(app)
    ask(f"alter database {name} rename to {name}_old")
    drop, copy = f"drop database if exists {name} with (force)", f"create database {name} template {name}_old"
    return Upgrades(app, lambda: ask(drop, copy))


def _write_old_rows(app: Flask) -> None:
    with app.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for statement in FIRST_ROWS:
                connection.execute(sa.text(statement))
            days = [{"n": n, "day": f"20{10 + n // 12:02}-{1 + n % 12:02}-01"} for n in range(1, OLD_READINGS + 1)]
            connection.execute(sa.text(READING), days)
    let_go(app)
