"""The worker: what has to be done without anybody asking for it, again and again.

A room says at import which job it has: ``worker.add(Job("send the outbox", timedelta(seconds=5), send_waiting))``. Each
job has a thread of its own, so that a mail server that is slow to answer keeps no other job waiting. Several workers
may run at once, since each job claims in the database what it does. A job that fails is logged and tried again at its
next turn.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import NamedTuple

from flask import Flask

from kata import metrics

#: How often, in seconds, it is looked whether the server that the worker belongs to is still there.
NAP = 1.0


class Job(NamedTuple):
    """``run`` is called in an app context of its own, and again ``every`` so often; it commits what it does.

    One that takes long asks ``stopping()`` between two pieces of its work.
    """

    name: str
    every: timedelta
    run: Callable[[], object]


_jobs: list[Job] = []
_stop = Event()


def add(job: Job) -> None:
    """Let every worker run ``job``; adding one again takes the place of the one of its name."""
    _jobs[:] = [*(each for each in _jobs if each.name != job.name), job]


def stopping() -> bool:
    """Whether the worker was asked to end: finish what is in hand, and begin nothing more."""
    return _stop.is_set()


def stop(*_signal: object) -> None:
    """End the worker after what it has in hand."""
    _stop.set()


def work(app: Flask, *, once: bool = False, beside: int | None = None) -> None:
    """Run the jobs until SIGTERM or Ctrl-C; with ``once``, each of them one time.

    ``beside`` is the process of the server that this worker belongs to: it ends when that has ended.
    """
    _stop.clear()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if once:
        for job in list(_jobs):
            _run(app, job)
        return
    threads = [Thread(target=_again_and_again, args=(app, job), name=job.name) for job in _jobs]
    for thread in threads:
        thread.start()
    while not stopping() and (beside is None or _lives(beside)):
        _stop.wait(NAP)
    stop()
    for thread in threads:
        thread.join()


def _again_and_again(app: Flask, job: Job) -> None:
    while not stopping():
        _run(app, job)
        _stop.wait(job.every.total_seconds())


def _run(app: Flask, job: Job) -> None:
    done, start = False, time.monotonic()
    with app.app_context():
        try:
            job.run()
            done = True
        except Exception:  # whatever it is, the other jobs go on, and this one has another turn
            app.logger.exception("The job “%s” failed; it is tried again at its next turn.", job.name)
    metrics.job(job.name, time.monotonic() - start, done=done)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
