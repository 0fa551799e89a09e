"""Settings, read once from the environment, so that nothing else looks there.

Three ways to run: the *demo* (``KATA_DEMO=1``, what ``bin/run`` starts), *production* (``SECRET_KEY`` and
``PUBLIC_URL`` set), and *commands* run by hand on this machine, which may do without both because they serve nobody.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment cannot be served safely; the message is one sentence that says what to set."""


def from_environment(env: Mapping[str, str], *, serving: bool) -> dict[str, object]:
    """Settings for ``kata.create_app``.

    ``serving`` is false for commands, which need neither a public address nor a secret of their own.
    Raises ``SettingsError`` where a server would start unsafely.
    """
    demo = env.get("KATA_DEMO") == "1"
    folder = Path(env.get("KATA_DATA") or ROOT / "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    public_url = env.get("PUBLIC_URL", "")
    if serving and not demo:
        _refuse_unsafe(env)
    address = urlsplit(public_url or f"http://127.0.0.1:{env.get('PORT') or 8000}")
    return {
        "DEMO": demo,
        "DEMO_PUBLIC": env.get("KATA_DEMO_PUBLIC") == "1",
        "DATA_FOLDER": folder,
        "SECRET_KEY": env.get("SECRET_KEY") or _kept_secret(folder),
        "SECRET_KEY_FALLBACKS": [old] if (old := env.get("OLD_SECRET_KEY")) else [],
        "PUBLIC_URL": address.geturl(),
        "SQLALCHEMY_DATABASE_URI": database_address(env.get("DATABASE_URL", ""), folder),
        "TRUSTED_HOSTS": _trusted_hosts(address.hostname or "127.0.0.1", local=not public_url),
        "TRUSTED_PROXIES": _proxies(env.get("TRUSTED_PROXIES") or "0"),
        "SESSION_COOKIE_SECURE": address.scheme == "https",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-kata" if address.scheme == "https" else "kata",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
        "SESSION_LIFETIME": timedelta(days=90),
        "MAX_CONTENT_LENGTH": 24 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en_GB",
        "MAIL_SERVER": mail_server(env.get("SMTP_URL", "")),
        "MAIL_FROM": _mail_from(env),
        "LOG_FORMAT": _one_of(env, "LOG_FORMAT", ("json", "text")),
        "LOG_LEVEL": _one_of(env, "LOG_LEVEL", ("debug", "info", "warning", "error")),
        "METRICS": metrics_address(env.get("METRICS", ""), public=env.get("METRICS_PUBLIC") == "1"),
    }


def metrics_address(text: str, *, public: bool = False) -> tuple[str, int] | None:
    """Where a Prometheus may ask, by ``METRICS``: host and port; ``None`` when that is empty.

    Raises ``SettingsError`` for an address that more than this machine and its own network could reach, unless
    ``public`` says that it is meant.
    """
    if not text:
        return None
    host, _, port = text.rpartition(":")
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(port)
    except ValueError:
        raise SettingsError("METRICS is not understood: write an address and a port, such as 127.0.0.1:9464.") from None
    near = any(address in network for network in _NEAR if network.version == address.version)
    if not near and not public:
        raise SettingsError(
            f"METRICS would be told to strangers on {host}: use 127.0.0.1 or a private address, or METRICS_PUBLIC=1."
        )
    return str(address), int(port)


_NEAR = tuple(
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


def _one_of(env: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = env.get(name, "").lower()
    if word and word not in words:
        raise SettingsError(f"{name} is not understood: use {', '.join(words[:-1])} or {words[-1]}.")
    return word


def _proxies(number: str) -> int:
    if not number.isascii() or not number.isdigit() or int(number) > 10:
        raise SettingsError("TRUSTED_PROXIES is the number of proxies before the app: 0, or 1 behind one nginx.")
    return int(number)


def mail_server(url: str) -> dict[str, object] | None:
    """Where mails are handed over, by ``SMTP_URL``: host, port, user, password and tls; ``None`` when that is empty.

    ``tls`` is *implicit* (smtps), *required* (STARTTLS or nothing) or, on this machine itself, *offered*. Raises
    ``SettingsError``, whose sentence never repeats the address, since a password may stand in it.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(_SMTP) from None
    bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if parts.scheme not in {"smtp", "smtps"} or not host or not bare or not url.isprintable() or " " in url:
        raise SettingsError(_SMTP)
    if bool(parts.username) != bool(parts.password):
        raise SettingsError("SMTP_URL names a user without a password, or the reverse: give both, or neither.")
    return {
        "host": host,
        "port": port or (465 if parts.scheme == "smtps" else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": _tls(parts),
    }


_SMTP = "SMTP_URL is not understood: write it as smtp://user:password@host:587 or smtps://user:password@host."
_SENDER = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]+\.?[A-Za-z0-9-]+")


def _tls(parts: SplitResult) -> str:
    if parts.scheme == "smtps":
        return "implicit"
    host = parts.hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    return "offered" if local else "required"


def _mail_from(env: Mapping[str, str]) -> str:
    """Whom mails come from; needed as soon as any are sent."""
    sender = env.get("MAIL_FROM", "")
    if not sender and not env.get("SMTP_URL"):
        return ""
    if not sender.isprintable() or not _SENDER.fullmatch(parseaddr(sender)[1]):
        raise SettingsError("Set MAIL_FROM to whom mails come from, such as Kata <kata@example.org>.")
    return sender


def database_address(url: str, folder: Path) -> str:
    """The SQLAlchemy address for ``DATABASE_URL``; the embedded SQLite file in ``folder`` when that is empty."""
    if not url:
        return f"sqlite:///{folder / 'kata.sqlite'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _refuse_unsafe(env: Mapping[str, str]) -> None:
    secret, address = env.get("SECRET_KEY", ""), urlsplit(env.get("PUBLIC_URL", ""))
    if not secret:
        raise SettingsError("Set SECRET_KEY to a secret of at least 32 characters before serving (or KATA_DEMO=1).")
    for name in ("SECRET_KEY", "OLD_SECRET_KEY"):
        if env.get(name) and (len(env[name]) < SHORTEST_SECRET or len(set(env[name])) < 8):
            raise SettingsError(f"{name} is too short or too simple: use at least 32 random characters.")
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise SettingsError("Set PUBLIC_URL to the address people open, such as https://kata.example.org.")
    if env.get("FLASK_DEBUG") in {"1", "true", "True"}:
        raise SettingsError("Unset FLASK_DEBUG: the debugger must not be reachable from a server.")


def _trusted_hosts(host: str, *, local: bool) -> list[str]:
    return ["127.0.0.1", "localhost", "[::1]"] if local else [host, "127.0.0.1", "localhost"]


def _kept_secret(folder: Path) -> str:
    """This machine's own secret, made on first use and readable by its owner only."""
    file = folder / "secret"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(48))
    return file.read_text()
