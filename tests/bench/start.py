"""How long the command that people start the app with takes when everything is in place."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


def restart(folder: Path) -> float:
    """Seconds from calling ``bin/run`` to its first answer, the second time."""
    once(folder)
    return once(folder)


def once(folder: Path) -> float:
    """Start, wait for an answer, end; the seconds until the answer."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "KATA_DATA": str(folder)}
    environment.pop("DATABASE_URL", None)
    start = time.monotonic()
    server = subprocess.Popen(
        [ROOT / "bin/run"],
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
