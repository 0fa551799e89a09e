"""A file becomes a table, whatever its name says it is."""

from __future__ import annotations

from kata.tables import delimited, workbooks
from kata.tables.problems import Code, refused
from kata.tables.table import Table, tabulate

_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def read(
    data: bytes,
    name: str = "",
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The table in the file, all of it checked; or Refused, with a code, and rows where there are any.

    What is given by keyword is what a person chose. ``header_row`` counts from 1; 0 says that the columns have no
    names; without it the first row that holds something is the header.
    """
    if not data:
        raise refused(Code.EMPTY)
    if workbooks.is_workbook(data):
        return tabulate(workbooks.read(data, sheet=sheet), header_row)
    source = delimited.read(data, name, encoding=encoding, delimiter=delimiter)
    if not source.delimiter and name.lower().endswith(_WORKBOOK_NAMES):  # many programs call a CSV so, but this is none
        raise refused(Code.BROKEN)
    return tabulate(source, header_row)
