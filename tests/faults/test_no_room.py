"""No room, a held lock, a database that is gone: 503 with what was typed, never a false success, and it recovers."""

from __future__ import annotations

import html
import io
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from kata import extensions
from kata.extensions import db
from kata.storyboards.models import Obstacle, Photo
from kata.web import errors
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn
from tests.database import ON_POSTGRES

TYPED = "Nobody knows <who> decides\r\nand nobody asks, “ever”"
READ = "Nobody knows <who> decides and nobody asks, “ever”"
only_sqlite = pytest.mark.skipif(ON_POSTGRES, reason="about SQLite's file")


def _saved(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).where(Obstacle.text == READ)) or 0


@contextmanager
def _setting(app: Flask, pragma: str) -> Iterator[None]:
    """Every connection of the app with a setting of SQLite's that no app would choose."""

    def choose(connection: Any, *_more: Any) -> None:
        connection.execute(f"pragma {pragma}")

    with app.app_context():
        engine = db.engine
    engine.dispose()
    sa.event.listen(engine, "checkout", choose)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", choose)
        engine.dispose()


@contextmanager
def _full(app: Flask) -> Iterator[None]:
    """The database may grow by no page; what is free in it is taken."""
    with sqlite3.connect(Path(app.config["DATA_FOLDER"]) / "kata.sqlite") as connection:
        connection.execute("vacuum")
        pages = connection.execute("pragma page_count").fetchone()[0]
    connection.close()
    with _setting(app, f"max_page_count={pages}"):
        yield


def _send(client: Client, cast: Cast, **how: Any) -> TestResponse:
    return client.post(f"{cast.board.path}/obstacles", {"text": TYPED, "once": "one key"}, **how)


def _expect_kept(answer: TestResponse) -> None:
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "We cannot save right now" in answer.text
    assert form_fields(answer.text, answer.request.path)["text"] == TYPED.replace("\r\n", "\n")


