"""The worker goes round and round, whatever one of its jobs does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask, current_app

from kata import worker
from kata.worker import Job

NOW_AND_THEN = timedelta(seconds=0.01)


@pytest.fixture(autouse=True)
def _no_other_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "_jobs", [])
    yield
    worker._stop.clear()


def test_a_job_that_fails_stops_no_other(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    ran: list[str] = []

    def fail() -> None:
        ran.append("fails")
        raise RuntimeError("as it happens")

    worker.add(Job("fails", NOW_AND_THEN, fail))
    worker.add(Job("works", NOW_AND_THEN, lambda: ran.append("works")))
    worker.work(app, once=True)
    assert ran == ["fails", "works"]
    assert "The job “fails” failed" in caplog.text


def test_jobs_come_round_in_their_own_time(app: Flask) -> None:
    ran: list[str] = []

    def often() -> None:
        assert current_app.name == "kata"
        ran.append("often")
        if ran.count("often") == 5:
            worker.stop()

    worker.add(Job("seldom", timedelta(hours=1), lambda: ran.append("seldom")))
    worker.add(Job("often", NOW_AND_THEN, often))
    worker.work(app)
    assert ran.count("seldom") == 1
    assert ran.count("often") == 5


def test_a_job_that_takes_long_keeps_no_other_waiting(app: Flask) -> None:
    ran: list[str] = []

    def long() -> None:
        while not worker.stopping():
            time.sleep(0.01)
        ran.append("long")

    def short() -> None:
        ran.append("short")
        if len(ran) == 3:
            worker.stop()

    worker.add(Job("long", NOW_AND_THEN, long))
    worker.add(Job("short", NOW_AND_THEN, short))
    worker.work(app)
    assert ran == ["short", "short", "short", "long"], "and what it has in hand is finished"


def test_a_worker_ends_where_its_server_is_gone(app: Flask) -> None:
    ran: list[str] = []
    worker.add(Job("job", timedelta(seconds=5), lambda: ran.append("job")))
    pid = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(pid, 0)
    worker.work(app, beside=pid)
    assert len(ran) <= 1
