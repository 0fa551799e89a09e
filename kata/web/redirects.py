"""Where to go next, when the address came from outside: only to a page of this app.

Browsers forgive much in an address (backslashes, tabs, encoded slashes), so what is not plainly a local path is
refused. The path is held to the signs that our own addresses use; a query may hold anything printable.
"""

import re
from urllib.parse import unquote

LONGEST = 2000

# "/", or segments made of the signs in our routes, slugs and tokens; none starts with a dot.
_SEGMENT = r"[\w~-][\w~.=-]*"
_PATH = re.compile(rf"/(?:{_SEGMENT}/)*(?:{_SEGMENT})?")


def safe_next(target: str | None, fallback: str = "/") -> str:
    """`target` if it is an address of this app, else `fallback`."""
    return target if target and _is_local(target) else fallback


def _is_local(target: str) -> bool:
    if len(target) > LONGEST or "\\" in target or not target.isprintable():
        return False
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    return bool(_PATH.fullmatch(unquote(path)))  # once is enough: a second layer leaves a "%", which is refused
