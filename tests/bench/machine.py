"""The machine on which was measured, in words that name none, and the document that keeps what was found."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests import chromium, postgres
from tests.bench.table import HEAD, Row

ROOT = Path(__file__).resolve().parents[2]
PLACE, README = ROOT / "docs" / "measurements.md", ROOT / "README.md"
#: The rows that the README shows, in its order.
SHORT = (
    "Today against a bare page",
    "storyboard against a bare page",
    "partial update against a bare update",
    "Today: PostgreSQL against SQLite",
    "storyboard: PostgreSQL against SQLite",
    "storyboard: first visit",
    "storyboard: usable at a first visit, slow 3G, a quarter of the speed",
    "storyboard: 2,000 experiments against 5",
    "history of a team: ten years against one",
    "Today of a learner: 2,000 teams against 20",
    "storyboard: 2,000 teams against 20",
    "customers: 2,000 teams against 20",
    "command box: 2,000 teams against 20",
    "leaders' page, 2,000 teams against a bare page",
    "Today of a leader of all, 2,000 teams against a bare page",
    "search for rare words, 2,000 teams against a bare page",
    "leaders' figures after one write",
    "walls that follow a coach: the slowest",
    "import against the bare driver",
    "chart of 10,000 readings",
    "restart, until it answers",
    "start from nothing, until it answers",
    "`bin/test`, whole",
)
MACHINE, MISSES = "The machine", "What misses, and why"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


TABLE = re.compile(rf"(?<={re.escape(HEAD)}\n)((?:\|.*\n)*)")


def described() -> str:
    """Cores, memory, and the versions of what was measured with."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        f"{os.cpu_count()} cores ({platform.machine()}), {gigabytes:.0f} GB of memory, {platform.system()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    ]
    if programs := postgres.find_programs():
        lines.append(
            f"PostgreSQL {_version(programs / 'postgres')} on a socket, without waiting for the disk (`fsync=off`)"
        )
    if browser := chromium.find():
        lines.append(f"Chromium {_version(browser)}")
    return "\n".join(f"- {line}" for line in lines)


def _version(program: str | Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)*", said)
    return found[0] if found else "of an unknown version"


def write(found: Mapping[str, Sequence[Row]]) -> None:
    """Put what was found in place of what the document and the README had of these parts."""
    PLACE.write_text(with_parts(PLACE.read_text(encoding="utf-8"), found), encoding="utf-8")
    rows = [row for part in found.values() for row in part]
    README.write_text(with_short_rows(README.read_text(encoding="utf-8"), rows), encoding="utf-8")


def with_parts(document: str, found: Mapping[str, Sequence[Row]]) -> str:
    """The document with these parts anew; the other parts, and why some rows miss, stay as they are."""
    opening, *rest = HEADING.split(document)
    sections = {title: body.strip() for title, body in zip(rest[::2], rest[1::2], strict=True)}
    misses = sections.pop(MISSES, "")
    sections[MACHINE] = described()
    sections |= {title: "\n".join([HEAD, *map(str, rows)]) for title, rows in found.items()}
    sections[MISSES] = misses
    text = "\n\n".join([opening.strip(), *(f"## {title}\n\n{body}" for title, body in sections.items())])
    return f"{text.strip()}\n"


def with_short_rows(readme: str, rows: Iterable[Row]) -> str:
    """The README's table with these rows anew, in its own order; of what was not measured the old line stays."""
    table = TABLE.search(readme)
    if table is None:
        return readme
    lines = {line.split(" | ")[0].removeprefix("| "): line for line in table[0].splitlines()}
    lines |= {row.what: str(row) for row in rows}
    kept = "".join(f"{lines[what]}\n" for what in SHORT if what in lines)
    return readme[: table.start()] + kept + readme[table.end() :]
