"""The process behaviour chart as geometry: what is drawn, where, and what is told of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kata import charts
from kata.charts import Condition, Experiment, Phase, Story
from kata.spc import WHEELER, analyse
from tests.charts.series import BETTER, FIRST, LABELS, draw, noise, weeks

values = some.lists(
    some.one_of(some.none(), some.floats(-1e6, 1e6).map(lambda value: round(value, 3))), min_size=1, max_size=40
)


@settings(deadline=None)
@given(values, some.booleans(), some.integers(1, 60))
def test_everything_lies_on_the_paper(numbers: list[float | None], wheeler: bool, ahead: int) -> None:
    days = weeks(len(numbers))
    experiments = [Experiment(days[-1], 1, "a", "", 3.0, days[-1] + timedelta(ahead), 1e5)]
    told = Story([Condition(FIRST, days[-1], "x", value=2.0)], experiments, notes={days[0]: "why"})
    chart = draw(numbers, told, near=True, moving_range=True, target=5.0, **({"settings": WHEELER} if wheeler else {}))
    assert chart.moving is not None
    for plot in (chart.plot, chart.moving):
        lines = [y for stretch in plot.stretches for y in (stretch.centre, stretch.upper, stretch.lower, *stretch.near)]
        places = [*plot.curve.dots, *((mark.x, mark.y) for mark in plot.curve.marks)]
        heights = [*(y for y in lines if y is not None), *(y for _, y in places), *(end.y for end in plot.ends)]
        assert all(0 <= y <= 100 for y in heights)
        assert all(0 <= x <= 100 for x, _ in places)
        assert [x for x, _ in plot.curve.dots] == sorted(x for x, _ in plot.curve.dots)
    assert all(0 <= each.x <= 100 and 0 <= each.y <= 100 for each in chart.expectations)
    assert [row.place is None for row in chart.rows] == [number is None for number in numbers]


def test_a_signal_has_a_shape_a_rule_and_a_direction() -> None:
    chart = draw(BETTER, better="up")
    marks = chart.plot.curve.marks
    assert {mark.tone for mark in marks if mark.x > 65} == {"better"}
    assert chart.tones == ("better", "worse")
    assert chart.rows[-1].tone == "better"
    assert "shift" in chart.rows[-1].rules
    assert chart.rows[-1].ways[0] == "high"
    assert chart.rows[-1].value == "73\N{NO-BREAK SPACE}%"


def test_a_measure_without_a_better_direction_is_only_told_that_it_changed() -> None:
    assert draw(BETTER).tones == ("neutral",)


def test_limits_are_drawn_no_further_than_what_is_possible() -> None:
    chart = draw([96.0, 88, 99, 91, 97, 85, 99, 94, 90, 98, 93, 99, 89], bounds=(0, 100))
    stretch = chart.plot.stretches[0]
    assert stretch.upper is None
    assert stretch.top == 0
    assert stretch.lower is not None
    assert {end.kind for end in chart.plot.ends} == {"centre", "lower"}
    assert chart.plot.worded == ("centre", "lower")


def test_each_phase_has_lines_of_its_own_and_a_name_where_it_begins() -> None:
    days = weeks(len(BETTER))
    chart = draw(BETTER, Story(phases=[Phase(days[14], "new form", "The form asks for the name.")]), rebase=[15])
    first, second = chart.plot.stretches
    assert first.x2 == second.x1
    assert (first.x1, second.x2) == (0, 100)
    last, opening = chart.rows[13].place, chart.rows[14].place
    assert last is not None
    assert opening is not None
    assert last[0] < first.x2 < opening[0]
    assert first.centre is not None
    assert second.centre is not None
    assert first.centre > second.centre
    assert [phase.name for phase in chart.phases] == ["new form"]
    assert chart.events[0].words == "The form asks for the name."


def test_a_gap_breaks_the_line_and_is_told_in_the_table() -> None:
    chart = draw([50.0, 52, None, 51, 53, 49, 50])
    assert chart.plot.curve.line.count("M") == 2
    assert chart.rows[2].value == ""
    assert chart.rows[2].place is None
    assert chart.count == 6


def test_few_readings_are_dots_then_a_run_chart_then_a_process_behaviour_chart() -> None:
    dots, run, xmr = draw(BETTER[:4]), draw(BETTER[:9]), draw(BETTER[:14])
    assert (dots.kind, dots.plot.curve.line, dots.plot.ends) == ("dots", "", ())
    assert (run.kind, run.has_range, [end.kind for end in run.plot.ends]) == ("run", False, ["centre"])
    assert (xmr.kind, xmr.has_range, xmr.is_provisional) == ("xmr", True, True)


def test_the_moving_ranges_come_where_they_are_judged() -> None:
    numbers = [*BETTER[:14], 90.0]
    assert draw(numbers).moving is None
    wheeler = draw(numbers, settings=WHEELER)
    assert wheeler.moving is not None
    assert [mark.tone for mark in wheeler.moving.curve.marks] == ["neutral"]
    assert wheeler.moving.levels[0].label == "0"
    assert wheeler.rows[1].moving_range == "3"


def test_lines_near_the_limits_follow_the_rules_that_are_on() -> None:
    assert draw(BETTER).plot.stretches[0].near == ()
    mdc, wheeler = draw(BETTER, near=True), draw(BETTER, near=True, settings=WHEELER)
    stretch = mdc.plot.stretches[0]
    assert stretch.centre is not None
    assert stretch.upper is not None
    assert stretch.near[0] == pytest.approx(stretch.centre + 2 / 3 * (stretch.upper - stretch.centre), abs=0.02)
    assert wheeler.plot.stretches[0].near != stretch.near


def test_experiments_in_one_place_share_a_flag() -> None:
    days = weeks(20)
    told = [Experiment(days[place], number, f"step {number}", f"/experiments/{number}") for number, place in
            ((1, 2), (2, 10), (3, 10), (4, 11), (5, 18))]  # fmt: skip
    chart = draw(noise(20), Story(experiments=told))
    assert [(flag.label, flag.count) for flag in chart.flags] == [("1", 1), ("2–4", 3), ("5", 1)]
    assert chart.flags[1].words == "2 step 2 · 3 step 3 · 4 step 4"
    assert len(chart.flags[1].lines) == 3
    far = draw(noise(20), Story(experiments=[told[0], told[2]]))
    assert [flag.label for flag in far.flags] == ["1", "3"]
    apart = draw(noise(20), Story(experiments=[told[1], told[4], Experiment(days[10], 9, "")]))
    assert [flag.label for flag in apart.flags] == ["2 +1", "5"]


def test_an_experiment_before_the_first_reading_has_no_flag_but_stays_in_the_list() -> None:
    chart = draw(noise(20), Story(experiments=[Experiment(FIRST - timedelta(90), 1, "early")]))
    assert chart.flags == ()
    assert [event.words for event in chart.events] == ["early"]


def test_an_expectation_makes_room_on_both_axes() -> None:
    days = weeks(12)
    told = Story(experiments=[Experiment(days[10], 4, "ask first", "", 20.0, days[-1] + timedelta(21), None)])
    chart = draw(BETTER[:12], told)
    assert chart.plot.curve.dots[-1][0] < chart.expectations[0].x < 100
    assert chart.expectations[0].y > max(y for _, y in chart.plot.curve.dots)
    assert chart.expectations[0].happened is None


def test_the_axis_reaches_today_and_says_where_that_is() -> None:
    days = weeks(12)
    assert draw(BETTER[:12], today=days[-1]).today is None
    chart = draw(BETTER[:12], today=days[-1] + timedelta(30))
    assert chart.today is not None
    assert chart.plot.curve.dots[-1][0] < chart.today < 100


def test_a_day_far_ahead_does_not_squeeze_the_readings() -> None:
    days = weeks(12)
    slip = Experiment(days[10], 4, "ask first", "", 2e6, days[-1] + timedelta(36500))
    chart = draw(BETTER[:12], Story(experiments=[slip]), today=days[-1] + timedelta(3650))
    assert chart.plot.curve.dots[-1][0] > 90
    assert chart.expectations == ()
    assert chart.today is None
    assert chart.plot.levels[-1].label == "70\N{NO-BREAK SPACE}%"
    assert [event.words for event in chart.events] == ["ask first"]


def test_notes_are_lettered_in_the_order_of_time() -> None:
    days = weeks(12)
    chart = draw(BETTER[:12], Story(notes={days[7]: "later", days[2]: "first", FIRST - timedelta(1): "of no reading"}))
    assert [(note.letter, note.side) for note in chart.notes] == [("a", "below"), ("b", "below")]
    assert [(event.sign, event.words) for event in chart.events] == [("a", "first"), ("b", "later")]
    assert chart.rows[2].letter == "a"


def test_a_long_chart_keeps_its_extremes_and_lets_them_be_reached() -> None:
    days = [date(2000, 1, 1) + timedelta(number) for number in range(10_000)]
    chart = draw(noise(10_000), Story(notes={days[4321]: "why"}), days=days, better="down")
    assert chart.is_long
    assert [row.note for row in chart.rows if row.letter] == ["why"]
    assert chart.plot.curve.dots == ()
    assert chart.plot.curve.marks == ()
    assert any(row.value == "99\N{NO-BREAK SPACE}%" and "outside_limits" in row.rules for row in chart.rows)
    assert len(chart.rows) < 700
    assert chart.rows[-1].key == days[-1].isoformat()
    assert chart.tones == ("better", "worse")


def test_charts_can_share_a_value_axis() -> None:
    low, high = analyse(BETTER[:14]), analyse([value + 20 for value in BETTER[:14]])
    span = charts.common_span([low, high])
    one, other = (charts.small(each, weeks(14), LABELS, span=span) for each in (low, high))
    assert one.end is not None
    assert other.end is not None
    assert one.end[1] > other.end[1]


def test_a_small_chart_tells_its_latest_reading() -> None:
    chart = charts.small(analyse([*BETTER, None], better="up"), weeks(23), LABELS)
    assert chart.latest is not None
    assert (chart.latest.value, chart.latest.tone) == ("73\N{NO-BREAK SPACE}%", "better")
    nothing = charts.small(analyse([None, None]), weeks(2), LABELS)
    assert (nothing.latest, nothing.end) == (None, None)


def test_a_spark_shows_the_way_that_is_wanted_and_the_way_that_was_gone() -> None:
    days = weeks(6)
    told = [Experiment(days[2], 1, ""), Experiment(days[0] - timedelta(300), 2, "")]
    start, goal = (days[0], 11.0), (days[-1] + timedelta(14), 4.0)
    line = charts.spark(days, [11.0, 10, None, 9, 9, 8], LABELS, start=start, goal=goal, experiments=told)
    assert line.goal is not None
    assert line.end is not None
    assert line.goal[0] > line.end[0]
    assert line.goal[1] > line.end[1]
    assert line.line.count("M") == 2
    assert len(line.experiments) == 1
    assert line.latest == "8\N{NO-BREAK SPACE}%"
    assert charts.spark([], [], LABELS, goal=(FIRST, 4.0)).line == ""


def test_as_many_days_as_readings_are_needed() -> None:
    with pytest.raises(ValueError, match="2 days were given for 3 points"):
        charts.draw(analyse([1.0, 2.0, 3.0]), weeks(2), LABELS)
