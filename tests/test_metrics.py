"""What is counted is told on a local address only, and what several processes counted is one figure.

That the sum is right with real processes, and that a killed one loses nothing, is in ``tests/deploy/test_stopping.py``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from config import SettingsError, from_environment, metrics_address
from kata import clock, metrics
from kata.extensions import db
from kata.metrics import Reading, listener, places
from kata.outbox.models import Mail
from tests.client import Client

ROOT = Path(__file__).resolve().parent.parent
NOT_LOCAL = ("0.0.0.0:9464", "[::]:9464", "203.0.113.7:9464", "8.8.8.8:80", "[2001:db8::1]:9464")
NOT_UNDERSTOOD = ("9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "kata.example.org:9464", ":9464")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:9464", ("127.0.0.1", 9464)),
        ("localhost:9464", ("127.0.0.1", 9464)),
        ("[::1]:9464", ("::1", 9464)),
        ("10.1.2.3:1", ("10.1.2.3", 1)),
        ("[fd00::7]:9464", ("fd00::7", 9464)),
        ("", None),
    ],
)
def test_metrics_are_told_on_an_address_of_this_machine_or_its_network(text: str, address: Any) -> None:
    assert metrics_address(text) == address


@pytest.mark.parametrize("text", NOT_LOCAL)
def test_an_address_that_strangers_reach_is_refused_unless_it_is_meant(text: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="strangers"):
        from_environment({"METRICS": text, "KATA_DATA": str(tmp_path)}, serving=False)
    assert metrics_address(text, public=True) is not None


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"such as 127\.0\.0\.1:9464"):
        metrics_address(text)


def test_nothing_is_told_on_the_public_port(app: Flask, client: Client) -> None:
    assert app.config["METRICS"] is None
    assert metrics.folder() is None
    assert client.get("/metrics").status_code == 404


def test_a_place_is_held_by_one_process_and_goes_to_who_comes_after_it(tmp_path: Path) -> None:
    first, second = places.Place(tmp_path), places.Place(tmp_path)
    assert (first.number(), second.number(), first.number()) == (1, 2, 1)
    os.close(first._lock)  # as the system does when a process is killed
    assert places.Place(tmp_path).number() == 1


def test_what_a_dead_process_had_in_hand_is_dropped_and_what_it_counted_kept(tmp_path: Path) -> None:
    dead, alive = places.Place(tmp_path), places.Place(tmp_path)
    for number in (dead.number(), alive.number()):
        (tmp_path / f"gauge_livesum_{number}.db").touch()
        (tmp_path / f"counter_{number}.db").touch()
    os.close(dead._lock)
    places.forget_the_dead(tmp_path)
    assert sorted(file.name for file in tmp_path.glob("*.db")) == ["counter_1.db", "counter_2.db", "gauge_livesum_2.db"]


def test_a_file_that_a_power_cut_left_half_is_begun_anew(tmp_path: Path) -> None:
    for rest in (b"\xff" * 200, (90_000).to_bytes(8, "little"), b"\x60\0\0\0\0\0\0\0" + b"\x80" * 100):
        (tmp_path / "counter_1.db").write_bytes(rest)
        place = places.Place(tmp_path)
        assert place.number() == 1
        assert not (tmp_path / "counter_1.db").exists()
        os.close(place._lock)


#: Counted in a process of its own, since what counts is chosen once in a process.
COUNTED = """
import sys, pathlib, flask
from kata import metrics
from kata.metrics import listener
metrics.begin(pathlib.Path(sys.argv[1]))
for status in (200, 409, 409, 429, 503):
    metrics.request("/x/<int:id>", "POST", status, 0.02, 3)
metrics.job("a job", 1.5, done=True)
metrics.job("a job", 0.5, done=False)
print(listener.told(flask.Flask("x"), metrics.folder()).decode())
"""


@pytest.mark.slow
def test_refusals_and_jobs_have_figures_of_their_own(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTED, tmp_path]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    route = '{route="/x/<int:id>"}'
    assert {
        f"kata_conflicts_total{route} 2.0",
        f"kata_throttled_total{route} 1.0",
        f"kata_unavailable_total{route} 1.0",
        f"kata_statements_total{route} 15.0",
        'kata_requests_total{method="POST",route="/x/<int:id>",status="4xx"} 3.0',
        'kata_request_seconds_bucket{le="0.025",route="/x/<int:id>"} 5.0',
        'kata_request_seconds_bucket{le="0.01",route="/x/<int:id>"} 0.0',
        'kata_job_runs_total{job="a job",outcome="done"} 1.0',
        'kata_job_runs_total{job="a job",outcome="failed"} 1.0',
        'kata_job_seconds{job="a job"} 0.5',
    } <= set(told)
    (success,) = [line for line in told if line.startswith("kata_job_success_time_seconds{")]
    assert float(success.split()[-1]) > 1.7e9


def _told(app: Flask, folder: Path) -> list[str]:
    return listener.told(app, folder).decode().splitlines()


@pytest.mark.database
def test_what_is_read_at_a_look_is_told_of_the_outbox_the_build_and_the_schema(app: Flask, tmp_path: Path) -> None:
    now = clock.now()
    later = now + timedelta(days=1)
    with app.app_context():
        for key, due, state in [
            ("a", -90, "waiting"),
            ("b", -30, "waiting"),
            ("c", 3600, "waiting"),
            ("d", -500, "sent"),
        ]:
            ended = now if state == "sent" else None
            mail = {"kind": "digest", "address": "x@example.org", "about": {}, "expires_at": later, "ended_at": ended}
            db.session.add(Mail(key=key, due_at=now + timedelta(seconds=due), state=state, **mail))
        db.session.commit()
    told = _told(app, tmp_path)
    assert "kata_outbox_waiting 2.0" in told
    (oldest,) = [line for line in told if line.startswith("kata_outbox_oldest_seconds ")]
    assert 90 <= float(oldest.split()[1]) < 150
    assert [line for line in told if line.startswith("kata_schema_info{") and line.endswith("1.0")]
    assert [line for line in told if line.startswith("kata_build_info{python=") and line.endswith("1.0")]
    assert "kata_database_up 1.0" in told


def test_a_database_that_does_not_answer_is_told(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_app: Any) -> dict[tuple[str, ...], float]:
        raise OperationalError("select 1", {}, Exception("gone"))

    monkeypatch.setattr(metrics, "readings", [Reading("kata_of_it", "A figure", (), gone)])
    assert "kata_database_up 0.0" in _told(app, tmp_path)


def test_an_address_that_is_taken_is_said_in_words(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Enough(Exception):
        pass

    def enough(_seconds: float) -> None:
        raise Enough

    monkeypatch.setattr("kata.metrics.listener.time.sleep", enough)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Enough):
            listener._hold(app, tmp_path, taken.getsockname())
    assert "cannot be told on 127.0.0.1 port" in caplog.text
