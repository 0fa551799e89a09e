"""Installations to back up, and others of every engine to restore into."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kata.archive import form, writing
from kata.archive.attachments import data_folder, photo_names, upload_names
from kata.archive.snapshot import rows, snapshot, tables
from kata.extensions import db
from tests import database
from tests.cast import Cast
from tests.conftest import MakeApp

Everything = dict[str, Any]
Craft = Callable[..., Path]
#: What a restore changes of what it brings: nobody is signed in, no mail is sent twice, and the record tells of it.
NOT_THE_SAME = {"activity", "sign_in_session", "sign_in_link", "address_change", "mail"}


@pytest.fixture
def elsewhere(make_app: MakeApp, shared_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """Another installation that is empty, on SQLite."""
    (tmp_path / "elsewhere").mkdir()
    # The files of its pages are those of every other.
    (tmp_path / "elsewhere" / "static").symlink_to(Path(shared_app.config["DATA_FOLDER"]) / "static")
    app = make_app(
        DATA_FOLDER=tmp_path / "elsewhere",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'elsewhere' / 'kata.sqlite'}",
    )
    yield app
    database.let_go(app)


def everything(app: Flask) -> Everything:
    """Every row of every table of an installation, and the names of its files."""
    with app.app_context(), snapshot() as connection:
        known = tables(connection)
        found: Everything = {table.name: list(rows(connection, table)) for table in known}
        names = {*photo_names(connection, known), *upload_names(connection, known)}
        found["files"] = sorted(name for name in names if (data_folder() / name).exists())
    database.let_go(app)
    return found


def same(one: Everything, other: Everything, *, but: set[str] = NOT_THE_SAME) -> bool:
    """Whether two installations hold the same; says where they do not."""
    assert one.keys() == other.keys()
    for name in one.keys() - but:
        assert one[name] == other[name], name
    assert other["activity"][: len(one["activity"])] == one["activity"], "the record goes on from where it stood"
    return True


def run(app: Flask, *words: str) -> Any:
    """What a command answers."""
    with app.app_context():
        db.session.remove()
        return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def archive(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    """A backup of the cast."""
    with app.app_context():
        writing.backup(tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.fixture
def craft(archive: Path, tmp_path: Path) -> Craft:
    """Makes a backup that nobody's app has written: other parts or another table of contents, under a true seal."""

    def make(change: Callable[[dict[str, Any], dict[str, bytes]], object]) -> Path:
        with zipfile.ZipFile(archive) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        told = json.loads(parts.pop(form.MANIFEST))
        change(told, parts)
        made = tmp_path / "crafted.zip"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in parts.items():
                target.writestr(name, data)
            target.writestr(form.MANIFEST, json.dumps(told))
            target.comment = form.MARK + b"0" * form.SEAL
        with made.open("r+b") as file:
            seal = form.seal(file)
            file.seek(-form.SEAL, 2)
            file.write(seal)
        return made

    return make
