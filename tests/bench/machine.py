"""The machine on which was measured, in words that name none, and the document that keeps what was found."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests import chromium, postgres
from tests.bench.table import HEAD, Row

PLACE = Path(__file__).resolve().parents[2] / "docs" / "measurements.md"
MACHINE, MISSES = "The machine", "What misses, and why"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


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


def write(found: Mapping[str, Iterable[Row]]) -> None:
    """Put what was found in place of what the document had of these parts; the other parts, and why some miss, stay."""
    opening, *rest = HEADING.split(PLACE.read_text(encoding="utf-8"))
    sections = {title: body.strip() for title, body in zip(rest[::2], rest[1::2], strict=True)}
    misses = sections.pop(MISSES, "")
    sections[MACHINE] = described()
    sections |= {title: "\n".join([HEAD, *map(str, rows)]) for title, rows in found.items()}
    sections[MISSES] = misses
    text = "\n\n".join([opening.strip(), *(f"## {title}\n\n{body}" for title, body in sections.items())])
    PLACE.write_text(f"{text.strip()}\n", encoding="utf-8")
