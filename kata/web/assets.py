"""Static files: bundled and compressed once at start, served under an address that changes with their content.

There is no build step: style sheets are written as one file a component and joined here, so that a first visit
fetches one of them. The folder's name is the checksum of everything in it and of what built it, which makes a year's
caching safe.
"""

from __future__ import annotations

import gzip
import hashlib
import inspect
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from kata.web import scripts
from kata.web.headers import BY_HTTPS

COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".webmanifest"}
FIRST = ("tokens.css", "base.css")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BREAKS = re.compile(r"\s*\n\s*")


#: What a file says of itself; looked at alone, a drawing may load and run nothing, and nobody may frame it.
FILES = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}


def register(app: Flask, source: Path, data_folder: Path) -> None:
    """Serve ``source`` below ``/static/<checksum>/`` and give templates ``asset(path)``."""
    digest = _digest(source)
    built = data_folder / "static" / digest
    if not built.exists():
        _build(source, built)
    prefix = f"/static/{digest}/"
    dressed = FILES | ({"Strict-Transport-Security": BY_HTTPS} if app.config["SESSION_COOKIE_SECURE"] else {})
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask documents wrapping it so
        app.wsgi_app,
        root=str(built),
        prefix=prefix,
        max_age=31_536_000,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=lambda headers, _path, _url: _dress(headers, dressed),
    )
    app.jinja_env.globals["asset"] = lambda path: prefix + path


def _dress(headers: Any, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        headers[name] = value


def _digest(source: Path) -> str:
    total = hashlib.sha256(inspect.getsource(sys.modules[__name__]).encode() + inspect.getsource(scripts).encode())
    for file in _files(source):
        total.update(str(file.relative_to(source)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:12]


def _files(source: Path) -> list[Path]:
    return sorted(file for file in source.rglob("*") if file.is_file())


def _build(source: Path, built: Path) -> None:
    built.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=built.parent))
    shutil.copytree(source, scratch, dirs_exist_ok=True)
    (scratch / "css" / "app.css").write_text(bundle(source / "css"))
    for name, text in scripts.join(source / "js").items():
        (scratch / "js" / name).write_text(text)
    for file in _files(scratch):
        if file.suffix in COMPRESSIBLE:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    scratch.chmod(0o755)
    try:
        scratch.rename(built)
    except OSError:  # another process built the same folder meanwhile
        shutil.rmtree(scratch)


def bundle(folder: Path) -> str:
    """All style sheets of ``folder`` in one, tokens and base first, then by name; without comments and indentation."""
    sheets = sorted(folder.glob("*.css"), key=lambda sheet: (_rank(sheet.name), sheet.name))
    whole = COMMENT.sub("", "\n".join(sheet.read_text() for sheet in sheets))
    return BREAKS.sub("\n", whole).strip()


def _rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)
