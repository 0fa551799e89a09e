"""Backups taken while people write, each restored elsewhere and held against what had been acknowledged before it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.bench.start import ROOT
from tests.faults.ledger import Ledger, Proof
from tests.faults.stage import Stage
from tests.faults.writers import many, until, writing

NAMES = ("ana", "ben", "gus", "eve")
#: So many are restored, however many were taken: the first, the last and some between.
RESTORED = 3


@dataclass(frozen=True)
class Backup:
    """An archive, what had been acknowledged when it was begun, and what had been sent when it was ready."""

    file: Path
    before: frozenset[str]
    offered: frozenset[str]


def prove(stage: Stage, seconds: float) -> Proof:
    """Whatever was acknowledged before a backup began is in it, and nothing that was sent after it was ready."""
    ledger, tag = Ledger(), "Backed up"
    errors: list[str] = []
    with stage.server() as server:
        writers = many(stage, server, ledger, tag, NAMES)
        end = time.monotonic() + seconds
        taken: list[Backup] = []
        with writing(writers, 0.01):
            while not taken or time.monotonic() < end:
                seen = len(ledger.acknowledged)
                until(lambda seen=seen: len(ledger.acknowledged) > seen + 10)  # type: ignore[misc]  # bound now
                file, before = stage.folder.parent / f"backup-{len(taken)}", frozenset(ledger.acknowledged)
                errors += _run(server.environment, "backup", str(file))
                taken.append(Backup(file, before, frozenset(ledger.offered)))
    step = max(1, len(taken) // RESTORED)
    chosen = taken[::-1][::step][:RESTORED]
    said = survived = 0
    for number, backup in enumerate(chosen):
        restored = _restored(stage, number)
        environment = restored.server().environment
        errors += _run(environment, "restore", str(backup.file)) + _run(environment, "check")
        found = set(restored.texts(tag))
        said += len(backup.before)
        survived += len(backup.before & found)
        errors += [f"“{text}” is in a backup that was ready before" for text in found - backup.offered]
    how = f"{len(taken)} taken under load, {len(chosen)} of them restored and checked"
    lost = said - survived
    return Proof(
        "backup under load", stage.engine, said, survived, lost, ledger.statuses[503], errors + ledger.wrong, how
    )


def _run(environment: dict[str, str], *words: str) -> list[str]:
    """Run a command of the app's; what went wrong with it."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return (
        [f"{words[0]} ended with {ended.returncode}: {ended.stderr[-300:]}{ended.stdout[-300:]}"]
        if ended.returncode
        else []
    )


def _restored(stage: Stage, number: int) -> Stage:
    """An empty place to restore to, on the same engine."""
    folder = stage.folder.parent / f"restored-{number}"
    folder.mkdir()
    if not stage.url:
        return Stage(stage.engine, folder, stage.cast)
    url = sa.make_url(stage.url)
    outside = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with outside.connect() as connection:
        connection.exec_driver_sql(f"create database restored_{number}")
    address = url.set(database=f"restored_{number}").render_as_string(hide_password=False)
    return Stage(stage.engine, folder, stage.cast, address)
