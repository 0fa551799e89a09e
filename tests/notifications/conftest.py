"""What the tests of digests stand on: what somebody of the cast would be told, and a mail server that keeps mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from kata import clock
from kata.extensions import only_reading
from kata.notifications.pages.digest import Digest
from kata.notifications.queries import readers
from kata.notifications.queries.happenings import Span
from kata.notifications.rounds import made_for
from kata.teams.queries import viewer_of
from tests.cast import Cast
from tests.mailbox import Mailbox

Told = Callable[..., Digest]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as made:
        yield made


@pytest.fixture
def told(app: Flask, cast: Cast) -> Told:
    """What somebody would be told now of the last days: ``told("ana", days=7)``."""

    def tell(name: str, days: float = 7, known: dict[str, list[str]] | None = None) -> Digest:
        with app.app_context(), only_reading():
            found = readers.reader(cast[name].id)
            assert found is not None
            span = Span(clock.now() - timedelta(days=days), clock.now())
            return made_for(viewer_of(found), span, {"signals": known} if known is not None else {})

    return tell
