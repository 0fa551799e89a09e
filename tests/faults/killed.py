"""Eight people write while processes of the server are killed at random moments."""

from __future__ import annotations

import random
import time

from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.stage import Stage
from tests.faults.writers import WRITERS, many, writing

#: So many workers die for each time that the whole server dies.
WORKERS_A_MASTER = 3


def prove(stage: Stage, seconds: float, names: tuple[str, ...] = WRITERS, seed: int = 6) -> Proof:
    """Whatever was acknowledged is there once, and what was sent again is not there twice."""
    chance = random.Random(seed)  # noqa: S311 - moments to kill at
    ledger, tag = Ledger(), f"Killed {seed}"
    kills = {"workers": 0, "whole servers": 0}
    with stage.server() as server:
        writers = many(stage, server, ledger, tag, names)
        end = time.monotonic() + seconds
        with writing(writers):
            while time.monotonic() < end or not all(kills.values()):
                time.sleep(chance.uniform(0.05, 1.2))
                if chance.randrange(WORKERS_A_MASTER + 1):
                    server.kill_worker(chance)
                    kills["workers"] += 1
                else:
                    server.kill()
                    kills["whole servers"] += 1
                    server.start()
    killed = " and ".join(f"{count} {what}" for what, count in kills.items())
    how = f"{killed} killed; {ledger.unanswered} times no answer came and it was sent again"
    proof = reckon("kill -9", stage.engine, ledger, stage.texts(tag), how)
    proof.errors += stage.broken()
    proof.errors += [f"{writer.given_up} forms were never answered" for writer in writers if writer.given_up]
    if not ledger.acknowledged:
        proof.errors.append("nothing was acknowledged")
    return proof
