"""A table of readings is taken over row by row, and what is wrong is known by row and column at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kata.tables import Order, read
from kata.tables.export import csv_file
from kata.tallies import DateColumn, Reason, Transcript, Transcription

TODAY = date(2026, 6, 30)
D12, D13 = date(2026, 6, 12), date(2026, 6, 13)


def transcript(data: bytes, **said: Any) -> Transcript:
    usual = {"date": DateColumn("day", Order.DAY_FIRST), "zone": "Europe/London", "value": "value", "missing": ("?",)}
    return Transcript(read(data), Transcription(**{**usual, **said}), TODAY)


def told(script: Transcript) -> list[tuple[int, date, tuple[float, ...], str]]:
    """All lines, row by row."""
    return [line for lines in script for line in lines.each()]


def test_days_values_and_notes_are_given_and_a_gap_stays_a_gap() -> None:
    script = transcript(b"day;value;why\n12/06/2026;4.5; new form \n13/06/2026;?;", note="why")
    assert told(script) == [(2, D12, (4.5,), "new form"), (3, D13, (), "")]
    assert (script.total, script.flaws) == (0, [])


def test_two_counts_are_given_as_two() -> None:
    script = transcript(b"day,met,all\n12/06/2026,9,10\n13/06/2026,,", value="", numerator="met", denominator="all")
    assert [numbers for _row, _day, numbers, _note in told(script)] == [(9.0, 10.0), ()]


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    rows = ["12/06/2026,1", "13/06/2026,many", "12/06/2026,2", ",3", "06/13/2026,4", "01/07/2026,5"]
    script = transcript(("day,value\n" + "\n".join(rows)).encode())
    assert [row for row, *_line in told(script)] == [2]
    assert [(flaw.reason, flaw.row, flaw.column, flaw.value) for flaw in script.flaws] == [
        (Reason.VALUE_UNREADABLE, 3, "value", "many"),
        (Reason.DATE_TWICE, 4, "day", "2"),
        (Reason.DATE_MISSING, 5, "day", ""),
        (Reason.DATE_UNREADABLE, 6, "day", "06/13/2026"),
        (Reason.DATE_AHEAD, 7, "day", "01/07/2026"),
    ]


def test_one_count_alone_is_told_and_very_many_faults_are_counted() -> None:
    data = b"day,met,all\n" + b"12/06/2026,,10\n" * 100
    script = transcript(data, value="", numerator="met", denominator="all")
    assert told(script) == []
    assert (script.total, len(script.flaws)) == (100, 20)
    assert (script.flaws[0].reason, script.flaws[0].column) == (Reason.COUNT_MISSING, "met")


def test_notes_of_our_own_files_come_back_as_they_were_typed() -> None:
    data = csv_file(["day", "value", "note"], [[D12, 1.0, "=> see board"], [D13, -2.0, "- first obstacle"]])
    assert [note for *_line, note in told(transcript(data, note="note"))] == ["=> see board", "- first obstacle"]


def test_plain_rows_and_rows_that_need_a_closer_look_come_to_the_same() -> None:
    plain = [f"{D12 - timedelta(at)},{at}.5" for at in range(3000)]
    marked = [line.replace(",", " 00:00,") if at % 700 == 0 else line for at, line in enumerate(plain)]
    one, other = (told(transcript("\n".join(["day,value", *lines]).encode())) for lines in (plain, marked))
    assert one == other
    assert one[-1] == (3001, D12 - timedelta(2999), (2999.5,), "")


@pytest.mark.parametrize(
    ("at", "line", "flaw"),
    [
        (2500, "2026-06-12,1", (Reason.DATE_TWICE, 2502, "day", "2")),
        (2500, "2026-07-01,1", (Reason.DATE_AHEAD, 2502, "day", "2026-07-01")),
        (1999, "1899-12-31,1", (Reason.DATE_UNREADABLE, 2001, "day", "1899-12-31")),
        (1024, "2000-02-30,1", (Reason.DATE_UNREADABLE, 1026, "day", "2000-02-30")),
        (1500, "1999-01-01,1_0", (Reason.VALUE_UNREADABLE, 1502, "value", "1_0")),
        (1500, "1999-01-01,nan", (Reason.VALUE_UNREADABLE, 1502, "value", "nan")),
    ],
)
def test_one_wrong_row_among_thousands_of_plain_ones_is_named(at: int, line: str, flaw: tuple[object, ...]) -> None:
    lines = [f"{D12 - timedelta(at)},{at}" for at in range(2900)]
    lines[at] = line
    script = transcript("\n".join(["day,value", *lines]).encode())
    assert len(told(script)) == 2899
    assert [(each.reason, each.row, each.column, each.value) for each in script.flaws] == [flaw]


def test_a_word_for_nothing_known_holds_also_where_it_is_a_plain_number_or_day() -> None:
    data = b"day,value\n2026-06-12,999\n2026-06-13,5"
    assert [numbers for _row, _day, numbers, _note in told(transcript(data, missing=("999",)))] == [(), (5.0,)]
    script = transcript(data, missing=("2026-06-12",))
    assert [row for row, *_line in told(script)] == [3]
    assert script.flaws[0].reason is Reason.DATE_MISSING
