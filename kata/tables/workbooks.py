"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as the source of a table: checked first, then read in a limited process.

What an archive says of its unpacked size is checked before anything is unpacked; whether it spoke the truth no
longer matters then, since the process that reads it may take only so much memory and time.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from kata.tables.blocks import Block, Gathered
from kata.tables.cells import Cell
from kata.tables.problems import Code, refused
from kata.tables.table import Source, letters

MOST_UNPACKED = 128 << 20  # a sheet of a million rows of a date and a number has 100 MB
MOST_RATIO = 100  # what people fill in packs to a tenth, a fortieth at most
ALWAYS_UNPACKED = 16 << 20  # in half a second, whatever the ratio
MOST_PARTS = 2000
_READER = Path(__file__).with_name("sheet_reader.py")
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, and what Office makes of an XLSX with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LONGEST_NAME = 255
_SCATTERED = 3  # the reader's exit code for it
_MB_A_SECOND = 8
_PATIENCE = 60  # where the machine is busy; the processor time is limited by the reader itself


def is_workbook(data: bytes) -> bool:
    return data.startswith((*_ARCHIVE, _COMPOUND))


def read(data: bytes, *, sheet: str | None = None) -> Source:
    """The source in the sheet, or in the only visible one that holds something.

    Raises Refused: broken, locked or too large workbooks, and several sheets to choose from.
    """
    unpacked = _unpacked_size(data) if data.startswith(_ARCHIVE) else len(data)
    if data.startswith(_COMPOUND) and _ENCRYPTED in data:
        raise refused(Code.PASSWORD)
    if sheet and len(sheet) > _LONGEST_NAME:
        raise refused(Code.NO_SUCH_SHEET, value=sheet)
    answer = _run(data, seconds=1 + (unpacked >> 20) // _MB_A_SECOND, sheet=sheet or "")
    facts: dict[str, Any] = json.loads(answer[: answer.find(b"\n") + 1] or '{"error": "broken"}')
    sheets = tuple(facts.get("sheets", ()))
    if "error" in facts:
        raise refused(Code(facts["error"]), value=sheet or "", choices=sheets)
    rows = _Rows(answer, facts["first_column"], facts["width"])
    merged = tuple(_range(*corners) for corners in facts["merged"])
    return Source(rows.blocks, "workbook", sheet=facts["sheet"], sheets=sheets, merged=merged)


def _unpacked_size(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise refused(Code.BROKEN) from None
    names = Counter(part.filename.casefold() for part in parts)
    if twice := [name for name, times in names.items() if times > 1]:
        raise refused(Code.TWICE, value=twice[0])
    size = sum(part.file_size for part in parts)
    if size > min(MOST_UNPACKED, max(ALWAYS_UNPACKED, MOST_RATIO * len(data))) or len(parts) > MOST_PARTS:
        raise refused(Code.TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise refused(Code.PASSWORD)
    return size


def _run(data: bytes, *, seconds: int, sheet: str) -> bytes:
    """What the reader says. A process that died was stopped by its limits, in whatever way that came about."""
    command = [sys.executable, "-I", str(_READER), str(seconds), sheet]
    try:
        done = subprocess.run(  # noqa: S603 - the sheet's name is an argument, which no shell reads
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise refused(Code.TOO_LARGE) from None
    except ValueError:  # a name that no argument can be
        raise refused(Code.NO_SUCH_SHEET, value=sheet) from None
    if done.returncode:
        raise refused(Code.SCATTERED if done.returncode == _SCATTERED else Code.TOO_LARGE)
    return done.stdout


@dataclass(frozen=True, slots=True)
class _Rows:
    answer: bytes
    first_column: int
    width: int

    def blocks(self) -> Iterator[Block]:
        """Every row from the first, blank ones too, all of the same width."""
        return iter(Gathered(map(self._cells, self._rows())))

    def _rows(self) -> Iterator[list[Any]]:
        lines = io.BytesIO(self.answer)
        lines.readline()
        return chain.from_iterable(map(json.loads, lines))

    def _cells(self, row: list[Any]) -> list[Cell]:
        return [*[""] * self.first_column, *map(_cell, row), *[""] * (self.width - len(row))]


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, list):
        return float(cell) if isinstance(cell, int) else cell
    told: str = cell[0]
    return date.fromisoformat(told) if len(told) == len("2026-06-12") else datetime.fromisoformat(told)


def _range(top: int, left: int, bottom: int, right: int) -> str:
    return f"{letters(left + 1)}{top + 1}:{letters(right + 1)}{bottom + 1}"
