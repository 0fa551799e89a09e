"""Writing very many rows: each gets its id here, so that others can point to it before anything is written.

SQLite takes them as one statement for many, PostgreSQL by COPY. Nothing is recorded and nothing is validated: whoever
writes in bulk knows what they write. Needs tables into which nobody else writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from kata.extensions import Model, db
from kata.folding import folded

Row = dict[str, Any]
Maker = Callable[[Any], Any] | None
FOLDED = "_folded"


class Rows:
    """Rows of many tables that wait to be written together, in the order in which their tables need each other."""

    def __init__(self) -> None:
        self._waiting: dict[Table, list[Row]] = {}
        self._last: dict[Table, int] = {}

    def add(self, model: Any, **columns: Any) -> Row:
        """A row with an id of its own; what is not given has its table's plain default.

        It is written as it stands when ``write`` is called, so its story can go on until then.
        """
        table = model.__table__
        row = {**_blank(table), **columns}
        for name, source in _foldings(table):
            row[name] = folded(row[source])
        if row.get("id", 0) is None:
            row["id"] = self._last[table] = self._next(table)
        self._waiting.setdefault(table, []).append(row)
        return row

    def _next(self, table: Table) -> int:
        last = self._last.get(table)
        return (db.session.scalar(select(func.max(table.c.id))) or 0) + 1 if last is None else last + 1

    def write(self) -> None:
        """Write all that waits, in the caller's transaction."""
        connection = db.session.connection()
        for table in Model.metadata.sorted_tables:
            if rows := self._waiting.pop(table, None):
                names = [column.name for column in table.columns]
                put(connection, table, names, [tuple([row[name] for name in names]) for row in rows])
        self.go_on_after()

    def go_on_after(self) -> None:
        """Let PostgreSQL count on from the ids that were given here."""
        if db.session.connection().dialect.name == "postgresql":
            for table, last in self._last.items():
                sequence = func.pg_get_serial_sequence(table.name, "id")
                db.session.execute(select(func.setval(sequence, last)))


def put(
    connection: Connection,
    table: Any,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    as_they_are: Sequence[str] = (),
) -> None:
    """Write rows of these columns, in this order; each value is turned into what the driver takes, but for those of
    the columns ``as_they_are``, which are that already."""
    makers = [None if name in as_they_are else _maker(connection, table.c[name].type) for name in names]
    if any(makers):
        rows = ([make(value) if make else value for make, value in zip(makers, row, strict=True)] for row in rows)
    columns = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - the names of our own tables
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def let_it_take_its_time() -> None:
    """The engines' limits are made for requests: the rest of this transaction may take longer on PostgreSQL, and
    SQLite holds more in memory for as long as the connection lives."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("set local statement_timeout = 0"))
        db.session.execute(text("set local idle_in_transaction_session_timeout = 0"))  # while rows are made here
    else:
        db.session.execute(text("pragma cache_size = -262144"))  # 256 MB


def let_the_engine_count() -> None:
    """Let the engine look how often each value comes, by which it decides how to read. Commits.

    PostgreSQL also puts in order what it does at its leisure in a running installation: new words go into the index of
    the search, and which pages hold nothing but settled rows is written down.
    """
    db.session.commit()
    if db.engine.dialect.name != "postgresql":
        db.session.execute(text("analyze"))
        db.session.commit()
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("vacuum (analyze)"))
        connection.invalidate()  # and with it what it was allowed


def _maker(connection: Connection, kind: Any) -> Maker:
    made: Maker = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return made


@cache
def _blank(table: Table) -> Row:
    """The plain defaults; a moment has none, so that none is forgotten."""
    return {column.name: _plain(column.default) for column in table.columns}


def _plain(default: Any) -> Any:
    if default is not None and default.is_callable and default.arg.__name__ == "list":
        return []
    return default.arg if default is not None and default.is_scalar else None


@cache
def _foldings(table: Table) -> list[tuple[str, str]]:
    return [(each.name, each.name.removesuffix(FOLDED)) for each in table.columns if each.name.endswith(FOLDED)]
