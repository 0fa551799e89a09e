"""``bin/load``: a realistic crowd against the real server; fails at any 5xx, dropped connection or lost write."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kata.alignment.models import BarrierAnswer
from kata.coaching.models import CycleNote
from kata.customers.models import Voice
from kata.measures.models import Reading
from kata.storyboards.models import Experiment, Obstacle
from tests import postgres
from tests.bench.start import ROOT
from tests.faults.server import Server
from tests.faults.stage import DURABLE
from tests.load import figures
from tests.load.organisation import found as found_organisation
from tests.load.scripts import TAG

ENGINES = ("sqlite", "postgresql")
WRITTEN = (
    Experiment.__table__.c.learned,
    Experiment.__table__.c.step,
    Obstacle.__table__.c.text,
    Voice.__table__.c.words,
    Reading.__table__.c.note,
    CycleNote.__table__.c.words,
    BarrierAnswer.__table__.c.words,
)


def main() -> int:
    """Run the load that was asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="bin/load", description=__doc__)
    parser.add_argument("--database", choices=ENGINES, default="sqlite")
    parser.add_argument("--seconds", type=float, default=600, help="how long in all (600)")
    parser.add_argument("--rate", type=float, default=50, help="requests a second (50)")
    parser.add_argument("--burst", type=float, default=30, help="seconds of ten times as many, in the middle (30)")
    parser.add_argument("--teams", type=int, default=120, help="how many teams are added to the demo's (120)")
    parser.add_argument("--markdown", action="store_true", help="the table as the documents have it")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="kata-load-", ignore_cleanup_errors=True) as name,
        _database(options.database) as url,
    ):
        found, survived, said = _load(Path(name), url, options)
    sys.stdout.write(figures.table(figures.by_kind(found), markdown=options.markdown) + "\n")
    for sentence in figures.sentences(found, survived):
        sys.stdout.write(f"{sentence}\n")
    for trouble in found["troubles"][:20]:
        sys.stderr.write(f"{trouble}\n")
    failed = [each for each in found["noted"] if each[3] >= 500 or not each[3]]
    if failed:
        sys.stderr.write(said[-3000:])
    if found["broken"]:
        sys.stderr.write(f"{len(found['broken'])} scripts stumbled: {found['broken'][:5]}\n")
    return 1 if failed or found["broken"] or survived < len(found["acknowledged"]) or not found["acknowledged"] else 0


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield ""
        return
    with postgres.running(DURABLE) as server:
        yield server.address


def _load(folder: Path, url: str, options: argparse.Namespace) -> tuple[dict[str, Any], int, str]:
    sys.stderr.write(f"Founding an organisation with {options.teams} more teams …\n")
    data = folder / "data"
    data.mkdir()
    work = found_organisation(data, url, options.teams)
    plan, result = folder / "plan.json", folder / "result.json"
    with Server(data, url) as server, _worker(server):
        told = {"port": server.port, "work": work.told(), "seed": 5}
        told |= {"seconds": options.seconds, "rate": options.rate, "burst": options.burst}
        plan.write_text(json.dumps(told))
        sys.stderr.write("The crowd comes …\n")
        subprocess.run([sys.executable, "-m", "tests.load.client", plan, result], cwd=ROOT, check=True)
        said = server.said()
    outcome = json.loads(result.read_text())
    return outcome, _survived(url or f"sqlite:///{data / 'kata.sqlite'}", outcome["acknowledged"]), said


@contextmanager
def _worker(server: Server) -> Iterator[None]:
    """The worker beside the server, as bin/run starts it."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--beside", str(server.master)]
    with server.log.open("ab") as log:
        worker = subprocess.Popen(command, cwd=ROOT, env=server.environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def _survived(address: str, acknowledged: list[str]) -> int:
    """How many of the acknowledged texts stand in the tables."""
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    with engine.connect() as connection:
        there = {
            text
            for column in WRITTEN
            for text in connection.scalars(sa.select(column).where(column.startswith(TAG, autoescape=True)))
        }
    return sum(1 for text in acknowledged if text in there)


if __name__ == "__main__":
    sys.exit(main())
