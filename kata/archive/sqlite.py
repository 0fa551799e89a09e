"""Restoring into SQLite: a new file beside the old one, which takes its place when it is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event

from kata import clock
from kata.archive.form import Refusal
from kata.archive.snapshot import for_sqlite
from kata.archive.writing import sync_folder
from kata.extensions import db

IN_USE = (
    "The server or a worker still has the database open: stop them first, and start them again afterwards. "
    "Nothing was changed."
)
Told = Callable[[Table], tuple[Sequence[tuple[str, str]], Iterator[list[Any]]]]


def is_damaged() -> bool:
    """Whether a file stands there that SQLite cannot read; a restore puts it aside."""
    return _file().exists() and not _is_readable(_file())


def expect_nobody() -> None:
    """Raise ``Refusal`` while another process has the database open."""
    with _alone(_file()):
        pass


@contextmanager
def fresh() -> Iterator[Connection]:
    """An empty database, which takes the place of the app's own when the block ends well."""
    file = _file()
    scratch = file.with_name(f"{file.name}.restoring")
    _remove(scratch)
    engine = create_engine(f"sqlite:///{scratch}")
    _prepare(engine)
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
        engine.dispose()
        _expect_whole(scratch)
        _take_place(scratch, file)
    finally:
        engine.dispose()
        _remove(scratch)


def fill(connection: Connection, tables: Sequence[Table], told: Told) -> None:
    """Let every table hold the rows that are told of it, and no others."""
    driver: Any = connection.connection.driver_connection
    connection.commit()
    driver.execute("PRAGMA foreign_keys=OFF")  # they are checked when all is there
    driver.execute("BEGIN")
    for table in tables:
        columns, rows = told(table)
        names = ", ".join(f'"{name}"' for name, _kind in columns)
        marks = ", ".join("?" * len(columns))
        stored = for_sqlite([kind for _name, kind in columns])
        driver.execute(f'delete from "{table.name}"')  # noqa: S608 - a name that the database told
        driver.executemany(f'insert into "{table.name}" ({names}) values ({marks})', map(stored, rows))  # noqa: S608 - likewise
    driver.execute("COMMIT")


def _file() -> Path:
    return Path(str(db.engine.url.database))


def _prepare(engine: Engine) -> None:
    """Nobody else sees the file yet, and it is thrown away when something fails: it need not outlive a power cut."""

    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for setting in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-65536"):
            connection.execute(f"PRAGMA {setting}")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))


def _expect_whole(scratch: Path) -> None:
    with closing(sqlite3.connect(scratch)) as connection:
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or astray:
        raise Refusal(f"What the backup holds does not fit together ({said if said != 'ok' else astray}).")


def _take_place(scratch: Path, file: Path) -> None:
    """Copy the new database over the old one in one transaction of SQLite's own.

    A process that has the old file open at that moment goes on with the new content; a file that was swapped by its
    name would leave it writing into one that nobody sees. One that SQLite cannot read is put aside and swapped.
    """
    if _is_readable(file):
        with _alone(file) as old, closing(sqlite3.connect(scratch)) as new:
            old.execute("PRAGMA secure_delete=ON")
            old.execute("PRAGMA synchronous=FULL")
            new.backup(old)
        return
    with scratch.open("rb") as written:
        os.fsync(written.fileno())
    moment = f"{clock.now():%Y%m%dT%H%M%S}"
    for each in (file, *_beside(file)):
        if each.exists():
            each.replace(each.with_name(f"{each.name}.damaged-{moment}"))
    scratch.replace(file)
    sync_folder(file.parent)


def _is_readable(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("select count(*) from sqlite_master")
    except sqlite3.DatabaseError:
        return False
    return True


@contextmanager
def _alone(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file while nobody else has it open: only then does SQLite give up its log."""
    db.session.remove()
    db.engine.dispose()
    with closing(sqlite3.connect(file if file.exists() else ":memory:", timeout=2, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Refusal(IN_USE) from None
            raise
        except sqlite3.DatabaseError:  # it cannot be read: whoever has it open cannot do so either
            pass
        yield connection
        if file.exists() and _is_readable(file):
            connection.execute("PRAGMA journal_mode=WAL")


def _beside(file: Path) -> list[Path]:
    return [file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal")]


def _remove(file: Path) -> None:
    for each in (file, *_beside(file)):
        each.unlink(missing_ok=True)
