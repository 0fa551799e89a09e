"""What the tests of the outbox stand on: a kind of mail of their own, and an app that sends to a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.outbox import actions, kinds, sending
from kata.outbox.kinds import Kind, Letter
from kata.outbox.models import Mail
from tests.mailbox import Mailbox

TO = "ana@demo.example"
Write = Callable[..., None]
Rows = Callable[[], list[Mail]]


def words_of(mail: Mail) -> Letter | None:
    """What a mail of the tests says: its subject and text lie in what it is about."""
    if mail.about.get("fails"):
        raise RuntimeError("the words of a test that fails")
    if mail.about.get("nothing"):
        return None
    return Letter(
        mail.about.get("subject", "A letter"), mail.about.get("text", "Good morning."), "<p>Good morning.</p>"
    )


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    kinds.add(Kind("letter", "Letter", timedelta(days=1), words_of))
    yield
    del kinds._kinds["letter"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as made:
        yield made


@pytest.fixture
def set_up(app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """The app sends to the mailbox."""
    for name, value in mailbox.settings.items():
        monkeypatch.setitem(app.config, name, value)
    return mailbox


@pytest.fixture
def write(app: Flask) -> Write:
    """Puts a letter into the outbox: ``write("first", subject="Hello")``."""

    def do(key: str, to: str = TO, **about: Any) -> None:
        with app.app_context():
            actions.write("letter", key, to, about=about)
            db.session.commit()

    return do


@pytest.fixture
def send(app: Flask) -> Callable[[], int]:
    """One round of the worker through the outbox."""

    def do() -> int:
        with app.app_context():
            return sending.send_waiting()

    return do


@pytest.fixture
def mails(app: Flask) -> Rows:
    """The rows of the outbox, the oldest first."""

    def do() -> list[Mail]:
        with app.app_context():
            return list(db.session.scalars(sa.select(Mail).order_by(Mail.id)))

    return do
