"""A backup holds everything as it stood at one moment, and comes back as it was, on either engine."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.actions import record
from kata.archive import loading, writing
from kata.extensions import db
from kata.identity.actions import open_session
from kata.identity.models import SignInSession
from kata.imports import actions as imports
from kata.imports.models import Upload
from kata.learning.models import Learned
from kata.outbox import actions as outbox
from kata.outbox.models import Mail
from kata.storyboards.models import Obstacle, Photo
from kata.teams.models import Area
from tests import database
from tests.archive.conftest import everything, run, same
from tests.cast import Cast
from tests.conftest import MakeApp

pytestmark = pytest.mark.database


def test_what_is_restored_is_row_by_row_what_stood(app: Flask, cast: Cast, archive: Path) -> None:
    before = everything(app)
    with app.app_context():
        db.session.execute(sa.delete(Photo))
        db.session.execute(sa.update(Obstacle).values(text="Lost"))
        db.session.commit()
        loading.restore(archive, replace=True)
    assert same(before, everything(app))


def test_it_goes_from_engine_to_engine_and_back(app: Flask, cast: Cast, archive: Path, elsewhere: Flask) -> None:
    before = everything(app)
    with elsewhere.app_context():
        loading.restore(archive)
        writing.backup(archive.with_name("again.zip"))
    assert same(before, everything(elsewhere))
    with app.app_context():
        loading.restore(archive.with_name("again.zip"), replace=True)
        area = Area(name="Another", slug="another")
        db.session.add(area)
        db.session.commit()
        assert area.id == max(row[0] for row in before["area"]) + 1, "new rows get numbers of their own"
        db.session.delete(area)
        db.session.commit()
    assert same(before, everything(app))


def test_what_was_learned_is_found_again(cast: Cast, archive: Path, elsewhere: Flask) -> None:
    with elsewhere.app_context():
        loading.restore(archive)
        found = db.session.scalar(sa.text("select count(*) from learned_text"))
        assert found == db.session.scalar(sa.select(sa.func.count()).select_from(Learned)) > 0


@pytest.mark.slow
def test_it_is_of_one_moment_while_people_write(app: Flask, cast: Cast, tmp_path: Path, elsewhere: Flask) -> None:
    """Each write is a row and its event in one transaction: a backup has both or none."""
    made, ended = [], threading.Event()

    def write() -> None:
        with app.app_context():
            while not ended.is_set():
                area = Area(name=f"Written {len(made)}", slug=f"written-{len(made)}")
                db.session.add(area)
                record("added", area, by=None)
                db.session.commit()
                made.append(area.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with app.app_context():
            while len(made) < 3:
                ended.wait(0.01)
            known = len(made)
            writing.backup(tmp_path / "busy.zip")
    finally:
        ended.set()
        writer.join()
    assert len(made) > known, "nobody had to wait for the backup"
    with elsewhere.app_context():
        loading.restore(tmp_path / "busy.zip")
    there = everything(elsewhere)
    areas = {row[0] for row in there["area"]} & set(made)
    told = {row[5] for row in there["activity"] if row[3] == "added" and row[4] == "area"} & set(made)
    assert areas == told
    assert set(made[:known]) <= areas


def test_nobody_is_signed_in_and_no_mail_is_sent_twice_afterwards(app: Flask, cast: Cast, tmp_path: Path) -> None:
    database.let_go(app)
    with app.app_context():
        open_session(cast["ana"].id, device="tests")
        outbox.write("digest", "1", "ana@team.example")
        db.session.commit()
        writing.backup(tmp_path / "backup.zip")
        loading.restore(tmp_path / "backup.zip", replace=True)
        assert db.session.scalars(sa.select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []
        assert db.session.scalars(sa.select(Mail.state)).all() == ["uncertain"]


def test_uploads_on_their_way_come_along_and_ended_ones_do_not(app: Flask, cast: Cast, tmp_path: Path) -> None:
    with app.app_context():
        waiting = imports.take_in(cast.teams["access"], b"day,value\n", "waiting.csv", by=cast["ana"].id)
        ended = imports.take_in(cast.teams["access"], b"day,minutes\n", "ended.csv", by=cast["ana"].id)
        ended.state = "refused"
        db.session.commit()
        name = f"uploads/{waiting.sha256}"
        made = writing.backup(tmp_path / "backup.zip")
        names = [part.name for part in made.files]
        assert name in names
        assert f"uploads/{ended.sha256}" not in names
        assert made.missing == ()


def test_an_upload_that_ends_while_it_is_looked_for_is_told_as_it_ended(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        upload = imports.take_in(cast.teams["access"], b"day,value\n", "going.csv", by=cast["ana"].id)
        db.session.commit()
        upload_id, name = upload.id, f"uploads/{upload.sha256}"

        opened = writing._opened

        def ending(*anything: object) -> object:
            monkeypatch.setattr(writing, "_opened", opened)
            with app.app_context():
                row = db.session.get_one(Upload, upload_id)
                row.state = "asked"
                imports.drop(row)
                db.session.commit()
            return opened(*anything)  # type: ignore[arg-type]

        monkeypatch.setattr(writing, "_opened", ending)
        made = writing.backup(tmp_path / "backup.zip")
    assert made.missing == ()
    assert name not in [part.name for part in made.files]


def test_a_photo_that_was_erased_by_hand_stops_no_backup(
    app: Flask, cast: Cast, tmp_path: Path, elsewhere: Flask
) -> None:
    folder = Path(app.config["DATA_FOLDER"])
    with app.app_context():
        name = next(iter(writing.backup(tmp_path / "backup.zip").files)).name
        kept = (folder / name).read_bytes()
        (folder / name).unlink()
        try:
            assert writing.backup(tmp_path / "backup.zip", replace=True).missing == (name,)
        finally:
            (folder / name).write_bytes(kept)
    with elsewhere.app_context():
        assert loading.restore(tmp_path / "backup.zip").missing == (name,)


def test_the_file_is_its_owners_alone_and_never_overwritten_unasked(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    answer = run(app, "backup", str(file))
    assert answer.exit_code == 0
    assert "The secret key is not in it" in answer.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = file.read_bytes()
    answer = run(app, "backup", str(file))
    assert answer.exit_code == 1
    assert "is there already" in answer.stderr
    assert "There is no folder" in run(app, "backup", str(tmp_path / "none" / "backup.zip")).stderr
    assert file.read_bytes() == first
    assert run(app, "backup", "--replace", str(file)).exit_code == 0
    assert list(tmp_path.glob(".*")) == [], "nothing is left beside it"


def test_a_disk_that_fails_leaves_no_half_backup(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_put", full)
    answer = run(app, "backup", str(tmp_path / "backup.zip"))
    assert answer.exit_code == 1
    assert "no space left on device" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_told_in_a_sentence(make_app: MakeApp, tmp_path: Path) -> None:
    gone = make_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'none' / 'kata.sqlite'}", DATA_FOLDER=tmp_path)
    for command in ("prepare", "worker", "check", f"backup {tmp_path / 'backup.zip'}", f"export {tmp_path / 'out'}"):
        answer = run(gone, *command.split())
        assert answer.exit_code == 1, command
        assert answer.stderr.startswith("The database does not answer"), command
        assert answer.stderr.count("\n") == 1


def test_an_installation_without_tables_has_nothing_to_back_up(elsewhere: Flask, tmp_path: Path) -> None:
    answer = run(elsewhere, "backup", str(tmp_path / "backup.zip"))
    assert answer.exit_code == 1
    assert "nothing to back up" in answer.stderr
    database.let_go(elsewhere)
