"""Whether the database's schema is the one that this version of the app was written for."""

from __future__ import annotations

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from kata.extensions import db
from kata.trigrams import TRIGRAMS


def schema_state(app: Flask) -> str:
    """``current``, ``empty``, ``older`` (run the upgrade) or ``newer`` (run a newer version of the app)."""
    with db.engine.connect() as connection:
        try:
            at = revision(connection)
        except DatabaseError:
            return "empty"
    return state_of(app, at)


#: What to do where the schema is not the one that this version was written for.
SENTENCES = {
    "newer": "The database was written by a newer version of this app: run that version, or restore a backup.",
    "older": "The database was written by an older version of this app: run `flask --app wsgi prepare` to upgrade it.",
    "empty": "The database has no tables yet: run `flask --app wsgi prepare` (or bin/run) first.",
}


def silence() -> str:
    """Why the database does not answer, as a sentence that says what to do; empty where it does."""
    try:
        with db.engine.connect():
            return ""
    except OperationalError as error:
        return f"The database does not answer ({first_line(error)}): start it, or look at DATABASE_URL and KATA_DATA."
    except DatabaseError:  # a file that is no database: whoever asks it for something is told
        return ""


def first_line(error: BaseException) -> str:
    """What the driver said, without what SQLAlchemy and a server add to it."""
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]


def revision(connection: Connection) -> str | None:
    """The schema's version that this database has; ``None`` where it has none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def state_of(app: Flask, at: str | None) -> str:
    """What a schema of this version is to this version of the app: see ``schema_state``."""
    scripts = ScriptDirectory.from_config(_config(app))
    if at is None:
        return "empty"
    if at == scripts.get_current_head():
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "older" if at in known else "newer"


def revisions(app: Flask) -> tuple[str, str]:
    """The revision at which the database is, and the one for which this version of the app was written."""
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at or "none", ScriptDirectory.from_config(_config(app)).get_current_head() or "none"


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table or an index is one that models describe; an engine's own (of words, of the letters of names) are
    made beside one of them.
    """
    if TRIGRAMS in (name or ""):
        return False
    beside = tuple(table.info["beside"] for table in db.metadata.tables.values() if "beside" in table.info)
    return kind != "table" or not (name or "").startswith(beside)


def _config(app: Flask) -> Config:
    config = Config()
    config.set_main_option("script_location", str(app.extensions["migrate"].directory))
    return config
