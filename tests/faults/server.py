"""The server as ``bin/run`` starts it, in processes of its own, which a proof may kill at any moment."""

from __future__ import annotations

import os
import random
import re
import resource
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.start import ROOT, answers, free_port
from tests.conftest import SETTINGS

PATIENCE = 40.0


def command(port: int, app: str = "wsgi:app") -> list[str]:
    """What ``bin/run`` calls, read from it, so that what is proved here is what people run."""
    script = (ROOT / "bin/run").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"-m gunicorn (.+) wsgi:app", script)
    assert found, "bin/run calls gunicorn no more"
    options = shlex.split(found[1].replace("$bind:$PORT", f"127.0.0.1:{port}"))
    assert not any("$" in option for option in options), "bin/run has another variable"
    return [sys.executable, "-m", "gunicorn", *options, app]


class Server:
    """A server over the data in ``folder`` (and the database ``url``, where that is not SQLite's file in it)."""

    def __init__(self, folder: Path, url: str = "", app: str = "wsgi:app", **variables: str) -> None:
        self.folder, self.app, self.port = folder, app, free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KATA_", "FLASK_"))}
        self.environment = {**kept, **SETTINGS, "KATA_DATA": str(folder), "DATABASE_URL": url, **variables}
        self.log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def start(self) -> None:
        """Start it, and return when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command(self.port, self.app),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        begun = time.monotonic()
        while not answers(self.port):
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() - begun > PATIENCE:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    @property
    def master(self) -> int:
        """The process that ``bin/run`` becomes."""
        assert self._process is not None
        return self._process.pid

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in children.read_text().split()]

    def kill_worker(self, chance: random.Random) -> None:
        """One of the processes that answer dies; the master starts another."""
        if workers := self.workers():
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)

    def kill(self) -> None:
        """Master and workers die at once, as when the machine's memory has run out."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def end(self) -> None:
        """End it as an administrator does."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def limit_files(self, size: int) -> None:
        """From now on no process of the server may let a file grow beyond so many bytes; -1 takes that back."""
        for process in (self.master, *self.workers()):
            limit = resource.RLIM_INFINITY if size < 0 else size
            resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def said(self) -> str:
        """What the server logged."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
