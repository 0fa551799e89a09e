"""When a digest is due, by the clock on its reader's wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.identity import zones
from kata.notifications.schedule import FURTHEST, Wish, next_due, since

MONDAY = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "after", "due"),
    [
        (Wish("weekly", 0, 7, "Europe/London"), "2026-06-03 09:31", "2026-06-08 06:00"),
        (Wish("weekly", 0, 7, "Europe/London"), "2026-06-08 06:00", "2026-06-15 06:00"),
        (Wish("weekly", 0, 7, "Europe/London"), "2026-06-08 05:59", "2026-06-08 06:00"),
        (Wish("weekly", 4, 16, "America/New_York"), "2026-06-03 09:31", "2026-06-05 20:00"),
        (Wish("weekly", 0, 7, "Pacific/Kiritimati"), "2026-06-03 09:31", "2026-06-07 17:00"),
        (Wish("daily", 0, 7, "Europe/London"), "2026-06-03 09:31", "2026-06-04 06:00"),
        # Winter begins: seven in the morning is an hour later in UTC.
        (Wish("weekly", 0, 7, "Europe/London"), "2026-10-24 12:00", "2026-10-26 07:00"),
        # The hour that the clocks leave out comes with the jump; the one that they bring twice comes the first time.
        (Wish("weekly", 6, 1, "Europe/London"), "2026-03-28 12:00", "2026-03-29 01:00"),
        (Wish("weekly", 6, 1, "Europe/London"), "2026-10-24 12:00", "2026-10-25 00:00"),
        (Wish("weekly", 6, 1, "Europe/London"), "2026-10-25 00:30", "2026-11-01 01:00"),
        # Samoa skipped Friday, 30 December 2011.
        (Wish("weekly", 4, 7, "Pacific/Apia"), "2011-12-28 12:00", "2012-01-05 17:00"),
    ],
)
def test_the_next_one_is_due(wish: Wish, after: str, due: str) -> None:
    assert next_due(wish, _utc(after)) == _utc(due)


def test_who_is_off_has_no_turn() -> None:
    assert next_due(Wish("off", 0, 7, "UTC"), MONDAY) is None


@given(
    st.sampled_from(sorted(zones.known())),
    st.sampled_from(["weekly", "daily"]),
    st.integers(0, 6),
    st.integers(0, 23),
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001 - hypothesis draws them bare
)
def test_turns_come_one_after_another_each_on_its_own_day(
    zone: str, rhythm: str, weekday: int, hour: int, after: datetime
) -> None:
    wish = Wish(rhythm, weekday, hour, zone)
    first = next_due(wish, after.replace(tzinfo=UTC))
    assert first is not None
    second = next_due(wish, first)
    assert second is not None
    assert timedelta(0) < second - first <= timedelta(days=15 if rhythm == "weekly" else 3)
    assert second - first > timedelta(hours=20)


def test_a_digest_goes_on_where_the_one_before_ended() -> None:
    begun = MONDAY - timedelta(days=7)
    assert since(begun, MONDAY - timedelta(days=3), MONDAY) == MONDAY - timedelta(days=3)
    assert since(begun, None, MONDAY) == begun
    assert since(begun, MONDAY - timedelta(days=30), MONDAY) == begun
    assert since(begun - FURTHEST, MONDAY - timedelta(days=400), MONDAY) == MONDAY - FURTHEST
