"""When cycles are planned: weekdays, clocks that are moved, holidays, and what was held of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.coaching.cadence import HELD, HOLIDAY, MISSED, PLANNED, Cadence, calendar, moment
from kata.teams.cadence import local_day

EN = "en_GB"
WORKDAYS = Cadence(0b0011111, time(9, 15), 20, date(2026, 1, 1), None, "Europe/London")
MONDAY = date(2026, 6, 1)
NO_HOLIDAY_ASKED = """
import json, sys
from datetime import date, time
from kata.coaching.cadence import Cadence
rhythm = Cadence(127, time(9), 20, date(2026, 1, 1), None, "Europe/Paris")
found = len(list(rhythm.slots(date(2026, 1, 1), date(2026, 12, 31), "en_GB")))
print(json.dumps([found, any(name.split(".")[0] == "holidays" for name in sys.modules)]))
"""

zones = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Gaza", "UTC"]
)
#: Beyond these years the library of holidays knows India's only in part, and warns; spans below reach two months on.
days = st.dates(date(2005, 1, 1), date(2034, 12, 31))
times = st.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0))
cadences = st.builds(
    Cadence,
    days=st.integers(1, 127),
    at=times,
    minutes=st.integers(5, 120),
    starts_on=days,
    ended_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    zone=zones,
    country=st.sampled_from(["", "GB", "US", "IN"]),
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# Days and moments ----------------------------------------------------------------------------------------------------


def test_a_rhythm_has_its_weekdays_at_its_time_where_the_team_is() -> None:
    found = list(replace(WORKDAYS, days=0b0001010).slots(MONDAY, MONDAY + timedelta(days=13), EN))
    assert [slot.day for slot in found] == [date(2026, 6, day) for day in (2, 4, 9, 11)]
    assert {(slot.at.hour, slot.at.minute) for slot in found} == {(8, 15)}, "London is an hour ahead in summer"


@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        # The same time of day is another moment in winter than in summer.
        (date(2026, 3, 27), time(9, 15), "Europe/London", utc(2026, 3, 27, 9, 15)),
        (date(2026, 3, 30), time(9, 15), "Europe/London", utc(2026, 3, 30, 8, 15)),
        # Clocks jump from 1:00 to 2:00: 1:30 is not there, and comes as 2:30.
        (date(2026, 3, 29), time(1, 30), "Europe/London", utc(2026, 3, 29, 1, 30)),
        # Clocks go back from 2:00 to 1:00: 1:30 comes twice, and the first counts.
        (date(2026, 10, 25), time(1, 30), "Europe/London", utc(2026, 10, 25, 0, 30)),
        # Half an hour only.
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", utc(2026, 10, 3, 15, 45)),
        # They jump from midnight to 1:00.
        (date(2017, 10, 15), time(0, 30), "America/Sao_Paulo", utc(2017, 10, 15, 3, 30)),
        # Samoa had no 30 December 2011.
        (date(2011, 12, 30), time(9, 0), "Pacific/Apia", None),
        (date(2011, 12, 31), time(9, 0), "Pacific/Apia", utc(2011, 12, 30, 19, 0)),
    ],
)
def test_each_day_has_one_moment(day: date, at: time, zone: str, expected: datetime | None) -> None:
    assert moment(day, at, zone) == expected


def test_a_jump_into_the_next_day_makes_it_begin_earlier() -> None:
    # In Nuuk clocks jump from 23:00 to midnight on a Saturday evening.
    skipped = [time(23, minute) for minute in (0, 30, 59)]
    day = date(2025, 3, 29)
    found = [moment(day, at, "America/Nuuk") for at in skipped]
    assert all(each is not None and local_day(each, "America/Nuuk") == day for each in found)
    assert found == sorted(found)


@given(days, times, zones)
def test_a_moment_lies_on_its_day_and_reads_as_planned_unless_that_time_is_skipped(
    day: date, at: time, zone: str
) -> None:
    found = moment(day, at, zone)
    there = ZoneInfo(zone)
    if found is None:
        assert zone == "Pacific/Apia"
        assert day == date(2011, 12, 30)
        return
    local = found.astimezone(there)
    assert local.date() == day
    exists = any(
        datetime.combine(day, at, there).replace(fold=fold).astimezone(UTC).astimezone(there).replace(tzinfo=None)
        == datetime.combine(day, at)
        for fold in (0, 1)
    )
    assert (local.time() == at) == exists
    assert exists or abs(datetime.combine(day, local.time()) - datetime.combine(day, at)) <= timedelta(hours=1)
    earlier = found - timedelta(hours=1)
    assert earlier.astimezone(there).time() != at or earlier.astimezone(there).date() != day, "the first one counts"


@settings(deadline=None)  # the first example loads the library of holidays
@given(cadences, days, st.integers(0, 60))
def test_slots_lie_within_the_span_on_days_of_the_rhythm_and_in_order(
    cadence: Cadence, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = list(cadence.slots(first, last, EN))
    assert [slot.day for slot in found] == sorted({slot.day for slot in found})
    assert all(one.at < other.at for one, other in pairwise(found))
    for slot in found:
        assert first <= slot.day <= last
        assert slot.day >= cadence.starts_on
        assert cadence.days >> slot.day.weekday() & 1
        assert cadence.ended_at is None or slot.at < cadence.ended_at
    if cadence.ended_at is None and first >= cadence.starts_on and cadence.zone != "Pacific/Apia":
        wanted = [first + timedelta(days=n) for n in range(length + 1)]
        assert [slot.day for slot in found] == [day for day in wanted if cadence.days >> day.weekday() & 1]


@settings(deadline=None)  # the first example loads the library of holidays
@given(cadences, days, st.integers(0, 30), st.integers(0, 30))
def test_two_spans_that_meet_have_the_slots_of_the_whole(cadence: Cadence, first: date, one: int, other: int) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other)
    parts = [*cadence.slots(first, middle, EN), *cadence.slots(middle + timedelta(days=1), last, EN)]
    assert parts == list(cadence.slots(first, last, EN))


def test_nothing_is_planned_before_the_rhythm_begins_and_after_it_ended() -> None:
    # On the day it ended, at 9:00 in London, the cycle of 9:15 was still to come.
    cadence = replace(WORKDAYS, starts_on=date(2026, 6, 3), ended_at=utc(2026, 6, 5, 8))
    assert [slot.day.day for slot in cadence.slots(MONDAY, date(2026, 6, 30), EN)] == [3, 4]
    later = replace(cadence, ended_at=utc(2026, 6, 5, 8, 16))
    assert [slot.day.day for slot in later.slots(MONDAY, date(2026, 6, 30), EN)] == [3, 4, 5]


# Holidays ------------------------------------------------------------------------------------------------------------


def test_a_holiday_of_the_country_or_the_region_is_named() -> None:
    bavaria = replace(WORKDAYS, zone="Europe/Berlin", country="DE", region="BY")
    told = {slot.day.day: slot.holiday for slot in bavaria.slots(MONDAY, date(2026, 6, 5), "de")}
    assert told == {1: "", 2: "", 3: "", 4: "Fronleichnam", 5: ""}
    berlin = replace(bavaria, region="BE")
    assert not any(slot.holiday for slot in berlin.slots(MONDAY, date(2026, 6, 5), "de"))


def test_a_team_that_has_said_no_country_never_loads_the_library() -> None:
    told = subprocess.run([sys.executable, "-c", NO_HOLIDAY_ASKED], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [365, False]


def test_the_next_cycle_is_not_on_a_holiday() -> None:
    british = replace(WORKDAYS, country="GB", region="ENG")
    late_on_thursday = utc(2026, 4, 2, 15)
    found = british.next(late_on_thursday, (), EN)
    assert found is not None
    assert found.day == date(2026, 4, 7), "Good Friday, the weekend and Easter Monday lie between"


# The next one, and what was held -------------------------------------------------------------------------------------


def test_the_next_cycle_is_the_one_that_is_on_now_until_its_time_is_over() -> None:
    def on(now: datetime, *held: date) -> date:
        found = WORKDAYS.next(now, held, EN)
        assert found is not None
        return found.day

    assert on(utc(2026, 6, 3, 8, 0)) == date(2026, 6, 3)
    assert on(utc(2026, 6, 3, 8, 34)) == date(2026, 6, 3)
    assert on(utc(2026, 6, 3, 8, 35)) == date(2026, 6, 4)
    assert on(utc(2026, 6, 3, 8, 20), date(2026, 6, 3)) == date(2026, 6, 4), "today’s has been held"
    assert on(utc(2026, 6, 5, 12)) == date(2026, 6, 8)


def test_a_rhythm_that_begins_later_has_its_first_cycle_then_and_one_that_ended_has_none() -> None:
    later = replace(WORKDAYS, starts_on=date(2027, 2, 6))
    found = later.next(utc(2026, 6, 3), (), EN)
    assert found is not None
    assert found.day == date(2027, 2, 8)
    assert replace(WORKDAYS, ended_at=utc(2026, 6, 1)).next(utc(2026, 6, 3), (), EN) is None


def test_the_calendar_says_held_missed_planned_and_holiday() -> None:
    bavaria = replace(WORKDAYS, days=0b0001111, zone="Europe/Berlin", country="DE", region="BY")
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    held = {date(2026, 6, 2), date(2026, 6, 6)}
    marks = calendar(bavaria, week, held, date(2026, 6, 3), "de")
    assert [mark.state for mark in marks] == [MISSED, HELD, PLANNED, HOLIDAY, "", HELD, ""]
    assert marks[3].slot is not None
    assert marks[3].slot.holiday == "Fronleichnam"


def test_without_a_rhythm_the_calendar_shows_what_was_held() -> None:
    marks = calendar(None, [MONDAY, date(2026, 6, 2)], {MONDAY}, date(2026, 6, 3), EN)
    assert [mark.state for mark in marks] == [HELD, ""]


@settings(deadline=None)  # the first example loads the library of holidays
@given(cadences, days, st.sets(st.integers(0, 27)), st.integers(-5, 33))
def test_each_day_is_in_one_state_and_no_day_ahead_is_missed(
    cadence: Cadence, first: date, held: set[int], today: int
) -> None:
    span = [first + timedelta(days=n) for n in range(28)]
    now, kept = first + timedelta(days=today), {first + timedelta(days=n) for n in held}
    marks = calendar(cadence, span, kept, now, EN)
    planned = {slot.day: slot for slot in cadence.slots(span[0], span[-1], EN)}
    assert [mark.day for mark in marks] == span
    for mark in marks:
        assert (mark.state == HELD) == (mark.day in kept)
        assert mark.state != MISSED or (mark.day < now and mark.day in planned)
        assert mark.state != PLANNED or (mark.day >= now and not planned[mark.day].holiday)
        assert mark.state != HOLIDAY or planned[mark.day].holiday
        assert mark.state or mark.day not in planned
