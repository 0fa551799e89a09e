"""Which signal a board is asked about: the newest run of readings that say the same."""

from __future__ import annotations

from datetime import date, timedelta

from kata.spc import Nature, Rule, analyse
from kata.storyboards.episodes import Episode, newest

FIRST = date(2026, 3, 1)


def _of(values: list[float | None], *, is_all: bool = True, skip: int = 0) -> Episode | None:
    found = analyse(values, better="down")
    days = [FIRST + timedelta(days=at) for at in range(len(values))]
    return newest(days[skip:], found.points[skip:], is_all=is_all)


CALM = [10.0, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


def test_routine_variation_asks_nothing() -> None:
    assert _of([*CALM]) is None


def test_a_shift_is_one_episode_from_its_first_reading_to_its_last() -> None:
    values = [*CALM, *CALM, 5.0, 6, 5, 6, 5, 6, 5, 6]
    found = _of(values)
    assert found is not None
    assert (found.first, found.last) == (FIRST + timedelta(days=24), FIRST + timedelta(days=31))
    assert found.nature is Nature.IMPROVEMENT


def test_it_keeps_its_first_day_while_readings_are_added() -> None:
    values = [*CALM, *CALM, 5.0, 6, 5, 6, 5, 6, 5, 6]
    firsts = {found.first for more in range(3) if (found := _of([*values, *[5.0] * more]))}
    assert len(firsts) == 1


def test_a_gap_does_not_end_it_and_a_calm_reading_does() -> None:
    values = [*CALM, *CALM, 30.0]
    assert (lone := _of(values)) is not None
    assert lone.first == lone.last
    assert lone.rule is Rule.OUTSIDE_LIMITS
    with_gap = _of([*CALM, *CALM, 40.0, None, 40.0, 10.0, 11.0])
    assert with_gap is not None
    assert (with_gap.last - with_gap.first).days == 2


def test_another_nature_is_another_episode() -> None:
    found = _of([*CALM, *CALM, *CALM, 30.0, -9.0])
    assert found is not None
    assert found.first == found.last
    assert found.nature is Nature.IMPROVEMENT


def test_one_that_began_before_what_is_kept_is_not_asked_about() -> None:
    values = [*CALM, *CALM, 5.0, 6, 5, 6, 5, 6, 5, 6]
    assert _of(values, is_all=False, skip=26) is None
    assert _of(values, is_all=False, skip=20) is not None
