"""Which engine there is."""

from __future__ import annotations

from kata.extensions import db
from kata.learning.queries import postgres, sqlite
from kata.learning.queries.kept import Engine


def dialect() -> str:
    """The name of this app's engine."""
    return str(db.engine.dialect.name)


def of(name: str) -> Engine:
    """The engine of this name."""
    return postgres.ENGINE if name == "postgresql" else sqlite.ENGINE


def here() -> Engine:
    """The engine of this app's database."""
    return of(dialect())
