"""Files that others made to break readers: each is read as they expect, or refused for the reason stated here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kata.tables import Code, Refused, Table, read

DATA = Path(__file__).parents[1] / "data" / "tables"
SPECTRUM = sorted((DATA / "csv-spectrum").glob("*.json"))


def table_in(name: str, **chosen: str | int) -> Table:
    return read((DATA / name).read_bytes(), name, **chosen)  # type: ignore[arg-type]  # what is chosen varies by test


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def rows(table: Table) -> list[list[object]]:
    return [[cells[column.position - 1] for column in table.columns] for _number, cells in table.rows()]


def refusal(data: bytes, name: str = "", **chosen: str | int) -> Refused:
    with pytest.raises(Refused) as caught:
        read(data, name, **chosen)  # type: ignore[arg-type]  # as above
    return caught.value


@pytest.mark.parametrize("expected", SPECTRUM, ids=lambda path: path.stem)
def test_csv_spectrum_is_read_as_its_json_says(expected: Path) -> None:
    data = expected.with_suffix(".csv").read_bytes()
    if expected.stem.endswith("crlf"):  # on its way to us the file lost what its name promises
        data = data.replace(b"\n", b"\r\n")
    table = read(data)
    records = [dict(zip(names(table), row, strict=True)) for row in rows(table)]
    assert records == json.loads(expected.read_text("utf-8"))


def test_quotes_inside_an_unquoted_cell_are_text() -> None:
    """The JSON beside this one invents a phone number, and is an object where the others are lists."""
    (row,) = rows(table_in("csv-spectrum/location_coordinates.csv"))
    assert row == ["2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"]


@pytest.mark.parametrize(
    ("text", "header", "expected"),
    [
        ("foo,bar,baz\n1,,3", ["foo", "bar", "baz"], [["1", "", "3"]]),
        ("foo\n\n", ["foo"], [[""]]),
        ("foo,bar,baz", ["foo", "bar", "baz"], []),
        ("foo\n1", ["foo"], [["1"]]),
        ('foo,bar\n1,""', ["foo", "bar"], [["1", ""]]),
        ('foo,bar\n1,"Luke, I am"', ["foo", "bar"], [["1", "Luke, I am"]]),
        ('foo,bar\n1,"The "" must"', ["foo", "bar"], [["1", 'The " must']]),
        ('foo,bar\n1,"No man,\nEntire"', ["foo", "bar"], [["1", "No man,\nEntire"]]),
        ("foo,bar\r\n1,2\r\n", ["foo", "bar"], [["1", "2"]]),
        ("foo,bar\r1,2\r", ["foo", "bar"], [["1", "2"]]),
        ("foo,bar\n1,😎", ["foo", "bar"], [["1", "😎"]]),
    ],
)
def test_the_examples_of_rfc_4180(text: str, header: list[str], expected: list[list[str]]) -> None:
    table = read(text.encode())
    assert (names(table), rows(table)) == (header, expected)


@pytest.mark.parametrize(
    ("name", "header", "height"),
    [
        ("blank-cells.csv", ["id", "name"], 5),
        ("blank-headers.csv", ["id", "B", "age"], 2),
        ("blank-rows-no-fields.csv", ["id", "name", "age"], 2),
        ("bom.csv", ["id", "name"], 2),
        ("duplicate-column.csv", ["A", "B", "B (2)", "C"], 1),
        ("duplicate-headers.csv", ["id", "name", "id (2)", "age", "id (3)"], 2),
        ("duplicate-rows.csv", ["id", "name", "age"], 3),
        ("escaping.csv", ["ID", "Test"], 3),
        ("issue-1009-comma.csv", ["fieldNameA", "fieldNameB"], 1),
        ("issue-833.csv", ["id", "value"], 3),
        ("latin1.csv", ["id", "name"], 2),
        ("table-delimiter.csv", ["id", "name"], 2),
        ("table-infer-missing-values.csv", ["id", "age", "name"], 7),
        ("table-unicode-headers.csv", ["id", "国人"], 2),
        ("table.tsv", ["id", "name"], 3),
        ("without-headers.csv", ["1", "english"], 2),
        ("without-rows.csv", ["id", "name"], 0),
    ],
)
def test_frictionless_files_are_tables(name: str, header: list[str], height: int) -> None:
    table = table_in(f"frictionless/{name}")
    assert (names(table), table.height, len(rows(table))) == (header, height, height)


def test_a_western_file_with_semicolons_and_decimal_commas_is_one_table() -> None:
    table = table_in("frictionless/table-with-accents.csv")
    assert (table.source.encoding, table.source.delimiter) == ("cp1252", ";")
    assert names(table)[3:5] == ["Année", "Occupancy rate"]
    assert rows(table)[0][4:6] == ["0,611553068", "81,20416129"]


@pytest.mark.parametrize(
    ("name", "row", "cells", "header"),
    [
        ("countries.csv", 2, "4", "1"),
        ("matrix-with-comment.csv", 2, "4", "1"),
        ("skip-rows-before-headers.csv", 2, "2", "1"),
    ],
)
def test_a_remark_above_the_header_is_not_taken_for_it_in_silence(name: str, row: int, cells: str, header: str) -> None:
    refused = refusal((DATA / "frictionless" / name).read_bytes(), name)
    first = refused.problems[0]
    assert (first.code, first.row, first.value, first.wanted) == (Code.RAGGED, row, cells, header)
    assert refused.total >= len(refused.problems)


def test_the_header_can_stand_in_another_row_or_nowhere() -> None:
    table = table_in("frictionless/matrix-with-comment.csv", header_row=2)
    assert (names(table), table.height, next(table.rows())[0]) == (["f1", "f2", "f3", "f4"], 4, 3)
    table = table_in("frictionless/without-headers.csv", header_row=0)
    assert (names(table), table.height) == (["A", "B"], 3)
    assert refusal(b"a,b\n1,2", header_row=9).problems[0].row == 9


WORKBOOKS: dict[str, tuple[list[str], int] | Code] = {
    "1904DateWindowing.xls": (["2000-01-01", "2000-01-01 (2)"], 0),
    "TwoSheetsOneHidden.xlsx": (["Sheet2A1"], 0),
    "any_sheets.xlsx": (["1", "2"], 3),  # the hidden and very hidden sheets are not offered
    "cast-int-to-string-issue-1251.xls": (["A", "B", "C", "D", "E"], 2),
    "date.ods": (["2021-01-01", "15"], 3),
    "date_1904.xlsx": (["2021-01-01", "15"], 2),
    "date_iso.xlsx": (["2021-01-01"], 5),
    "duplicate-filename.xlsx": Code.TWICE,
    "empty_sheet.xlsx": Code.EMPTY,
    "errors.xlsx": Code.EMPTY,  # a formula that failed has no value
    "formula-eval.xlsx": (["1", "2.5", "3.25", "6.75"], 0),
    "header-row.xlsx": (["A", "B", "Note 1", "D"], 2),
    "issue-312.xlsx": (["id", "name", "C", "name (2)", "E"], 4),
    "merge_cells.xlsx": (["Row Merge", "B", "Not Merged"], 1),
    "merged-cells-boolean.xls": (["TRUE"], 0),
    "noSharedStringTable.xlsx": (["2006-04-12", "123"], 0),
    "nonstandard-xml-ns-prefix.xlsx": (["a", "b"], 2),
    "number-format-multicode.xlsx": (["col1"], 3),
    "pass_protected.xlsx": Code.PASSWORD,
    "poc-xmlbomb-empty.xlsx": Code.BROKEN,
    "ragged.xls": (["a", "b", "c", "D"], 4),
    "sheet2.xls": (["id", "name"], 2),  # its first sheet is empty
    "skip-rows.xlsx": (["Table 1", "B"], 3),
    "table-with-ints-floats-dates.xls": (["Int", "Float", "Date"], 3),
    "table-with-two-sheets.ods": Code.SEVERAL_SHEETS,
    "table.xls": (["id", "name"], 2),
    "temperature.xlsx": (["label", "value"], 2),
    "too_small.xls": Code.BROKEN,  # a sentence in English, in truth
    "unicodeSheetName.xlsx": (["1"], 8),
    "whitespace_trim.xlsx": Code.SEVERAL_SHEETS,
}


def test_every_workbook_here_has_its_expected_outcome() -> None:
    assert set(WORKBOOKS) == {path.name for path in (DATA / "workbooks").iterdir()}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks_are_tables_or_refused(name: str) -> None:
    expected = WORKBOOKS[name]
    if isinstance(expected, Code):
        assert refusal((DATA / "workbooks" / name).read_bytes(), name).code is expected
    else:
        table = table_in(f"workbooks/{name}")
        assert (names(table), table.height) == expected
