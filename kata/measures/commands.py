"""Commands about measures: ``flask measures analyse`` judges a file without a database, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup

from kata.measures.meaning import RULES, Meaning, meaning
from kata.measures.rows import Rows, series_in
from kata.spc import MDC, WHEELER, Analysis, Better, Chart, Point, Rule, Segment, Settings, analyse

measures = AppGroup("measures", help="Measures and their readings.")

PRESETS = {"mdc": MDC, "wheeler": WHEELER}
BETTER: dict[str, Better] = {"up": "up", "down": "down", "neutral": "neither"}
TITLES = {"xmr": "Process behaviour chart (XmR)", "run": "Run chart", "dots": "Single points"}
LINES = ("n", "centre", "lower", "upper", "mean_moving_range", "moving_range_upper", "provisional")
RUNS = ("longest_run", "longest_run_limit", "crossings", "crossings_limit")


@measures.command("analyse")
@click.argument("file", type=click.File("rb"))
@click.option("--chart", type=click.Choice(["xmr", "run"]), help="Which chart; else the number of points decides.")
@click.option("--preset", type=click.Choice([*PRESETS]), default="mdc", show_default=True, help="Whose rules.")
@click.option("--better", type=click.Choice([*BETTER]), default="neutral", show_default=True, help="Which way is good.")
@click.option("--target", type=float, help="The value to meet.")
@click.option("--shift", type=click.IntRange(6, 9), help="How many points on one side are a shift or run.")
@click.option("--trend", type=click.Choice(["6", "7", "0"]), help="How many points are a trend; 0: none.")
@click.option("--baseline", type=int, help="The first so many points of each phase give the limits.")
@click.option("--rebase", multiple=True, metavar="LABEL", help="The label that opens a new phase; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print one object for programs.")
def analyse_file(
    file: BinaryIO,
    chart: Chart | None,
    preset: str,
    better: str,
    target: float | None,
    shift: int | None,
    trend: str | None,
    baseline: int | None,
    rebase: Sequence[str],
    as_json: bool,
) -> None:
    """Print limits, signals and what they mean, for FILE: CSV with label and value, or one column of values.

    A blank value is a gap. Rows whose labels are dates are put in the order of time.
    """
    try:
        rows = series_in(file.read(), file.name)
        analysis = analyse(
            rows.values,
            labels=rows.labels,
            chart=chart,
            settings=_settings(PRESETS[preset], shift, trend),
            better=BETTER[better],
            target=target,
            baseline=baseline,
            rebase=[_opening(rows, label) for label in rebase],
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    words = meaning(analysis)
    told = json.dumps(as_object(analysis, rows, words)) if as_json else "\n".join(_report(analysis, words))
    click.echo(told)


def _settings(preset: Settings, shift: int | None, trend: str | None) -> Settings:
    changed = replace(preset, shift=shift) if shift else preset
    return replace(changed, trend=int(trend) or None) if trend else changed


def _opening(rows: Rows, label: str) -> int:
    """The position of the row that bears this label."""
    if rows.labels.count(label) != 1:
        found = "no row" if label not in rows.labels else "more than one row"
        raise ValueError(f"A new phase cannot begin at “{label}”: {found} of the file is called so.")
    return rows.labels.index(label) + 1


def as_object(analysis: Analysis, rows: Rows, words: Meaning) -> dict[str, Any]:
    """What ``--json`` prints. Indexes are places among the rows of the file, which need not be in time order."""
    place = dict(enumerate(rows.positions, 1))
    return {
        "chart": "xmr" if analysis.chart == "xmr" else "run",  # dots are a run chart that has no median yet
        "n": analysis.n,
        "segments": [_segment(segment, place, analysis.chart) for segment in analysis.segments],
        "signals": {rule: [place[at] for at in analysis.where(rule)] for rule in analysis.rules},
        "points": [_point(point, place[point.index]) for point in analysis.points],
        "variation": analysis.variation,
        "assurance": analysis.assurance,
        "cautions": analysis.cautions,
        "sentence": words.sentence,
    }


def _segment(segment: Segment, place: dict[int, int], chart: Chart) -> dict[str, Any]:
    names = LINES if chart == "xmr" else LINES + RUNS
    ends = {"start": place[segment.start], "end": place[segment.end]}
    return {**ends, **{name: getattr(segment, name) for name in names}}


def _point(point: Point, place: int) -> dict[str, Any]:
    return {
        "index": place,
        "label": point.label,
        "value": point.value,
        "signals": point.signals,
        "nature": point.nature,
    }


def _report(analysis: Analysis, words: Meaning) -> Iterator[str]:
    yield f"{TITLES[analysis.chart]}, {analysis.n} points"
    for segment in analysis.segments:
        first, last = analysis.points[segment.start - 1].label, analysis.points[segment.end - 1].label
        yield f"  {first} to {last}: {', '.join(_lines(segment, analysis.chart))}"
    for rule in analysis.rules:
        yield f"  {RULES[rule]}: {', '.join(_stretches(analysis, rule)) or 'none'}"
    yield ""
    yield words.sentence
    yield from filter(None, (words.lesson, *words.cautions))


def _lines(segment: Segment, chart: Chart) -> Iterator[str]:
    yield f"n {segment.n}"
    if segment.centre is not None:
        yield f"{'average' if chart == 'xmr' else 'median'} {_number(segment.centre)}"
    if segment.lower is not None:
        yield f"limits {_number(segment.lower)} and {_number(segment.upper)}"
        yield f"moving range {_number(segment.mean_moving_range)}, at most {_number(segment.moving_range_upper)}"
    if segment.longest_run is not None:
        yield f"longest run {segment.longest_run}, at most {segment.longest_run_limit}"
        yield f"crossings {segment.crossings}, at least {segment.crossings_limit}"
    if segment.provisional:
        yield "provisional"


def _stretches(analysis: Analysis, rule: Rule) -> Iterator[str]:
    """The labels of the points that the rule flags, neighbours told together."""
    points = [point for point in analysis.points if point.value is not None]
    for flagged, run in groupby(points, key=lambda point: rule in point.signals):
        labels = [point.label for point in run]
        if flagged:
            yield labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _number(value: float | None) -> str:
    """With up to four decimals, more than a page shows: whoever runs this compares."""
    return "none" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
