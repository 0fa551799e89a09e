"""Events become readings: the same that other people worked out, and every row that does not count is told."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from kata.tables import DecimalSign, Order, Table, read
from kata.tables.export import xlsx_file
from kata.tallies import (
    Average,
    Check,
    Condition,
    DateColumn,
    Empty,
    OfAnswers,
    OfNumber,
    OfTime,
    Period,
    PeriodReading,
    Question,
    Reason,
    Recipe,
    Rows,
    Share,
    Tally,
    Unfit,
    Unit,
    tally,
)

DATA = Path(__file__).parents[1] / "data" / "tables"
TODAY = date(2026, 6, 30)
OPENED, RESOLVED = DateColumn("opened_at", Order.DAY_FIRST), DateColumn("resolved_at", Order.DAY_FIRST)
WITHIN_TIME = Share(Condition("made_sla", Check.IS, "true"))
HOURS = OfTime(OPENED, RESOLVED, Unit.HOURS, Average.MEDIAN)


def day(text: str) -> date:
    return date.fromisoformat(text)


def incidents(count: Any, group: str, period: Period = Period.DAY) -> Tally:
    recipe = Recipe(
        date=OPENED,
        count=count,
        period=period,
        zone="UTC",
        group=Condition("assignment_group", Check.IS, group),
        missing=("?",),
    )
    return tally(read((DATA / "incidents.csv").read_bytes()), recipe, today=TODAY)


def by_day(result: Tally) -> dict[str, PeriodReading]:
    return {reading.start.isoformat(): reading for reading in result.readings}


def worked_out(name: str, **which: str) -> list[dict[str, str]]:
    with (DATA / name).open() as lines:
        return [row for row in csv.DictReader(lines) if which.items() <= row.items()]


@pytest.mark.parametrize("group", ["Group 24", "Group 39"])
def test_a_service_desk_by_day_as_somebody_else_worked_it_out(group: str) -> None:
    expected = worked_out("incidents_by_day.csv", assignment_group=group)
    opened, within = by_day(incidents(Rows(), group)), by_day(incidents(WITHIN_TIME, group))
    again = by_day(incidents(Share(Condition("reopen_count", Check.AT_LEAST, "1")), group))
    hours = by_day(incidents(HOURS, group))
    for row in expected:
        on, n = row["day"], int(row["opened"])
        assert opened[on].figure.value == n
        assert (within[on].figure.numerator, within[on].figure.denominator) == (int(row["made_sla"]), n)
        assert again[on].figure.numerator == int(row["reopened"])
        assert hours[on].figure.n == int(row["resolved_known"])
        assert hours[on].figure.value == pytest.approx(float(row["median_hours_to_resolve"]), abs=0.0051)
    missing = {on for on, reading in opened.items() if on < "2016-03-28"} - {row["day"] for row in expected}
    assert {opened[on].figure.value for on in missing} <= {None}


def test_an_airline_by_day_as_somebody_else_worked_it_out() -> None:
    table = read((DATA / "flights.csv").read_bytes())

    def counted(count: Any) -> list[PeriodReading]:
        recipe = Recipe(date=DateColumn("date"), count=count, period=Period.DAY, zone="America/New_York")
        return list(tally(table, recipe, today=TODAY).readings)

    flown = counted(Rows())
    cancelled = counted(Share(Condition("dep_time", Check.BLANK)))
    in_time = counted(Share(Condition("arr_delay", Check.AT_MOST, "15")))
    delay = counted(OfNumber("arr_delay", Average.MEDIAN))
    for at, row in enumerate(worked_out("flights_by_day.csv")):
        assert flown[at].start == day(row["date"])
        assert flown[at].figure.value == int(row["flights"])
        assert cancelled[at].figure.numerator == int(row["cancelled"])
        assert in_time[at].figure.numerator == int(row["arr_within_15"])
        assert delay[at].figure.value == float(row["median_arr_delay_min"])


def test_weeks_as_they_are_counted_by_hand() -> None:
    """Group 24: 87 of 126 in the first week, 5 of 104 in the second; medians sorted out with a calculator."""
    within = incidents(WITHIN_TIME, "Group 24", Period.WEEK).readings
    assert [(r.start, r.end, r.figure.numerator, r.figure.denominator) for r in within[:2]] == [
        (day("2016-02-29"), day("2016-03-06"), 87, 126),
        (day("2016-03-07"), day("2016-03-13"), 5, 104),
    ]
    assert within[0].figure.value == pytest.approx(69.047619)
    hours = incidents(HOURS, "Group 24", Period.WEEK)
    assert [r.figure.value for r in hours.readings[:2]] == [24.5, pytest.approx(37.816667)]
    (why,) = hours.left_out
    assert (why, hours.left_out[why].count) == (Reason.VALUE_MISSING, 1)
    assert hours.rows == hours.counted + hours.filtered + 1


LOG = """opened,closed,team,score,minutes,kind
2026-06-01 09:00,2026-06-01 10:30,A,10,"1,5",bug
2026-06-01 11:00,2026-06-01 10:00,A,6,"2,5",Bug report
2026-06-02 09:00,?,B,11,many,
,2026-06-03 09:00,A,9,"3,0",bug
31/31/2026,2026-06-03 09:00,A,9,"3,0",bug
2026-06-15 09:00,2026-06-15,A,STOP,?,question
2027-01-01 09:00,2027-01-02 09:00,A,9,"3,0",bug
"""


def log(count: Any = None, **said: Any) -> Tally:
    usual = {"date": DateColumn("opened"), "period": Period.WEEK, "zone": "Europe/London"}
    return tally(read(LOG.encode()), Recipe(count=count or Rows(), **{**usual, **said}), today=TODAY)


def told(result: Tally) -> dict[Reason, tuple[int, str]]:
    return {why: (seen.examples[0].row, seen.examples[0].value) for why, seen in result.left_out.items()}


DATES = {
    Reason.DATE_MISSING: (5, ""),
    Reason.DATE_UNREADABLE: (6, "31/31/2026"),
    Reason.DATE_AHEAD: (8, "2027-01-01 09:00"),
}


def test_rows_are_counted_by_week_and_those_without_a_day_are_told() -> None:
    result = log()
    assert [(r.start, r.figure.value) for r in result.readings] == [
        (day("2026-06-01"), 3),
        (day("2026-06-08"), None),
        (day("2026-06-15"), 1),
    ]
    assert told(result) == DATES
    assert (result.rows, result.counted, result.filtered) == (7, 4, 0)


def test_a_period_without_rows_is_a_gap_or_a_count_of_none_as_somebody_says() -> None:
    assert [r.figure.value for r in log(empty=Empty.ZERO).readings] == [3, 0, 1]
    assert log(empty=Empty.ZERO).readings[1].figure.n == 0


def test_a_group_is_followed_as_far_as_the_file_reaches() -> None:
    result = log(group=Condition("team", Check.IS, " b "), empty=Empty.ZERO)
    assert [r.figure.value for r in result.readings] == [1, 0, 0]
    assert (result.filtered, result.left_out) == (6, {})


def test_time_between_two_columns_tells_what_cannot_be() -> None:
    result = log(OfTime(DateColumn("opened"), DateColumn("closed"), Unit.MINUTES, Average.MEAN))
    assert result.readings[0].figure.value == 90
    assert told(result) == DATES | {
        Reason.END_BEFORE_START: (3, "2026-06-01 10:00"),
        Reason.VALUE_MISSING: (4, "?"),
        Reason.NO_TIME_OF_DAY: (7, "2026-06-15"),
    }


def test_a_moment_at_midnight_has_its_time_of_day_in_a_workbook_too() -> None:
    start, end = datetime.combine(day("2026-06-01"), time(21)), datetime.combine(day("2026-06-02"), time())
    table = read(xlsx_file(["opened", "closed"], [[start, end], [end, end]]))
    count = OfTime(DateColumn("opened"), DateColumn("closed"), Unit.HOURS, Average.MEAN)
    recipe = Recipe(date=DateColumn("opened"), count=count, period=Period.DAY, zone="Europe/London")
    assert [reading.figure.value for reading in tally(table, recipe, today=TODAY).readings] == [3, 0]


def test_answers_and_numbers_tell_what_is_none() -> None:
    answers = log(OfAnswers("score", Question.NPS))
    assert (answers.readings[0].figure.value, answers.readings[0].figure.n) == (0, 2)
    assert told(answers) == DATES | {Reason.OFF_SCALE: (4, "11"), Reason.NOT_AN_ANSWER: (7, "STOP")}
    numbers = log(OfNumber("minutes", Average.MEAN), decimal_sign=DecimalSign.COMMA)
    assert (numbers.readings[0].figure.value, numbers.readings[0].figure.numerator) == (2, 4)
    assert told(numbers) == DATES | {Reason.VALUE_UNREADABLE: (4, "many"), Reason.VALUE_MISSING: (7, "?")}


@pytest.mark.parametrize(
    ("check", "value", "hits", "n"),
    [
        (Check.IS, "BUG", 1, 3),
        (Check.IS_NOT, "bug", 2, 3),
        (Check.CONTAINS, "bug", 2, 3),
        (Check.CONTAINS_NOT, "bug", 1, 3),
        (Check.BLANK, "", 1, 4),
        (Check.NOT_BLANK, "", 3, 4),
    ],
)
def test_a_share_leaves_out_rows_where_the_column_says_nothing(check: Check, value: str, hits: int, n: int) -> None:
    result = log(Share(Condition("kind", check, value)), period=Period.MONTH)
    figure = result.readings[0].figure
    assert (figure.numerator, figure.denominator) == (hits, n)
    assert (Reason.VALUE_MISSING in result.left_out) is (n == 3)


def test_a_share_by_a_number_leaves_out_what_is_none() -> None:
    result = log(Share(Condition("score", Check.AT_MOST, "6")), period=Period.MONTH)
    assert (result.readings[0].figure.numerator, result.readings[0].figure.denominator) == (1, 3)
    assert told(result)[Reason.VALUE_UNREADABLE] == (7, "STOP")


@pytest.mark.parametrize(
    ("question", "answers", "value"),
    [
        (Question.NPS, [10, 9, 7, 0], 25),
        (Question.CSAT, [5, 4, 3, 1], 50),
        (Question.CES, [7, 5, 4, 1], 50),
        (Question.CES_ORIGINAL, [1, 2, 3, 5], 2.75),
    ],
)
def test_each_question_has_its_published_measure(question: Question, answers: list[int], value: float) -> None:
    table = read(("d,a\n" + "\n".join(f"2026-06-01,{answer}" for answer in answers)).encode())
    recipe = Recipe(date=DateColumn("d"), count=OfAnswers("a", question), period=Period.DAY, zone="UTC")
    assert tally(table, recipe, today=TODAY).readings[0].figure.value == value


class TestUnfinishedPeriods:
    TABLE = read(b"d,x\n2026-06-22,1\n2026-06-24,1\n2026-06-29,1\n2026-06-30,1")

    def unfinished(self, period: Period, **said: Any) -> list[bool]:
        recipe = Recipe(date=DateColumn("d"), count=Rows(), period=period, zone="UTC")
        readings = tally(self.TABLE, recipe, **{"today": TODAY, **said}).readings
        return [reading.is_unfinished for reading in readings]

    def test_the_week_that_is_not_over_is_marked(self) -> None:
        assert self.unfinished(Period.WEEK) == [False, True]

    def test_today_is_not_over(self) -> None:
        assert self.unfinished(Period.DAY)[-2:] == [False, True]

    def test_nor_is_a_week_that_the_file_does_not_reach_the_end_of(self) -> None:
        assert self.unfinished(Period.WEEK, today=day("2026-08-01")) == [False, True]

    def test_but_a_person_may_know_that_it_is_whole(self) -> None:
        whole = day("2026-07-05")
        assert self.unfinished(Period.WEEK, today=day("2026-08-01"), complete_through=whole) == [False, False]


def test_weeks_begin_where_the_team_says() -> None:
    assert [r.start for r in log(week_start=6).readings] == [day("2026-05-31"), day("2026-06-07"), day("2026-06-14")]


def test_a_file_that_lacks_columns_says_which() -> None:
    with pytest.raises(Unfit) as caught:
        tally(
            read(b"opened,x\n2026-06-01,1"),
            Recipe(date=DateColumn("opened"), count=WITHIN_TIME, period=Period.DAY, zone="UTC"),
            today=TODAY,
        )
    assert caught.value.columns == ("made_sla",)


def test_a_file_without_a_row_that_counts_has_no_readings() -> None:
    recipe = Recipe(date=DateColumn("d"), count=Rows(), period=Period.DAY, zone="UTC")
    empty: Table = read(b"d,x\n")
    assert tally(empty, recipe, today=TODAY).readings == ()
