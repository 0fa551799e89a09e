"""The set-up keeps its promises: scripts, pins, other people's files and the sprite."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCRIPTS = (
    "bin/run",
    "bin/test",
    "bin/torture",
    "bin/load",
    "bin/pin",
    "bin/icons",
    "bin/words",
    "bin/screenshots",
    ".ci/run",
)
PINS = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-test.txt": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"],
    "requirements-postgres.txt": PROJECT["optional-dependencies"]["postgres"],
    "requirements-uv.txt": PROJECT["optional-dependencies"]["uv"],
}
# The app's own address on this machine and the name of the SVG language are no addresses that anything is fetched from.
ADDRESS = re.compile(r"\bhttps?://(?!127\.0\.0\.1|\$bind|www\.w3\.org/2000/svg)\S+")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|tmp|opt|Users)/")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def _pinned(file: str) -> dict[str, str]:
    """Package and version of each line that pins one."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {_plain(name): version for name, version in re.findall(r"^(\S+?)==(\S+)", text, re.MULTILINE)}


def _checksums(folder: Path) -> dict[str, str]:
    rows = re.findall(r"^\| `(\S+)` \| `([0-9a-f]{64})` \|$", (folder / "README.md").read_text(), re.MULTILINE)
    return dict(rows)


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize(
    "script", ["bin/run", "bin/test", "bin/torture", "bin/load", "bin/pin", "bin/_environment", ".ci/run"]
)
def test_shell_scripts_are_well_formed(script: str) -> None:
    subprocess.run(["bash", "-n", ROOT / script], check=True)


@pytest.mark.parametrize("file", PINS)
def test_what_is_installed_is_what_the_project_names(file: str) -> None:
    named = {_plain(line.partition("==")[0]): line.partition("==")[2] for line in PINS[file]}
    assert named.items() <= _pinned(file).items()


@pytest.mark.parametrize("file", PINS)
def test_every_pin_has_its_hashes(file: str) -> None:
    pins = re.split(r"\n(?=\S)", (ROOT / file).read_text(encoding="utf-8").strip())
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_tests_run_on_the_versions_that_people_run() -> None:
    assert _pinned("requirements.txt").items() <= _pinned("requirements-test.txt").items()


@pytest.mark.parametrize("file", ["pyproject.toml", *PINS, *SCRIPTS, "bin/_environment"])
def test_set_up_names_no_address_and_no_folder_of_a_machine(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert ADDRESS.findall(text) == []
    assert MACHINE_PATH.findall(text) == []


@pytest.mark.parametrize("folder", ["static/vendor", "tests/vendor"])
def test_other_peoples_files_are_as_they_were_shipped(folder: str) -> None:
    place = ROOT / folder
    files = {path for path in place.rglob("*") if path.is_file() and path != place / "README.md"}
    found = {path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == _checksums(place)


def test_the_sprite_is_cut_from_the_icons_that_lie_here() -> None:
    cut = subprocess.run([sys.executable, ROOT / "bin/icons", "--check"], capture_output=True, text=True, check=False)
    assert cut.stderr == ""
    assert cut.returncode == 0


@pytest.mark.parametrize(
    ("variables", "arguments", "sentence"),
    [
        ({"PORT": "eighty"}, [], "PORT is 'eighty', which is not a number."),
        ({"BIND": "192.0.2.1", "KATA_DEMO_PUBLIC": ""}, [], "the demo's passwords are public"),
        ({}, ["--demmo"], "Usage: bin/run"),
    ],
)
def test_run_says_what_is_wrong_with_how_it_was_called(
    variables: dict[str, str], arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    called = subprocess.run(
        [ROOT / "bin/run", *arguments],
        env={**os.environ, "KATA_DATA": str(tmp_path), **variables},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert called.returncode != 0
    assert sentence in called.stderr
    assert list(tmp_path.iterdir()) == []
