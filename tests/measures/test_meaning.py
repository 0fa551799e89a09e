"""Each sentence about an analysis, on the smallest series that deserves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from kata.extensions import babel
from kata.measures.meaning import Meaning, meaning
from kata.spc import MDC, WHEELER, Analysis, Better, Settings, analyse

#: Mean 10, limits 4.7 and 15.3, no signal.
STEADY = [9.0, 11.0] * 12
ROUTINE = "The points so far look like routine variation."
BETTER, WORSE, CHANGED = (f"Something has changed{way}." for way in (" for the better", " for the worse", ""))


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    """A language to speak; neither pages nor a database."""
    app = Flask(__name__)
    babel.init_app(app)
    with app.app_context():
        yield


def verdict(series: list[float], better: Better = "up", settings: Settings = MDC, **asked: object) -> str:
    return meaning(analyse(series, better=better, settings=settings, **asked)).verdict  # type: ignore[arg-type]  # the cases come as plain words


def told(series: list[float | None], settings: Settings = MDC, **asked: object) -> Meaning:
    return meaning(analyse(series, settings=settings, **asked))  # type: ignore[arg-type]  # the cases come as plain words


def test_nothing_fires() -> None:
    assert verdict(STEADY) == ROUTINE
    assert told(list(STEADY)).sentence == ROUTINE


@pytest.mark.parametrize(
    ("series", "better", "worse", "seen"),
    [
        ([*STEADY, 30.0], BETTER, WORSE, "The latest point lies above the expected range."),
        ([*STEADY, -10.0], WORSE, BETTER, "The latest point lies below the expected range."),
        (
            [*STEADY, 10.5, 11.0, 10.5, 11.0, 10.5, 11.0],
            BETTER,
            WORSE,
            "The latest points, 7 or more in a row, all lie above the average.",
        ),
        (
            [*STEADY, 9.0, 8.5, 9.5, 9.0, 8.5, 9.0, 8.5],
            WORSE,
            BETTER,
            "The latest points, 7 or more in a row, all lie below the average.",
        ),
        (
            [*STEADY, 8.0, 8.5, 9.0, 9.5, 10.0, 10.5, 11.0],
            BETTER,
            WORSE,
            "The latest points, 7 or more in a row, rise from each to the next.",
        ),
        (
            [*STEADY, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0],
            WORSE,
            BETTER,
            "The latest points, 7 or more in a row, fall from each to the next.",
        ),
        (
            [*STEADY, 14.4, 11.0, 14.4],
            BETTER,
            WORSE,
            "Two of the latest three points lie at the upper end of the expected range.",
        ),
        (
            [*STEADY, 5.6, 9.0, 5.6],
            WORSE,
            BETTER,
            "Two of the latest three points lie at the lower end of the expected range.",
        ),
    ],
)
def test_what_the_latest_point_says(series: list[float], better: str, worse: str, seen: str) -> None:
    assert verdict(series, "up") == f"{better} {seen}"
    assert verdict(series, "down") == f"{worse} {seen}"
    assert verdict(series, "neither") == f"{CHANGED} {seen}"


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (
            [*STEADY, 13.5, 10.0, 13.5, 13.5],
            f"{BETTER} Three of the latest four points lie nearer to the upper limit than to the average.",
        ),
        (
            [*STEADY, 6.5, 10.0, 6.5, 6.5],
            f"{WORSE} Three of the latest four points lie nearer to the lower limit than to the average.",
        ),
        (
            [*STEADY, 10.5, 11.0, 10.5, 11.0, 10.5, 11.0, 10.5],
            f"{BETTER} The latest points, 8 or more in a row, all lie above the average.",
        ),
        (
            [*[10.0, 10.5, 9.5] * 8, 11.8, 8.7],
            f"{CHANGED} The latest point lies further from the one before than it usually does.",
        ),
    ],
)
def test_what_wheelers_rules_say(series: list[float], words: str) -> None:
    assert verdict(series, "up", WHEELER) == words


def test_signals_before_the_latest_point() -> None:
    assert verdict([*STEADY, 30.0, 10.0]) == (
        "The latest point looks like routine variation. One earlier point is a signal."
    )
    assert verdict([*STEADY, 30.0, -10.0, 10.0]) == (
        "The latest point looks like routine variation. 2 earlier points are signals."
    )


def test_a_phase_is_told_without_the_one_before() -> None:
    assert verdict([*STEADY, 30.0, *STEADY], rebase=[26]) == (
        "Since this phase began, the points so far look like routine variation."
    )
    assert told([*STEADY, None], rebase=[25]).sentence == "This phase has no points yet."
    assert verdict([*STEADY, 12.0], rebase=[25]) == (
        "One point is too few to tell: an expected range needs a second one."
    )


def test_no_variation() -> None:
    assert verdict([5.0] * 20) == "There is no variation in the data: every point is 5."
    assert meaning(analyse([99.5] * 20), unit="%").verdict.endswith("every point is 99.5\N{NO-BREAK SPACE}%.")


def test_few_points() -> None:
    assert verdict([]) == "There are no points yet."
    assert verdict(STEADY[:3]) == "3 more points, and a median can be drawn. Until then each point stands for itself."
    assert verdict(STEADY[:5]) == "One more point, and a median can be drawn. Until then each point stands for itself."
    assert verdict(STEADY[:6]) == "The points so far look like routine variation, but there are few of them."
    assert verdict([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]) == (
        f"{BETTER} The latest points, 7 or more in a row, rise from each to the next."
    )


def test_runs_of_a_run_chart() -> None:
    step = [1.0, 2.0, 1.0, 2.0, 1.0, 9.0, 8.0, 9.0, 8.0, 9.0]
    assert verdict(step) == (
        f"{CHANGED} The points cross the median only once; by chance it is seldom fewer than 2 times."
    )
    assert verdict([1.0, 2.0] * 4 + [9.0, 8.0] * 4, chart="run") == (
        f"{CHANGED} 8 points in a row lie on the same side of the median; by chance it is seldom more than 7."
    )
    frozen = [3.0, 5.0] * 5 + [9.0, 8.0, 9.0, 8.0, 9.0, 8.0]
    assert verdict(frozen, chart="run", baseline=10) == (
        f"{BETTER} The latest points, 6 or more in a row, all lie above the median."
    )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (4, "As it runs now, the process always meets the target of 4\N{NO-BREAK SPACE}days."),
        (10, "As it runs now, the process sometimes meets the target of 10\N{NO-BREAK SPACE}days, sometimes not."),
        (1600, "As it runs now, the process never meets the target of 1,600\N{NO-BREAK SPACE}days."),
    ],
)
def test_always_sometimes_never(target: float, words: str) -> None:
    assert meaning(analyse(STEADY, better="up", target=target), unit="days").target == words


def test_the_target_where_it_cannot_be_told() -> None:
    assert told([*STEADY, 30.0], better="up", target=4).target == (
        "The process is changing, so nobody can tell yet whether it will meet the target of 4."
    )
    assert told([*STEADY[:8]], better="up", target=4).target == (
        "Whether the process meets the target of 4 can be told from 12 points on."
    )
    assert told([*STEADY], better="up", target=4, chart="run").target == (
        "A run chart has no limits, so it cannot tell whether the target of 4 will be met."
    )
    assert told([*STEADY], better="up").target == told([*STEADY], target=4).target == ""


def test_provisional() -> None:
    assert told([*STEADY[:19]]).provisional == "The expected range is provisional until there are 20 points."
    assert told([*STEADY, *STEADY[:8]], rebase=[25]).provisional == (
        "The expected range is provisional until this phase has 12 points."
    )
    assert told([*STEADY[:8]]).provisional == ("The median is provisional: it rests on few points and will still move.")
    assert told([*STEADY]).provisional == told([5.0] * 15).provisional == ""


def test_the_lesson_of_the_red_beads() -> None:
    single = "Do not react to single points, good or bad: they come from the same process."
    assert told([*STEADY]).lesson == f"{single} For a better result, change how the work is done."
    assert told([*STEADY], better="up", target=10).lesson == (
        f"{single} To meet the target every time, change how the work is done."
    )
    assert told([*STEADY, 30.0]).lesson == (
        "The chart shows that something changed, not why. Go and see what was different."
    )
    assert told([*STEADY[:3]]).lesson == told([]).lesson == ""


@pytest.mark.parametrize(
    ("series", "settings", "words"),
    [
        (
            [*STEADY[:20], None, None, None],
            MDC,
            "More than a tenth of the values are missing. What happened then, the chart cannot show.",
        ),
        (
            [0, 1, 0, 2, 0, 0, 3, 1, 0, 1, 0, 0, 2, 1, 0, 4, 0, 1],
            MDC,
            "The counts are so small that an improvement can hardly show. "
            "The days from one event to the next tell more.",
        ),
        (
            [*[5.0, 5.0, 5.5, 5.0] * 6],
            MDC,
            "The values come in coarse steps, so the expected range says little. Measure more finely.",
        ),
        (
            [*[9.0, 11.5, 10.0, 12.0, 8.5] * 8],
            MDC,
            "On so long a chart, 7 points in a row lie on one side now and then by chance. Look for 8.",
        ),
        (
            [*[5.25] * 20, 6.0],
            replace(MDC, screening=True),
            "Large jumps were not left out of the expected range: hardly anything else varies.",
        ),
    ],
)
def test_cautions(series: list[float | None], settings: Settings, words: str) -> None:
    assert words in told(series, settings).cautions


def every_kind() -> list[Analysis]:
    """Analyses of all lengths and kinds."""
    tails = ([], [30.0], [-10.0], [30.0, 10.0], [10.5, 11.0] * 4, [8.0, 8.5, 9.0, 9.5, 10.0, 10.5, 11.0])
    return [
        analyse([*STEADY[:n], *tail], settings=settings, better=better, target=10, chart=chart)  # type: ignore[arg-type]  # the cases come as plain words
        for n in (0, 1, 4, 7, 11, 14, 24)
        for tail in tails
        for settings in (MDC, WHEELER)
        for better in ("up", "down", "neither")
        for chart in (None, "xmr", "run")
    ]


def test_no_sentence_claims_a_cause_or_leaves_a_blank() -> None:
    for analysis in every_kind():
        words = meaning(analysis)
        everything = " ".join([words.sentence, words.lesson, *words.cautions])
        assert not re.search(r"because|caused|thanks to|due to|result of|led to", everything), everything
        assert not re.search(r"%\(|None| {2}|\.\.", everything), everything
        assert all(words.endswith(".") for words in (everything.strip(), words.verdict))


def test_a_change_is_called_one_only_where_a_rule_fired() -> None:
    for analysis in every_kind():
        fired = any(point.signals for point in analysis.points)
        fired |= any(segment.long_run or segment.few_crossings for segment in analysis.segments)
        assert fired or "has changed" not in meaning(analysis).verdict
