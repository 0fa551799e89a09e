"""What a visit weighs on the wire: the page, and what it makes a browser fetch with it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from flask import Flask

ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')
IMPORT = re.compile(r"""import[^'"`;]*['"]\./([\w-]+\.js)['"]""")
#: Modules that main.js fetches where an element asks for them.
WHEN_SEEN = re.compile(r"""['"]\[(data-[\w-]+)\]['"]:\s*'([\w-]+)'""")


def assets(app: Flask, html: str) -> dict[str, int]:
    """Every file that the page makes a browser fetch, with its size as it is sent."""
    folder = Path(str(app.config["DATA_FOLDER"])) / "static"
    found: dict[str, int] = {}
    for address in dict.fromkeys(ASSET.findall(html)):
        file = folder / address.removeprefix("/static/")
        found[address.split("/", 3)[3]] = _sent(file)
        if file.name == "main.js":
            found |= {f"js/{module.name}": _sent(module) for module in _modules(file, html)}
    return found


def _modules(main: Path, html: str) -> set[Path]:
    """What main.js imports, what those import, and what the page's own elements ask for."""
    waiting = [main]
    waiting += [
        main.with_name(f"{name}.js") for seen, name in WHEN_SEEN.findall(main.read_text()) if f" {seen}" in html
    ]
    known: set[Path] = set()
    while waiting:
        module = waiting.pop()
        if module not in known and module.exists():
            known.add(module)
            waiting += [main.with_name(name) for name in IMPORT.findall(module.read_text())]
    return known - {main}


def _sent(file: Path) -> int:
    compressed = file.with_name(file.name + ".gz")
    return (compressed if compressed.exists() else file).stat().st_size


def of_page(body: bytes) -> tuple[str, int]:
    """A page as text, and its size as it was sent."""
    try:
        return gzip.decompress(body).decode(), len(body)
    except gzip.BadGzipFile:
        return body.decode(), len(body)
