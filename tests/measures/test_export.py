"""Readings as CSV: numbers stay numbers, words stay words, and both come back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.measures.export import as_csv, number, plain, text

DAY = date(2026, 6, 3)


def cells(value: float, note: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(as_csv([(DAY, value, note)]).decode("utf-8-sig"))))
    assert len(rows) == 2
    return rows[1]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'=1"])
def test_what_a_spreadsheet_would_run_leaves_as_text(formula: str) -> None:
    assert cells(1.0, formula)[2] == f"'{formula}"


@pytest.mark.parametrize(("value", "said"), [(5.0, "5"), (-3.25, "-3.25"), (0.1, "0.1"), (1e-7, "1e-07"), (-0.0, "-0")])
def test_numbers_stay_numbers(value: float, said: str) -> None:
    assert number(value) == said


@given(st.floats(min_value=-1e15, max_value=1e15))
def test_a_number_comes_back_exactly(value: float) -> None:
    assert float(number(value)) == value


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_honest_text_comes_back_unchanged(note: str) -> None:
    assert plain(cells(1.0, note)[2]) == note
    assert plain(text(note)) == note
