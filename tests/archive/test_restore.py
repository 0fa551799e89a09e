"""A restore believes no archive that it has not checked, and leaves everything as it was where it refuses."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kata.archive import form, loading, reading
from kata.archive.form import Refusal
from kata.extensions import db, engine_options
from tests import database
from tests.archive.conftest import Craft, everything, run, same
from tests.cast import Cast

pytestmark = pytest.mark.database
ROOT = Path(__file__).resolve().parents[2]
Parts = dict[str, bytes]


def refuses(file: Path) -> bool:
    try:
        with reading.opened(file):
            return False
    except Refusal:
        return True


def test_a_change_of_any_byte_is_noticed(archive: Path) -> None:
    whole = archive.read_bytes()
    changed = archive.with_name("changed.zip")

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        at=st.one_of(st.integers(0, len(whole) - 1), st.integers(1, 200).map(lambda n: len(whole) - n)),
        by=st.integers(1, 255),
    )
    def is_noticed(at: int, by: int) -> None:
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ by]) + whole[at + 1 :])
        assert refuses(changed)

    is_noticed()


def test_a_cut_anywhere_is_noticed(archive: Path) -> None:
    whole = archive.read_bytes()
    cut = archive.with_name("cut.zip")
    for length in (0, 1, 80, 83, 84, len(whole) // 2, len(whole) - 65, len(whole) - 1):
        cut.write_bytes(whole[:length])
        assert refuses(cut), length
    cut.write_bytes(whole + b"\0")
    assert refuses(cut), "nor is anything added"


def told(name: str, value: object) -> Any:
    return lambda manifest, _parts: manifest.update({name: value})


def renamed(to: str) -> Any:
    def change(manifest: dict[str, Any], parts: Parts) -> None:
        one = manifest["files"][0]
        parts[to] = parts.pop(one["name"])
        one["name"] = to

    return change


def smuggled(_manifest: dict[str, Any], parts: Parts) -> None:
    parts["attachments/more.txt"] = b"more"


def swollen(manifest: dict[str, Any], parts: Parts) -> None:
    """Sizes that the manifest tells, and that are not those of the ZIP."""
    manifest["files"][0]["bytes"] = 1 << 40


def swapped(manifest: dict[str, Any], parts: Parts) -> None:
    parts["tables/area.jsonl"] = b"[1]\n"
    part = next(each for each in manifest["tables"] if each["name"] == "tables/area.jsonl")
    part.update(bytes=4, rows=1)


CRAFTED = {
    "newer format": (told("format", form.FORMAT + 1), "newer version"),
    "newer schema": (told("schema", "9999"), "newer version"),
    "no manifest of ours": (told("tables", None), "cannot be read"),
    "out of the folder": (renamed("attachments/../../../outside.jpg"), "belongs in no backup"),
    "from the root": (renamed("/outside.jpg"), "belongs in no backup"),
    "under another folder": (renamed("static/inside.js"), "belongs in no backup"),
    "into the database": (renamed("kata.sqlite"), "belongs in no backup"),
    "more than it says": (smuggled, "other files than it says"),
    "sizes that are not so": (swollen, "other sizes than it says"),
    "another part": (swapped, "is not what was written"),
}


def test_an_archive_that_somebody_made_is_refused_with_a_sentence(craft: Craft, app: Flask) -> None:
    before = everything(app)
    for case, (change, sentence) in CRAFTED.items():
        answer = run(app, "restore", "--replace", str(craft(change)))
        assert answer.exit_code == 1, case
        assert sentence in answer.stderr, case
        assert answer.stderr.count("\n") == 1, case
    assert everything(app) == before


def test_sizes_that_no_zip_can_have_are_refused(archive: Path) -> None:
    """A bomb: the ZIP's own table of contents declares more than could ever come out of it."""
    data = bytearray(archive.read_bytes())
    at = data.index(b"PK\x01\x02")  # the first entry of the table of contents, an empty or small table
    data[at + 24 : at + 28] = (1 << 31).to_bytes(4, "little")
    archive.write_bytes(data)
    with archive.open("r+b") as file:
        seal = form.seal(file)
        file.seek(-form.SEAL, 2)
        file.write(seal)
    with pytest.raises(Refusal, match="cannot be true"), reading.opened(archive):
        pass


