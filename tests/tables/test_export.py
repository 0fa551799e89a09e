"""What leaves runs nowhere, and comes back as it was typed."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.tables import DecimalSign, number_in, read
from kata.tables.export import Value, csv_cell, csv_file, harmless, restored, xlsx_file
from tests.tables.test_published_files import names, rows

CELLS = json.loads((Path(__file__).parents[1] / "data/formula_cells.json").read_text("utf-8"))
EVERY = [*CELLS["attacks"], *CELLS["honest"]]
RISKY = tuple("=+-@＝＋－＠")


def cells_in(data: bytes, delimiter: str) -> list[str]:
    """Every cell as a spreadsheet would cut the file."""
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return [cell for row in reader for cell in row]


def test_the_list_is_whole() -> None:
    assert (len(CELLS["attacks"]), len(CELLS["honest"])) == (18, 7)


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("text", [*EVERY, "a;=1+1;b", "a\n=1+1\nb", "x\r@SUM(1)"])
def test_no_cell_begins_like_a_formula_wherever_a_spreadsheet_cuts(text: str, delimiter: str) -> None:
    data = csv_file(["name", text], [[1.0, text, "end"]])
    assert [cell for cell in cells_in(data, delimiter) if cell.strip().startswith(RISKY)] == []


@pytest.mark.parametrize("text", EVERY)
def test_every_text_survives_export_and_reimport(text: str) -> None:
    table = read(csv_file(["n", "text"], [[1, text], [2, "x"]]))
    assert [restored(str(cell)) for _n, cell in rows(table)] == [text, "x"]
    assert rows(read(xlsx_file(["n", "text"], [[1, text], [2, "x"]]))) == [[1.0, text], [2.0, "x"]]


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("'=+-@;\n\r\t ＝")), max_size=40))
def test_what_was_made_harmless_is_restored(text: str) -> None:
    assert restored(harmless(text)) == text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-5, "-5"),
        (-3.25, "-3.25"),
        (5.0, "5"),
        (1e-7, "1e-07"),
        (True, "TRUE"),
        (None, ""),
        (date(2026, 6, 12), "2026-06-12"),
        (datetime(2026, 6, 12, 8, 5, tzinfo=UTC), "2026-06-12 08:05:00+00:00"),
    ],
)
def test_numbers_stay_numbers_and_days_days(value: Value, said: str) -> None:
    assert csv_cell(value) == said


@given(st.floats(min_value=-1e15, max_value=1e15))
def test_a_number_comes_back_exactly(value: float) -> None:
    assert number_in(csv_cell(value), DecimalSign.POINT) == value


def test_what_has_no_place_in_a_workbook_does_not_stop_it() -> None:
    moment = datetime(2026, 6, 12, 8, 5, tzinfo=UTC)
    table = read(xlsx_file(["=a", "b"], [["\ud800 \x0b", moment], ["x" * 40_000, float("nan")], [True, None]]))
    assert names(table) == ["=a", "b"]
    first, second, third = rows(table)
    assert first == ["? \x0b", "2026-06-12 08:05:00+00:00"]
    assert (len(str(second[0])), second[1]) == (32_767, "nan")
    assert third == ["TRUE", ""]


def test_half_a_character_does_not_stop_a_list() -> None:
    assert csv_file(["a"], [["\ud800"]]).endswith(b"?\r\n")
