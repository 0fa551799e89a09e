"""PostgreSQL goes away while people write, in good order and by a crash, and comes back."""

from __future__ import annotations

import signal
import time

from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.stage import Stage
from tests.faults.writers import WRITERS, many, recovery_of, until, writing

AWAY = 1.5


def prove(stage: Stage, seconds: float) -> Proof:
    """Away: 503 with what was typed; back: everybody can save without a restart; what was acknowledged is there."""
    database = stage.postgres
    assert database is not None, "only PostgreSQL is a server"
    ledger, tag = Ledger(), "Stopped"
    ways, slowest, rounds = (signal.SIGINT, signal.SIGQUIT), 0.0, 0
    with stage.server() as server:
        writers = many(stage, server, ledger, tag, WRITERS)
        end = time.monotonic() + seconds
        with writing(writers, 0.01):
            while rounds < len(ways) or time.monotonic() < end:
                before = len(ledger.acknowledged)
                until(lambda before=before: len(ledger.acknowledged) > before + 20)  # type: ignore[misc]  # bound now
                database.stop(ways[rounds % len(ways)])
                time.sleep(AWAY)
                database.start()
                slowest = max(slowest, recovery_of(writers, ledger))
                rounds += 1
    how = (
        f"stopped {rounds} times, every other time by a crash, for {AWAY} s; "
        f"everybody could save again at most {slowest:.1f} s after it was back"
    )
    proof = reckon("PostgreSQL away", stage.engine, ledger, stage.texts(tag), how)
    if not proof.refused:
        proof.errors.append("nothing was refused, so it was not away")
    return proof
