"""A real database for each test, copied from a template that the migrations made once.

SQLite: the template is a file, and a fresh database is a copy of it. PostgreSQL (``KATA_TEST_DATABASE_URL``): the
template is a database of that server. Nothing is wrapped in a transaction that is rolled back, so a commit in a test
is a commit.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import stamp, upgrade

from kata.extensions import db

ON_POSTGRES = "KATA_TEST_DATABASE_URL" in os.environ


class SqliteTemplates:
    """Templates are files beside the app's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"sqlite:///{folder / 'kata.sqlite'}"

    def clear(self) -> None:
        """No database at all."""
        for file in self.folder.glob("kata.sqlite*"):
            file.unlink()

    def keep(self, name: str) -> None:
        """Make a template of what stands now."""
        with sqlite3.connect(self.folder / "kata.sqlite") as source:
            source.execute("pragma wal_checkpoint(truncate)")
        source.close()
        shutil.copyfile(self.folder / "kata.sqlite", self.folder / f"{name}.template")

    def restore(self, name: str) -> None:
        """A fresh copy of a template in the app's place."""
        self.clear()
        shutil.copyfile(self.folder / f"{name}.template", self.folder / "kata.sqlite")

    def end(self) -> None:
        """Nothing outlives the temporary folder."""


class PostgresTemplates:
    """Templates are databases named after this run's worker."""

    def __init__(self, server: str, worker: str) -> None:
        url = sa.make_url(server)
        self.own = f"{url.database}_{worker}_{os.getpid()}"
        self.address = url.set(database=self.own).render_as_string(hide_password=False)
        self.maintenance = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self.made: set[str] = set()

    def clear(self) -> None:
        self._run(f'drop database if exists "{self.own}" with (force)', f'create database "{self.own}"')

    def keep(self, name: str) -> None:
        self.made.add(name)
        self._run(f'create database "{self.own}_{name}" template "{self.own}" strategy file_copy')

    def restore(self, name: str) -> None:
        self._run(
            f'drop database if exists "{self.own}" with (force)',
            f'create database "{self.own}" template "{self.own}_{name}" strategy file_copy',
        )

    def end(self) -> None:
        for name in (self.own, *(f"{self.own}_{name}" for name in self.made)):
            with suppress(sa.exc.ProgrammingError):
                self._run(f'drop database "{name}" with (force)')

    def _run(self, *statements: str) -> None:
        with self.maintenance.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


Templates = SqliteTemplates | PostgresTemplates


def templates(folder: Path, worker: str) -> Templates:
    """The templates of this run, on the engine that was asked for."""
    if ON_POSTGRES:
        return PostgresTemplates(os.environ["KATA_TEST_DATABASE_URL"], worker)
    return SqliteTemplates(folder)


def build_schema() -> None:
    """Make the schema by the migrations; needs an app context."""
    # While a model is being changed its migration comes later: KATA_TEST_SCHEMA=models takes the models' word.
    if os.environ.get("KATA_TEST_SCHEMA") == "models":
        db.create_all()
        stamp()
    else:
        upgrade()


def let_go(app: Flask) -> None:
    """Close every connection of the app, so that the database below can be replaced."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
