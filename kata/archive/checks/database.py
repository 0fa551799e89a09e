"""What the database says of itself, and whether it has the tables that the app expects."""

from __future__ import annotations

from collections.abc import Iterator

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from kata.archive.checks.check import Check, Look
from kata.extensions import db
from kata.web.schema import is_described

#: Constraints that were never tried on all rows, and indexes that were left half made.
HALF_MADE = """
    select 'the constraint ' || conname from pg_constraint
    where not convalidated and connamespace = 'public'::regnamespace
    union all
    select 'the index ' || indexrelid::regclass from pg_index where not indisvalid or not indisready
"""


def is_whole(connection: Connection, look: Look) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
        yield from (each for each in said if each != "ok")
        return
    yield from (f"{each} is not in force" for each in connection.exec_driver_sql(HALF_MADE).scalars())


def points_at_rows(connection: Connection, look: Look) -> Iterator[str]:
    """PostgreSQL lets no such row in, nor any go; SQLite asks only where it is told to."""
    if connection.dialect.name == "sqlite":
        for table, row, other, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} {row} refers to a row of {other} that is not there"


def has_the_schema(connection: Connection, look: Look) -> Iterator[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_described})
    yield from (repr(each) for each in compare_metadata(context, db.metadata))


CHECKS = (
    Check("The database finds itself whole", is_whole),
    Check("Every row that another one refers to is there", points_at_rows),
    Check("The tables are those of this version", has_the_schema),
)
