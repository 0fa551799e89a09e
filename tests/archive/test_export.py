"""An export is everything, in files that any program opens, and nothing of it lets anybody in."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.archive.export import DOOR, SECRETS
from kata.archive.snapshot import kind, tables
from kata.extensions import Model, db
from kata.identity.former import mark
from kata.identity.models import Person
from kata.tables.export import restored
from tests.archive.conftest import everything, run
from tests.cast import Cast

pytestmark = pytest.mark.database

FORMULA = '=HYPERLINK("http://x";"y")\r\n+1, \'quoted\''


@pytest.fixture
def exported(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    with app.app_context():
        db.session.execute(sa.text("update experiment set step = :step where id = 1"), {"step": FORMULA})
        gus = db.session.get_one(Person, cast["gus"].id)
        gus.name, gus.email, gus.password_hash = mark(gus.id), None, None
        gus.disabled_at = gus.anonymised_at = clock.now()
        db.session.commit()
    answer = run(app, "export", str(tmp_path / "out"))
    assert answer.exit_code == 0, answer.stderr
    return tmp_path / "out"


def test_every_row_is_there_twice_as_it_stands(app: Flask, cast: Cast, exported: Path) -> None:
    stands = everything(app)
    with app.app_context():
        known = {each.name: each for each in tables(db.session.connection())}
    for name, table in known.items():
        if name in DOOR:
            assert not (exported / "csv" / f"{name}.csv").exists()
            continue
        columns = [each.name for each in table.columns]
        plain = json.loads((exported / "json" / f"{name}.json").read_text(encoding="utf-8"))
        with (exported / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheet = list(csv.DictReader(file))
        assert len(plain) == len(sheet) == len(stands[name]), name
        for row, one, other in zip(stands[name], plain, sheet, strict=True):
            for column, value in zip(columns, row, strict=True):
                if column in SECRETS or (name, column) == ("person", "name"):
                    continue
                expected = json.loads(value) if kind(table.c[column]) == "json" and value is not None else value
                assert one[column] == expected, (name, column)
                if isinstance(value, str) and kind(table.c[column]) != "json":
                    assert restored(other[column]) == value, (name, column)


def test_nothing_of_it_lets_anybody_in(app: Flask, cast: Cast, exported: Path) -> None:
    text = "".join(
        file.read_text(encoding="utf-8-sig") for file in exported.rglob("*") if file.suffix in {".csv", ".json"}
    )
    with app.app_context():
        for table in Model.metadata.sorted_tables:
            for column in table.columns:
                if "hash" not in column.name:
                    continue
                assert column.name in SECRETS
                secrets = db.session.scalars(sa.select(column).where(column.is_not(None))).all()
                assert [each for each in secrets if each in text] == []
    assert stat.S_IMODE(exported.stat().st_mode) == 0o700


def test_what_people_typed_is_run_by_no_spreadsheet(exported: Path) -> None:
    with (exported / "csv" / "experiment.csv").open(encoding="utf-8-sig", newline="") as file:
        step = next(csv.DictReader(file))["step"]
    assert step.startswith("'=")
    assert restored(step) == FORMULA
    assert json.loads((exported / "json" / "experiment.json").read_text(encoding="utf-8"))[0]["step"] == FORMULA


def test_former_colleagues_are_called_so(cast: Cast, exported: Path) -> None:
    people = {row["id"]: row["name"] for row in json.loads((exported / "json" / "person.json").read_text())}
    assert people[cast["gus"].id] == f"Former\N{NO-BREAK SPACE}colleague\N{NO-BREAK SPACE}{cast['gus'].id}"


def test_an_index_says_what_every_file_and_column_is(exported: Path) -> None:
    index = (exported / "index.md").read_text(encoding="utf-8")
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in package["resources"]} == {
        f"csv/{file.name}" for file in (exported / "csv").iterdir()
    }
    assert {file.stem for file in (exported / "json").iterdir()} == {each["name"] for each in package["resources"]}
    for resource in package["resources"]:
        with (exported / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert f"## {resource['name']}\n\n{resource['description']}" in index
    photo = json.loads((exported / "json" / "photo.json").read_text())[0]["sha256"]
    assert (exported / "attachments" / photo[:2] / f"{photo}.jpg").is_file()


def test_a_folder_that_holds_something_is_left_as_it_is(app: Flask, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    answer = run(app, "export", str(tmp_path / "out"))
    assert answer.exit_code == 1
    assert "holds something" in answer.stderr
    assert [each.name for each in tmp_path.rglob("*")] == ["out", "mine"]
