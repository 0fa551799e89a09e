"""A real database for each test, copied from a template that the migrations made once.

SQLite: the template is a file, and a fresh database is a copy of it. PostgreSQL (``KATA_TEST_DATABASE_URL``): the
template is a schema beside the app's own, whose rows are put back into its tables; copying a whole database takes ten
times as long there. Nothing is wrapped in a transaction that is rolled back, so a commit in a test is a commit.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import stamp, upgrade

from kata.extensions import db

ON_POSTGRES = "KATA_TEST_DATABASE_URL" in os.environ


#: Whoever else is still connected: a schema may not be taken away below them.
OTHERS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""
#: Those of them who are in the middle of something would hold locks on the rows that are put back.
BUSY = f"{OTHERS} and state <> 'idle'"
#: Where each sequence stands; null where it was never asked.
SEQUENCES = "select sequencename, last_value from pg_sequences where schemaname = 'public'"
#: A table is as the template has it where all rows are there and were written by the restore that last put it back.
PUT_BACK = """
    if exists (select from public.{table} where xmin <> writers[{at}])
    or (select count(*) from public.{table}) <> {rows} then
        delete from public.{table};
        insert into public.{table} table {kept}.{table};
        writers[{at}] := pg_current_xact_id()::xid;
    end if;
"""
WRITERS = "create table {kept}.written as select array_fill('0'::xid, '{{{tables}}}') as by"
#: In a function each statement is planned once, which takes longer than to run it.
RESTORE = """
    create function {kept}.restore() returns void language plpgsql as $body$
    declare
        writers xid[] := (select by from {kept}.written);
    begin
        {steps}
        update {kept}.written set by = writers;
    end $body$
"""


class Watch:
    """Tells whether anybody has written in a SQLite file since it was put there."""

    def __init__(self, name: str, file: Path) -> None:
        self.name, self.file = name, file
        self.connection = sqlite3.connect(file, check_same_thread=False)
        self.seen = self._look()

    def is_untouched(self) -> bool:
        return self.file.exists() and self._look() == self.seen

    def _look(self) -> tuple[int, ...]:
        (version,) = self.connection.execute("pragma data_version").fetchone()  # changes with each commit of others
        file = self.file.stat()
        return version, file.st_ino, file.st_size, file.st_mtime_ns


#: What watches the app's file: one connection, and nobody else may be connected where a file is taken away.
_watch: list[Watch] = []


def _look_away() -> None:
    while _watch:
        _watch.pop().connection.close()


class SqliteTemplates:
    """Templates are files beside the app's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "kata.sqlite"
        self.address = f"sqlite:///{self.file}"

    def clear(self) -> None:
        """No database at all."""
        _look_away()
        for file in self.folder.glob("kata.sqlite*"):
            file.unlink()

    def keep(self, name: str) -> None:
        """Make a template of what stands now."""
        with sqlite3.connect(self.file) as source:
            source.execute("pragma wal_checkpoint(truncate)")
        source.close()
        shutil.copyfile(self.file, self.folder / f"{name}.template")

    def restore(self, app: Flask, name: str) -> None:
        """A fresh copy of a template in the app's place; where one stands that nobody wrote in, it stays."""
        pause(app)
        if any(watch.name == name and watch.is_untouched() for watch in _watch):
            return
        let_go(app)
        self.clear()
        shutil.copyfile(self.folder / f"{name}.template", self.file)
        _watch.append(Watch(name, self.file))

    def end(self) -> None:
        """Nothing outlives the temporary folder."""
        _look_away()


class PostgresTemplates:
    """Templates are schemas of this worker's database: each holds the tables' rows, and knows its sequences' ends."""

    def __init__(self, server: str, worker: str) -> None:
        url = sa.make_url(server)
        self.own = f"{url.database}_{worker}_{os.getpid()}"
        self.address = url.set(database=self.own).render_as_string(hide_password=False)
        self.maintenance = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        # Its rows are put back as they were: what triggers would say of them has been said.
        options = {"options": "-c session_replication_role=replica"}
        self.inside = sa.create_engine(self.address, connect_args=options, pool_size=1)
        self.kept: set[str] = set()
        self.aside = False

    def clear(self) -> None:
        """No table at all; those that the templates are for are put aside until something is restored."""
        if not self.kept:
            self._maintain(f'create database "{self.own}"')
        elif self.aside:
            self._run(OTHERS, "drop schema public cascade", "create schema public")
        else:
            self._run(OTHERS, "alter schema public rename to aside", "create schema public")
            self.aside = True

    def keep(self, name: str) -> None:
        kept = f"kept_{name}"
        self._run(f"drop schema if exists {kept} cascade", f"create schema {kept}")
        with self.inside.begin() as connection:
            tables = sa.inspect(connection).get_table_names("public")
            steps = []
            for at, table in enumerate(tables, 1):
                copied = connection.exec_driver_sql(f"create table {kept}.{table} as table public.{table}")
                steps.append(PUT_BACK.format(at=at, table=table, kept=kept, rows=copied.rowcount))
            for sequence, end in connection.exec_driver_sql(SEQUENCES):
                steps.append(f"perform setval('public.{sequence}', {end or 1}, {end is not None});")
            connection.exec_driver_sql(WRITERS.format(kept=kept, tables=len(tables)))
            connection.exec_driver_sql(RESTORE.format(kept=kept, steps="".join(steps)))
        self.kept.add(name)

    def restore(self, app: Flask, name: str) -> None:
        pause(app)
        if self.aside:
            self._run(OTHERS, "drop schema public cascade", "alter schema aside rename to public")
            self.aside = False
        self._run(BUSY, f"select kept_{name}.restore()")

    def end(self) -> None:
        self.inside.dispose()
        self._maintain(f'drop database if exists "{self.own}" with (force)')

    def _run(self, *statements: str) -> None:
        with self.inside.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def _maintain(self, statement: str) -> None:
        with self.maintenance.connect() as connection:
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


def pause(app: Flask) -> None:
    """End what the app is in the middle of; its connections stay open, and warm."""
    with app.app_context():
        db.session.remove()


def let_go(app: Flask) -> None:
    """Close every connection to the app's database, so that it can be replaced."""
    pause(app)
    with app.app_context():
        db.engine.dispose()
    _look_away()
