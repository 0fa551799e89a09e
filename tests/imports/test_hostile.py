"""Files that mean harm, or that nobody can read, through the page: one plain sentence each, quickly."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from tests.imports.conftest import Bring

WORKBOOKS = Path(__file__).parent.parent / "data" / "tables" / "workbooks"
SOON = 2.0  # seconds


def _bomb() -> bytes:
    """A workbook whose only part unpacks to 300 MB of blanks."""
    page = io.BytesIO()
    with (
        zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _block in range(300):
            part.write(b" " * (1 << 20))
    return page.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"\n\n", "There is nothing in this file."),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0", "characters that no text has"),
        ("quotes.csv", b'day,value\n2026-01-05,"1\n', "has a quotation mark that is not closed"),
        ("text.xlsx", b"PK\x03\x04 this is no archive", "damaged, or not what its name says"),
        ("bomb.xlsx", None, "too large to be unpacked safely"),
        ("locked.xlsx", (WORKBOOKS / "pass_protected.xlsx").read_bytes(), "locked by a password"),
        ("twice.xlsx", (WORKBOOKS / "duplicate-filename.xlsx").read_bytes(), "twice, so nobody can tell"),
        ("xml.xlsx", (WORKBOOKS / "poc-xmlbomb-empty.xlsx").read_bytes(), "This file"),
        ("small.xls", (WORKBOOKS / "too_small.xls").read_bytes(), "damaged, or not what its name says"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value and " " not in value else "",
)
def test_it_is_refused_in_one_sentence(bring: Bring, name: str, content: bytes | None, said: str) -> None:
    content = content or _bomb()  # made only where it is needed: that takes a second
    begun = time.perf_counter()
    brought = bring(content, name)
    assert "This file was not taken" in brought.page.text
    assert said in brought.page.text
    assert "Nothing was saved." in brought.page.text
    assert time.perf_counter() - begun < SOON * 2  # the machine may be busy


def test_several_sheets_are_asked_about(bring: Bring) -> None:
    brought = bring((WORKBOOKS / "table-with-two-sheets.ods").read_bytes(), "book.ods")
    assert "Say which one to read." in brought.page.text
    answer = brought.client.post(f"{brought.path}/table", {"sheet": "Tabelle2"})
    assert answer.status_code == 303
    assert "Sheet “Tabelle2”" in brought.look()


def test_a_row_of_headings_further_down_can_be_named(bring: Bring) -> None:
    brought = bring("Exported by nobody\nday,value\n2026-01-05,1\n")
    assert "Row 2 has 2 cells, where the first row has 1." in brought.page.text
    brought.client.post(f"{brought.path}/table", {"header_row": "2"})
    assert "One row below the headings" in brought.look()


@pytest.mark.parametrize("word", ["=1+1", "<script>alert(1)</script>", "'; drop table reading; --", "٣", "\u202e1"])
def test_words_in_the_place_of_numbers_are_shown_as_they_are(bring: Bring, word: str) -> None:
    brought = bring(f"day,value,other\n2026-01-05,{word},1\n")
    told = brought.choose(
        measure="new", name="A", measure_kind="outcome", better="up", kind="readings", date="day", value="value"
    )
    assert "<script>alert" not in told
    assert "is not a number" in told or "This is what would be saved" in told


def test_thousands_of_columns_are_read_and_the_first_of_them_offered(bring: Bring) -> None:
    names = ",".join(["day", "value", *(f"c{number}" for number in range(5000))])
    cells = ",".join(["2026-01-05", "1", *("x" for _number in range(5000))])
    brought = bring(f"{names}\n{cells}\n")
    assert "Only the first 200 columns are offered." in brought.page.text


def test_names_of_columns_that_mean_harm(bring: Bring) -> None:
    brought = bring('"<b>day</b>","=cmd|\'/c calc\'!A0"\n2026-01-05,1\n')
    assert "&lt;b&gt;day&lt;/b&gt;" in brought.page.text
    assert "<b>day</b>" not in brought.page.text
