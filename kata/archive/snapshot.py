"""Everything as it stood at one moment, while people go on writing; and its rows in a form that both engines take.

A day, a time and a moment are ISO text (a moment in UTC, to the microsecond), JSON is the text that was stored, and
all else is itself. So a row that was read from SQLite is a row that PostgreSQL takes, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from flask import current_app
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Time,
    cast,
    func,
    inspect,
    select,
)
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint

from kata.extensions import db, only_reading
from kata.web.schema import is_described

AT_ONCE = 2000

#: What a column holds, by the type that the database gives it; ``plain`` are numbers and texts.
KINDS: tuple[tuple[type[Any], str], ...] = (
    (JSON, "json"),
    (DateTime, "moment"),
    (Date, "day"),
    (Time, "time"),
    (Boolean, "truth"),
)


@contextmanager
def snapshot() -> Iterator[Connection]:
    """The database as it stands now, for as long as the block lasts; nobody who writes has to wait.

    ``db.session`` inside the block is the snapshot's own.
    """
    if db.engine.dialect.name == "sqlite":
        with only_reading():
            yield db.session.connection()
        return
    with current_app.app_context():
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        connection = db.session.connection(execution_options=options)
        unlimited(connection)
        try:
            yield connection
        finally:
            db.session.rollback()


def unlimited(connection: Connection) -> None:
    """Let this transaction take as long as it takes, where requests have to be short."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local statement_timeout = 0")
        connection.exec_driver_sql("set local idle_in_transaction_session_timeout = 0")


def tables(connection: Connection) -> list[Table]:
    """The tables as the database describes them, those that others refer to first.

    Tables of an engine's own (the words that are searched) are made anew from the others, and left out.
    """
    # Their columns and keys alone: their indexes and rules would take as long again, and nobody asks for them here.
    seen, described = inspect(connection), MetaData()
    names = [each for each in seen.get_table_names() if each != "alembic_version" and is_described(each, "table", None)]
    columns, keys = seen.get_multi_columns(filter_names=names), seen.get_multi_pk_constraint(filter_names=names)
    pointing = seen.get_multi_foreign_keys(filter_names=names)
    for at in sorted(columns):
        parts = [Column(each["name"], each["type"], nullable=each["nullable"]) for each in columns[at]]
        key = PrimaryKeyConstraint(*keys[at]["constrained_columns"])
        Table(at[1], described, *parts, key, *(_foreign(each) for each in pointing[at]))
    return described.sorted_tables


def _foreign(key: ReflectedForeignKeyConstraint) -> ForeignKeyConstraint:
    there = [f"{key['referred_table']}.{name}" for name in key["referred_columns"]]
    return ForeignKeyConstraint(key["constrained_columns"], there)


def kind(column: Column[Any]) -> str:
    """What the column holds, in a word."""
    if isinstance(column.type, LargeBinary):
        raise TypeError(f"Bytes in {column} have no form in an archive yet.")
    return next((name for of, name in KINDS if isinstance(column.type, of)), "plain")


def rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Every row of the table in the form described above, in the order of its key, some at a time."""
    columns = [cast(each, Text) if kind(each) == "json" else each for each in table.columns]
    turn = [(at, _written[word]) for at, word in enumerate(map(kind, table.columns)) if word in _written]
    query = select(*columns).order_by(*table.primary_key.columns)
    answer = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    for some in answer.partitions():
        for row in some:
            values = list(row)
            for at, write in turn:
                if values[at] is not None:
                    values[at] = write(values[at])
            yield values


def count(connection: Connection, table: Table) -> int:
    """How many rows the table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _moment(value: datetime) -> str:
    plain = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return f"{plain.isoformat(timespec='microseconds')}Z"


def _time(value: time) -> str:
    return value.isoformat(timespec="microseconds")


_written: dict[str, Callable[[Any], Any]] = {"moment": _moment, "day": date.isoformat, "time": _time}


def for_sqlite(kinds: Sequence[str]) -> Callable[[list[Any]], list[Any]]:
    """What makes of such a row one as SQLite keeps it, where days and moments are text and truths are numbers."""
    turn = [(at, word) for at, word in enumerate(kinds) if word in {"moment", "truth"}]

    def stored(row: list[Any]) -> list[Any]:
        for at, word in turn:
            if (value := row[at]) is not None:
                row[at] = f"{value[:10]} {value[11:26]}" if word == "moment" else int(value)
        return row

    return stored