@only_sqlite
def test_a_full_database_keeps_what_was_typed_and_takes_it_when_there_is_room(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    client = as_("ana")
    long = "So much. " * 400
    path = f"/targets/{cast.board.target}"
    with _full(app):
        refused = [client.post(path, {"pattern": long + TYPED, "version": 1, "once": str(n)}) for n in range(3)]
        assert {answer.status_code for answer in refused} == {503}
        assert client.get(cast.board.path).status_code == 200, "reading needs no room"
        sent_again = form_fields(refused[0].text, path)
        assert html.unescape(sent_again["pattern"]).strip().startswith("So much.")
    assert client.post(path, sent_again).status_code == 303
    assert READ.split("<")[0] in client.get(f"{path}/edit").text


@only_sqlite
def test_a_held_lock_keeps_what_was_typed_and_takes_it_afterwards(app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    holder = sqlite3.connect(Path(app.config["DATA_FOLDER"]) / "kata.sqlite", isolation_level=None)
    holder.execute("begin immediate")
    with _setting(app, "busy_timeout=50"):
        plain = _send(client, cast)
        pieces = _send(client, cast, htmx=True)
        reading = client.get(cast.board.path)
    holder.execute("rollback")
    holder.close()
    _expect_kept(plain)
    assert pieces.status_code == 503
    assert 'id="problem"' in pieces.text
    assert reading.status_code == 200, "who only reads waits for nobody"
    assert _saved(app) == 0
    sent = form_fields(plain.text, plain.request.path)
    assert [client.post(plain.request.path, sent).status_code for _ in range(2)] == [303, 303]
    assert _saved(app) == 1


@contextmanager
def _files_up_to(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes, which is how a full disk answers, too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_photo_for_which_there_is_no_room_is_no_photo(app: Flask, cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/experiments/{cast.board.running}/photos"
    noise = io.BytesIO()
    Image.frombytes("RGB", (400, 400), os.urandom(480_000)).save(noise, "PNG")

    def send() -> TestResponse:
        return client.post(path, {"photos": (io.BytesIO(noise.getvalue()), "wall.png"), "caption": "The wall at noon"})

    attachments = Path(app.config["DATA_FOLDER"]) / "attachments"
    before = sorted(attachments.rglob("*.*"))
    with _files_up_to(50_000):
        refused = send()
    assert refused.status_code == 503
    assert "The wall at noon" in refused.text
    assert "have to be chosen again" in refused.text
    assert "Send it again" not in refused.text
    assert sorted(file for file in attachments.rglob("*") if file.is_file()) == [
        file for file in before if file.is_file()
    ]
    assert send().status_code == 303
    with app.app_context():
        assert db.session.scalars(sa.select(Photo.caption).order_by(Photo.id.desc())).first() == "The wall at noon"


def test_a_password_is_never_shown_again(app: Flask, cast: Cast, client: Client) -> None:
    with app.app_context():
        engine = db.engine
    with _lost(engine):
        answer = client.post("/sign-in", {"email": cast["ana"].email, "password": "practice-every-day"})
        page = client.get("/")
    assert answer.status_code == 503
    assert "practice-every-day" not in answer.text
    assert "Send it again" not in answer.text
    assert page.status_code in {303, 503}


@contextmanager
def _lost(engine: sa.Engine) -> Iterator[None]:
    """Every connection that is asked for turns out to be gone."""

    def fail(*_more: Any) -> None:
        raise engine.dialect.loaded_dbapi.OperationalError("no such server")

    engine.dispose()
    sa.event.listen(engine, "do_connect", fail)
    try:
        yield
    finally:
        sa.event.remove(engine, "do_connect", fail)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_lost_database_is_said_in_words_on_every_page(method: str, app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    with app.app_context():
        engine = db.engine
    with _lost(engine):
        answer = client.get(cast.board.path) if method == "GET" else _send(client, cast)
    assert answer.status_code == 503
    assert "We cannot save right now" in answer.text
    assert _send(client, cast).status_code == 303


@pytest.mark.database
@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server to lose")
def test_connections_that_the_server_closed_are_replaced_before_anybody_notices(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    client = as_("ana")
    asked = [partial(client.get, cast.board.path), partial(_send, client, cast), partial(client.get, "/readyz")]
    assert [ask().status_code for ask in asked] == [200, 303, 200]
    with app.app_context():
        engines = [db.engine, extensions._readers[db.engine]]
    for ask in asked:
        assert min(_end_all(engine) for engine in engines) >= 1
        assert ask().status_code in {200, 303}


@pytest.mark.database
@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server to lose")
def test_a_server_that_goes_after_the_answer_makes_no_error_of_it(app: Flask) -> None:
    with app.app_context():
        own = db.session.scalar(sa.select(sa.func.pg_backend_pid()))
        _end(db.engine, [own])
        pool = db.engine.pool
    assert pool.checkedout() == 0  # type: ignore[attr-defined]  # a queue of connections


def _end_all(engine: sa.Engine) -> int:
    """The server closes every connection that the engine keeps; how many these were."""
    kept = [engine.connect() for _ in range(engine.pool.checkedin())]  # type: ignore[attr-defined]  # a queue of them
    own = [connection.scalar(sa.text("select pg_backend_pid()")) for connection in kept]
    for connection in kept:
        connection.close()
    _end(engine, own)
    return len(own)


def _end(engine: sa.Engine, own: list[Any]) -> None:
    outside = sa.create_engine(engine.url, poolclass=sa.NullPool)
    with outside.connect() as connection:
        for each in own:
            connection.execute(sa.text("select pg_terminate_backend(:own, 5000)"), {"own": each})


def test_our_own_mistakes_are_no_trouble_of_the_database(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(IntegrityError):
        errors._no_database(IntegrityError("insert", {}, ValueError("a promise was broken")))
    with app.test_request_context(), pytest.raises(FileNotFoundError):
        errors._no_room(FileNotFoundError(2, "our own"))
