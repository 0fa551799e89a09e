"""The work on a file: once, whoever asks; taken up again when a process died; never half of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from kata.imports import actions, jobs, queries
from kata.imports.models import Upload
from kata.measures.models import Measure, Reading
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import SignIn
from tests.imports.conftest import Bring, Import

pytestmark = pytest.mark.database

FILE = "day,value\n2026-01-05,12\n2026-01-06,9.5\n"
Values = Callable[[int], dict[str, float]]


@pytest.fixture
def process(cast: Cast) -> int:
    return cast.measures["process"]


@pytest.fixture
def waiting(bring: Bring, process: int) -> Import:
    """An upload whose preview waits for a yes."""
    brought = bring(FILE)
    brought.choose(measure=str(process))
    return brought


def agree(app: Flask, upload_id: int, by: int) -> None:
    """Say yes, without anybody doing the work."""
    with app.app_context():
        upload = queries.job(upload_id)
        actions.agree(upload, seen=upload.outcome["preview"]["fingerprint"], recipe_name="", again=False, by=by)
        db.session.commit()


def test_of_two_who_reach_for_the_work_one_gets_it(app: Flask, waiting: Import, cast: Cast) -> None:
    agree(app, waiting.id, cast["ana"].id)
    with app.app_context():
        assert actions.claim(waiting.id)
        assert not actions.claim(waiting.id)


def test_work_that_was_left_alone_is_taken_up_by_whoever_looks(
    app: Flask, waiting: Import, cast: Cast, process: int, values: Values, frozen: Any
) -> None:
    agree(app, waiting.id, cast["ana"].id)
    with app.app_context():
        assert actions.claim(waiting.id)  # and then its process is killed
    assert "The readings are being saved" in waiting.look()
    assert "2026-01-05" not in values(process)
    frozen.forward(seconds=31)
    assert "2 readings added" in waiting.look()
    assert values(process)["2026-01-06"] == 9.5


def test_reading_that_was_left_alone_is_taken_up_too(app: Flask, waiting: Import, frozen: Any) -> None:
    with app.app_context():
        db.session.execute(sa.update(Upload).where(Upload.id == waiting.id).values(state="reading", alive_at=None))
        db.session.commit()
    assert "This is what would be saved" in waiting.look()


def test_the_same_work_done_twice_saves_once(app: Flask, waiting: Import, cast: Cast, values: Values) -> None:
    agree(app, waiting.id, cast["ana"].id)
    with app.app_context():
        jobs.work(waiting.id)
        db.session.execute(sa.update(Upload).where(Upload.id == waiting.id).values(alive_at=None))
        db.session.commit()
        jobs.work(waiting.id)
        entered = sa.select(sa.func.count()).where(Activity.verb == "pasted readings")
        assert db.session.scalar(entered) == 1


def test_pressing_twice_saves_once(waiting: Import, process: int, values: Values) -> None:
    fields = form_fields(waiting.look(), f"{waiting.path}/saving")
    answers = [waiting.client.post(f"{waiting.path}/saving", fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "2 readings added" in waiting.look()
    assert len([day for day in values(process) if day.startswith("2026-01-0")]) == 2


def test_two_people_saving_at_once_save_once(
    app: Flask, waiting: Import, as_: SignIn, process: int, values: Values
) -> None:
    fields = form_fields(waiting.look(), f"{waiting.path}/saving")
    fields.pop("csrf_token")
    answers: list[int] = []
    clients = [as_("ana"), as_("gus")]

    def press(client: Any) -> None:
        answers.append(client.post(f"{waiting.path}/saving", fields).status_code)

    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert "2 readings added" in waiting.look()
    assert len([day for day in values(process) if day.startswith("2026-01-0")]) == 2


def test_what_changed_since_the_preview_is_shown_again(
    app: Flask, waiting: Import, process: int, values: Values, cast: Cast
) -> None:
    with app.app_context():
        db.session.execute(
            sa.insert(Reading), [{"measure_id": process, "day": date(2026, 1, 5), "value": 3.0, "note": ""}]
        )
        db.session.commit()
    told = waiting.save()
    assert "This is not what the preview showed." in told
    assert "Save 1 new, correct 1" in told
    assert values(process)["2026-01-05"] == 3.0
    waiting.save()
    assert values(process)["2026-01-05"] == 12.0


def test_a_measure_of_that_name_that_came_meanwhile(app: Flask, bring: Bring, cast: Cast) -> None:
    new = {"measure": "new", "name": "Waiting", "measure_kind": "outcome", "better": "down"}
    brought = bring(FILE)
    brought.choose(**new)
    with app.app_context():
        db.session.add(Measure(team_id=cast.teams["access"], name="waiting", better="down", kind="outcome"))
        db.session.commit()
    assert "Your team has a measure called “waiting” already." in brought.save()


def test_a_file_that_vanished_is_said(app: Flask, waiting: Import, stored: Any) -> None:
    sha256 = stored(waiting.id).sha256
    (Path(app.config["DATA_FOLDER"]) / "uploads" / sha256).unlink()
    assert "The file is not here any more. Choose it again." in waiting.save()


def test_whatever_goes_wrong_the_person_does_not_wait_for_ever(
    waiting: Import, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_anything: Any, **_more: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "harvest", fail)
    assert "It is our fault, not yours; nothing was saved." in waiting.save()
    assert "ZeroDivisionError" in caplog.text


def test_choices_that_come_while_the_file_is_being_saved_change_nothing(
    app: Flask, waiting: Import, cast: Cast, stored: Any
) -> None:
    page = waiting.look()
    fields = form_fields(page, waiting.path)
    agree(app, waiting.id, cast["ana"].id)
    answer = waiting.client.post(waiting.path, fields)
    assert answer.status_code == 422
    assert stored(waiting.id).state in ("saving", "done")
