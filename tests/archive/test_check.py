"""The check finds whatever does not hold, and is quiet where everything does."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.leadership.actions import refresh
from tests.archive.conftest import run
from tests.cast import Cast

pytestmark = pytest.mark.database

#: What somebody breaks past the app, and the words in which the check tells it.
BROKEN = {
    "update experiment set learned = 'Said by nobody' where id = 1": (
        "experiment 1 is told otherwise: learned",
        "experiment 1 stands otherwise in the index",
    ),
    "update person set name_folded = 'x' where id = 1": ("person 1 would not be found by its name",),
    "update area set parent_id = (select max(id) from area) where parent_id is null": ("stands above itself",),
    "update person set is_administrator = false": ("no administrator is left",),
    "update photo set board_id = (select max(id) from storyboard)": ("refers to a experiment of another board",),
    "update team set version = 0 where id = 1": ("team 1 has none",),
    "delete from measure_picture where measure_id = (select min(measure_id) from reading)": (
        "has readings and no picture",
    ),
    "update reading set value = value + 1 where measure_id = (select max(measure_id) from reading)": (
        "is not what its readings make",
    ),
    "update area_figures set boards = boards + 1": ("are not the sum of its teams",),
    "update team_figures set steps = '{}'": ("are not what stands in its rows",),
    "delete from learned where kind = 'obstacle'": ("is not in the index", "belong to nothing"),
}


def test_everything_holds_for_the_cast(app: Flask, cast: Cast) -> None:
    with app.app_context():
        refresh.refresh()
    answer = run(app, "check")
    assert answer.exit_code == 0, answer.stdout
    assert "wrong" not in answer.stdout
    assert "Everything holds." in answer.stdout


def test_what_does_not_hold_is_told_with_where(app: Flask, cast: Cast) -> None:
    photo = _a_photo(app)
    kept = photo.read_bytes()
    photo.write_bytes(b"something else")
    other = photo.with_name(f"{'0' * 64}.jpg")
    other.write_bytes(b"of nobody")
    try:
        with app.app_context():
            refresh.refresh()
            for statement in BROKEN:
                db.session.execute(sa.text(statement))
            db.session.commit()
        answer = run(app, "check", "--all")
        photo.unlink()
        again = run(app, "check")
    finally:
        photo.write_bytes(kept)
        other.unlink()
    assert answer.exit_code == 1
    missing = [words for told in BROKEN.values() for words in told if words not in answer.stdout]
    assert missing == [], answer.stdout
    assert "is not what it was" in answer.stdout
    assert f"{other.name} belongs to no row" in answer.stdout
    assert "has no file" in again.stdout
    assert "things are wrong" in again.stderr


def test_what_is_kept_ready_can_be_made_anew(app: Flask, cast: Cast) -> None:
    with app.app_context():
        refresh.refresh()
        for statement in (
            "update measure_picture set body = '{}'",
            "delete from learned_text",
            "delete from team_figures",
        ):
            db.session.execute(sa.text(statement))
        if db.engine.dialect.name == "sqlite":
            db.session.execute(sa.text("insert into person_trigrams (person_trigrams) values ('delete-all')"))
        db.session.commit()
    assert run(app, "check").exit_code == 1
    assert [run(app, command).exit_code for command in ("pictures", "index", "figures")] == [0, 0, 0]
    assert (whole := run(app, "check")).exit_code == 0, whole.output


def test_it_looks_at_the_newest_first_where_time_is_short(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kata.archive.commands.PATIENCE", 0.0)
    answer = run(app, "check")
    assert "Pictures of measures are what their readings make (looked at 1 of " in answer.stdout


def test_it_needs_the_schema_of_this_version(elsewhere: Flask) -> None:
    answer = run(elsewhere, "check")
    assert answer.exit_code == 1
    assert "has no tables yet: run" in answer.stderr


def _a_photo(app: Flask) -> Path:
    from kata.storyboards import photos
    from kata.storyboards.models import Photo

    with app.app_context():
        sha256 = db.session.scalars(sa.select(Photo.sha256).where(Photo.removed_at.is_(None))).first()
        assert sha256
        return photos.path(photos.folder(), sha256)
