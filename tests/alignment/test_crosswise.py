"""Two leaders at once at the same barriers: on PostgreSQL they wait for each other in a line, never in a ring."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from kata.alignment.models import Barrier
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn

pytestmark = pytest.mark.database

Read = Callable[[int], Barrier]
TURNS = 15


def _at_once(*work: Callable[[], Any]) -> list[int]:
    """Each piece of work in a thread, and so on a connection, of its own; the statuses of the answers."""
    ready, statuses = threading.Barrier(len(work)), list[int]()

    def run(piece: Callable[[], Any]) -> None:
        ready.wait()
        statuses.append(piece().status_code)

    threads = [threading.Thread(target=run, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.fixture
def two(as_: SignIn, leads: Callable[[str, str], int]) -> tuple[Client, Client]:
    """Two leaders of the area at the top."""
    leads("fay", "house")
    return as_("dev"), as_("fay")


def test_two_barriers_put_together_crosswise(cast: Cast, two: tuple[Client, Client], barrier: Read) -> None:
    first, second = cast.raised.board, cast.raised.closed
    for _turn in range(TURNS):
        statuses = _at_once(
            lambda: two[0].post(f"/barriers/{first}/companions", {"other": second}),
            lambda: two[1].post(f"/barriers/{second}/companions", {"other": first}),
        )
        assert statuses == [303, 303]
        joined = [each for each in (first, second) if barrier(each).lead_id is not None]
        assert len(joined) == 1, "one of them had it, the other was told"
        assert two[0].post(f"/barriers/{joined[0]}/parting").status_code == 303


def test_answering_the_lead_while_the_other_is_put_together_the_other_way_round(
    cast: Cast, two: tuple[Client, Client], barrier: Read
) -> None:
    """The one that is answered has the higher number, so locking it first would be out of turn."""
    low, high = sorted((cast.raised.board, cast.raised.closed))
    two[0].post(f"/barriers/{high}/companions", {"other": low})
    for _turn in range(TURNS):
        answer = {
            "once": str(uuid4()),
            "kind": "instead",
            "words": "Ask in the subject line.",
            "version": barrier(high).version,
        }
        statuses = _at_once(
            lambda answer=answer: two[0].post(f"/barriers/{high}/answer", answer),
            lambda: two[1].post(f"/barriers/{low}/companions", {"other": high}),
        )
        assert statuses == [303, 303]
    assert barrier(low).lead_id == high
    assert barrier(low).status == "instead"
