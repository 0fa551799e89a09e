"""Days and spans where the clock jumps: an hour that never was, one that came twice, a day that never was."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.tables import read
from kata.tallies import DateColumn, Empty, Period, Reason, Recipe, Rows, tally
from kata.tallies.periods import Place, was_there

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def changes() -> list[dict[str, str]]:
    lines = (Path(__file__).parents[1] / "data/tz_transitions.csv").read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def place(zone: str, file_zone: str = "") -> Place:
    return Place(ZoneInfo(zone), ZoneInfo(file_zone or zone))


def naive(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


@pytest.mark.parametrize("change", changes(), ids=lambda change: f"{change['zone']} {change['utc_instant']}")
class TestChangesOfClocks:
    def test_a_moment_belongs_to_the_day_it_was_there(self, change: dict[str, str]) -> None:
        here, moment = place(change["zone"]), datetime.fromisoformat(change["utc_instant"])
        for minutes, offset in ((-1, "offset_before_min"), (0, "offset_after_min")):
            then = moment + minutes * MINUTE
            local = (then + int(change[offset]) * MINUTE).date()
            assert here.day(then) == local
            assert place(change["zone"], "UTC").day(then.replace(tzinfo=None)) == local

    def test_a_span_across_it_is_as_long_as_it_really_was(self, change: dict[str, str]) -> None:
        here = place(change["zone"])
        start, end = naive(change["local_window_start"]) - HOUR, naive(change["local_window_end"]) + HOUR
        jump = int(change["offset_after_min"]) - int(change["offset_before_min"])
        assert here.elapsed(start, end) == (end - start - jump * MINUTE).total_seconds()


def test_inside_an_hour_that_came_twice_the_end_may_be_of_the_second_time() -> None:
    here = place("Europe/London")
    assert here.elapsed(naive("2026-10-25T01:50"), naive("2026-10-25T01:10")) == 20 * 60
    assert here.elapsed(naive("2026-10-25T01:10"), naive("2026-10-25T01:50")) == 40 * 60
    assert (here.elapsed(naive("2026-10-26T01:50"), naive("2026-10-26T01:10")) or 0) < 0


def test_offsets_are_kept_and_days_are_spanned_as_days() -> None:
    here = place("Europe/London")
    aware = datetime(2026, 6, 1, 12, tzinfo=UTC)
    assert here.elapsed(aware, naive("2026-06-01T14:00")) == 3600
    assert here.elapsed(date(2026, 3, 28), date(2026, 3, 30)) == 2 * 86_400
    assert here.elapsed(date(2026, 3, 28), aware) is None


def test_a_day_that_never_was_holds_nothing_and_is_no_gap() -> None:
    assert not was_there(date(2011, 12, 30), ZoneInfo("Pacific/Apia"))
    table = read(b"d,x\n2011-12-29,1\n2011-12-30,1\n2011-12-30 10:00,1\n2011-12-31,1")
    recipe = Recipe(date=DateColumn("d"), count=Rows(), period=Period.DAY, zone="Pacific/Apia", empty=Empty.ZERO)
    result = tally(table, recipe, today=date(2012, 1, 31))
    assert [(reading.start.day, reading.figure.value) for reading in result.readings] == [(29, 1), (31, 1)]
    assert result.left_out[Reason.NO_SUCH_DAY].count == 2


def test_readings_of_a_day_that_never_was_are_not_taken_over_at_once() -> None:
    apia, days = place("Pacific/Apia"), [date(2010, 12, 30), date(2011, 12, 29), date(2011, 12, 31)]
    assert apia.has_all(days)
    assert not apia.has_all([*days, date(2011, 12, 30)])
    assert place("Europe/London").has_all([*days, date(2011, 12, 30)])


def test_a_day_without_midnight_is_a_day() -> None:
    here = place("America/Sao_Paulo")
    assert here.day(date(2018, 11, 4)) == here.day(naive("2018-11-04T00:00")) == date(2018, 11, 4)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(Period), st.integers(0, 6))
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(day: date, period: Period, first: int) -> None:
    start = period.start(day, first)
    end = period.end(start)
    assert start <= day <= end
    assert period.start(end, first) == start
    assert period.start(end + timedelta(days=1), first) == end + timedelta(days=1)
    if period is Period.WEEK:
        assert (start.weekday(), (end - start).days) == (first, 6)


@given(st.datetimes(datetime.combine(date(2000, 1, 1), time()), datetime.combine(date(2030, 1, 1), time())))
def test_a_moment_of_the_place_is_of_the_day_it_says(moment: datetime) -> None:
    assert place("Australia/Lord_Howe").day(moment) == moment.date()
