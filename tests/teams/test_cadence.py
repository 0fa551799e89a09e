"""Practice days counted, and local days that end when the team's clocks say so."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kata.teams.cadence import PracticeDays, day_end_utc, is_zone, local_day

SECOND = timedelta(seconds=1)
WEEKDAYS = PracticeDays.of([1, 2, 3, 4, 5])
FRIDAY = date(2026, 6, 12)

some_days = st.integers(1, 127).map(PracticeDays.from_mask)
dates = st.dates(date(1990, 1, 1), date(2040, 12, 31))
# Offsets of a quarter of an hour, clocks changed at midnight or just after it, and whole days skipped.
ZONES = (
    "Africa/Cairo America/Sao_Paulo America/Scoresbysund America/St_Johns Asia/Gaza Asia/Kathmandu Asia/Tehran"
    " Australia/Lord_Howe Europe/London Pacific/Apia Pacific/Kwajalein UTC"
).split()


def transitions() -> list[tuple[str, datetime]]:
    lines = (Path(__file__).parents[1] / "data" / "tz_transitions.csv").read_text().splitlines()[1:]
    return [(row["zone"], datetime.fromisoformat(row["utc_instant"])) for row in csv.DictReader(lines)]


def test_after_friday_a_weekday_team_practises_on_monday() -> None:
    assert WEEKDAYS.next_practice_day(FRIDAY) == date(2026, 6, 15)
    assert WEEKDAYS.next_practice_day(date(2026, 6, 15)) == date(2026, 6, 16)


def test_the_start_is_not_counted_and_the_end_is() -> None:
    assert WEEKDAYS.practice_days_between(FRIDAY, FRIDAY) == 0
    assert WEEKDAYS.practice_days_between(FRIDAY, date(2026, 6, 14)) == 0
    assert WEEKDAYS.practice_days_between(FRIDAY, date(2026, 6, 16)) == 2
    assert WEEKDAYS.practice_days_between(date(2026, 6, 16), FRIDAY) == 0


@pytest.mark.parametrize("mask", [-1, 0, 128, 1 << 40])
def test_a_mask_that_is_no_set_of_weekdays_is_refused(mask: int) -> None:
    with pytest.raises(ValueError, match="1 to 127"):
        PracticeDays.from_mask(mask)


@pytest.mark.parametrize("days", [[], [0], [8], [1, 2, 9]])
def test_practice_days_are_at_least_one_of_the_seven(days: list[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        PracticeDays.of(days)


@given(some_days)
def test_the_mask_brings_the_same_days_back(days: PracticeDays) -> None:
    assert PracticeDays.from_mask(days.mask) == days


@given(some_days, dates)
def test_the_next_practice_day_is_the_first_one_later(days: PracticeDays, day: date) -> None:
    following = days.next_practice_day(day)
    assert following in days
    assert day < following <= day + timedelta(7)
    assert days.practice_days_between(day, following) == 1


@given(some_days, dates, st.integers(0, 200))
def test_the_count_is_what_a_walk_over_the_days_counts(days: PracticeDays, start: date, length: int) -> None:
    walked = [start + timedelta(n) for n in range(1, length + 1)]
    assert days.practice_days_between(start, start + timedelta(length)) == sum(day in days for day in walked)


@given(some_days, dates, dates, dates)
def test_two_spans_add_up_to_the_whole(days: PracticeDays, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    parts = days.practice_days_between(first, middle) + days.practice_days_between(middle, last)
    assert parts == days.practice_days_between(first, last)


def test_the_same_moment_is_another_day_elsewhere() -> None:
    moment = datetime(2026, 6, 12, 11, 30, tzinfo=UTC)
    assert local_day(moment, "Pacific/Auckland") == date(2026, 6, 12)
    assert local_day(moment, "Pacific/Kiritimati") == date(2026, 6, 13)
    assert local_day(moment, "Pacific/Pago_Pago") == date(2026, 6, 12)
    assert local_day(datetime(2026, 6, 12, 3, tzinfo=UTC), "America/New_York") == date(2026, 6, 11)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        local_day(datetime(2026, 6, 12), "UTC")  # noqa: DTZ001 - the naive moment is what is refused


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("UTC", date(2026, 6, 12), "2026-06-13T00:00:00"),
        ("Europe/London", date(2026, 3, 29), "2026-03-29T23:00:00"),  # 23 hours long
        ("Europe/London", date(2026, 10, 25), "2026-10-26T00:00:00"),  # 25 hours long
        ("America/Sao_Paulo", date(2018, 11, 3), "2018-11-04T03:00:00"),  # the next day has no midnight
        ("America/Sao_Paulo", date(2019, 2, 16), "2019-02-17T03:00:00"),  # its last hour comes twice
        ("Asia/Tehran", date(2022, 3, 21), "2022-03-21T20:30:00"),
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-30T10:00:00"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00:00"),  # skipped: ends when it would have begun
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-31T10:00:00"),
        ("America/St_Johns", date(2010, 11, 6), "2010-11-07T03:30:00"),  # at 0:01 back to 23:01: comes back
        ("America/Scoresbysund", date(2024, 3, 30), "2024-03-31T01:00:00"),
        ("America/Scoresbysund", date(2016, 10, 29), "2016-10-30T00:00:00"),  # at 1:00 back to midnight
    ],
)
def test_a_day_ends_when_the_local_clocks_say_so(zone: str, day: date, end: str) -> None:
    assert day_end_utc(day, zone) == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "change"), transitions())
def test_days_around_a_change_of_clocks_join_without_hole_or_overlap(zone: str, change: datetime) -> None:
    near = [local_day(change, zone) + timedelta(n) for n in range(-3, 4)]
    for day in near:
        end = day_end_utc(day, zone)
        assert local_day(end, zone) > day
        assert local_day(end - SECOND, zone) <= day
        minutes = (end + timedelta(minutes=n) for n in range(0, 48 * 60, 10))
        assert all(local_day(minute, zone) > day for minute in minutes)  # it never comes back


@given(dates, st.sampled_from(ZONES))
@example(date(1993, 8, 20), "Pacific/Kwajalein")
@example(date(2010, 11, 6), "America/St_Johns")
@example(date(2024, 4, 25), "Africa/Cairo")
@example(date(2016, 10, 29), "America/Scoresbysund")
def test_the_end_is_the_last_second_of_the_day(day: date, zone: str) -> None:
    end = day_end_utc(day, zone)
    assert end.tzinfo is UTC
    assert local_day(end - SECOND, zone) <= day < local_day(end, zone)
    assert end <= day_end_utc(day + timedelta(1), zone)


def test_zones_are_known_by_their_exact_names() -> None:
    assert all(is_zone(name) for name in [*ZONES, "Asia/Kolkata", "America/Argentina/Buenos_Aires"])
    strange = [
        "",
        "Mars/Base",
        "europe/london",
        "../../etc/passwd",
        "/etc/localtime",
        "localtime",
        "Factory",
        "UTC\x00",
        "\ud800",
    ]
    assert not any(is_zone(name) for name in strange)
