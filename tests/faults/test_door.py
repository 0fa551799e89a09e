"""More people at once than can be answered: they are let in, in their order, as far as there is room."""

from __future__ import annotations

import errno
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from gunicorn.config import Config

from kata import door

CROWD = 40


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A door before which a crowd stands."""
    with ExitStack() as opened:
        listening = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=CROWD))
        listening.setblocking(False)
        for _ in range(CROWD):
            opened.enter_context(socket.create_connection(listening.getsockname()))
        yield listening


@pytest.fixture
def let_in() -> list[Any]:
    return []


@pytest.fixture
def worker(let_in: list[Any]) -> Iterator[door.Worker]:
    """A worker that answers nobody yet."""
    made = door.Worker.__new__(door.Worker)
    made.cfg, made.nr_conns, made.worker_connections = Config(), 0, CROWD
    made.enqueue_req = let_in.append
    yield made
    for conn in let_in:
        conn.sock.close()


def test_several_are_let_in_at_a_turn(listener: socket.socket, worker: door.Worker, let_in: list[Any]) -> None:
    found = []
    for _turn in range(4):
        worker.accept(listener)
        found.append(len(let_in))
    assert found == [door.AT_ONCE, 2 * door.AT_ONCE, CROWD, CROWD]


def test_nobody_is_let_in_for_whom_there_is_no_room(
    listener: socket.socket, worker: door.Worker, let_in: list[Any]
) -> None:
    worker.worker_connections = 5
    worker.accept(listener)
    assert len(let_in) == worker.nr_conns == 5


def test_where_no_file_can_be_opened_people_wait_and_the_worker_lives(worker: door.Worker) -> None:
    class Full:
        def accept(self) -> None:
            raise OSError(errno.EMFILE, "Too many open files")

    worker.accept(Full())
    assert worker.nr_conns == 0


def test_there_is_room_for_as_many_as_files_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: asked.append(limits))
    for limits, room in {(1024, 524288): door.MOST, (1024, 4096): 4096 - door.BESIDE, (256, 256): 100}.items():
        monkeypatch.setattr(resource, "getrlimit", lambda _which, limits=limits: limits)
        assert door.room_for() == room
    assert asked == [(door.MOST + door.BESIDE, 524288), (4096, 4096)]
