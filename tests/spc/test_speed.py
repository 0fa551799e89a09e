"""A chart of ten thousand points is judged while nobody notices, and four times as many take four times as long."""

from __future__ import annotations

import random
from time import process_time

import pytest

from kata.spc import MDC, WHEELER, Settings, analyse

CHANCE = random.Random(7)  # noqa: S311 - made-up readings, no secret
NOISE = [CHANCE.gauss(10, 2) for _each in range(10_000)]


def seconds(series: list[float], settings: Settings, chart: str) -> float:
    """The quickest of nine, so that whatever else the machine does is left out."""
    taken = []
    for _turn in range(9):
        start = process_time()
        analyse(series, settings=settings, chart=chart, better="up", target=9)  # type: ignore[arg-type]  # the cases come as plain words
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize(("settings", "chart"), [(MDC, "xmr"), (WHEELER, "xmr"), (MDC, "run")])
@pytest.mark.parametrize("series", [NOISE, sorted(NOISE)], ids=["noise", "all-signals"])
def test_the_work_grows_with_the_points_and_no_faster(series: list[float], settings: Settings, chart: str) -> None:
    small, large = seconds(series[:2_500], settings, chart), seconds(series, settings, chart)
    assert large < 0.1  # found: 0.026, all signals 0.040
    assert large < 8 * small
