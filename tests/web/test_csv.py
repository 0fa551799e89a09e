"""A list as a file: nothing in it runs, all of it comes back, and it is named and kept as it should be."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import lazy_gettext

from kata.tables.export import restored
from kata.web.csv import answer, file_name

CELLS = json.loads((Path(__file__).parents[1] / "data" / "formula_cells.json").read_text(encoding="utf-8"))
SIGNS = tuple("=+-@＝＋－＠")


def rows_of(app: Flask, *values: Any, delimiter: str = ",") -> list[list[str]]:
    """The file with one row of these values, as a spreadsheet reads it; its first row is the header."""
    columns = [(f"c{place}", lambda row, place=place: row[place]) for place in range(len(values))]
    with app.test_request_context():
        file = answer("List", columns, [values], "Europe/London").get_data()
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("words", [*CELLS["attacks"], *CELLS["honest"], "in the middle;=1+1;of it", "of\n=1+1\nlines"])
def test_no_cell_of_what_people_typed_is_a_formula(app: Flask, words: str, delimiter: str) -> None:
    """Also in a spreadsheet that cuts at semicolons, as most do where a comma is the decimal sign."""
    rows = rows_of(app, "before", words, "after", delimiter=delimiter)
    assert [each for row in rows for each in row if each.strip().startswith(SIGNS)] == []


@pytest.mark.parametrize("words", [*CELLS["honest"], *CELLS["attacks"]])
def test_what_looks_like_a_formula_comes_back_as_it_was_typed(app: Flask, words: str) -> None:
    assert restored(rows_of(app, words)[1][0]) == words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-3.25, "-3.25"),
        (12, "12"),
        (date(2026, 6, 3), "2026-06-03"),
        (datetime(2026, 6, 3, 9, 31, 12, tzinfo=UTC), "2026-06-03 10:31"),
        (None, ""),
        ("", ""),
        (True, "yes"),
        (False, "no"),
        (lazy_gettext("coach"), "coach"),
    ],
)
def test_each_kind_of_value_stays_what_it_is(app: Flask, value: object, said: str) -> None:
    assert rows_of(app, value, "end")[1] == [said, "end"]


def test_a_file_is_marked_named_and_kept_by_nobody(app: Flask) -> None:
    with app.test_request_context():
        made = answer('Über "uns"/../team.exe\r\nX: 1', [("Größe", str)], ["ß"])
    assert made.get_data() == "\ufeffGröße\r\nß\r\n".encode()
    assert made.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert made.headers["Cache-Control"] == "private, no-store"
    named = "attachment; filename=Uber-uns-team-exe-X-1.csv; filename*=UTF-8''%C3%9Cber-uns-team-exe-X-1.csv"
    assert made.headers["Content-Disposition"] == named


@pytest.mark.parametrize(("name", "file"), [("Storyboards", "Storyboards"), ("…", "list"), ("a" * 300, "a" * 80)])
def test_a_name_becomes_one_for_files(name: str, file: str) -> None:
    assert file_name(name) == file
