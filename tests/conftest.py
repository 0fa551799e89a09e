"""What every test stands on: the app over a real database, the cast, a client for each of them, the clock.

Ask for what you need: ``app`` (empty database), ``cast`` (the named people and their boards, on a fixed Wednesday),
``client`` (nobody signed in), ``as_("ana")`` (a signed-in client), ``in_app`` (an app context, for tests of queries and
actions), ``frozen`` (moves the clock), ``statements`` (what the database was asked).
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from config import from_environment
from kata import clock, create_app
from kata.activity.models import Activity
from kata.extensions import db, writing
from kata.identity import passwords
from tests import cast as casting
from tests import database, doors
from tests.cast import Cast
from tests.client import Client

SETTINGS = {"SECRET_KEY": "a secret for the tests, and for nothing else", "PUBLIC_URL": "http://localhost"}
ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is made by tempfile, for us alone
ROOM = 256 * 2**20
MakeApp = Callable[..., Flask]
SignIn = Callable[[str], Client]
Counting = Callable[[], AbstractContextManager[list[str]]]


def pytest_collection_finish() -> None:
    """The thousands of tests live to the end: the garbage collector need not walk over them again and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """The data folder of this worker's apps, in memory where there is room: each commit there waits for its flush."""
    with TemporaryDirectory(prefix="kata-", dir=MEMORY if _has_room(MEMORY) else None) as name:
        yield Path(name)


def _has_room(place: Path) -> bool:
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM


@pytest.fixture(scope="session")
def templates(folder: Path) -> Iterator[database.Templates]:
    made = database.templates(folder, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield made
    made.end()


@pytest.fixture(scope="session")
def compiled(pytestconfig: pytest.Config) -> BytecodeCache:
    """The pages' templates as another worker or an earlier run compiled them: all take a second and a half.

    A template that changed is compiled anew by itself; what says how all are compiled is part of the folder's name.
    """
    said = b"".join(
        file.read_bytes() for file in (ROOT / "kata/__init__.py", *sorted((ROOT / "kata/web").glob("*.py")))
    )
    return FileSystemBytecodeCache(str(pytestconfig.cache.mkdir(f"templates-{sha256(said).hexdigest()[:16]}")))


@pytest.fixture(scope="session")
def make_app(folder: Path, templates: database.Templates, compiled: BytecodeCache) -> MakeApp:
    """Builds an app over the test database; keywords are further settings of ``kata.create_app``."""

    def make(**settings: Any) -> Flask:
        app = create_app(
            {
                **from_environment({**SETTINGS, "KATA_DATA": str(folder)}, serving=True),
                "SQLALCHEMY_DATABASE_URI": templates.address,
                "TESTING": True,
                "IMPORT_PATIENCE": 60,  # no request ends before the work it began: the next test takes the database
                **settings,
            }
        )
        app.test_client_class = Client
        app.jinja_env.bytecode_cache = compiled
        return app

    return make


@pytest.fixture(scope="session")
def shared_app(make_app: MakeApp, templates: database.Templates) -> Flask:
    """One app a worker, with a template of the schema (made by the migrations) and one with the cast in it."""
    passwords.configure(light=True)
    templates.clear()
    app = make_app()
    with app.app_context():
        database.build_schema()
    database.let_go(app)
    templates.keep("empty")
    return app


@pytest.fixture(scope="session")
def played(shared_app: Flask, templates: database.Templates) -> Cast:
    """The cast, written into a template once."""
    templates.restore(shared_app, "empty")
    with shared_app.app_context():
        made = casting.play(Path(shared_app.config["DATA_FOLDER"]))
    with clock.standing_at(casting.NOW):
        doors.cut(shared_app, made)
    database.let_go(shared_app)
    templates.keep("cast")
    return made


@pytest.fixture
def app(shared_app: Flask, templates: database.Templates, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app over a database of this test's own: with the cast where the test asks for it, else empty."""
    wanted = "empty"
    if "cast" in request.fixturenames:
        request.getfixturevalue("played")
        wanted = "cast"
    templates.restore(shared_app, wanted)
    doors.hang() if wanted == "cast" else doors.put_away()
    yield shared_app
    doors.put_away()
    database.pause(shared_app)


@pytest.fixture
def frozen() -> Iterator[Frozen]:
    """The clock, standing at ``cast.NOW`` until it is moved."""
    with clock.standing_at(casting.NOW):
        yield Frozen()


class Frozen:
    """Moves the clock of the whole process; it goes back when the test ends."""

    def at(self, moment: datetime) -> datetime:
        """Stand at an aware moment, for the rest of the test."""
        clock._frozen = moment.astimezone(UTC)
        return moment

    def forward(self, **units: float) -> datetime:
        """Stand so much later: ``frozen.forward(days=3)``."""
        return self.at(clock.now() + timedelta(**units))


@pytest.fixture
def cast(app: Flask, played: Cast, frozen: Frozen) -> Cast:
    """The ids of the cast's people, teams and boards. The clock stands at ``cast.NOW``, a Wednesday."""
    return played


@pytest.fixture
def reset(app: Flask, cast: Cast, templates: database.Templates) -> Callable[[], None]:
    """Puts the cast back as it was, in the middle of a test that asks many things of it."""

    def do() -> None:
        templates.restore(app, "cast")
        doors.hang()

    return do


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser in which nobody is signed in."""
    return browser(app)


@pytest.fixture
def as_(app: Flask, cast: Cast) -> SignIn:
    """Signs a person of the cast in: ``as_("ana").get("/")``. A new browser each time."""
    return lambda name: sign_in(app, cast[name].id)


def browser(app: Flask) -> Client:
    """A fresh browser of ``app``."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def sign_in(app: Flask, person_id: int) -> Client:
    """A browser in which the person has signed in, without the work of a password."""
    client = browser(app)
    if key := doors.key_of(person_id):
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], key)
    else:
        doors.sign_in(app, client, person_id)
    return client


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """An app context that may write, for tests that call queries and actions themselves and ask no client."""
    with app.app_context():
        token = writing.set(True)
        yield app
        writing.reset(token)
        db.session.rollback()


@pytest.fixture
def statements(app: Flask) -> Counting:
    """Collects what the database is asked: ``with statements() as asked: …``; then look at ``len(asked)``."""
    return lambda: listening(app)


@contextmanager
def listening(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database of ``app`` inside the block, transaction control left out."""
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.upper().startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)


@pytest.fixture
def rows(app: Flask, cast: Cast) -> Callable[..., list[Any]]:
    """Reads rows of a model by its columns: ``rows(Skill, kata="coaching")``."""

    def read(model: Any, **columns: Any) -> list[Any]:
        with app.app_context():
            return list(db.session.scalars(sa.select(model).filter_by(**columns).order_by(model.id)))

    return read


@pytest.fixture
def verbs(app: Flask, cast: Cast) -> Callable[[str], list[str]]:
    """What happened to things of a table, oldest first."""

    def read(table: str) -> list[str]:
        with app.app_context():
            query = sa.select(Activity.verb).where(Activity.subject_type == table).order_by(Activity.id)
            return list(db.session.scalars(query))

    return read
