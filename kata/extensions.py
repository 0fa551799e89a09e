"""The libraries the app stands on, made once, and how each database engine keeps its promises.

SQLite's default lets two processes read, then update, and lose one of the updates without an error; every request
that may write therefore takes the write lock when it begins. PostgreSQL reads in autocommit, which saves two round
trips a statement; its writers lock the rows that they load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from select import POLLIN, poll
from threading import local
from typing import Any

from flask import current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import DateTime, Engine, Executable, MetaData, Result, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from kata import metrics
from kata.asking import ask

#: Whether what runs now may write. Requests with a safe method set it to false; commands leave it true.
writing: ContextVar[bool] = ContextVar("writing", default=True)


class Asked(local):
    """How many statements this thread has put to the database in its life; a request is the difference of two."""

    count = 0


asked = Asked()

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both engines (SQLite has no time zones of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Model(DeclarativeBase):
    """Every table. Relationships raise when they would query by themselves: reads are written in ``queries.py``."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime})


class RequestSession(Session):
    """A session that reads in autocommit where the request can only read and the engine is PostgreSQL."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        engine = super().get_bind(*args, **kwargs)
        if writing.get() or not isinstance(engine, Engine) or engine.dialect.name != "postgresql":
            return engine
        return _reading(engine)

    def close(self) -> None:
        """Let everything go; that the database has gone before is no trouble of a request that was answered."""
        try:
            super().close()
        except DBAPIError as lost:
            if not lost.connection_invalidated:
                raise


def _reading(engine: Engine) -> Engine:
    """The engine's twin that reads: its connections stay in autocommit, since switching costs as much as a query."""
    if engine not in _readers:
        address = engine.url.render_as_string(hide_password=False)
        reader = create_engine(address, isolation_level="AUTOCOMMIT", **engine_options(address))
        event.listen(reader, "checkout", _expect_open)
        _observe(reader)
        _readers[engine] = reader
        event.listen(engine, "engine_disposed", _dispose_reader)
    return _readers[engine]


def _dispose_reader(engine: Engine) -> None:
    if reader := _readers.pop(engine, None):
        reader.dispose()


_readers: dict[Engine, Engine] = {}


db = SQLAlchemy(model_class=Model, session_options={"class_": RequestSession, "expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()


def fetch(statement: Executable, values: Mapping[str, Any] | None = None) -> Result[*tuple[Any, ...]]:
    """The rows of a statement that selects columns, in the session's own transaction.

    The ORM prepares each column and each row of an answer for entities that might be in it, which takes longer than
    a query does; where there are none, the connection answers for itself, and at once for a statement that is kept
    (``asking``). Entities come by ``db.session``.
    """
    session = db.session()
    if writing.get() and session.autoflush:  # a request that only reads has nothing that waits to be written
        session.flush()
    return ask(session.connection(), statement, values or {})


@contextmanager
def only_reading() -> Iterator[None]:
    """A session of its own that reads and takes no lock, whatever the code around it may write."""
    token = writing.set(False)
    try:
        with current_app.app_context():
            yield
    finally:
        writing.reset(token)


def end_writing() -> None:
    """From here on the request only reads: what it wrote is committed, and its answer needs no lock of its own."""
    writing.set(False)


@contextmanager
def unlocked() -> Iterator[None]:
    """For a long look in a request that writes afterwards: without the lock with which it began.

    What was loaded before is stale afterwards; load it anew, locked, before you write.
    """
    db.session.rollback()
    token = writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        writing.reset(token)


def shorten_log() -> None:
    """After something was struck out for good and committed: leave no copy of it in SQLite's log beside the file.

    Somebody who reads at this moment keeps the log for as long; then the next write of the log's own does it.
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()  # past the transaction that every other connection begins
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=500")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()
    finally:
        connection.close()


def engine_options(address: str) -> dict[str, Any]:
    """``create_engine`` options for the database at ``address``."""
    if address.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 10}}
    # Kept statements are planned once, not for each value: to plan one takes PostgreSQL longer than to run it. What a
    # page asks for lies in memory: to look fifty rows up costs less than to read a table of five thousand.
    options = (
        "-c application_name=kata -c timezone=UTC -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"
        " -c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
    )
    return {
        "hide_parameters": True,  # an error is logged, and what people typed is not
        "pool_size": 4,
        "max_overflow": 2,
        "pool_recycle": 1800,
        "connect_args": {"options": options, "connect_timeout": 5},
    }


def prepare_engine(engine: Engine) -> None:
    """Give a SQLite engine its durable, honest settings; PostgreSQL has most of its own in ``engine_options``."""
    _observe(engine)
    if engine.dialect.name != "sqlite":
        event.listen(engine, "checkout", _expect_open)
        return
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)


def _expect_open(connection: Any, _record: Any, _lent: Any) -> None:
    """Replace a kept connection that PostgreSQL has closed meanwhile, before anybody is told that it does not answer.

    A closed socket is one that can be read from, which costs no round trip to ask; ``pool_pre_ping`` would, each time.
    """
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    try:
        while waiting.poll(0):  # what it has to say comes first (a notice, a farewell), then the end
            connection.pgconn.consume_input()
    except connection.OperationalError as ended:
        raise DisconnectionError from ended


def _observe(engine: Engine) -> None:
    event.listen(engine, "before_cursor_execute", _count)
    metrics.watch(engine)


def _count(*_: object) -> None:
    asked.count += 1


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions: _on_sqlite_begin does
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
        "secure_delete=ON",  # what is struck out for good leaves the file, too
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
    asked.count -= 1  # to begin asks for nothing
