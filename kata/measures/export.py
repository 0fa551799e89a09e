"""Readings as CSV that a spreadsheet opens safely: numbers stay numbers, text that looks like a formula stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

#: Spreadsheets run a cell that begins with one of these; an apostrophe before it makes it text.
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
HEADER = ("day", "value", "note")


def as_csv(rows: Iterable[tuple[date, float, str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets recognise it."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows((day.isoformat(), number(value), text(note)) for day, value, note in rows)
    return page.getvalue().encode("utf-8-sig")


def number(value: float) -> str:
    """As short as it can be told exactly; a whole number without a point."""
    return f"{value:.0f}" if value.is_integer() else repr(value)


def text(value: str) -> str:
    """Typed words as a cell that nothing runs; ``plain`` gives them back."""
    return f"'{value}" if value.startswith(RISKY) else value


def plain(cell: str) -> str:
    """What somebody wrote, from a cell that ``text`` made."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell
