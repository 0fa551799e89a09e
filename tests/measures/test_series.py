"""From readings to the series that is judged: gaps, phases, windows, and what makes a chart another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.measures import alarms, cadence, shares
from kata.measures.glance import KEPT, Glance, body_of
from kata.measures.series import READS_WELL, Cut, Series, Value, series
from kata.measures.shares import Counts
from kata.spc import Caution, Rule
from kata.teams.cadence import PracticeDays

MONDAY = date(2026, 3, 2)
WEEKDAYS = PracticeDays.of((1, 2, 3, 4, 5))


@dataclass(frozen=True)
class Settings:
    better: str = "up"
    unit: str = "%"
    per: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    cadence: str = ""
    preset: str = "mdc"
    shift: int = 7
    trend: int = 7
    screened: bool = False
    baseline: int | None = None


def readings(*values: float, start: date = MONDAY, step: int = 1) -> list[Value]:
    return [Value(start + timedelta(step * n), value, None, None, "") for n, value in enumerate(values)]


def judged(of: Settings, values: list[Value], *cuts: date) -> Series:
    return series(of, values, [Cut(day, "a new form") for day in cuts])


# Cadence --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "last", "on"),
    [
        ("day", date(2026, 3, 6), date(2026, 3, 9)),
        ("week", MONDAY, date(2026, 3, 13)),
        ("week", date(2026, 3, 6), date(2026, 3, 13)),
        ("month", date(2026, 1, 31), date(2026, 2, 27)),
        ("month", date(2026, 12, 1), date(2027, 1, 29)),
        ("quarter", date(2026, 2, 14), date(2026, 6, 30)),
    ],
)
def test_the_next_reading_is_due_on_the_last_practice_day_of_the_next_period(rhythm: str, last: date, on: date) -> None:
    due = cadence.next_due(rhythm, last, last, WEEKDAYS, on)
    assert due is not None
    assert (due.on, due.state) == (on, "today")


def test_the_first_reading_is_due_in_the_period_in_which_the_measure_was_made() -> None:
    wednesday = date(2026, 3, 4)
    found = {
        rhythm: cadence.next_due(rhythm, None, wednesday, WEEKDAYS, wednesday) for rhythm in ("day", "week", "month")
    }
    assert [due and due.on for due in found.values()] == [wednesday, date(2026, 3, 6), date(2026, 3, 31)]
    assert cadence.next_due("", None, wednesday, WEEKDAYS, wednesday) is None


def test_lateness_is_counted_in_practice_days() -> None:
    friday, monday = date(2026, 3, 6), date(2026, 3, 9)
    due = cadence.next_due("day", date(2026, 3, 5), monday, WEEKDAYS, monday)
    assert due is not None
    assert (due.on, due.state, due.late) == (friday, "late", 1)
    weekend = replace(due, today=date(2026, 3, 7), late=0)
    assert weekend.state == "ahead"  # nobody is late on a Saturday


@given(
    st.sampled_from(["day", "week", "month", "quarter"]),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 127),
)
def test_what_is_due_lies_after_the_last_reading_on_a_practice_day(rhythm: str, last: date, mask: int) -> None:
    practice = PracticeDays.from_mask(mask)
    due = cadence.next_due(rhythm, last, last, practice, last)
    assert due is not None
    assert due.on in practice
    assert due.on > last - timedelta(7)
    assert rhythm != "day" or due.on > last


# Gaps -----------------------------------------------------------------------------------------------------------------


def test_a_measure_without_a_cadence_has_no_gaps() -> None:
    assert judged(Settings(), readings(1, 2, step=40)).days == (MONDAY, MONDAY + timedelta(40))


def test_a_day_of_practice_without_a_reading_is_a_gap_and_a_weekend_is_none() -> None:
    days = [MONDAY + timedelta(n) for n in range(40) if (MONDAY + timedelta(n)).weekday() < 5]
    missed = days.pop(12)
    found = judged(Settings(cadence="day"), [Value(day, 5.0, None, None, "") for day in days])
    assert [day for day, point in zip(found.days, found.analysis.points, strict=True) if point.value is None] == [
        missed
    ]
    assert found.analysis.n == len(days)


def test_each_week_without_a_reading_is_one_gap() -> None:
    found = judged(Settings(cadence="week"), readings(1, 2, step=22))
    assert found.days == (MONDAY, MONDAY + timedelta(7), MONDAY + timedelta(14), MONDAY + timedelta(22))


def test_years_without_a_reading_are_no_gap_but_two_series() -> None:
    assert len(judged(Settings(cadence="day"), readings(1, 2, step=4000)).days) == 2


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 1, 1)), max_size=60), st.sampled_from(list(cadence.MONTHS)))
def test_gaps_lie_between_the_readings_once_each(days: set[date], rhythm: str) -> None:
    known = sorted(days)
    gaps = list(cadence.missing(rhythm, known))
    assert gaps == sorted(set(gaps) - days)
    assert all(known[0] < gap < known[-1] for gap in gaps)


# Phases, windows, warnings ------------------------------------------------------------------------------------------


def test_a_phase_begins_with_its_first_reading_and_one_without_any_yet_changes_nothing() -> None:
    values = readings(*range(30))
    assert [segment.start for segment in judged(Settings(), values, MONDAY + timedelta(12)).analysis.segments] == [
        1,
        13,
    ]
    assert len(judged(Settings(), values, MONDAY + timedelta(90)).analysis.segments) == 1
    assert len(judged(Settings(), values, MONDAY).analysis.segments) == 1


def test_a_window_shows_a_part_as_it_was_judged_within_the_whole() -> None:
    whole = judged(Settings(), readings(*([5.0, 7.0] * 40)), MONDAY + timedelta(30))
    part = whole.window(MONDAY + timedelta(20), MONDAY + timedelta(49))
    assert (part.days[0], part.days[-1]) == (MONDAY + timedelta(20), MONDAY + timedelta(49))
    assert [(each.start, each.end) for each in part.analysis.segments] == [(1, 10), (11, 30)]
    assert part.analysis.segments[1].upper == whole.analysis.segments[1].upper
    assert whole.window(date(1990, 1, 1), date(1991, 1, 1)) is whole


def test_the_rows_around_a_point_hold_it() -> None:
    whole = judged(Settings(), readings(*([5.0, 7.0] * 200)))
    for offset in (0, 3, 200, 398, 399, 1000):
        day = MONDAY + timedelta(offset)
        part = whole.around(day)
        assert len(part.days) == READS_WELL
        assert day in part.days or offset == 1000


def test_a_share_of_few_cases_is_called_small_though_its_values_are_not() -> None:
    of = Settings(per=100, low=0, high=100)
    few = [Value(MONDAY + timedelta(n), 50.0 + n % 3, 1.0, 2.0, "") for n in range(20)]
    many = [each._replace(numerator=500.0, denominator=1000.0) for each in few]
    assert Caution.SMALL_COUNTS in judged(of, few).analysis.cautions
    assert Caution.SMALL_COUNTS not in judged(of, many).analysis.cautions


@pytest.mark.parametrize(
    ("kind", "counts", "small"),
    [
        ("plain", [Counts(0, 1)], False),
        ("share", [Counts(97, 98)], True),
        ("share", [Counts(40, 98)], False),
        ("rate", [Counts(1, 1000)], True),
        ("rate", [Counts(5, 10)], False),
        ("share", [], False),
    ],
)
def test_small_is_what_the_kernel_calls_small(kind: shares.Figure, counts: list[Counts], small: bool) -> None:
    assert shares.are_too_small(kind, counts) is small


def test_presets_and_thresholds_reach_the_kernel() -> None:
    values = readings(*([1.0, 2.0] * 10))
    assert judged(Settings(preset="run"), values).analysis.chart == "run"
    assert judged(Settings(preset="run"), values[:3]).analysis.chart == "dots"
    assert Rule.MOVING_RANGE in judged(Settings(preset="wheeler", shift=9), values).analysis.rules
    assert Rule.TREND not in judged(Settings(trend=0), values).analysis.rules
    assert judged(Settings(baseline=12), values).analysis.last.n == 20


def test_whatever_a_chart_says_is_in_its_seal() -> None:
    values = readings(1, 2, 3)
    plain = judged(Settings(), values).seal
    others = [
        judged(replace(Settings(), **{name: value}), values).seal
        for name, value in {"target": 3.0, "shift": 8, "trend": 0, "better": "down", "cadence": "day", "unit": "h",
                            "screened": True, "baseline": 12, "preset": "run", "low": 0.0, "per": 2.0}.items()
    ]  # fmt: skip
    others += [judged(Settings(), values, MONDAY + timedelta(1)).seal, judged(Settings(), values[:2]).seal]
    others += [judged(Settings(), [*values[:2], values[2]._replace(note="why")]).seal]
    assert len({plain, *others}) == len(others) + 1
    assert judged(Settings(), values).seal == plain


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=90), st.sampled_from(["mdc", "wheeler", "run"]))
def test_a_picture_tells_the_newest_rows_as_they_were_judged(numbers: list[float], preset: str) -> None:
    of = Settings(preset=preset, target=1.0)
    found = judged(of, readings(*numbers), MONDAY + timedelta(15))
    seen = Glance(7, 1, body_of(of, found))
    kept = found.window(found.days[-KEPT] if len(found.days) > KEPT else None, None)
    assert seen.days == kept.days
    assert seen.latest == (found.days[-1], numbers[-1])
    told = [
        [point._replace(index=0, moving_range=None) for point in of.points] for of in (seen.analysis, kept.analysis)
    ]
    assert told[0] == told[1]
    assert seen.analysis.segments == kept.analysis.segments
    assert (seen.analysis.variation, seen.analysis.cautions) == (found.analysis.variation, found.analysis.cautions)
    assert seen.analysis.settings == found.analysis.settings


@pytest.mark.parametrize(
    ("preset", "points", "one"), [("mdc", 24, 6), ("mdc", 3000, 2), ("wheeler", 36, 5), ("run", 8, None)]
)
def test_how_often_a_stable_chart_cries_wolf(preset: str, points: int, one: int | None) -> None:
    assert alarms.one_in(preset, points) == one
