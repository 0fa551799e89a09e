"""What serves nobody any more goes after its time, and nothing else does."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock, retention, worker
from kata.activity.models import Activity
from kata.extensions import db
from kata.identity import tidying as identity
from kata.identity.models import AddressChange, Attempt, SignInLink, SignInSession
from kata.identity.throttle import window
from kata.imports import actions as imports
from kata.imports import tidying as files
from kata.imports.models import Upload
from kata.outbox import sending
from kata.outbox.models import Mail
from kata.retention import let_go
from kata.teams import tidying as teams
from kata.teams.models import Invitation
from kata.web import tidying as forms
from kata.web.models import Submission
from tests.cast import Cast
from tests.conftest import Frozen

pytestmark = pytest.mark.database

DAY = timedelta(days=1)
GUIDE = Path(__file__).resolve().parent.parent / "docs" / "operations.md"


def old_and_young(days: timedelta, make: Any) -> None:
    """A row that is a day too old, one that is a day too young, and one that is as young and the newest of all."""
    for name, age in (("old", days + DAY), ("young", days - DAY), ("newest", days - DAY)):
        db.session.add(make(name, clock.now() - age))


def names(column: Any) -> set[str]:
    kept = db.session.scalars(sa.select(column)).all()
    return {name for name in ("old", "young", "newest") if name in kept}


def test_what_let_somebody_in_goes_after_its_time(in_app: Flask, cast: Cast) -> None:
    ana, team, now = cast["ana"].id, cast.teams["access"], clock.now()
    later = now + DAY
    old_and_young(
        retention.SESSIONS,
        lambda name, at: SignInSession(token_hash=name, person_id=ana, expires_at=later, ended_at=at),
    )
    old_and_young(retention.LINKS, lambda name, at: SignInLink(token_hash=name, person_id=ana, expires_at=at))
    old_and_young(
        retention.LINKS,
        lambda name, at: AddressChange(token_hash=name, person_id=ana, email=name, expires_at=later, used_at=at),
    )
    old_and_young(
        retention.INVITATIONS,
        lambda name, at: Invitation(
            token_hash=name, team_id=team, created_by_id=ana, expires_at=later, withdrawn_at=at
        ),
    )
    old_and_young(retention.ATTEMPTS, lambda name, at: Attempt(key=name, window=window(at if name == "old" else now)))
    live = SignInSession(token_hash="live", person_id=ana, expires_at=later)
    db.session.add(live)
    db.session.commit()
    told = db.session.scalar(sa.select(sa.func.count()).select_from(Activity))
    assert identity.tidy() == 4
    assert teams.tidy() == 1
    for column in (SignInSession.token_hash, SignInLink.token_hash, AddressChange.token_hash, Invitation.token_hash):
        assert names(column) == {"young", "newest"}, column
    assert names(Attempt.key) == {"young", "newest"}
    assert db.session.get(SignInSession, live.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Activity)) == told, "the record stays for good"


def test_what_kept_something_from_being_done_twice_goes_too(in_app: Flask, cast: Cast) -> None:
    old_and_young(retention.SUBMISSIONS, lambda name, at: Submission(key=name, at=at))
    old_and_young(
        retention.MAILS,
        lambda name, at: Mail(
            key=name, kind="digest", address="a@team.example", about={}, expires_at=at, state="sent", ended_at=at
        ),
    )
    db.session.commit()
    assert forms.tidy() == 1
    sending.tidy()
    assert names(Submission.key) == names(Mail.key) == {"young", "newest"}


def test_files_that_nobody_came_back_to_go_with_their_rows_long_after(
    in_app: Flask, cast: Cast, frozen: Frozen
) -> None:
    upload = imports.take_in(cast.teams["access"], b"day,value\n", "forgotten.csv", by=cast["ana"].id)
    file = Path(in_app.config["DATA_FOLDER"]) / "uploads" / upload.sha256
    other = imports.take_in(cast.teams["access"], b"day,minutes\n", "other.csv", by=cast["ana"].id)
    other.state, other.ended_at = "done", clock.now()
    db.session.commit()
    frozen.forward(days=retention.FORGOTTEN_FILES.days + 1)
    files.tidy()
    assert not file.exists()
    assert db.session.get_one(Upload, upload.id, populate_existing=True).state == "refused"
    frozen.forward(days=retention.REFUSED_FILES.days + 1)
    files.tidy()
    assert db.session.get(Upload, upload.id, populate_existing=True) is None
    assert db.session.get(Upload, other.id), "what became readings stays"


def test_many_go_a_few_at_a_time_and_the_worker_can_stop_between(
    in_app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 10)
    db.session.add_all([Submission(key=f"form {n}", at=clock.now() - 2 * retention.SUBMISSIONS) for n in range(25)])
    db.session.commit()
    asked = iter([False, True])
    monkeypatch.setattr(worker, "stopping", lambda: next(asked))
    assert forms.tidy() == 10
    monkeypatch.setattr(worker, "stopping", lambda: False)
    assert forms.tidy() == 15
    assert forms.tidy() == 0


def test_the_newest_row_stays_so_that_its_number_is_given_once(in_app: Flask, cast: Cast) -> None:
    newest = db.session.scalar(sa.select(sa.func.max(Invitation.id)))
    let_go(Invitation, Invitation.id > 0)
    assert db.session.scalars(sa.select(Invitation.id)).all() == [newest]


def test_the_worker_has_a_job_for_each_room() -> None:
    jobs = {job.name for job in worker._jobs}
    assert jobs >= {
        "let go of ended sessions and links",
        "let go of old invitations",
        "forget submissions of forms",
        "let go of forgotten files",
        "tidy the outbox",
    }


TOLD = {
    "Sessions": retention.SESSIONS,
    "Sign-in links": retention.LINKS,
    "Proofs of an address": retention.LINKS,
    "Invitations": retention.INVITATIONS,
    "Counts of attempts": retention.ATTEMPTS,
    "Marks that a form was carried out": retention.SUBMISSIONS,
    "Mails": retention.MAILS,
    "Files to import": retention.FORGOTTEN_FILES,
    "Files that were refused or left out": retention.REFUSED_FILES,
}


def test_the_guide_for_administrators_tells_every_period() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    table = {
        what: timedelta(int(days))
        for what, days in re.findall(r"^\| ([^|,]+), .*\| (\d+) days? \|$", text, re.MULTILINE)
    }
    assert table == TOLD
    periods = {value for name, value in vars(retention).items() if isinstance(value, timedelta) and name != "EVERY"}
    assert periods == set(TOLD.values())
