"""What a proof is done to: the cast's data in a folder and a database of its own, on either engine."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from config import from_environment
from kata import create_app
from kata.customers.models import Customer, Voice
from kata.extensions import db
from kata.identity import passwords
from kata.storyboards.models import Obstacle
from tests import cast as casting
from tests import postgres
from tests.cast import Cast
from tests.conftest import SETTINGS
from tests.database import build_schema, let_go
from tests.faults.person import Person
from tests.faults.server import Server

#: As an organisation would run it: an acknowledged commit is on the disk.
DURABLE = {"shared_buffers": "64MB", "max_connections": "60", "listen_addresses": ""}
ENGINES = ("sqlite", "postgresql")


@dataclass
class Stage:
    """``folder`` holds the data; ``url`` is empty where the database is SQLite's file in it."""

    engine: str
    folder: Path
    cast: Cast
    url: str = ""
    postgres: postgres.Server | None = field(default=None, repr=False)

    def server(self, app: str = "wsgi:app", **variables: str) -> Server:
        """A server over these data, not yet started."""
        return Server(self.folder, self.url, app, **variables)

    def person(self, server: Server, name: str) -> Person:
        """Somebody of the cast, who signs in by the form."""
        return Person(server.port).sign_in(self.cast[name].email)

    @property
    def address(self) -> str:
        """The database, for SQLAlchemy."""
        return self.url or f"sqlite:///{self.folder / 'kata.sqlite'}"

    @cached_property
    def reading(self) -> sa.Engine:
        """A look at the database past the app."""
        return sa.create_engine(self.address, poolclass=sa.NullPool)

    def texts(self, tag: str) -> list[str]:
        """Every text of people in the tables that begins with ``tag``, as often as it is there."""
        columns = (Obstacle.__table__.c.text, Voice.__table__.c.words, Customer.__table__.c.name)
        with self.reading.connect() as connection:
            return [
                text
                for column in columns
                for text in connection.scalars(sa.select(column).where(column.startswith(tag, autoescape=True)))
            ]

    def broken(self) -> list[str]:
        """What the engine itself finds wrong with the database; nothing, it is hoped."""
        if self.url:
            return []
        with sqlite3.connect(self.folder / "kata.sqlite") as connection:
            said = [row[0] for row in connection.execute("pragma integrity_check")]
            missing = connection.execute("pragma foreign_key_check").fetchall()
        connection.close()
        return [line for line in said if line != "ok"] + [f"a row refers to nothing: {row}" for row in missing]


@contextmanager
def stage(engine: str, place: Path) -> Iterator[Stage]:
    """A fresh stage in a folder below ``place``, with the cast on it."""
    folder = place / f"{engine}-data"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if engine == "sqlite":
        yield Stage(engine, folder, play(folder, ""))
        return
    with postgres.running(DURABLE) as running:
        made = Stage(engine, folder, play(folder, running.address), running.address, running)
        yield made
        made.reading.dispose()


def app_over(folder: Path, url: str) -> Flask:
    """The app in this process, for what is prepared and looked up past the server."""
    return create_app(from_environment({**SETTINGS, "KATA_DATA": str(folder), "DATABASE_URL": url}, serving=True))


def play(folder: Path, url: str) -> Cast:
    """Make the schema by the migrations and write the cast into it."""
    passwords.configure(light=True)
    app = app_over(folder, url)
    with app.app_context():
        build_schema()
        cast = casting.play(folder)
        db.session.commit()
    let_go(app)
    return cast
