"""A server that is told to end answers who was let in; one that is killed loses no count, and its worker comes back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.client import form_fields
from tests.deploy.conftest import MakeFolder
from tests.deploy.serving import (
    ROOT,
    Answer,
    Browser,
    children,
    end,
    environment,
    figure,
    free_ports,
    listens,
    server_command,
    start,
    wait_for,
)

pytestmark = pytest.mark.slow
#: What a clone has that bin/run needs.
OF_A_CLONE = ("config.py", "kata", "migrations", "pyproject.toml", "static", "templates", "wsgi.py")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone in which everything is installed already, made of links."""
    place = tmp_path / "clone"
    venv = place / ".venv"
    (venv / "installed").mkdir(parents=True)
    for name in ("bin", "lib", "pyvenv.cfg"):
        (venv / name).symlink_to(Path(sys.prefix) / name)
    (venv / "made-in").write_text(f"{place}\n")
    shutil.copy(ROOT / "requirements.txt", venv / "installed")
    shutil.copy(ROOT / "requirements.txt", place)
    shutil.copytree(ROOT / "bin", place / "bin")
    for name in OF_A_CLONE:
        (place / name).symlink_to(ROOT / name)
    return place


def _obstacle(browser: Browser, board: str, text: str, fields: dict[str, str]) -> Answer:
    return browser.post(f"{board}/obstacles", {**fields, "text": text, "once": text})


def _rows(data: Path, text: str) -> int:
    with sqlite3.connect(data / "kata.sqlite") as database:
        (count,) = database.execute("select count(*) from obstacle where text like ?", (f"{text}%",)).fetchone()
    database.close()
    return int(count)


def _worker(server: int) -> list[int]:
    """The worker beside a server, below the loop that starts it again."""
    below = [each for child in children(server) for each in children(child)]
    return [pid for pid in below if b"worker\0--beside" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _gunicorns(server: int) -> list[int]:
    return [pid for pid in children(server) if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture
def ran(clone: Path, tmp_path: Path, cast_in: MakeFolder) -> Iterator[tuple[subprocess.Popen[bytes], Path, int, int]]:
    """``bin/run`` with the cast: the process, its data, its port and that of its metrics."""
    data = cast_in(tmp_path / "data")
    port, metrics = free_ports(2)
    env = environment(data, PORT=str(port), METRICS=f"127.0.0.1:{metrics}", TRUSTED_PROXIES="1")
    process = start([clone / "bin/run", "--no-demo"], tmp_path / "log", env, cwd=tmp_path)
    try:
        wait_for(lambda: listens(port) or process.poll() is not None, "bin/run")
        assert process.poll() is None, (tmp_path / "log").read_text()
        yield process, data, port, metrics
    finally:
        end(process)


def test_the_command_starts_again_what_dies_counts_on_and_ends_with_all_answers_given(
    ran: tuple[subprocess.Popen[bytes], Path, int, int], cast: Cast, tmp_path: Path
) -> None:
    process, data, port, metrics = ran
    ana = Browser(port)
    assert ana.sign_in("ana").status == 303

    # Two processes answer, and the sum is right, also after one was killed and another took its place.
    with ThreadPoolExecutor(8) as pool:
        assert {each.status for each in pool.map(lambda _: ana.get("/teams"), range(24))} == {200}
    wait_for(lambda: figure(metrics, "kata_requests_total", route="/teams") == 24, "24 requests")
    first = wait_for(lambda: (two := _gunicorns(process.pid)) and len(two) == 2 and two, "two processes")
    os.kill(first[0], signal.SIGKILL)
    wait_for(lambda: len(now := _gunicorns(process.pid)) == 2 and first[0] not in now, "a new process")
    wait_for(lambda: listens(metrics), "another process to tell the figures")
    for _ in range(6):
        assert ana.get("/teams").status == 200
    assert figure(metrics, "kata_requests_total", route="/teams", status="2xx") == 30
    assert figure(metrics, "kata_request_seconds_count", route="/teams") == 30
    assert figure(metrics, "kata_statements_total", route="/teams") >= 60

    # The worker's jobs are told on the same address; a worker that dies comes back.
    (worker,) = wait_for(lambda: _worker(process.pid), "a worker")
    wait_for(lambda: figure(metrics, "kata_job_success_time_seconds", job="send the outbox") > 1e9, "a job's success")
    os.kill(worker, signal.SIGKILL)
    (again,) = wait_for(lambda: [pid for pid in _worker(process.pid) if pid != worker], "the worker to come back")

    # Told to end while writes wait for the database, more than there are threads: each is answered, each has its row.
    fields = form_fields(ana.get(f"{cast.board.path}/obstacles/new").text, f"{cast.board.path}/obstacles")
    holder = sqlite3.connect(data / "kata.sqlite", isolation_level=None)
    holder.execute("begin immediate")
    with ThreadPoolExecutor(8) as pool:
        saving = [pool.submit(_obstacle, ana, cast.board.path, f"In hand {n}", fields) for n in range(8)]
        wait_for(lambda: figure(metrics, "kata_database_connections_in_use") >= 2, "writers in hand")
        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        wait_for(lambda: not listens(port), "the door to close")
        holder.execute("rollback")
        holder.close()
        assert [each.result().status for each in saving] == [303] * 8
    assert process.wait(12) == 0
    assert time.monotonic() - told < 12
    assert _rows(data, "In hand") == 8
    wait_for(lambda: not Path(f"/proc/{again}").exists(), "the worker to end with its server")
    log = (tmp_path / "log").read_text()
    assert "the worker died" in log
    assert "Traceback" not in log
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    for told in ("Listening at: http://127.0.0.1:", "was sent SIGKILL!", "Handling signal: term", "Shutting down: "):
        assert [event for event in events if told in event], told


def test_who_stands_at_the_door_when_the_server_is_told_to_end_is_answered(
    tmp_path: Path, cast_in: MakeFolder, cast: Cast
) -> None:
    """Connections that the machine accepted for us and that no process had taken yet: gunicorn alone drops them."""
    data = cast_in(tmp_path / "data")
    (port,) = free_ports(1)
    process = start(server_command(port), tmp_path / "log", environment(data))
    try:
        wait_for(lambda: listens(port), "the server")
        ana = Browser(port)
        assert ana.sign_in("ana").status == 303
        fields = form_fields(ana.get(f"{cast.board.path}/obstacles/new").text, f"{cast.board.path}/obstacles")
        workers = _gunicorns(process.pid)
        for each in workers:
            os.kill(each, signal.SIGSTOP)
        with ThreadPoolExecutor(10) as pool:
            saving = [pool.submit(_obstacle, ana, cast.board.path, f"At the door {n}", fields) for n in range(10)]
            wait_for(lambda: _at_the_door(port) >= 10, "ten at the door")
            process.send_signal(signal.SIGTERM)
            wait_for(lambda: all(_told_to_end(each) for each in workers), "the word to reach the workers")
            for each in workers:
                os.kill(each, signal.SIGCONT)
            assert [each.result().status for each in saving] == [303] * 10
        assert process.wait(12) == 0
        assert _rows(data, "At the door") == 10
    finally:
        end(process)


def _told_to_end(pid: int) -> bool:
    """Whether a SIGTERM waits for a process that stands still."""
    waiting = Path(f"/proc/{pid}/status").read_text().partition("ShdPnd:")[2].split()[0]
    return bool(int(waiting, 16) & 1 << (signal.SIGTERM - 1))


def _at_the_door(port: int) -> int:
    """Connections to ``port`` that stand (state 1) and belong to no process yet (inode 0)."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" and row[9] == "0" for row in rows)
