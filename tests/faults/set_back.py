"""The clock goes back by an hour while people write, and forth again."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from kata.activity.models import Activity
from kata.outbox.models import Mail
from tests.bench.start import ROOT
from tests.cast import PASSWORD
from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.person import Person
from tests.faults.server import Server
from tests.faults.stage import Stage
from tests.faults.writers import Writer, many, until, writing

NAMES = ("ana", "ben", "gus", "eve")
HOUR = 3600
APP = "tests.faults.clocked:app"


class Clock:
    """What the server's clock is wrong by; always a whole number in the file, whenever that is read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(0)

    def set(self, seconds: int) -> None:
        """Set it back by a negative number."""
        scratch = self.file.with_suffix(".new")
        scratch.write_text(str(seconds))
        scratch.replace(self.file)


def prove(stage: Stage, seconds: float) -> Proof:
    """Everybody stays signed in, everything is kept once and in its order, the worker and the throttle go on."""
    ledger, tag = Ledger(), "Set back"
    clock = Clock(stage.folder / "clock")
    jumps = 0
    with stage.server(APP, KATA_TEST_CLOCK=str(clock.file)) as server:
        writers = many(stage, server, ledger, tag, NAMES)
        _work(server, ledger)
        end = time.monotonic() + seconds
        with writing(writers, 0.01):
            while jumps < 2 or time.monotonic() < end:
                before = len(ledger.acknowledged)
                until(lambda before=before: len(ledger.acknowledged) > before + 10)  # type: ignore[misc]  # bound now
                clock.set(-HOUR if jumps % 2 == 0 else 0)
                jumps += 1
        clock.set(-HOUR)
        _work(server, ledger)
        _expect_order(stage, server, ledger, writers)
        _expect_a_door(stage, server, ledger)
    proof = reckon("clock set back", stage.engine, ledger, stage.texts(tag), f"set back and forth {jumps} times")
    proof.errors += stage.broken()
    proof.errors += _mails_twice(stage)
    return proof


def _work(server: Server, ledger: Ledger) -> None:
    """Everything that the worker does, once."""
    command = [sys.executable, "-m", "flask", "--app", APP, "worker", "--once"]
    ended = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False)
    if ended.returncode or "failed" in ended.stderr:
        ledger.went_wrong(f"the worker ended with {ended.returncode}: {ended.stderr[-300:]}")


def _expect_order(stage: Stage, server: Server, ledger: Ledger, writers: list[Writer]) -> None:
    """The record has what each of them did in the order in which they did it, and the history shows it so."""
    table = Activity.__table__.c
    with stage.reading.connect() as connection:
        told = connection.execute(sa.select(table.snapshot).order_by(table.id)).scalars().all()
    texts = [str(told_of) for told_of in told]
    for writer in writers:
        numbers = [int(n) for text in texts for n in re.findall(rf"{writer.tag} number (\d+)", text)]
        if numbers != sorted(numbers):
            ledger.went_wrong(f"the record tells of {writer.tag} out of order")
    page = stage.person(server, "ana").get(f"{stage.cast.board.path}/history")
    if page.status != 200:
        ledger.went_wrong(f"the history answers {page.status}")


def _expect_a_door(stage: Stage, server: Server, ledger: Ledger) -> None:
    """Who guesses is slowed down, and who knows the password is not."""

    def knock(password: str) -> int:
        person = Person(server.port)
        fields = person.form("/sign-in", "/sign-in")
        answer = person.post("/sign-in", {**fields, "email": stage.cast["cleo"].email, "password": password})
        person.close()
        return answer.status

    if knock(PASSWORD) != 303:
        ledger.went_wrong("who knows the password was not let in")
    if [knock("a wrong guess") for _ in range(12)][-1] != 429:
        ledger.went_wrong("whoever guesses is not slowed down")


def _mails_twice(stage: Stage) -> list[str]:
    table = Mail.__table__.c
    query = sa.select(table.key).group_by(table.key).having(sa.func.count() > 1)
    with stage.reading.connect() as connection:
        return [f"the mail {key} stands in the outbox twice" for key in connection.scalars(query)]
