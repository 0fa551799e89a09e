"""Another process holds the lock that every writer needs, for longer than the app waits."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.readers import reader_of
from tests.faults.stage import Stage
from tests.faults.writers import PATIENCE, many, recovery_of, until, writing

NAMES = ("ana", "ben", "eve")
#: SQLite's writers wait for ten seconds, PostgreSQL's for two (kata/extensions.py).
HELD = {"sqlite": 13.0, "postgresql": 5.0}


def prove(stage: Stage, seconds: float = 0) -> Proof:
    """Held: 503 with what was typed; let go: everything goes on by itself."""
    ledger, tag = Ledger(), "Locked"
    held = max(seconds, HELD[stage.engine])
    with stage.server() as server:
        writers = many(stage, server, ledger, tag, NAMES)
        reader = reader_of(stage, server, ledger)
        reading = threading.Thread(target=reader.run)
        reading.start()
        try:
            with writing(writers, 0.01):
                until(lambda: len(ledger.acknowledged) > 10)
                with _lock(stage):
                    time.sleep(held)
                recovery = recovery_of(writers, ledger)
        finally:
            reader.stopped.set()
            reading.join(PATIENCE)
    how = f"held for {held:.0f} s; everybody could save again {recovery:.1f} s after it was let go"
    proof = reckon("held lock", stage.engine, ledger, stage.texts(tag), how)
    proof.errors += stage.broken()
    if not proof.refused:
        proof.errors.append("nothing was refused, so the lock was not held")
    return proof


@contextmanager
def _lock(stage: Stage) -> Iterator[None]:
    if not stage.url:
        holder = sqlite3.connect(stage.folder / "kata.sqlite", isolation_level=None, timeout=PATIENCE)
        holder.execute("begin immediate")
        try:
            yield
        finally:
            holder.execute("rollback")
            holder.close()
        return
    with stage.reading.connect() as connection:
        connection.execute(sa.text("lock table obstacle, voice, customer in exclusive mode"))
        yield
        connection.rollback()
