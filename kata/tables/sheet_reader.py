"""Reads one workbook in a process of its own, whose memory and time are limited: a hostile one takes down only this.

A program, not a module: started by file name, it imports nothing of the app. Standard input is the workbook; the
arguments are the seconds it may take and the sheet that is wanted ("" for the only one). Standard output is lines of
JSON: first the facts (or {"error": code}), then blocks of rows; what is found too late for that ends it by exit code.
A day or a moment is a list of its ISO form, since JSON has none; trailing blank cells are left out.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import IO, Any
from xml.etree import ElementTree
from xml.parsers import expat
from xml.parsers.expat import ExpatError

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 180 << 20  # a million rows of a date and a number need this much
MOST_OUTPUT = 100 << 20
ALWAYS_OUTPUT = 1 << 20
MOST_RATIO = 100  # of output to file: formats can say "and so on a million times"
ROWS_A_BLOCK = 1000
MOST_MERGED = 20
MOST_CELLS = 6_000_000  # blank ones too, which cost nothing in the file
LONGEST_BLANK = 20_000  # rows; a cell below so many has strayed
CHUNK = 1 << 20
FAILED = re.compile(rb"""\bt\s*=\s*["']e["']""")
PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
LONGEST_FAILURE = 20
# Exit codes; whatever else ends this process was one of its limits.
SCATTERED, TOO_LARGE = 3, 4


def main(seconds: int, wanted: str) -> None:
    limit(resource.RLIMIT_DATA, MOST_MEMORY)
    limit(resource.RLIMIT_CPU, seconds)
    limit(resource.RLIMIT_CORE, 0)
    try:
        for line in answer(sys.stdin.buffer.read(), wanted):
            print(line)  # noqa: T201 - the answer is its output
    except MemoryError:
        sys.exit(TOO_LARGE)


def limit(kind: int, most: int) -> None:
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):  # not every system knows every limit
        return


def answer(data: bytes, wanted: str) -> Iterator[str]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        facts, sheet = choose(book, wanted)
    except PasswordError:
        facts, sheet = {"error": "password"}, None
    except MemoryError:
        raise
    except BaseException:  # the reader reports a panic as one
        facts, sheet = {"error": "broken"}, None
    yield json.dumps(facts)
    if sheet is not None:
        failed = failed_formulas(data, sheet.name)
        yield from blocks(sheet, failed, min(MOST_OUTPUT, ALWAYS_OUTPUT + MOST_RATIO * len(data)))


def choose(book: CalamineWorkbook, wanted: str) -> tuple[dict[str, Any], CalamineSheet | None]:
    """The facts, and the sheet to read: the wanted one, or the only one that is visible and holds something."""
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if wanted and wanted not in names:
        return {"error": "no_such_sheet", "sheets": names}, None
    found = {name: book.get_sheet_by_name(name) for name in names}
    filled = {name: sheet for name, sheet in found.items() if sheet.start is not None}
    sheets = list(filled)
    if not wanted and len(filled) > 1:
        return {"error": "several_sheets", "sheets": sheets}, None
    sheet = filled.get(wanted or "".join(sheets))
    if sheet is None or sheet.start is None:
        return {"error": "empty", "sheets": sheets}, None
    rows, columns = sheet.end or (0, 0)
    if (rows + 1) * (columns + 1) > MOST_CELLS:
        raise MemoryError
    merged = [[*first, *last] for first, last in (sheet.merged_cell_ranges or [])[:MOST_MERGED]]
    facts = {"sheet": sheet.name, "sheets": sheets, "first_column": sheet.start[1], "width": sheet.width}
    return {**facts, "merged": merged}, sheet


def failed_formulas(data: bytes, sheet: str) -> dict[int, dict[int, str]]:
    """What formulas that failed left in an XLSX, such as #DIV/0!, by row and column from zero.

    The library says blank for them, and a blank is a gap that somebody left on purpose. Only this format is looked
    through: in the others they stay blank.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = part_of(archive, sheet)
            with archive.open(part) as cells:
                if not has_failures(cells):
                    return {}
            with archive.open(part) as cells:
                return Failures().read(cells)
    except (KeyError, ValueError, OSError, StopIteration, ElementTree.ParseError, ExpatError, zipfile.BadZipFile):
        return {}  # no XLSX, or one that only the library understands


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file in the archive that holds the sheet."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - this process is limited for it
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - likewise
    wanted = next(each for each in book.iter() if each.tag.endswith("}sheet") and each.get("name") == sheet)
    number = next(value for name, value in wanted.attrib.items() if name.endswith("}id"))
    target = next(each.get("Target", "") for each in links if each.get("Id") == number)
    return target[1:] if target.startswith("/") else f"xl/{target}"


def has_failures(cells: IO[bytes]) -> bool:
    """A quick look, so that the usual workbook, which has none, is not gone through twice."""
    rest = b""
    while chunk := cells.read(CHUNK):
        if FAILED.search(rest + chunk):
            return True
        rest = chunk[-16:]
    return False


class Failures:
    """Goes through a sheet cell by cell and keeps what failed; a tree of a large sheet would not fit in here."""

    def __init__(self) -> None:
        self.found: dict[int, dict[int, str]] = {}
        self.place: re.Match[str] | None = None
        self.is_value = False

    def read(self, cells: IO[bytes]) -> dict[int, dict[int, str]]:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.begin, self.end
        parser.CharacterDataHandler = self.say
        parser.ParseFile(cells)
        return self.found

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.place = PLACE.fullmatch(attributes.get("r", "")) if attributes.get("t") == "e" else None
        self.is_value = name == "v" and self.place is not None

    def end(self, _name: str) -> None:
        self.is_value = False

    def say(self, text: str) -> None:
        if self.is_value and self.place is not None:
            column = 0
            for letter in self.place[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            row = self.found.setdefault(int(self.place[2]) - 1, {})
            row[column - 1] = (row.get(column - 1, "") + text)[:LONGEST_FAILURE]


def rows_of(sheet: CalamineSheet, failed: dict[int, dict[int, str]]) -> Iterator[list[Any]]:
    """The rows with what failed in its place. A row of nothing else tells nothing, and stays blank."""
    left = (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows()):
        if number in failed and any(cell != "" for cell in row):
            for column, value in failed[number].items():
                if 0 <= column - left < len(row):
                    row[column - left] = value
        yield row


def blocks(sheet: CalamineSheet, failed: dict[int, dict[int, str]], most: int) -> Iterator[str]:
    block, written, blank = list[list[Any]](), 0, 0
    for row in rows_of(sheet, failed):
        while row and row[-1] == "":
            row.pop()
        blank = 0 if row else blank + 1
        if blank > LONGEST_BLANK:
            sys.exit(SCATTERED)
        block.append([told(cell) for cell in row])
        if len(block) == ROWS_A_BLOCK:
            line = json.dumps(block)
            yield line
            block, written = [], written + len(line)
            if written > most:
                raise MemoryError
    yield json.dumps(block)


def told(cell: object) -> object:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):  # a moment is one, too
        return [cell.isoformat()]
    if isinstance(cell, time):
        return cell.isoformat()
    return span(cell) if isinstance(cell, timedelta) else cell


def span(cell: timedelta) -> str:
    """As spreadsheets show a duration: 36:30:00."""
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
