"""``flask measures import``: all of the readings in a file, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from kata.extensions import db
from kata.imports.models import ImportRecipe
from kata.measures.models import Measure
from kata.tallies import DateColumn, Period, Recipe, Rows, to_plain
from tests.cast import Cast

pytestmark = pytest.mark.database

Values = Callable[[int], dict[str, float]]
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, cast: Cast, tmp_path: Path) -> Run:
    """Runs the command on a file with this content, for ana's team and its process measure."""
    with app.app_context():
        name = db.session.get_one(Measure, cast.measures["process"]).name

    def do(content: str, *more: str, measure: str = name, team: str = cast.heard.slug) -> Result:
        file = tmp_path / "file.csv"
        file.write_text(content)
        return app.test_cli_runner().invoke(
            args=["measures", "import", str(file), "--team", team, "--measure", measure, *more]
        )

    return do


@pytest.fixture
def process(cast: Cast) -> int:
    return cast.measures["process"]


def test_readings_are_saved_once(run: Run, process: int, values: Values) -> None:
    content = "day,value\n2026-01-05,12\n2026-01-06,9.5\n2026-01-07,\n"
    first = run(content)
    assert (first.exit_code, first.output) == (
        0,
        "Saved: 2 new, 0 corrected, 0 known already.\nGaps, where nothing was measured: 1.\n",
    )
    assert values(process)["2026-01-06"] == 9.5
    assert "0 new, 0 corrected, 2 known already" in run(content).output


def test_a_dry_run_saves_nothing(run: Run, process: int, values: Values) -> None:
    before = values(process)
    assert "Would save: 1 new" in run("day,value\n2026-01-05,12\n", "--dry-run").output
    assert values(process) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("day,value\n2026-01-05,12\nsoon,3\n", "Row 3, column “day”: “soon” is not a date that can be read."),
        ("day,value\n03/04/2026,12\n", "Row 2, column “day”: “03/04/2026” can be read in two ways."),
        ("day;value\n2026-01-05;1,234\n", "Row 2, column “value”: “1,234” can be read in two ways."),
        ("day,value\n2026-01-05,5%\n2026-01-06,5\n", "percent sign and without"),
        ("a,b\nx,y\n", "It is not clear which columns hold the day and the value."),
        ("day,value\n2026-01-05\n", "Row 2 has 1 cells, where the first row has 2."),
        ("", "There is nothing in this file."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    run: Run, process: int, values: Values, content: str, said: str
) -> None:
    before = values(process)
    result = run(content)
    assert result.exit_code == 1
    assert said in result.output
    assert values(process) == before


def test_names_that_nobody_bears_are_said(run: Run) -> None:
    assert "There is no team “nowhere”." in run("day,value\n", team="nowhere").output
    assert "no measure called “Nothing”" in run("day,value\n", measure="Nothing").output
    assert "no recipe called “None”" in run("day,value\n", "--recipe", "None").output


def test_a_kept_recipe_counts_events(app: Flask, cast: Cast, run: Run, process: int, values: Values) -> None:
    recipe = Recipe(date=DateColumn("opened"), zone="Europe/London", period=Period.MONTH, count=Rows())
    with app.app_context():
        body: dict[str, Any] = {"recipe": to_plain(recipe), "form": {}}
        made = ImportRecipe(
            team_id=cast.teams["access"], measure_id=process, name="Tickets", body=body, shape="", by_id=None
        )
        db.session.add(made)
        db.session.commit()
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportRecipe)) == 1
    result = run("opened\n2026-01-05\n2026-01-06\n?\n2026-02-09\n", "--recipe", "Tickets")
    assert "Rows that have no date: 1." in result.output
    assert "is not over in the file and is left out" in result.output
    assert values(process)["2026-01-01"] == 2.0
