"""What gunicorn is told, wherever it starts: ``gunicorn --config python:kata.server --bind ADDRESS wsgi:app``.

It adds two things of ours. Its own lines go to our log. And at the end of a server, connections that the machine has
accepted for it are served: gunicorn closes the door with those who stand behind it, so that each of them would be
turned away without an answer, and nobody knew whether what they sent was saved.
"""

from __future__ import annotations

import gc
from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from kata import door
from kata.metrics import listener as figures

__all__ = ["Logger", "Worker", "post_worker_init", "pre_fork"]

#: So many turns of letting in at the end; with systemd holding the door, others wait for the next server there.
LAST = 8


class Worker(door.Worker):
    """A worker that lets everybody in, also who was accepted before it ends."""

    def set_accept_enabled(self, enabled: bool) -> None:
        if not enabled and not self.alive and self._accepting:
            self._let_in()
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()

    def _let_in(self) -> None:
        for listener in self.sockets:
            for _ in range(LAST):
                before = self.nr_conns
                self.accept(listener)
                if self.nr_conns == before:
                    break


class Logger(GunicornLogger):
    """Gunicorn's lines, in our log and by its level."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in list(self.error_log.handlers):
            self.error_log.removeHandler(handler)
        self.error_log.propagate = True
        self.error_log.setLevel("NOTSET")


def pre_fork(_server: Any, _worker: Any) -> None:
    """What stands before the first request stands to the end: no collector need look at it, least of all at the end."""
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Each worker is ready to tell the figures of all."""
    figures.listen(worker.wsgi)


worker_class = Worker
logger_class = Logger
workers = 2
threads = 2
preload_app = True
backlog = 4096  # as many as the machine itself keeps
graceful_timeout = 8
timeout = 30
keepalive = 5
control_socket_disable = True
loglevel = "info"