def test_what_it_will_not_do_it_does_not_begin(
    app: Flask, cast: Cast, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(app)
    answer = run(app, "restore", str(archive))
    assert answer.exit_code == 1
    assert "has people of its own" in answer.stderr
    answer = run(app, "restore", "--only-look", str(archive))
    assert answer.exit_code == 0
    assert "is whole" in answer.stdout
    monkeypatch.setattr(loading, "ROOM", 1 << 40)
    answer = run(app, "restore", "--replace", str(archive))
    assert answer.exit_code == 1
    assert "no room" in answer.stderr
    assert everything(app) == before


def test_what_fails_on_the_way_leaves_all_as_it_was(app: Flask, cast: Cast, craft: Craft) -> None:
    """The archive is whole, and its rows are refused by the database at the very end of the way."""

    def twice(manifest: dict[str, Any], parts: Parts) -> None:
        part = next(each for each in manifest["tables"] if each["name"] == "tables/observed_level.jsonl")
        data = parts[part["name"]] * 2
        parts[part["name"]] = data
        part.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), rows=part["rows"] * 2)
        picture = b"a picture that nobody has"
        name = hashlib.sha256(picture).hexdigest()
        name = f"attachments/{name[:2]}/{name}.jpg"
        parts[name] = picture
        manifest["files"].append(
            {
                "name": name,
                "bytes": len(picture),
                "sha256": hashlib.sha256(picture).hexdigest(),
                "columns": [],
                "rows": 0,
            }
        )

    def no_rows(manifest: dict[str, Any], parts: Parts) -> None:
        part = next(each for each in manifest["tables"] if each["name"] == "tables/area.jsonl")
        data = b'{"id": 1}\n[1]\nnothing\n'
        parts[part["name"]] = data
        part.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), rows=3)

    before = everything(app)
    answer = run(app, "restore", "--replace", str(craft(twice)))
    assert answer.exit_code == 1
    assert "is as it was" in answer.stderr
    answer = run(app, "restore", "--replace", str(craft(no_rows)))
    assert answer.exit_code == 1
    assert "no row of a table" in answer.stderr
    assert everything(app) == before
    assert list(Path(app.config["DATA_FOLDER"]).glob("*.restoring*")) == []


#: Restores over what stands, and is killed while the new database takes the place of the old one.
KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
os.environ["FLASK_RUN_FROM_CLI"] = "true"
from wsgi import app
from kata.archive import loading, sqlite

def killed(_status, left, total):
    if left < total - 20:
        os.kill(os.getpid(), signal.SIGKILL)

class Connection(sqlite3.Connection):
    def backup(self, target):
        super().backup(target, pages=5, progress=killed)

class Driver:
    def __getattr__(self, name):
        return getattr(sqlite3, name)
    def connect(self, *where, **how):
        return sqlite3.connect(*where, **how, factory=Connection)

sqlite.sqlite3 = Driver()
with app.app_context():
    loading.restore(Path(sys.argv[1]), replace=True)
"""


@pytest.mark.slow
def test_one_that_is_killed_on_the_way_leaves_what_stood(elsewhere: Flask, archive: Path) -> None:
    with elsewhere.app_context():
        loading.restore(archive)
        db.session.execute(sa.text("update area set name = 'Changed since'"))
        db.session.commit()
    before = everything(elsewhere)
    environment = {**os.environ, "KATA_DATA": str(elsewhere.config["DATA_FOLDER"]), "PYTHONPATH": str(ROOT)}
    environment["DATABASE_URL"] = ""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(archive)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert everything(elsewhere) == before
    assert run(elsewhere, "restore", "--replace", str(archive)).exit_code == 0
    assert [row[2] for row in everything(elsewhere)["area"]] != [row[2] for row in before["area"]]


def test_it_does_nothing_while_somebody_has_the_database_open(elsewhere: Flask, archive: Path, app: Flask) -> None:
    with elsewhere.app_context():
        loading.restore(archive)
        db.engine.dispose()
        address = db.engine.url.database
    stray = Path(elsewhere.config["DATA_FOLDER"]) / "attachments" / "00" / f"{'0' * 64}.jpg"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of what stood here")
    hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select 1 from person'); print(); input()"
    server = subprocess.Popen([sys.executable, "-c", hold, str(address)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with server:
        assert server.stdout is not None
        server.stdout.readline()
        answer = run(elsewhere, "restore", "--replace", str(archive))
        server.communicate(b"\n")
    assert answer.exit_code == 1
    assert "stop them first" in answer.stderr
    assert stray.exists()
    assert run(elsewhere, "restore", "--replace", str(archive)).exit_code == 0
    assert not stray.exists(), "what stood before leaves no file behind"
    assert same(everything(app), everything(elsewhere))
    with closing(sqlite3.connect(str(address))) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.skipif(not database.ON_POSTGRES, reason="asks who else is connected, which PostgreSQL knows")
def test_it_does_nothing_while_a_server_is_connected(app: Flask, cast: Cast, archive: Path) -> None:
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    server = sa.create_engine(address, **engine_options(address))
    with server.connect():
        answer = run(app, "restore", "--replace", str(archive))
    server.dispose()
    assert answer.exit_code == 1
    assert "stop them first" in answer.stderr


def test_a_database_that_cannot_be_read_is_put_aside(elsewhere: Flask, archive: Path, app: Flask) -> None:
    folder = Path(elsewhere.config["DATA_FOLDER"])
    (folder / "kata.sqlite").write_bytes(b"no database at all" * 1000)
    answer = run(elsewhere, "restore", str(archive))
    assert answer.exit_code == 0, answer.stderr
    assert same(everything(app), everything(elsewhere))
    assert len(list(folder.glob("kata.sqlite.damaged-*"))) == 1
