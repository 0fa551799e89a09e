"""How migrations run: from the app's own engine, one at a time even when several processes start at once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from kata.extensions import db
from kata.web.schema import is_described

#: Any constant does: processes that hold the same number wait for each other.
UPGRADE_LOCK = 5_301_774


def run() -> None:
    """Upgrade or downgrade in one transaction a step; a killed run leaves whole steps behind and can be run again."""
    given = context.config.attributes.get("connection")
    if given is not None:  # a restore, which makes a database that nobody else sees yet
        _on(given)
        return
    with db.engine.connect() as connection, _alone(connection):
        _on(connection)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Nobody else upgrades meanwhile; whoever comes second waits for as long as it takes, and finds it done."""
    if connection.dialect.name == "sqlite":
        with Path(f"{connection.engine.url.database}.upgrading").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    # What keeps a request short must not end a step, or a wait for one, in the middle.
    connection.execute(text("set statement_timeout = 0"))
    connection.execute(text("set lock_timeout = 0"))
    connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": UPGRADE_LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.invalidate()  # a connection of the pool's must not keep the lock, nor the patience


def _on(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        _without_foreign_keys(connection)
    else:
        _migrate(connection)


def _without_foreign_keys(connection: Connection) -> None:
    """SQLite changes a table by copying it, and would delete what refers to the old one; checked afterwards instead."""
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is open"  # noqa: S101 - for the type checker
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute("PRAGMA busy_timeout=600000")  # whoever upgrades at the same time is waited for to the end
    try:
        _migrate(connection)
        if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"After the upgrade these rows refer to nothing: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute("PRAGMA busy_timeout=10000")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=is_described,
        transaction_per_migration=True,
        render_item=_render,
        **current_app.extensions["migrate"].configure_args.get("opts", {}),
    )
    with context.begin_transaction():
        context.run_migrations()


def _render(kind: str, item: object, autogen_context: object) -> str | bool:
    """Migrations must not import the app, which changes after they were written."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


run()
