"""Restoring into PostgreSQL: one transaction, in which the old tables go and the new ones come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, inspect, text

from kata.archive.form import Refusal
from kata.archive.snapshot import unlimited
from kata.archive.sqlite import IN_USE, Told
from kata.extensions import db

#: A server, a worker or a command that is connected to this database: they say so (``extensions``).
OTHERS = text(
    "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'kata'"
    " and pid <> pg_backend_pid() and backend_type = 'client backend'"
)
#: The lock under which the schema is upgraded (``migrations/env.py``), here until the transaction ends.
LOCK = text("select pg_advisory_xact_lock(5301774)")


def is_damaged() -> bool:
    """A server that cannot read its database does not answer, so nobody gets here."""
    return False


def expect_nobody() -> None:
    """Raise ``Refusal`` while somebody else is connected to the database."""
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as connection:
        if connection.scalar(OTHERS):
            raise Refusal(IN_USE)


@contextmanager
def fresh() -> Iterator[Connection]:
    """The database without any table, in a transaction that is committed when the block ends well."""
    with db.engine.begin() as connection:
        unlimited(connection)
        connection.execute(LOCK)
        names = inspect(connection).get_table_names()
        if names and "alembic_version" not in names:
            raise Refusal("The database holds tables of something else: give this app one of its own.")
        if names:
            connection.exec_driver_sql("drop table " + ", ".join(f'"{name}"' for name in names) + " cascade")
        yield connection


def fill(connection: Connection, tables: Sequence[Table], told: Told) -> None:
    """Let every table hold the rows that are told of it, and no others; numbers go on after the highest."""
    driver: Any = connection.connection.driver_connection
    for table in reversed(tables):
        connection.exec_driver_sql(f'delete from "{table.name}"')  # noqa: S608 - a name that the database told
    for table in tables:
        columns, rows = told(table)
        names = ", ".join(f'"{name}"' for name, _kind in columns)
        with driver.cursor().copy(f'copy "{table.name}" ({names}) from stdin') as copying:
            for row in rows:
                copying.write_row(row)
        for column in table.primary_key.columns:
            _go_on_after(connection, table.name, column.name)


def _go_on_after(connection: Connection, table: str, column: str) -> None:
    sequence = connection.scalar(
        text("select pg_get_serial_sequence(:table, :column)"), {"table": table, "column": column}
    )
    if sequence:
        highest = f'select setval(:sequence, coalesce(max("{column}"), 1), count(*) > 0) from "{table}"'  # noqa: S608 - names that the database told
        connection.execute(text(highest), {"sequence": sequence})
