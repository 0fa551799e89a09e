"""CSV in its real varieties: told from the file itself, and refused by row where it contradicts itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.tables import Code, Refused, read
from tests.tables.test_published_files import names, refusal, rows

TEXT = "naïve;größe\n1;2\n"


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(codec: str, told: str) -> None:
    table = read(TEXT.encode(codec))
    assert (table.source.encoding, names(table), rows(table)) == (told, ["naïve", "größe"], [["1", "2"]])


def test_bytes_that_western_windows_lacks_are_still_read() -> None:
    assert read(b"a;b\x81\n1;2").source.encoding == "latin-1"


def test_a_chosen_encoding_is_used_or_said_not_to_fit() -> None:
    assert names(read("a;Šč\n1;2".encode("cp1250"), encoding="cp1250")) == ["a", "Šč"]
    refused = refusal(b"a;b\n1;\xff", encoding="utf-8")
    assert (refused.code, refused.problems[0].value) == (Code.ENCODING, "utf-8")
    assert refusal(b"a;b", encoding="no such thing").code is Code.ENCODING


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_fits_all_rows(sign: str) -> None:
    lines = [["day", "value", "note"], ["2026-06-12", "1", "x - y"], ["2026-06-13", "2", "z"]]
    table = read("\n".join(map(sign.join, lines)).encode())
    assert (table.source.delimiter, rows(table)) == (sign, lines[1:])


@pytest.mark.parametrize(
    ("text", "delimiter", "first"),
    [
        ("day;value\n2026-06-12;1,5\n2026-06-13;2,5", ";", ["2026-06-12", "1,5"]),
        ("2026-06-12;1,5\n2026-06-13;2,5\n2026-06-14;3,5", ";", ["2026-06-13", "2,5"]),
        ("value\n1,5\n2,5\n-3,25 %", "", ["1,5"]),
        ("value\n1\n2", "", ["1"]),
        ("a remark\nof two lines, in truth\nand three", "", ["of two lines, in truth"]),
        ('note,n\n"a; b; c",1\n"d; e; f",2', ",", ["a; b; c", "1"]),
        ("sep=;\nday;value\n2026-06-12;1,5", ";", ["2026-06-12", "1,5"]),
    ],
)
def test_a_decimal_comma_and_prose_do_not_separate(text: str, delimiter: str, first: list[str]) -> None:
    table = read(text.encode())
    assert (table.source.delimiter, rows(table)[0]) == (delimiter, first)


def test_the_name_of_the_file_tells_tabs_and_a_person_anything() -> None:
    assert read(b"a,b\tc\n1,2\t3", "x.tsv").source.delimiter == "\t"
    assert names(read(b"a-b\n1-2", delimiter="-")) == ["a", "b"]


def test_a_column_of_values_keeps_its_gaps_and_a_wider_table_skips_blank_rows() -> None:
    assert rows(read(b"value\n1\n\n3\n")) == [["1"], [""], ["3"]]
    assert [number for number, _cells in read(b"a,b\n1,2\n\n,\n3,4").rows()] == [2, 5]


def test_a_row_is_numbered_as_a_spreadsheet_shows_it() -> None:
    table = read(b'a,b\n"two\nlines",1\nx,2')
    assert [number for number, _cells in table.rows()] == [2, 3]


def test_blank_cells_behind_the_last_column_are_no_contradiction() -> None:
    assert rows(read(b"a,b\n1,2,,\n3,4")) == [["1", "2"], ["3", "4"]]
    assert names(read(b"a,b,,\n1,2,,\n3,4,,")) == ["a", "b"]


def test_ragged_rows_are_named_and_counted() -> None:
    refused = refusal(b"a,b,c\n" + b"1,2,3\n1,2\n1,2,3,4\n" * 30)
    assert refused.total == 60
    assert len(refused.problems) == 20
    assert [(problem.row, problem.value, problem.wanted) for problem in refused.problems[:2]] == [
        (3, "2", "3"),
        (4, "4", "3"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", Code.EMPTY, None),
        (b"\xef\xbb\xbf", Code.EMPTY, None),
        (b"\n\n , \n", Code.EMPTY, None),
        (b"a,b\n1,2\n3,\x004", Code.NUL, 3),
        (b'a,b\n1,"never closed\n2,3\n', Code.QUOTES, 2),
        (b'a,b\n1,"closed" early\n', Code.QUOTES, 2),
        (b"a,b\n1," + b"x" * 140_000, Code.LONG_CELL, 2),
        (b"a,b\n1,2\n" + b"," * 20_000, Code.TOO_WIDE, 3),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00" + bytes(range(256)), Code.NOT_A_TABLE, None),
        (b"<html><table><tr><td>1</td></tr></table></html>", Code.NOT_A_TABLE, None),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", Code.NOT_A_TABLE, None),
    ],
)
def test_what_is_no_table_is_refused_with_its_row(data: bytes, code: Code, row: int | None) -> None:
    problem = refusal(data).problems[0]
    assert (problem.code, problem.row) == (code, row)


def test_thousands_of_columns_are_a_table_and_keep_names_of_their_own() -> None:
    width = 10_000
    table = read(",".join(["same"] * width).encode() + b"\n" + ",".join(["1"] * width).encode())
    assert len(set(names(table))) == width
    assert names(table)[-1] == "same (10000)"


def test_a_column_called_pk_makes_no_archive() -> None:
    assert names(read(b"PK,value\n1,2")) == ["PK", "value"]


def test_a_made_name_never_takes_that_of_another_column() -> None:
    assert names(read(b"a,a (2),a,,B\n1,2,3,4,5")) == ["a", "a (2)", "a (3)", "D", "B"]
    assert names(read(b"x,,B\n1,2,3")) == ["x", "B (2)", "B"]


def test_tables_of_the_same_columns_have_the_same_shape_whatever_their_order() -> None:
    assert read(b"a,B\n1,2").shape == read(b"b;A\n3;4").shape != read(b"a,c\n1,2").shape


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        table = read(data)
    except Refused:
        return
    assert sum(1 for _row in table.rows()) == table.height
