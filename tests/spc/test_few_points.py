"""What is drawn, and which signals are offered, by the number of points (`spc.md`, section 3)."""

from __future__ import annotations

import pytest

from kata.spc import MDC, WHEELER, Assurance, Caution, Rule, Variation, analyse

WAVE = [3.0, 5.0, 2.0, 6.0, 4.0, 1.0, 7.0, 2.0, 5.0, 3.0, 6.0, 4.0, 2.0, 5.0, 3.0, 6.0, 1.0, 4.0, 7.0, 2.0, 5.0]


@pytest.mark.parametrize(("n", "chart"), [(0, "dots"), (1, "dots"), (5, "dots"), (6, "run"), (11, "run"), (12, "xmr")])
def test_the_number_of_points_chooses_the_chart(n: int, chart: str) -> None:
    assert analyse([*WAVE[:n], None, None]).chart == chart


def test_whoever_asks_for_a_chart_gets_it() -> None:
    assert analyse(WAVE[:7], chart="xmr").last.upper is not None
    assert analyse(WAVE, chart="run").last.upper is None


def test_up_to_five_points_are_dots_without_a_line() -> None:
    analysis = analyse(WAVE[:5], better="up", target=3)
    assert analysis.last.centre is None
    assert (analysis.variation, analysis.assurance, analysis.rules) == (None, None, ())


def test_six_to_nine_points_are_tested_for_a_trend_only() -> None:
    rising = analyse([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 5.0, 6.0], better="up")
    assert rising.rules == (Rule.TREND,)
    assert rising.where(Rule.TREND) == [1, 2, 3, 4, 5, 6, 7]
    step = analyse([1.0, 2.0, 1.0, 2.0, 9.0, 8.0, 9.0, 8.0]).last
    assert (step.crossings, step.crossings_limit, step.few_crossings) == (1, 1, False)


def test_ten_and_eleven_points_are_tested_for_crossings_as_well() -> None:
    step = [1.0, 2.0, 1.0, 2.0, 1.0, 9.0, 8.0, 9.0, 8.0, 9.0]
    segment = analyse(step).last
    assert (segment.crossings, segment.crossings_limit, segment.few_crossings) == (1, 2, True)
    assert analyse(step).variation is None
    assert analyse(WAVE[:11]).variation is Variation.COMMON_CAUSE


def test_the_longest_run_is_tested_from_twelve_points_on() -> None:
    frozen = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]
    assert not analyse([*frozen, 9.0], chart="run", baseline=10).last.long_run
    assert analyse([*[1.0] * 8, *[2.0] * 8], chart="run").last.long_run


def test_six_points_beyond_a_median_that_was_frozen_before_are_a_signal() -> None:
    before = WAVE[:10]
    later = [9.0, 8.0, 9.0, 3.5, 8.0, 9.0, 8.0]  # 3.5 is the median itself: it neither counts nor breaks
    analysis = analyse([*before, *later], chart="run", baseline=10, better="up")
    assert analysis.last.centre == 3.5
    assert analysis.where(Rule.SHIFT) == [11, 12, 13, 15, 16, 17]
    assert analysis.variation is Variation.IMPROVEMENT_HIGH
    assert Caution.PROVISIONAL in analysis.cautions
    assert analyse([*before, *later[:-1]], chart="run", baseline=10).where(Rule.SHIFT) == []


def test_points_of_the_baseline_itself_are_no_run_beyond_it() -> None:
    analysis = analyse([*[1.0] * 6, *[9.0] * 6, 1.0], chart="run", baseline=12)
    assert analysis.where(Rule.SHIFT) == []


def test_limits_are_provisional_below_twenty_points_and_in_a_phase_below_twelve() -> None:
    assert analyse(WAVE[:19]).last.provisional
    assert not analyse(WAVE[:20]).last.provisional
    first, second = analyse([*WAVE, *WAVE[:11]], rebase=[22]).segments
    assert (first.provisional, second.provisional) == (False, True)
    assert not analyse([*WAVE, *WAVE[:12]], rebase=[22]).last.provisional


def test_a_single_point_has_a_mean_and_no_limits() -> None:
    segment = analyse([7.0], chart="xmr").last
    assert (segment.centre, segment.lower, segment.upper, segment.mean_moving_range) == (7, None, None, None)


def test_nothing_at_all_is_nothing() -> None:
    for chart in ("xmr", "run", "dots"):
        analysis = analyse([], chart=chart)  # type: ignore[arg-type]  # the cases come as plain words
        assert (analysis.n, analysis.points, analysis.last.centre, analysis.variation) == (0, (), None, None)


def test_a_phase_that_holds_only_gaps_has_no_verdict() -> None:
    analysis = analyse([*WAVE, None, None], rebase=[22], better="up", target=3)
    assert (analysis.last.n, analysis.last.centre) == (0, None)
    assert (analysis.variation, analysis.assurance) == (None, None)


@pytest.mark.parametrize("settings", [MDC, WHEELER])
def test_no_assurance_below_twelve_points_of_the_last_phase(settings: object) -> None:
    ask = {"better": "up", "target": 30, "rebase": [22], "settings": settings}
    assert analyse([*WAVE, *WAVE[:11]], **ask).assurance is None  # type: ignore[arg-type]  # the cases come as plain words
    assert analyse([*WAVE, *WAVE[:12]], **ask).assurance is Assurance.FAIL  # type: ignore[arg-type]  # the cases come as plain words
