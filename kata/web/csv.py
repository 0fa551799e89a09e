"""A list as a file for a spreadsheet: every row that the page has, under the page's filter.

Nothing secret is in it that the page would not show, since it is read by the page's own query. The file is whole
before any of it leaves: one that breaks off in the middle looks like a shorter list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Response, stream_with_context
from flask_babel import LazyString
from flask_babel import gettext as _

from kata.tables.export import Value, csv_file, csv_lines
from kata.web.language import reader

#: What stands at the head of each column, and how its cell is taken from a row: text, a number, a yes or no, a day, a
#: moment, or ``None`` for a gap.
Columns = Sequence[tuple[Any, Callable[[Any], Any]]]

_LONGEST_NAME = 80


def answer(name: str, columns: Columns, rows: Iterable[Any], zone: str = "") -> Response:
    """All ``rows`` as a file called ``name``; moments are told in ``zone``, or else in the reader's own."""
    place = ZoneInfo(zone) if zone else reader().zone
    return _file(name, csv_file(_heads(columns), (_cells(columns, row, place) for row in rows)))


def stream(name: str, columns: Columns, batches: Iterable[Sequence[Any]]) -> Response:
    """The same for a list without an end, some rows at a time. One that breaks off ends the connection, not the file,

    so that nobody takes what came for all of it.
    """
    place = reader().zone

    def pieces() -> Iterator[bytes]:
        yield csv_file(_heads(columns), ())
        for rows in batches:
            yield csv_lines(_cells(columns, row, place) for row in rows)

    return _file(name, stream_with_context(pieces()))


def _heads(columns: Columns) -> list[str]:
    return [str(label) for label, _of in columns]


def _cells(columns: Columns, row: Any, place: ZoneInfo) -> list[Value]:
    return [cell(of(row), place) for _label, of in columns]


def _file(name: str, content: bytes | Iterator[bytes]) -> Response:
    made = Response(content)
    made.mimetype = "text/csv"
    made.headers.set("Content-Disposition", "attachment", **_called(file_name(name)))
    made.headers["Cache-Control"] = "private, no-store"
    return made


def cell(value: Any, place: ZoneInfo) -> Value:
    """A value in the reader's words, a moment as spreadsheets know it: its minute in ``place``."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return f"{value.astimezone(place):%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, LazyString) else value


def file_name(name: str) -> str:
    """The list's name in letters, digits and hyphens, which every system can keep a file under."""
    return "-".join(re.findall(r"\w+", name))[:_LONGEST_NAME].strip("-") or "list"


def _called(name: str) -> dict[str, str]:
    """The name for the header: in ASCII for all, and whole, as RFC 6266 has it, where that is not enough."""
    simple = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip("-") or "list"
    whole = {} if simple == name else {"filename*": f"UTF-8''{quote(name)}.csv"}
    return {"filename": f"{simple}.csv", **whole}
