"""What the environment may say, and how the app refuses to be served unsafely: in a sentence that says what to set."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import SettingsError, database_address, from_environment, mail_server

ROOT = Path(__file__).resolve().parent.parent
SECRET = "0123456789abcdefghijklmnopqrstuv"
SAFE = {"SECRET_KEY": SECRET, "PUBLIC_URL": "https://kata.example.org"}

UNSAFE = [
    ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
    ({"SECRET_KEY": "short"}, "too short or too simple"),
    ({"SECRET_KEY": "a" * 64}, "too short or too simple"),
    ({"OLD_SECRET_KEY": "short"}, "OLD_SECRET_KEY is too short or too simple"),
    ({"PUBLIC_URL": ""}, "Set PUBLIC_URL"),
    ({"PUBLIC_URL": "kata.example.org"}, "Set PUBLIC_URL"),
    ({"PUBLIC_URL": "javascript://kata.example.org"}, "Set PUBLIC_URL"),
    ({"PUBLIC_URL": "https://"}, "Set PUBLIC_URL"),
    ({"FLASK_DEBUG": "1"}, "Unset FLASK_DEBUG"),
    ({"FLASK_DEBUG": "true"}, "Unset FLASK_DEBUG"),
    ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES is the number of proxies"),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is not understood: use json or text"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is not understood: use debug, info, warning or error"),
    ({"METRICS": "0.0.0.0:9464"}, "METRICS would be told to strangers"),
]


@pytest.fixture
def folder(tmp_path: Path) -> dict[str, str]:
    return {"KATA_DATA": str(tmp_path / "data")}


@pytest.mark.parametrize(("change", "sentence"), UNSAFE)
def test_an_unsafe_start_is_refused(change: dict[str, str], sentence: str, folder: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=sentence) as refusal:
        from_environment({**SAFE, **folder, **change}, serving=True)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("change", "sentence"), [UNSAFE[0], UNSAFE[3], UNSAFE[7]])
def test_the_server_does_not_come_up_unsafely(change: dict[str, str], sentence: str, folder: dict[str, str]) -> None:
    environment = {"PATH": os.environ["PATH"], **SAFE, **folder, **change}
    started = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert started.returncode != 0
    assert started.stderr.startswith("kata: ")
    assert sentence in started.stderr
    assert len(started.stderr.splitlines()) == 1


def test_a_safe_start_is_let_through(folder: dict[str, str]) -> None:
    settings = from_environment({**SAFE, **folder}, serving=True)
    assert settings["SECRET_KEY"] == SECRET
    assert settings["DEMO"] is False


def test_the_demo_and_commands_need_neither(folder: dict[str, str]) -> None:
    assert from_environment({**folder, "KATA_DEMO": "1"}, serving=True)["DEMO"] is True
    assert from_environment(folder, serving=False)["DEMO"] is False


def test_cookies_are_as_tight_as_the_address_allows(folder: dict[str, str]) -> None:
    safe = from_environment({**SAFE, **folder}, serving=True)
    plain = from_environment({**SAFE, **folder, "PUBLIC_URL": "http://kata.example.org"}, serving=True)
    assert (safe["SESSION_COOKIE_SECURE"], safe["SESSION_COOKIE_NAME"]) == (True, "__Host-kata")
    assert (plain["SESSION_COOKIE_SECURE"], plain["SESSION_COOKIE_NAME"]) == (False, "kata")
    for settings in (safe, plain):
        assert settings["SESSION_COOKIE_HTTPONLY"] is True
        assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_only_hosts_that_are_ours_are_trusted(folder: dict[str, str]) -> None:
    trusted = from_environment({**SAFE, **folder}, serving=True)["TRUSTED_HOSTS"]
    assert trusted == ["kata.example.org", "127.0.0.1", "localhost"]


def test_a_secret_of_this_machine_is_made_once_for_its_owner_only(folder: dict[str, str]) -> None:
    first = from_environment({**folder, "KATA_DEMO": "1"}, serving=True)["SECRET_KEY"]
    again = from_environment({**folder, "KATA_DEMO": "1"}, serving=True)["SECRET_KEY"]
    kept = Path(folder["KATA_DATA"]) / "secret"
    assert first == again == kept.read_text()
    assert len(str(first)) >= 48
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://kata:s%40crt@mail.example.org:587", ("mail.example.org", 587, "kata", "s@crt", "required")),
        ("smtps://kata:secret@mail.example.org", ("mail.example.org", 465, "kata", "secret", "implicit")),
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", "required")),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", "offered")),
        ("smtp://localhost:25/", ("localhost", 25, "", "", "offered")),
        ("smtp://[::1]:25", ("::1", 25, "", "", "offered")),
    ],
)
def test_the_mail_server_that_people_name_is_the_one_that_is_used(url: str, server: tuple[object, ...]) -> None:
    assert tuple((mail_server(url) or {}).values()) == server


def test_without_a_mail_server_nothing_is_missing(folder: dict[str, str]) -> None:
    settings = from_environment({**SAFE, **folder}, serving=True)
    assert (settings["MAIL_SERVER"], settings["MAIL_FROM"]) == (None, "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SMTP_URL": "mail.example.org"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "http://u:hidden@mail.example.org"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://u:hidden@"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://u:hidden@mail.example.org:port"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://u:hidden@mail.example.org:99999"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://u:hidden@mail.example.org/in/box"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://u:hid den@mail.example.org"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://[::1"}, "SMTP_URL is not understood"),
        ({"SMTP_URL": "smtp://user@mail.example.org"}, "without a password"),
        ({"SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": ""}, "Set MAIL_FROM"),
        ({"SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "Kata"}, "Set MAIL_FROM"),
        ({"MAIL_FROM": "Kata <kata@example.org>\nBcc: all@example.org"}, "Set MAIL_FROM"),
    ],
)
@pytest.mark.parametrize("serving", [True, False])
def test_a_mail_server_that_cannot_be_meant_is_refused(
    change: dict[str, str], sentence: str, serving: bool, folder: dict[str, str]
) -> None:
    given = {**SAFE, **folder, "MAIL_FROM": "Kata <kata@example.org>", **change}
    with pytest.raises(SettingsError, match=sentence) as refusal:
        from_environment(given, serving=serving)
    assert len(str(refusal.value).splitlines()) == 1
    assert "hid" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("", "sqlite:////data/kata.sqlite"),
        ("postgres://kata@db/kata", "postgresql+psycopg://kata@db/kata"),
        ("postgresql://kata@db/kata", "postgresql+psycopg://kata@db/kata"),
        ("postgresql+psycopg://kata@db/kata", "postgresql+psycopg://kata@db/kata"),
    ],
)
def test_the_database_that_people_name_is_the_one_that_is_used(url: str, address: str) -> None:
    assert database_address(url, Path("/data")) == address
