"""A paste from a spreadsheet is read exactly, or questioned by row and column: never guessed, never half."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.measures.paste import MOST_ROWS, Pasted, PastedReading, parse

TODAY = date(2026, 6, 30)
D12, D13, D14 = date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 14)


def read(text: str, day_first: bool | None = None) -> Pasted:
    return parse(text, day_first=day_first, today=TODAY)


def days(pasted: Pasted) -> list[date]:
    return [row.day for row in pasted.rows]


def values(*cells: str) -> list[float | None]:
    """The values of a column of cells, one a day, tabs between."""
    pasted = read("\n".join(f"{D12 + timedelta(n)}\t{cell}" for n, cell in enumerate(cells)))
    assert pasted.is_ready, pasted.problems
    return [row.value for row in pasted.rows]


def complaint(text: str, row: int, column: int, day_first: bool | None = None) -> str:
    """The one problem there is, at its place."""
    (problem,) = read(text, day_first).problems
    assert (problem.row, problem.column) == (row, column)
    assert problem.text.startswith(f"Row {row}, column {column}: ")
    return problem.text


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-12\t4.5\tnew form\n2026-06-13\t\t\n2026-06-14\t6\t",
        "Date\tMinutes\tNote\r\n2026-06-12\t4.5\tnew form\r\n2026-06-13\t\r\n2026-06-14\t6\r\n\r\n",
        "\ufeffDay;Value\n12.06.2026;4,5;new form\n13.06.2026;;\n14.06.2026;6",
        "2026-06-12,4.5,new form\n2026-06-13,,\n2026-06-14,6",
        'date,value,note\n2026-06-12,4.5,"new form"\n2026-06-13\n"2026-06-14","6",',
        "12 Jun 2026\t4.5\tnew form\nJune 13, 2026\t \n14-JUN-2026\t6",
        "\u200e2026-06-12\t\xa04.5\xa0\tnew form\n\n2026-06-13\t\xa0\n2026-06-14 00:00:00\t6",
    ],
)
def test_every_usual_shape_gives_the_same_readings_and_a_gap_stays_a_gap(text: str) -> None:
    assert read(text) == Pasted((PastedReading(D12, 4.5, "new form"), PastedReading(D13, None), PastedReading(D14, 6)))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-6-2", date(2026, 6, 2)),
        ("2026/06/02", date(2026, 6, 2)),
        ("2026-06-02T00:00:00Z", date(2026, 6, 2)),
        ("2. June 2026", date(2026, 6, 2)),
        ("Sept 2, 2025", date(2025, 9, 2)),
        ("2.6.2026", date(2026, 6, 2)),
        ("6/6/2026", date(2026, 6, 6)),
        ("2026-W23", date(2026, 6, 1)),
        ("2026-05", date(2026, 5, 1)),
        ("May 2026", date(2026, 5, 1)),
    ],
)
def test_dates_as_people_write_them(cell: str, day: date) -> None:
    assert read(f"{cell}\t1") == Pasted((PastedReading(day, 1.0),))


@pytest.mark.parametrize(
    "cell",
    [
        *["2026-02-30", "2026-06/12", "2026-W60", "2026-06-12 08:30", "0026-06-12", "06.13.2026", "99/99/2026"],
        *["12.06.26", "12/06/26", "12 Jun", "12 Foo 2026", "2 Jun 3 2026", "46185", "today 1", "١٢/٠٦/٢٠٢٦"],
    ],
)
def test_what_is_no_date_is_named_by_row_and_column(cell: str) -> None:
    assert "is not a date" in complaint(f"2026-06-11\t1\n{cell}\t2", row=2, column=1)


def test_a_day_and_month_that_could_be_swapped_are_asked_about() -> None:
    pasted = read("03/04/2026\t1\n04/04/2026\t2")
    assert pasted.question == "day_first"
    assert not pasted.is_ready
    assert date(2026, 3, 4) not in days(pasted)
    assert date(2026, 4, 3) not in days(pasted)


def test_the_answer_settles_it() -> None:
    assert read("03/04/2026\t1", day_first=True) == Pasted((PastedReading(date(2026, 4, 3), 1.0),))
    assert read("03/04/2026\t1", day_first=False) == Pasted((PastedReading(date(2026, 3, 4), 1.0),))


def test_one_row_that_can_only_be_read_in_one_way_settles_the_others() -> None:
    assert days(read("03/04/2026\t1\n13/04/2026\t2")) == [date(2026, 4, 3), date(2026, 4, 13)]
    assert days(read("03-04-2026\t1\n04-13-2026\t2")) == [date(2026, 3, 4), date(2026, 4, 13)]


def test_rows_that_contradict_each_other_are_asked_about_and_then_named() -> None:
    mixed = "13/04/2026\t1\n04/14/2026\t2"
    assert read(mixed).question == "day_first"
    assert "another order" in complaint(mixed, row=2, column=1, day_first=True)
    assert "another order" in complaint(mixed, row=1, column=1, day_first=False)


def test_other_ways_of_writing_a_date_settle_nothing_and_are_not_in_the_way() -> None:
    assert read("03/04/2026\t1\n13.04.2026\t2\n2026-04-14\t3").question == "day_first"
    assert read("03/04/2026\t1\n13.04.2026\t2", day_first=False).is_ready


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("7", 7),
        ("-7.25", -7.25),
        ("\u22127,5", -7.5),
        ("+.5", 0.5),
        ("95 %", 95),
        ("12,5%", 12.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u202f234\u202f567", 1234567),
        ("1’234.50", 1234.5),
        ("1,234,567", 1234567),
        ("1234.567", 1234.567),
        ("0,125", 0.125),
        ("1.5e3", 1500),
        ("007", 7),
    ],
)
def test_numbers_as_spreadsheets_write_them(cell: str, value: float) -> None:
    assert values(cell) == [value]


@pytest.mark.parametrize("cell", ["1,234", "1.234", "-12.345", "999,999"])
def test_a_number_that_can_be_read_in_two_ways_is_questioned(cell: str) -> None:
    assert "two ways" in complaint(f"2026-06-12\t1\n2026-06-13\t{cell}", row=2, column=2)


def test_what_it_says_to_write_instead_is_read() -> None:
    assert "Write 1234 or 1.2340." in complaint("2026-06-12\t1,234", row=1, column=2)
    assert values("1234") == [1234]
    assert values("1.2340") == [1.234]


def test_the_other_rows_settle_the_decimal_sign() -> None:
    assert values("1,234", "0.5") == [1234, 0.5]
    assert values("1.234", "0.5") == [1.234, 0.5]
    assert values("1,234", "0,5") == [1.234, 0.5]
    assert values("1.234", "1.234.567") == [1234, 1234567]
    assert "two ways" in complaint("2026-06-12\t1,234\n2026-06-13\t0.5\n2026-06-14\t0,5", row=1, column=2)


def test_between_commas_the_decimals_follow_a_point() -> None:
    assert read('2026-06-12,1.234\n2026-06-13,"1,234"').rows == (PastedReading(D12, 1.234), PastedReading(D13, 1234))
    assert "where the number ends" in complaint("2026-06-12,12,5", row=1, column=3)


def test_a_comma_in_a_note_stays_in_the_note() -> None:
    assert read("2026-06-12,4,late, 3 ill").rows == (PastedReading(D12, 4, "late, 3 ill"),)


@pytest.mark.parametrize(
    "cell",
    [
        *["n/a", "-", "%", "NaN", "inf", "-Infinity", "#DIV/0!", "12 min", "€ 5", "1,23,456", "1.2.3", "5,", "0x1F"],
        *["1_000", "٣", "1" * 41],
    ],
)
def test_what_is_no_number_is_named_by_row_and_column(cell: str) -> None:
    assert "is not a number" in complaint(f"Date\tValue\n2026-06-12\t{cell}", row=2, column=2)


@pytest.mark.parametrize("cell", ["1e16", "-9999999999999999", "1e999"])
def test_a_number_too_large_to_be_kept_exactly_is_refused(cell: str) -> None:
    assert "too large" in complaint(f"2026-06-12\t{cell}", row=1, column=2)


def test_a_share_among_percentages_is_questioned() -> None:
    assert "percent sign" in complaint("2026-06-12\t95%\n2026-06-13\t0.95\n2026-06-14\t0", row=2, column=2)


def test_days_to_come_and_days_given_twice_are_refused() -> None:
    assert read("2026-06-30\t1").is_ready
    assert "not come yet" in complaint("2026-07-01\t1", row=1, column=1)
    twice = complaint("Date\tValue\n2026-06-12\t1\n2026-06-13\t2\n12 Jun 2026\t3", row=4, column=1)
    assert "row 2" in twice


def test_what_is_missing_or_too_much_is_said() -> None:
    assert "date is missing" in complaint("2026-06-12\t1\n\t2", row=2, column=1)
    assert "values are missing" in complaint("2026-06-12\n2026-06-13", row=1, column=2)
    assert "other columns" in complaint("2026-06-12\t1\tnote\t\towner", row=1, column=4)
    for nothing in ("", " \n\t\n", "\ufeff", "Date\tValue\n"):
        (problem,) = read(nothing).problems
        assert "no reading" in problem.text


def test_at_most_five_thousand_rows_are_read_and_the_rest_is_not_lost_in_silence() -> None:
    first = date(2010, 1, 1)
    rows = [f"{first + timedelta(n)}\t{n}.5" for n in range(MOST_ROWS + 2)]
    assert len(read("\n".join(rows[:MOST_ROWS])).rows) == MOST_ROWS
    assert "5,000 rows" in complaint("\n".join(["Date\tValue", *rows]), row=MOST_ROWS + 2, column=1)


def test_a_long_cell_is_cited_shortly() -> None:
    assert len(complaint(f"2026-06-12\t{'x' * 200_000}", row=1, column=2)) < 200


def test_a_hostile_heap_keeps_nobody_waiting() -> None:
    before = perf_counter()
    for piece in ("1,", "1 ", '"', ";\t,\n", "9" * 30 + "\t1\n", "2026-06-12\t1 000 000x\n"):
        read(piece * (200_000 // len(piece)))
    assert perf_counter() - before < 5


CELLS = st.sampled_from(
    ["2026-06-12", "3/4/2026", "13/4/2026", "4/13/2026", "1,234", "1.5", "2,5", "%", "", "x", '"', "\x00", "\u2212"]
)
LINES = st.lists(st.lists(CELLS, max_size=5).map("\t".join) | st.lists(CELLS, max_size=5).map(",".join)).map("\n".join)


@given(st.text(st.characters()) | LINES, st.sampled_from([None, True, False]))
def test_any_text_is_read_or_questioned(text: str, day_first: bool | None) -> None:
    pasted = read(text, day_first)
    assert pasted.rows or not pasted.is_ready
    assert len({row.day for row in pasted.rows}) == len(pasted.rows)
    assert all(row.day <= TODAY for row in pasted.rows)
    assert pasted.question is None or day_first is None
    lines = len(text.splitlines()) + 1
    assert all(1 <= problem.row <= lines and 1 <= problem.column <= 4 and problem.text for problem in pasted.problems)


@given(
    st.dictionaries(
        st.dates(date(1900, 1, 1), TODAY), st.none() | st.floats(-1e6, 1e6).map(lambda x: round(x, 2)), min_size=2
    )
)
def test_what_was_written_comes_back(readings: dict[date, float | None]) -> None:
    text = "\n".join(f"{day:%Y-%m-%d}\t{'' if value is None else f'{value:.2f}'}" for day, value in readings.items())
    assert {row.day: row.value for row in read(text).rows} == readings
