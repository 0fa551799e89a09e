"""How long the commands take that everything begins with: the start in place, the start from nothing, all tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from tests.bench.table import Row

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


def measure(folder: Path, _turns: int) -> list[Row]:
    """Seconds from calling ``bin/run`` to its first answer, the second time."""
    once(ROOT, folder)
    return [Row("restart, until it answers", once(ROOT, folder), 2, " s")]


def measure_from_nothing(folder: Path, _turns: int) -> list[Row]:
    """The same from a fresh copy, which has to make its environment; packages come from the cache of the machine."""
    copy = folder / "copy"
    subprocess.run(["git", "clone", "--quiet", ROOT, copy], check=True)
    return [Row("start from nothing, until it answers", once(copy, folder / "data"), 60, " s")]


def measure_suite(_folder: Path, _turns: int) -> list[Row]:
    """The whole suite, as ``bin/test`` runs it."""
    began = time.monotonic()
    answer = subprocess.run([ROOT / "bin/test"], stdout=subprocess.DEVNULL, check=False).returncode
    took = time.monotonic() - began
    return [Row("`bin/test`, whole", took, 180, " s", "" if answer == 0 else "**something failed**")]


def once(place: Path, folder: Path) -> float:
    """Start the app that lies at ``place``, wait for an answer, end; the seconds until the answer."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "KATA_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    start = time.monotonic()
    server = subprocess.Popen(
        [place / "bin/run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(port):
            if server.poll() is not None or time.monotonic() - start > PATIENCE:
                raise RuntimeError("bin/run did not start.")
            time.sleep(0.02)
        return time.monotonic() - start
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
