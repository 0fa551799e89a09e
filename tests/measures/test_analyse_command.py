"""`flask measures analyse`: what it reads, what it prints, and what it says when it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from kata.cli import register
from kata.extensions import babel
from kata.spc import Nature
from tests.spc.reference import cases, values

Run = Callable[..., Result]
Ask = Callable[..., dict[str, Any]]

STEADY = [9, 11] * 12


@pytest.fixture
def command() -> Run:
    """The command, as `flask --app wsgi` runs it; it needs no database."""
    app = Flask(__name__)
    babel.init_app(app)
    register(app)
    return lambda *words: app.test_cli_runner().invoke(args=["measures", "analyse", *map(str, words)])


@pytest.fixture
def run(command: Run, tmp_path: Path) -> Run:
    """The command on a file with this text."""

    def invoke(text: str | bytes, *options: object) -> Result:
        file = tmp_path / "readings.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return command(file, *options)

    return invoke


@pytest.fixture
def ask(run: Run) -> Ask:
    """What it prints for programs."""

    def invoke(text: str | bytes, *options: object) -> dict[str, Any]:
        result = run(text, "--json", *options)
        assert result.exit_code == 0, result.output
        return dict(json.loads(result.stdout))

    return invoke


def rows(series: list[Any]) -> str:
    """Labelled r1, r2, …"""
    return "".join(f"r{at},{'' if value is None else value}\n" for at, value in enumerate(series, 1))


def test_the_object_has_what_was_promised(ask: Ask) -> None:
    found = ask(rows([*STEADY, 30, None]), "--better", "up", "--target", 4)
    assert found["chart"] == "xmr"
    assert found["n"] == 25
    (segment,) = found["segments"]
    assert {"start": 1, "end": 26, "n": 25, "provisional": False}.items() <= segment.items()
    assert set(segment) == {
        *("start", "end", "n", "centre", "lower", "upper", "mean_moving_range", "moving_range_upper", "provisional")
    }
    assert found["signals"] == {"outside_limits": [25], "shift": [], "trend": [], "two_of_three": []}
    point = {"label": "r25", "value": 30.0, "signals": ["outside_limits"], "nature": "improvement"}
    assert found["points"][24] == {"index": 25, **point}
    assert found["points"][25]["value"] is None
    assert (found["variation"], found["assurance"]) == ("improvement_high", "hit_or_miss")
    assert found["sentence"].startswith("Something has changed for the better.")


def test_a_run_chart_tells_its_runs(ask: Ask) -> None:
    found = ask(rows(STEADY), "--chart", "run")
    assert found["chart"] == "run"
    assert found["segments"][0]["lower"] is None
    names = ("longest_run", "longest_run_limit", "crossings", "crossings_limit")
    assert [found["segments"][0][name] for name in names] == [1, 8, 23, 8]
    assert ask(rows(STEADY[:4]))["chart"] == "run"


def test_wheelers_rules(ask: Ask) -> None:
    found = ask(rows(values("o14_wheeler_verify_software")), "--preset", "wheeler")
    assert set(found["signals"]) == {"outside_limits", "run", "three_of_four", "moving_range"}
    assert found["signals"]["moving_range"] == [16]


@pytest.mark.parametrize("series", ["o01_ae_rjz_breaches", "o18_ozone_missing", "o07_nile"])
def test_a_series_through_the_file_is_the_series(ask: Ask, series: str) -> None:
    """Unrounded, gaps counted: the flags are those of xmrit, the numbers within its rounding."""
    found = ask(rows(values(series)), "--preset", "wheeler", "--better", "down")
    (expected, *_more) = cases()[series]["xmrit"]
    assert found["signals"]["outside_limits"] == expected["outside_limits"]
    assert found["signals"]["run"] == expected["run"]
    assert found["segments"][0]["centre"] == pytest.approx(expected["segments"][0]["center"], abs=0.01)
    assert {point["nature"] for point in found["points"]} <= set(Nature)


def test_options_change_the_rules(ask: Ask) -> None:
    series = rows([*[5, 15] * 5, *[14] * 7, *[5, 15] * 5])
    assert ask(series)["signals"]["shift"] == list(range(10, 18))
    assert ask(series, "--shift", 9)["signals"]["shift"] == []
    rising = rows([*STEADY, 8.0, 8.5, 9.0, 9.5, 10.0, 10.5])
    assert ask(rising)["signals"]["trend"] == []
    assert ask(rising, "--trend", 6)["signals"]["trend"] == [25, 26, 27, 28, 29, 30]
    assert "trend" not in ask(rising, "--trend", 0)["signals"]


def test_phases_and_a_locked_baseline(ask: Ask) -> None:
    found = ask(rows([*STEADY, *(value + 50 for value in STEADY), 90]), "--rebase", "r25", "--baseline", 12)
    assert [(each["start"], each["end"], each["centre"]) for each in found["segments"]] == [(1, 24, 10), (25, 49, 60)]
    assert found["signals"]["outside_limits"] == [49]


@pytest.mark.parametrize(
    "text",
    [
        "label,value\na,1\nb,\nc,0\nd,4\n",
        "a,1\nb,\nc,0\nd,4\n",
        "value\n1\n\n0\n4\n",
        "1\n\n0\n4\n",
        "Month;Value\r\na;1,0\r\nb;\r\nc;0\r\nd;4,0\r\n",
        "\ufefflabel\tvalue\na\t1\nb\t\nc\t0\nd\t4\n",
        "index,label,value,note\n1,a,1,x\n2,b,,x\n3,c,0,x\n4,d,4,x\n",
    ],
    ids=["header", "no-header", "one-column-header", "one-column", "decimal-comma", "tabs-and-mark", "by-name"],
)
def test_a_blank_is_a_gap_and_0_a_value_however_the_file_is_written(ask: Ask, text: str) -> None:
    found = ask(text)
    assert [point["value"] for point in found["points"]] == [1, None, 0, 4]
    assert [point["index"] for point in found["points"]] == [1, 2, 3, 4]


def test_rows_with_dates_are_put_in_the_order_of_time(ask: Ask) -> None:
    """Trap 14. The indexes stay those of the file."""
    dates = [f"2026-{month:02}-01" for month in range(1, 13)]
    lines = [f"{date},{value}\n" for value, date in enumerate(dates)]
    straight, turned = ask("".join(lines)), ask("".join(reversed(lines)))
    assert turned["signals"]["trend"] == list(range(12, 0, -1))
    assert [point["label"] for point in turned["points"]] == dates
    assert (turned["segments"][0]["start"], turned["segments"][0]["end"]) == (12, 1)
    assert {**turned["segments"][0], "start": 1, "end": 12} == straight["segments"][0]


def test_labels_that_are_no_dates_stay_in_their_order(ask: Ask) -> None:
    found = ask("week 2,1\nweek 10,2\nweek 1,3\n")
    assert [point["label"] for point in found["points"]] == ["week 2", "week 10", "week 1"]
    undecided = ask("03/04/2026,1\n02/05/2026,2\n01/06/2026,3\n")
    assert [point["value"] for point in undecided["points"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("", (), "There are no values in the file."),
        ("label,value\n", (), "There are no values in the file."),
        ("a,1\nb,two\n", (), "Row 2: “two” is not a number."),
        ("a,1\nb,nan\n", (), "Row 2: “nan” is not a number."),
        ("a,1\nb,1e400\n", (), "Row 2: the number is too large to be kept exactly."),
        ('a,"1,234"\nb,"2,345"\n', (), "Row 1: “1,234” can be read in two ways."),
        ("a,1,2\nb,2,3\n", (), "There are 3 columns. Leave a label and a value, and no others."),
        ("a,1\nb\n", (), "Row 2 has 1 cells, where the first row has 2."),
        ("2026-01-01,1\n2026-01-02,2\n2026-01-01,3\n", (), "Rows 1 and 3 have the same date."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", (), "cannot be read as"),
        ("a,1\na,2\n", ("--rebase", "b"), "no row of the file is called so"),
        ("a,1\na,2\n", ("--rebase", "a"), "more than one row of the file is called so"),
        ("a,1\nb,2\n", ("--chart", "xmr", "--baseline", "5"), "A baseline needs at least 12 points"),
    ],
)
def test_what_cannot_be_analysed_is_said_in_one_sentence(
    run: Run, text: str | bytes, options: tuple[str, ...], sentence: str
) -> None:
    result = run(text, *options)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "options", [("--shift", "5"), ("--trend", "5"), ("--better", "left"), ("--chart", "pie"), ("--target", "high")]
)
def test_options_that_make_no_sense_are_refused(run: Run, options: tuple[str, ...]) -> None:
    assert run("a,1\n", *options).exit_code == 2


@pytest.mark.parametrize("value", ["nan", "inf", "1e300"])
def test_a_target_is_an_ordinary_number(run: Run, value: str) -> None:
    assert run("a,1\n", "--better", "up", "--target", value).exit_code == 1


def test_a_file_that_is_not_there_is_said(command: Run, tmp_path: Path) -> None:
    result = command(tmp_path / "nothing.csv")
    assert result.exit_code == 2
    assert "No such file" in result.stderr


def test_for_people_it_prints_lines_signals_and_sentence(run: Run) -> None:
    result = run(rows([*STEADY, 30, 31, 32]), "--better", "down", "--target", 4)
    assert result.stdout.splitlines() == [
        "Process behaviour chart (XmR), 27 points",
        "  r1 to r27: n 27, average 12.3333, limits 5.4787 and 19.1879, moving range 2.5769, at most 8.4214",
        "  outside the limits: r25 to r27",
        "  trend: none",
        "  two of three near a limit: r25 to r27",
        "  shift: r1 to r24",
        "",
        "Something has changed for the worse. The latest point lies above the expected range. "
        "The process is changing, so nobody can tell yet whether it will meet the target of 4.",
        "The chart shows that something changed, not why. Go and see what was different.",
    ]


def test_for_people_a_run_chart_tells_its_runs(run: Run) -> None:
    lines = run(rows(STEADY[:8])).stdout.splitlines()
    assert lines[:3] == [
        "Run chart, 8 points",
        "  r1 to r8: n 8, median 10, longest run 1, at most 6, crossings 7, at least 1, provisional",
        "  trend: none",
    ]
