"""What ``deploy/`` and the documents tell operators is what the code does."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from kata import logs
from kata.web import requests
from tests.cast import Cast
from tests.deploy.conftest import MakeFolder
from tests.deploy.nginx import SITE
from tests.deploy.serving import (
    ROOT,
    Browser,
    end,
    environment,
    free_ports,
    listens,
    server_command,
    start,
    wait_for,
)

DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
GUIDE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
#: Who reads what is set from outside; bin/run hands on what it knows, the rest is read by no other file.
READERS = ("config.py", "wsgi.py", "bin/run")


def _read_names() -> set[str]:
    text = "".join((ROOT / file).read_text(encoding="utf-8") for file in READERS)
    found = set(re.findall(r"""(?:env(?:iron)?\.get\(|env, )"([A-Z_]+)\"""", text))
    found |= set(re.findall(r"\$\{([A-Z_]+)[:}]", text))
    return found - {"BASH_SOURCE"}


def _first_cells(head: str) -> list[str]:
    """The first cell of each row of the table whose head begins so, as code marks it."""
    table = GUIDE.partition(f"| {head} |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_the_guide_names_every_variable_that_is_read_and_no_other() -> None:
    assert sorted(_first_cells("variable")) == sorted(_read_names() - {"FLASK_RUN_FROM_CLI"})


def test_the_example_of_settings_holds_no_secret_and_no_name_that_nobody_reads() -> None:
    lines = (DEPLOY / "kata.env.example").read_text().splitlines()
    given = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", "\n".join(lines), re.MULTILINE))
    assert set(given) <= _read_names()
    assert given["SECRET_KEY"] == ""


#: Asked of a process of its own, since what counts is chosen once in a process.
ALL_FIGURES = """
import sys, pathlib
from kata import metrics, health
from kata.outbox import sending
metrics.begin(pathlib.Path(sys.argv[1]))
figures = metrics._figures
for each in (*vars(figures).values(), *figures.refusals.values()):
    if hasattr(each, "describe"):
        print(each.describe()[0].name + "_total" * (each._type == "counter"))
for reading in metrics.readings:
    print(reading.name)
"""


def test_the_guide_names_every_figure_and_no_other(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ALL_FIGURES, tmp_path]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert len(told) == len(set(told)) >= 14
    assert sorted(_first_cells("figure")) == sorted([*told, "kata_database_up"])


def test_the_guide_names_every_fact_of_a_line_in_the_log(app: Flask) -> None:
    record = logs.requests.makeRecord("kata.requests", 20, "", 0, "request", (), None)
    facts = set(logs.facts_of(record)) | {"error", "traceback"}
    source = Path(requests.__file__).read_text()
    facts |= set(re.findall(r'^ {8,16}"(\w+)":', source, re.MULTILINE))
    assert sorted(set(_first_cells("fact"))) == sorted(facts)


def test_nginx_hides_every_address_that_holds_a_secret(app: Flask) -> None:
    (hidden,) = re.findall(r"kata_place>/\(\?:([^)]+)\)/", SITE.read_text())
    assert sorted(hidden.split("|")) == sorted({place.strip("/") for place in requests._secret_places(app)})


def test_more_processes_are_served_like_the_first() -> None:
    for kind in ("service", "socket"):
        first, more = ((DEPLOY / "systemd" / f"{name}.{kind}").read_text() for name in ("kata", "kata@"))
        assert more.replace("kata@%i", "kata").replace("%i", "8001") == first


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_takes_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        text = text.replace("/opt/kata", str(ROOT)).replace("/etc/kata/kata.env", "/dev/null")
        (tmp_path / name.replace("@", "@8002")).write_text(text)
    checked = [str(tmp_path / name.replace("@", "@8002")) for name in UNITS]
    verify = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *checked], capture_output=True, text=True, check=False
    )
    assert (verify.returncode, verify.stderr) == (0, "")
    for name in UNITS:
        if name.endswith(".service"):
            command = [
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=20",
                str(tmp_path / name.replace("@", "@8002")),
            ]
            judged = subprocess.run(command, capture_output=True, text=True, check=False)
            assert judged.returncode == 0, judged.stdout[-200:]


def _steps() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, in order."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def test_the_image_copies_what_there_is_and_all_that_is_imported() -> None:
    copied = [shlex.split(rest) for word, rest in _steps() if word == "COPY" and "--from" not in rest]
    sources = {source for *several, _ in copied for source in several}
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert {"kata", "migrations", "static", "templates", "config.py", "wsgi.py", "requirements.txt"} <= sources


@pytest.mark.slow
def test_what_the_image_holds_serves_is_healthy_writes_only_its_data_and_ends_when_told(
    tmp_path: Path, cast_in: MakeFolder
) -> None:
    """The image's own steps in a folder, since no container engine runs here: all but the two that install."""
    home, data = tmp_path / "opt", cast_in(tmp_path / "data")
    home.mkdir()
    for word, rest in _steps():
        if word == "COPY" and "--from" not in rest:
            *sources, _ = shlex.split(rest)
            for source in sources:
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, home / source)
    (home / ".venv").symlink_to(sys.prefix)
    steps = dict(_steps())  # of each word the last, which is the image's own
    (port,) = free_ports(1)
    command = [_here(each, home, port) for each in json.loads(steps["CMD"])]
    healthy = [_here(each, home, port) for each in json.loads(steps["HEALTHCHECK"].partition("CMD ")[2])]
    env = environment(data, PYTHONDONTWRITEBYTECODE="1")
    before = sorted(home.rglob("*"))
    process = start(command, tmp_path / "log", env, cwd=home)
    try:
        wait_for(lambda: listens(port) or process.poll() is not None, "what the image starts")
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert subprocess.run(healthy, cwd=home, env=env, check=False).returncode == 0
    finally:
        assert end(process, signal.Signals[steps["STOPSIGNAL"]]) == 0
    assert sorted(home.rglob("*")) == before
    assert subprocess.run(healthy, cwd=home, env=env, stderr=subprocess.DEVNULL, check=False).returncode != 0
    assert steps["USER"] not in {"root", "0"}


def _here(word: str, home: Path, port: int) -> str:
    return (
        word.replace("/opt/kata", str(home)).replace("0.0.0.0:8000", f"127.0.0.1:{port}").replace(":8000/", f":{port}/")
    )


@pytest.mark.slow
def test_nobody_is_turned_away_while_a_server_behind_a_held_door_is_started_anew(
    tmp_path: Path, cast_in: MakeFolder, played: Cast
) -> None:
    """As with kata.socket: systemd keeps the listening socket and hands it on."""
    env = environment(cast_in(tmp_path / "data"))
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(256)
        port = door.getsockname()[1]
        hand_on = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True);"
            "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); os.execv(sys.argv[2], sys.argv[2:])"
        )
        command = [sys.executable, "-c", hand_on, str(door.fileno()), *server_command(port)]

        def begin() -> subprocess.Popen[bytes]:
            with (tmp_path / "log").open("ab") as log:
                return subprocess.Popen(
                    command, cwd=ROOT, env=env, pass_fds=[door.fileno()], stdout=log, stderr=log, start_new_session=True
                )

        process = begin()
        try:
            with ThreadPoolExecutor(4) as pool:
                assert Browser(port).get("/healthz").status == 200
                asked = [pool.submit(Browser(port).get, "/healthz") for _ in range(8)]
                process.send_signal(signal.SIGTERM)
                asked += [pool.submit(Browser(port).get, "/healthz") for _ in range(40)]
                assert process.wait(12) == 0
                process = begin()
                assert {each.result().status for each in asked} == {200}
        finally:
            end(process)
