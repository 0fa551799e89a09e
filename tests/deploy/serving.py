"""Real processes and a browser without a screen, for tests of what only several processes together show."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlencode

from tests.cast import PASSWORD
from tests.client import form_fields

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"SECRET_KEY": "a secret for the tests, and for nothing else", "PUBLIC_URL": "https://kata.test"}
PATIENCE = 20.0


@cache
def certificate() -> Path:
    """A certificate and its key in one file, made for this run and gone with it."""
    folder = Path(mkdtemp(prefix="kata-tls-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = folder / "localhost.pem"
    names = ["-subj", "/CN=kata.test", "-addext", "subjectAltName=DNS:kata.test,DNS:localhost"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", made, "-out", folder / "c"]
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *key, *names], check=True, capture_output=True)
    made.write_bytes((folder / "c").read_bytes() + made.read_bytes())
    return made


def wait_for(met: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """The first true answer of ``met``; fails after ``patience`` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if answer := met():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a process of the app is started with; nothing of this shell's but where programs are."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "HOME", "PYTHONDONTWRITEBYTECODE") if name in os.environ
    }
    return {**kept, **SETTINGS, "KATA_DATA": str(folder), **more}


def start(command: list[Any], log: Path, env: Mapping[str, str], cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    """A process in a session of its own, so that a signal to it reaches no other."""
    with log.open("ab") as out:
        return subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=out, stderr=out, start_new_session=True)


def end(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM) -> int:
    """End a process that a test started, with all of its session, and answer its exit status."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode


def server_command(port: int) -> list[Any]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:kata.server",
        "--bind",
        f"127.0.0.1:{port}",
        "wsgi:app",
    ]


def worker_command() -> list[Any]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in file.read_text().split()] if file.exists() else []


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Browser:
    """One browser: cookies, forms and nothing else. ``name`` is the host it believes to speak to."""

    port: int
    tls: bool = False
    name: str = "kata.test"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float = 15,
    ) -> Answer:
        connection = self._connection(patience)
        try:
            cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            referrer = {"Referer": f"https://{self.name}/"} if self.tls else {}  # what a form's token is held against
            connection.request(method, path, body, {"Host": self.name, **cookie, **referrer, **(headers or {})})
            came = connection.getresponse()
            answer = Answer(came.status, came.headers, came.read())
        finally:
            connection.close()
        for line in came.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def _connection(self, patience: float) -> HTTPConnection:
        if not self.tls:
            return HTTPConnection("127.0.0.1", self.port, timeout=patience)
        context = ssl.create_default_context(cafile=str(certificate()))
        context.check_hostname = False  # it is asked by its number
        return HTTPSConnection("127.0.0.1", self.port, timeout=patience, context=context)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Answer:
        sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, urlencode(dict(fields), doseq=True).encode(), sent)

    def fill_in(self, page: str, action: str | None = None, **typed: Any) -> Answer:
        """Open ``page``, type into its form for ``action`` and send it."""
        opened = self.get(page)
        assert opened.status == 200, (page, opened.status)
        return self.post(action or page, {**form_fields(opened.text, action or page), **typed})

    def sign_in(self, person: str, password: str = PASSWORD) -> Answer:
        return self.fill_in("/sign-in", email=f"{person}@demo.example", password=password)


def figure(port: int, name: str, **labels: str) -> float:
    """The sum of a metric over all series that carry these labels, as told on the local address at ``port``."""
    text = Browser(port).get("/metrics").text
    found = re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", text, re.MULTILINE)
    wanted = [f'{label}="{value}"' for label, value in labels.items()]
    return sum(float(value) for of, value in found if all(each in of for each in wanted))
