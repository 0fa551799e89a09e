"""Rows become a file that spreadsheets open safely: numbers stay numbers, and nothing that people typed is run.

In CSV a text that a spreadsheet would run gets an apostrophe before it; `restored` takes exactly that away again. In a
workbook texts are texts, and none is needed.
"""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import TypeAlias

Value: TypeAlias = str | float | bool | date | datetime | None

# Spreadsheets run a cell that begins with one of these; an apostrophe that stands there already gets a second one.
# Where a comma is the decimal sign they also cut an unquoted line at semicolons and line ends inside a cell.
_RISKY = r"['=+\-@＝＋－＠]"
_BEFORE = rf"(?=\s*{_RISKY})", rf"(?=[^\S\r\n]*{_RISKY})"
_START = re.compile(rf"^{_BEFORE[0]}|(?<=[;\r\n]){_BEFORE[1]}")
_MARKED = re.compile(rf"^'{_BEFORE[0]}|(?<=[;\r\n])'{_BEFORE[1]}")
_LONGEST_TEXT = 32_767  # in a workbook's cell


def harmless(text: str) -> str:
    """Typed words as a CSV cell that nothing runs."""
    return _START.sub("'", text)


def restored(cell: str) -> str:
    """What somebody typed, from a cell that `harmless` made."""
    return _MARKED.sub("", cell)


def csv_cell(value: Value) -> str:
    """A value as it stands in the file: a number as short as it is exact, a day or moment as ISO, a gap as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number(value)
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it."""
    return codecs.BOM_UTF8 + csv_lines(chain([header], rows))


def csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """The lines of some rows, to be put behind others."""
    page = io.StringIO()
    csv.writer(page, lineterminator="\r\n").writerows(map(csv_cell, row) for row in rows)
    return page.getvalue().encode("utf-8", errors="replace")  # half of a surrogate pair has no bytes


def xlsx_file(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet whose first row stays in sight. A moment with an offset is a text, Excel having none."""
    import xlsxwriter  # a quarter of a second, which an app that only writes CSV need not spend at its start

    page = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(page, {**as_text, "in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, row in enumerate([header, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, date) and getattr(value, "tzinfo", None) is None:
                    sheet.write_datetime(at, column, value, moment if isinstance(value, datetime) else day)
                elif isinstance(value, bool):
                    sheet.write_boolean(at, column, value)
                elif isinstance(value, float | int) and math.isfinite(value):
                    sheet.write_number(at, column, value)
                elif value is not None:
                    sheet.write_string(at, column, _text(value))
    return page.getvalue()


def _text(value: object) -> str:
    """What fits into a workbook's cell, and can be written."""
    text = str(value).encode("utf-8", errors="replace").decode("utf-8")
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _number(value: float) -> str:
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else repr(value)
