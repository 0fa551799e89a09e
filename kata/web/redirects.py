"""Where to go next, when the address came from outside: only to a page of this app.

Browsers forgive much in an address (backslashes, tabs, encoded slashes), so what is not plainly a local path is
refused. The path is held to the signs that our own addresses use; a query may hold anything printable.
"""

import re
from urllib.parse import unquote

LONGEST = 2000

# "/", or segments that start with a letter or digit, each with signs our routes and slugs use.
_PATH = re.compile(r"/(?:[\w~][\w~.+,=-]*/?)*")


def safe_next(target: str | None, fallback: str = "/") -> str:
    """`target` if it is an address of this app, else `fallback`."""
    return target if target and _is_local(target) else fallback


def _is_local(target: str) -> bool:
    if len(target) > LONGEST or "\\" in target or not target.isprintable():
        return False
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    decoded = unquote(path, errors="strict") if path.isascii() else path
    return bool(_PATH.fullmatch(decoded))
