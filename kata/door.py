"""How the server lets people in when more come at once than it can answer: all of them, at once, in their order.

Gunicorn's worker takes one connection a turn of its loop, and between two turns it waits for Python's lock. While
both threads work it takes fewer than come, the machine's own queue (4,096 at most) overflows, and the machine turns
away at random those who have sent their request already: nobody knows whether it was carried out. A connection that was
taken costs a number and waits its turn.
"""

from __future__ import annotations

import errno
import resource
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

#: So many connections a process keeps at once, waiting or between two requests; where the system lets it.
MOST = 16_000
#: What a process opens besides: the database, files, its log.
BESIDE = 200
#: How many are let in at a turn. Few enough that another process that is idle gets its share.
AT_ONCE = 16


class Worker(ThreadWorker):
    """A threaded worker that takes several connections a turn, and as many in all as it may open files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worker_connections = room_for()
        self.max_keepalived = self.worker_connections - self.cfg.threads

    def accept(self, listener: Any) -> None:
        """Let in whoever stands there, up to ``AT_ONCE``."""
        for _ in range(AT_ONCE):
            before = self.nr_conns
            if before >= self.worker_connections:
                return
            try:
                super().accept(listener)
            except OSError as full:
                if full.errno not in {errno.EMFILE, errno.ENFILE}:
                    raise
                # No file can be opened right now: whoever stands there waits, and nobody inside is hurt.
                time.sleep(0.05)
                return
            if self.nr_conns == before:
                return


def room_for() -> int:
    """How many connections this process may hold: it takes what the system lets it have of open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + BESIDE if hard == resource.RLIM_INFINITY else min(MOST + BESIDE, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST if soft == resource.RLIM_INFINITY else max(min(MOST, soft - BESIDE), 100)
