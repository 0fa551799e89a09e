"""Workers as they really run: processes, several at once, killed at the worst moments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.outbox.models import Mail
from tests.cast import NOW, Cast
from tests.conftest import SETTINGS
from tests.mailbox import Mailbox
from tests.outbox.conftest import Rows

pytestmark = [pytest.mark.database, pytest.mark.slow]
ROOT = Path(__file__).resolve().parent.parent.parent
NEVER = datetime(2200, 1, 1, tzinfo=UTC)


@pytest.fixture
def digests(app: Flask, cast: Cast) -> None:
    """Six digests for ana wait, of days in which something happened; the real clock finds them due."""
    with app.app_context():
        for day in range(6):
            until = NOW - timedelta(hours=day)
            about = {"since": (NOW - timedelta(days=30)).isoformat(), "until": until.isoformat()}
            db.session.add(_mail(cast, f"digest:test:{day}", about))
        db.session.commit()


def _mail(cast: Cast, key: str, about: dict[str, str]) -> Mail:
    return Mail(
        kind="digest",
        key=key,
        person_id=cast["ana"].id,
        address=cast["ana"].email,
        about=about,
        written_at=NOW,
        due_at=NOW,
        expires_at=NEVER,
    )


def _worker(app: Flask, mailbox: Mailbox, *options: str) -> subprocess.Popen[bytes]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("KATA_", "FLASK_"))},
        **SETTINGS,
        "DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "KATA_DATA": str(app.config["DATA_FOLDER"]),
        "SMTP_URL": mailbox.url,
        "MAIL_FROM": "kata@example.org",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def _end(worker: subprocess.Popen[bytes], code: int = 0) -> str:
    _out, said = worker.communicate(timeout=60)
    assert worker.returncode == code, said.decode()
    return said.decode()


def _claims_run_out(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.update(Mail).where(Mail.claim.is_not(None)).values(claimed_until=NOW))
        db.session.commit()


@pytest.mark.usefixtures("digests")
def test_two_workers_at_once_send_each_mail_once(app: Flask, mailbox: Mailbox, mails: Rows) -> None:
    for worker in [_worker(app, mailbox, "--once") for _ in range(2)]:
        _end(worker)
    assert len(mailbox.messages) == 6
    assert len({message["Message-ID"] for message in mailbox.messages}) == 6
    assert {mail.state for mail in mails()} == {"sent"}


@pytest.mark.usefixtures("digests")
def test_killed_between_claim_and_sending_the_mail_goes_once(app: Flask, mailbox: Mailbox, mails: Rows) -> None:
    running: list[subprocess.Popen[bytes]] = []
    mailbox.before_recipient = lambda: running[0].send_signal(signal.SIGKILL)
    running.append(_worker(app, mailbox, "--once"))
    _end(running[0], -signal.SIGKILL)
    assert [mail.state for mail in mails()].count("claimed") == 1
    assert not mailbox.messages
    mailbox.before_recipient = lambda: None
    _claims_run_out(app)
    _end(_worker(app, mailbox, "--once"))
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.messages) == 6


@pytest.mark.usefixtures("digests")
def test_killed_while_the_words_leave_the_mail_is_not_sent_again(app: Flask, mailbox: Mailbox, mails: Rows) -> None:
    running: list[subprocess.Popen[bytes]] = []
    mailbox.before_answer = lambda: (running[0].send_signal(signal.SIGKILL), running[0].wait())
    running.append(_worker(app, mailbox, "--once"))
    _end(running[0], -signal.SIGKILL)
    assert [mail.state for mail in mails()].count("sending") == 1
    assert len(mailbox.messages) == 1
    mailbox.before_answer = lambda: None
    _claims_run_out(app)
    _end(_worker(app, mailbox, "--once"))
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.messages) == 6
    assert sorted(mail.state for mail in mails()) == ["sent"] * 5 + ["uncertain"]


@pytest.mark.usefixtures("digests")
def test_told_to_end_a_worker_finishes_the_mail_in_hand(app: Flask, mailbox: Mailbox, mails: Rows) -> None:
    running: list[subprocess.Popen[bytes]] = []
    mailbox.before_answer = lambda: (running[0].send_signal(signal.SIGTERM), time.sleep(0.3))
    running.append(_worker(app, mailbox))
    said = _end(running[0])
    assert "Traceback" not in said
    assert len(mailbox.messages) == 1
    assert sorted(mail.state for mail in mails()) == ["sent"] + ["waiting"] * 5


def test_a_worker_ends_with_the_server_that_it_stands_beside(app: Flask, mailbox: Mailbox, cast: Cast) -> None:
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    worker = _worker(app, mailbox, "--beside", str(server.pid))
    time.sleep(2)
    assert worker.poll() is None
    server.kill()
    server.wait()
    _end(worker)


def test_a_worker_that_could_only_write_wrong_addresses_does_not_start(app: Flask, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "KATA_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "Set SECRET_KEY" in ended.stderr
    assert "Traceback" not in ended.stderr
