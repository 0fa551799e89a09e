"""Workbooks: what the file says of its cells is believed, and a hostile one is refused quickly and cheaply."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic

import pytest

from kata.tables import Code, Refused, read
from kata.tables.export import xlsx_file
from tests.tables.made import ods, xlsx
from tests.tables.test_published_files import names, refusal, rows, table_in

CELL = '<c r="{}"><v>1</v></c>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="{0}">'
    '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{1}">'
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)


def test_days_are_days_in_both_of_excels_calendars() -> None:
    for name in ("date_1904.xlsx", "date.ods"):
        table = table_in(f"workbooks/{name}", header_row=0)
        assert rows(table)[0] == [date(2021, 1, 1), 15.0]
    assert rows(table)[1] == [datetime.combine(date(2021, 1, 1), time(10, 10, 10)), 16.0]


def test_one_of_several_sheets_is_asked_for_and_then_read() -> None:
    asked = refusal((Path(__file__).parents[1] / "data/tables/workbooks/table-with-two-sheets.ods").read_bytes())
    assert (asked.code, asked.choices) == (Code.SEVERAL_SHEETS, ("Лист1", "Tabelle2"))
    table = table_in("workbooks/table-with-two-sheets.ods", sheet="Tabelle2")
    assert (names(table), rows(table)) == (["a", "b", "c"], [[1.0, 2.0, 3.0]])


@pytest.mark.parametrize("sheet", ["Hidden", "VeryHidden", "Chart", "not there", "with\0nul"])
def test_a_hidden_or_missing_sheet_cannot_be_asked_for(sheet: str) -> None:
    with pytest.raises(Refused) as caught:
        table_in("workbooks/any_sheets.xlsx", sheet=sheet)
    assert caught.value.code is Code.NO_SUCH_SHEET


def test_rows_keep_their_numbers_and_merged_cells_are_told() -> None:
    table = table_in("workbooks/header-row.xlsx")
    assert (table.header_row, [number for number, _cells in table.rows()]) == (3, [9, 10])
    assert table_in("workbooks/merge_cells.xlsx").source.merged == ("A1:B1", "A2:A4", "B2:D4")


def test_columns_that_hold_nothing_are_left_out_and_the_others_keep_their_place() -> None:
    table = read(xlsx('<row r="2"><c r="C2"><v>1</v></c><c r="E2"><v>2</v></c></row>'), header_row=0)
    assert [column.position for column in table.columns] == [1, 2, 3, 4, 5]
    table = read(xlsx(f"<row>{CELL.format('C1')}{CELL.format('E1')}</row><row>{CELL.format('E2')}</row>"))
    assert [(column.position, column.name) for column in table.columns] == [(3, "1"), (5, "1 (2)")]


def test_a_row_that_is_repeated_a_few_times_is_so_many_rows() -> None:
    assert rows(read(ods(REPEATED.format(3, 2)))) == [[1.0, 1.0]] * 2


def archive(parts: int) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as made:
        for number in range(parts):
            made.writestr(f"part{number}", "")
    return page.getvalue()


def lying(book: bytes) -> bytes:
    """The same book, which says that its sheet unpacks to a thousand bytes."""
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        size = made.getinfo("xl/worksheets/sheet1.xml").file_size
    return book.replace(struct.pack("<I", size), struct.pack("<I", 1000))


FAR = f"<row>{CELL.format('A1')}</row><row>{CELL.format('{}')}</row>"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "unpacks to 15 MB of cells for each 30 kB": (lambda: xlsx("<row><c><v>1</v></c></row>" * 900_000), Code.TOO_LARGE),
    "says that it is small": (lambda: lying(xlsx("<row><c><v>1</v></c></row>" * 200_000)), Code.BROKEN),
    "one cell in the farthest corner": (lambda: xlsx(FAR.format("XFD1048576")), Code.TOO_LARGE),
    "one cell in the last row": (lambda: xlsx(FAR.format("A1048576")), Code.SCATTERED),
    "a cell outside of every sheet": (lambda: xlsx(FAR.format("ZZZZZZ99999999999")), Code.BROKEN),
    "one long text in very many cells": (
        lambda: xlsx("<row>" + '<c t="s"><v>0</v></c>' * 100_000 + "</row>", "b" * 100_000),
        Code.TOO_LARGE,
    ),
    "entities of entities": (
        lambda: xlsx(
            '<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>', before=f'<!DOCTYPE x [<!ENTITY e0 "x">{ENTITIES}]>'
        ),
        Code.BROKEN,
    ),
    "a row repeated for ever": (lambda: ods(REPEATED.format(4294967295, 4294967295)), Code.BROKEN),
    "a row repeated to the end of the sheet": (lambda: ods(REPEATED.format(1048576, 16384)), Code.BROKEN),
    "a million rows in a few letters": (lambda: ods(REPEATED.format(1048576, 1)), Code.TOO_LARGE),
    "ten thousand parts": (lambda: archive(10_000), Code.TOO_LARGE),
    "no part": (lambda: archive(0), Code.BROKEN),
    "cut off": (lambda: xlsx(f"<row>{CELL.format('A1')}</row>")[:-300], Code.BROKEN),
    "an archive by its first letters": (lambda: b"PK\x03\x04" + b"x" * 5000, Code.BROKEN),
    "an old workbook by its first letters": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 200_000,
        Code.BROKEN,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_before_it_costs_anything(kind: str) -> None:
    make, expected = HOSTILE[kind]
    book = make()
    begun = monotonic()
    assert refusal(book, "book.xlsx").code is expected
    assert monotonic() - begun < 5  # 2 on a machine that does nothing else


def test_our_own_workbooks_come_back_as_they_were() -> None:
    noon = datetime.combine(date(2026, 6, 12), time(12, 30))
    typed = [date(2026, 6, 12), noon, 12.5, "=1+1", "-5", "  two  words ", ""]
    table = read(xlsx_file(["day", "moment", "value", "a", "b", "c", "d"], [typed]))
    assert rows(table) == [typed]


# Formulas that failed -------------------------------------------------------------------------------------------------


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


TEXT = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
FAILED = "<c r='{}' s=\"0\" t='e'><f>A1/0</f><v>{}</v></c>"


def test_a_formula_that_failed_is_no_blank() -> None:
    head = _row(1, TEXT.format("B1", "day"), TEXT.format("C1", "value"))
    full = _row(2, TEXT.format("B2", "2026-05-11"), '<c r="C2"><v>12</v></c>')
    failed = _row(3, TEXT.format("B3", "2026-05-12"), FAILED.format("C3", "#DIV/0!"))
    gap = _row(4, TEXT.format("B4", "2026-05-13"), '<c r="C4"/>')
    alone = _row(5, FAILED.format("C5", "#REF!"))
    found = rows(read(xlsx(head + full + failed + gap + alone)))
    assert found == [["2026-05-11", 12.0], ["2026-05-12", "#DIV/0!"], ["2026-05-13", ""]]


def test_a_failure_far_below_in_a_large_sheet_is_found() -> None:
    made = [_row(1, TEXT.format("A1", "day"), TEXT.format("B1", "value"))]
    made += [_row(n, TEXT.format(f"A{n}", "2026-05-11"), f'<c r="B{n}"><v>{n}</v></c>') for n in range(2, 30_000)]
    made.append(_row(30_000, TEXT.format("A30000", "2026-05-12"), FAILED.format("B30000", "#N/A")))
    assert rows(read(xlsx("".join(made))))[-1] == ["2026-05-12", "#N/A"]
