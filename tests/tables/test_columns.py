"""A column's dates and numbers: proved by its own cells, asked about, or told with the rows that contradict."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.tables import (
    Cell,
    DecimalSign,
    Order,
    Stretch,
    Verdict,
    missing_words,
    moment_in,
    number_in,
    survey_dates,
    survey_numbers,
    survey_values,
    text_of,
)
from kata.tables.dates import DateSurvey, days_in
from kata.tables.numbers import NumberSurvey, numbers_in

DAY = date(2026, 6, 12)
MISSING = missing_words(["?", "N/A"])


def dates(*cells: Cell) -> DateSurvey:
    return survey_dates([Stretch(range(2, 2 + len(cells)), list(cells))], MISSING)


def numbers(*cells: Cell) -> NumberSurvey:
    return survey_numbers([Stretch(range(2, 2 + len(cells)), list(cells))], MISSING)


def at(clock: time, zone: timezone | None = None) -> datetime:
    return datetime.combine(DAY, clock, zone)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-06-12", DAY),
        (" 2026-6-12\xa0", DAY),
        ("2026/06/12", DAY),
        ("12.6.2026", DAY),
        ("12 June 2026", DAY),
        ("Jun 12, 2026", DAY),
        ("2026-W24", date(2026, 6, 8)),
        ("2026-06-12 08:05", at(time(8, 5))),
        ("2026-06-12T08:05:09.250", at(time(8, 5, 9, 250_000))),
        ("2012/10/09 14:50:17.000", datetime.combine(date(2012, 10, 9), time(14, 50, 17))),
        ("12 Jun 2026, 8:05 pm", at(time(20, 5))),
        ("12.06.2026 12:05 a.m.", at(time(0, 5))),
        ("2026-06-12T08:05Z", at(time(8, 5), UTC)),
        ("2026-06-12 08:05 UTC", at(time(8, 5), UTC)),
        ("2026-06-12T08:05:00+05:30", at(time(8, 5), timezone(timedelta(hours=5, minutes=30)))),
        ("2026-06-12T08:05-0300", at(time(8, 5), timezone(-timedelta(hours=3)))),
        (DAY, DAY),
        (at(time(8, 5)), at(time(8, 5))),
    ],
)
def test_days_and_moments_as_they_are_written(cell: Cell, moment: date) -> None:
    assert moment_in(cell, None) == moment
    assert type(moment_in(cell, None)) is type(moment)


@pytest.mark.parametrize(
    "cell",
    [
        *["2026-02-30", "12/06/45", "46185", 46185.0, "2026-06-12 25:00", "2026-06-12 8:5", "13:00 pm", "today", ""],
        *["2026-06-12 08:05 EST", "2026-06-12T08:05+99:00", "0026-06-12", date(9999, 1, 1), ":", "T:", "10:00"],
    ],
)
def test_what_is_no_moment_is_none(cell: Cell) -> None:
    assert moment_in(cell, Order.DAY_FIRST) is None
    if cell:
        assert dates(cell).unreadable.count == 1


@pytest.mark.parametrize(
    ("cell", "number", "currency"),
    [
        *[("€5", 5, "€"), ("5 €", 5, "€"), ("5\xa0€", 5, "€"), ("£1,234.50", 1234.5, "£"), ("$ 0.5", 0.5, "$")],
        *[("-€5", -5, "€"), ("€-5", -5, "€"), ("\u2212 5 €", None, ""), ("1 234,50 kr", 1234.5, "kr")],
        *[("kr. 12", 12, "kr"), ("12 Kr.", 12, "kr"), ("+$7", 7, "$"), ("1.234,5 €", 1234.5, "€")],
        *[("€5€", None, ""), ("€5$", None, ""), ("--€5", None, ""), ("-€-5", None, ""), ("€5%", None, "")],
        *[("5 € a day", None, ""), ("12 krones", None, ""), ("€", None, ""), ("kr", None, ""), ("US$ 5", None, "")],
        *[("5 5€", None, ""), ("€" * 30 + "5", None, ""), ("€" + "1" * 50, None, "")],
    ],
)
def test_a_currency_stands_before_or_behind_its_number(cell: str, number: float | None, currency: str) -> None:
    found = numbers(cell)
    assert number_in(cell, found.sign) == number
    assert list(found.money) == ([currency] if currency else [])
    assert found.unreadable.count == (number is None)


def test_an_amount_has_the_decimal_sign_of_its_column() -> None:
    assert numbers("€1.234", "€2.345").verdict is Verdict.AMBIGUOUS
    assert number_in("€1.234", None) is None
    assert numbers("€1.234", "€2,5").sign is DecimalSign.COMMA
    assert number_in("1.234 €", DecimalSign.COMMA) == 1234
    assert number_in("1.234 €", DecimalSign.POINT) == 1.234


def test_currencies_per_cents_and_bare_numbers_are_told_apart() -> None:
    found = numbers("€5", "5 €", "$5", "5%", "5", "soon")
    assert {sign: seen.count for sign, seen in found.money.items()} == {"€": 2, "$": 1}
    assert [seen.count for seen in found.kinds] == [1, 2, 1, 1]
    assert len(numbers("€5", "6 €", "soon", "?").kinds) == 1


def test_one_row_proves_the_order_for_all() -> None:
    found = dates("03/04/2016 09:00", "13/04/2016 10:00", "?", "")
    assert (found.verdict, found.order) == (Verdict.PROVED, Order.DAY_FIRST)
    assert (found.read, found.missing, found.timed, found.zoned) == (2, 2, 2, 0)
    assert [example.row for example in found.one.examples] == [3]
    assert dates("03-04-2016", "04-13-2016").order is Order.MONTH_FIRST
    assert moment_in("03/04/2016", Order.DAY_FIRST) == date(2016, 4, 3)
    assert moment_in("03/04/2016", Order.MONTH_FIRST) == date(2016, 3, 4)


@pytest.mark.parametrize(
    ("cells", "verdict", "order"),
    [
        (["31/05/26", "01/06/26"], Verdict.PROVED, Order.DAY_FIRST),
        (["05-31-26", "06-01-26"], Verdict.PROVED, Order.MONTH_FIRST),
        (["30.05.26 08:00", "01.06.26"], Verdict.PROVED, Order.DAY_FIRST),
        (["99-05-31", "99-06-01"], Verdict.PROVED, Order.YEAR_FIRST),
        (["26-05-31", "26-06-01"], Verdict.PROVED, Order.YEAR_FIRST),
        (["12/06/26", "13/06/26"], Verdict.AMBIGUOUS, None),  # also 2012 and 2013, on the 26th of June
        (["12.06.26"], Verdict.AMBIGUOUS, None),
        (["31/05/26", "06/13/26"], Verdict.MIXED, None),
        (["26-05-31", "31-05-26"], Verdict.MIXED, None),
        (["12/06/26", "13/06/2026"], Verdict.PROVED, Order.DAY_FIRST),
        (["12/06/26", "06/13/2026"], Verdict.PROVED, Order.MONTH_FIRST),
        (["12/06/26", "03/04/2026"], Verdict.AMBIGUOUS, None),
        (["99/05/31", "13/06/2026"], Verdict.MIXED, None),
    ],
)
def test_the_year_of_two_digits_is_first_or_last_as_the_column_proves(
    cells: list[str], verdict: Verdict, order: Order | None
) -> None:
    found = dates(*cells)
    assert (found.verdict, found.order, found.read, found.unreadable.count) == (verdict, order, len(cells), 0)


def test_a_short_date_is_read_by_its_columns_order() -> None:
    assert moment_in("12/06/26", None) is None
    assert moment_in("12/06/26", Order.DAY_FIRST) == date(2026, 6, 12)
    assert moment_in("12/06/26", Order.MONTH_FIRST) == date(2026, 12, 6)
    assert moment_in("12/06/26", Order.YEAR_FIRST) == date(2012, 6, 26)
    assert moment_in("12.6.26 9:30", Order.DAY_FIRST) == datetime(2026, 6, 12, 9, 30)  # noqa: DTZ001 - the file's own
    assert moment_in("12.06.26", Order.MONTH_FIRST) is None
    assert moment_in("31/05/99", None) == date(1999, 5, 31)
    assert moment_in("2026-06-12", Order.YEAR_FIRST) == date(2026, 6, 12)
    assert moment_in("03/04/2026", Order.YEAR_FIRST) is None


@pytest.mark.parametrize("cell", ["31/12/30", "31/12/69", "31/12/6", "1/13/13/26", "32/05/26", "31/05/-26", "00/00/00"])
def test_a_short_year_that_is_taken_for_two_centuries_is_not_read(cell: str) -> None:
    assert dates(cell).unreadable.count == 1
    assert [moment_in(cell, order) for order in Order] == [None] * 3


def test_an_order_that_nothing_proves_is_asked_and_never_guessed() -> None:
    found = dates("03/04/2016", "05/06/2016", "07/07/2016")
    assert (found.verdict, found.order, found.open.count) == (Verdict.AMBIGUOUS, None, 2)
    assert moment_in("03/04/2016", None) is None
    assert moment_in("07/07/2016", None) == date(2016, 7, 7)


def test_orders_that_contradict_each_other_are_told_with_their_rows() -> None:
    found = dates("13/04/2016", "04/14/2016", "01/02/2016")
    assert (found.verdict, found.order) == (Verdict.MIXED, None)
    assert [(seen.examples[0].row, seen.examples[0].value) for seen in (found.one, found.other)] == [
        (2, "13/04/2016"),
        (3, "04/14/2016"),
    ]
    assert moment_in("04/14/2016", Order.DAY_FIRST) is None


def test_dates_of_one_meaning_need_no_order() -> None:
    assert dates("2016-04-03", "3 May 2016", date(2016, 4, 3)).verdict is Verdict.CERTAIN


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("1234", 1234, 1234),
        ("-5", -5, -5),
        ("0.7", 0.7, None),
        ("0,7", None, 0.7),
        ("1,234.5", 1234.5, None),
        ("1.234,5", None, 1234.5),
        ("1 234,5", None, 1234.5),
        ("1\xa0234.5", 1234.5, None),
        ("1'234.5", 1234.5, None),
        ("1,234", 1234, 1.234),
        ("1.234", 1.234, 1234),
        ("1,234,567", 1234567, None),
        ("12 %", 12, 12),
        ("12.5%", 12.5, None),
        ("−3", -3, -3),
        ("1e3", 1000, 1000),
        (2.5, 2.5, 2.5),
        ("1e300", None, None),
        ("12 months", None, None),
        ("¤5", None, None),
        ("nan", None, None),
        ("1_000", None, None),
        ("", None, None),
        (DAY, None, None),
    ],
)
def test_numbers_by_either_decimal_sign(cell: Cell, point: float | None, comma: float | None) -> None:
    assert (number_in(cell, DecimalSign.POINT), number_in(cell, DecimalSign.COMMA)) == (point, comma)


def test_the_decimal_sign_is_the_columns() -> None:
    assert numbers("1,234", "0,5").sign is DecimalSign.COMMA
    assert numbers("1,234", "1,234.5").sign is DecimalSign.POINT
    assert numbers("1.234", "2.5", "?").sign is DecimalSign.POINT
    assert numbers("1", "2", 2.5).verdict is Verdict.CERTAIN
    assert (numbers("1,234").verdict, numbers("1,234").sign) == (Verdict.AMBIGUOUS, None)
    assert number_in("1,234", None) is None


def test_contradicting_signs_words_and_stray_per_cents_are_told_with_their_rows() -> None:
    found = numbers("1,5", "1.5", "?", "n/a", "many", "12 %")
    assert found.verdict is Verdict.MIXED
    assert (found.one.examples[0].row, found.other.examples[0].row, found.unreadable.examples[0].row) == (3, 2, 6)
    assert (found.missing, found.percent.count, found.bare.count) == (2, 1, 2)  # a word is written in no way


def test_a_number_can_be_what_somebody_writes_for_missing() -> None:
    words = missing_words(["999", "-1"])
    found = survey_numbers([Stretch(range(5), ["5", "999", 999.0, "-1", 7.0])], words)
    assert (found.read, found.missing) == (2, 3)


def test_examples_are_few_and_short() -> None:
    found = numbers(*["x" * 500] * 50).unreadable
    assert (found.count, len(found.examples), len(found.examples[0].value)) == (50, 3, 60)


def test_the_texts_of_a_column_are_counted_for_the_one_who_chooses() -> None:
    assert survey_values(["a ", "a", "?", 3.0]) == {"a": 2, "?": 1, "3": 1}


@given(st.text(max_size=30))
def test_any_text_can_be_asked_what_it_is(text: str) -> None:
    dates(text)
    numbers(text)
    text_of(text)
    for order in (None, *Order):
        moment_in(text, order)
    for sign in (None, *DecimalSign):
        number_in(text, sign)


@given(st.floats(min_value=-1e15, max_value=1e15))
def test_a_number_that_python_writes_is_read_back(value: float) -> None:
    assert number_in(repr(value), DecimalSign.POINT) == value
    assert number_in(repr(value).replace(".", ","), DecimalSign.COMMA) == value


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_read_back_in_the_order_it_was_written(day: date) -> None:
    assert moment_in(f"{day:%d/%m/%Y}", Order.DAY_FIRST) == day
    assert moment_in(f"{day:%m/%d/%Y}", Order.MONTH_FIRST) == day
    assert moment_in(day.isoformat(), None) == day


PLAIN = st.from_regex(r"-?[0-9]{1,16}([.,][0-9]{1,4})?", fullmatch=True)
ALMOST = st.sampled_from(
    ["1_0", "nan", "1e5", "\u0663", "1\n2", " 7", "7 ", "+7", "", "1.234", "1,234", "1.234.567", "--1"]
)
DAYS = st.one_of(
    st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(str),
    st.sampled_from(["20260612", "2026-W24-5", "x", "", "2026-06-12\n2026-06-13", "2026-06-12\n", "2026-06-31"]),
)


@given(st.lists(PLAIN | ALMOST, max_size=6), st.sampled_from([None, *DecimalSign]))
def test_plain_numbers_are_read_at_once_as_they_are_one_by_one(cells: list[str], sign: DecimalSign | None) -> None:
    at_once = numbers_in(cells, sign)
    assert at_once is None or at_once == [number_in(cell, sign) for cell in cells]


@given(st.lists(DAYS, max_size=6))
def test_plain_days_are_read_at_once_as_they_are_one_by_one(cells: list[str]) -> None:
    at_once = days_in(Stretch(range(len(cells)), cells))
    assert at_once is None or at_once == [moment_in(cell, None) for cell in cells]


@given(st.lists(PLAIN | ALMOST, max_size=6), st.lists(DAYS, max_size=6))
def test_a_column_surveyed_at_once_proves_what_it_proves_cell_by_cell(texts: list[str], days: list[str]) -> None:
    for survey, cells in ((numbers, texts), (dates, days)):
        closely = survey(*cells, "?")  # one cell that is not plain has all of them looked at
        closely.missing -= 1
        assert survey(*cells) == closely
