"""Whether what an installation holds is whole: every rule that must hold across its tables, each asked anew."""

from __future__ import annotations

from collections.abc import Iterator

from kata.archive.checks import database, files, kept, rules
from kata.archive.checks.check import Finding, Look
from kata.archive.snapshot import snapshot

CHECKS = (*database.CHECKS, *rules.CHECKS, *kept.CHECKS, *files.CHECKS)


def findings(seconds: float | None) -> Iterator[Finding]:
    """What comes of each check, at one moment of the database. ``seconds``: how long one that counts anew may take."""
    with snapshot() as connection:
        for check in CHECKS:
            look = Look(seconds)
            yield Finding(check.says, list(check.run(connection, look)), look)
