"""A table of readings is taken over row by row, and what is wrong is known by row and column at the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from kata.tables import Order, read
from kata.tables.export import csv_file
from kata.tallies import DateColumn, Reason, Transcript, Transcription

TODAY = date(2026, 6, 30)
D12, D13 = date(2026, 6, 12), date(2026, 6, 13)


def transcript(data: bytes, **said: Any) -> Transcript:
    usual = {"date": DateColumn("day", Order.DAY_FIRST), "zone": "Europe/London", "value": "value", "missing": ("?",)}
    return Transcript(read(data), Transcription(**{**usual, **said}), TODAY)


def test_days_values_and_notes_are_given_and_a_gap_stays_a_gap() -> None:
    script = transcript(b"day;value;why\n12/06/2026;4.5; new form \n13/06/2026;?;", note="why")
    assert [tuple(line) for line in script] == [(2, D12, (4.5,), "new form"), (3, D13, (), "")]
    assert (script.total, script.flaws) == (0, [])


def test_two_counts_are_given_as_two() -> None:
    script = transcript(b"day,met,all\n12/06/2026,9,10\n13/06/2026,,", value="", numerator="met", denominator="all")
    assert [line.numbers for line in script] == [(9.0, 10.0), ()]


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    rows = ["12/06/2026,1", "13/06/2026,many", "12/06/2026,2", ",3", "06/13/2026,4", "01/07/2026,5"]
    script = transcript(("day,value\n" + "\n".join(rows)).encode())
    assert [line.row for line in script] == [2]
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
    assert list(script) == []
    assert (script.total, len(script.flaws)) == (100, 20)
    assert (script.flaws[0].reason, script.flaws[0].column) == (Reason.COUNT_MISSING, "met")


def test_notes_of_our_own_files_come_back_as_they_were_typed() -> None:
    data = csv_file(["day", "value", "note"], [[D12, 1.0, "=> see board"], [D13, -2.0, "- first obstacle"]])
    assert [line.note for line in transcript(data, note="note")] == ["=> see board", "- first obstacle"]
