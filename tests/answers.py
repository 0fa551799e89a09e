"""What every answer of the app owes, whichever test asked and whatever came of it.

The client asks here for each answer that it gets, so an address that is added tomorrow is held to it by its own tests.
"""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from kata.web.headers import POLICY

PROMISED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: What a browser may keep, for its own reader alone: pictures that it asks about each time it shows them, and what says
#: nothing about anybody, the rules of wording and the pictures of the help.
KEPT = {"private, no-cache"}
NOBODYS = ("/wording.json", "/help/pictures/")
TYPES = {
    "text/html": "utf-8",
    "text/csv": "utf-8",
    "text/plain": "utf-8",
    "text/calendar": "utf-8",
    "application/json": None,
    "image/svg+xml": "utf-8",
    "image/png": None,
    "image/jpeg": None,
    "image/webp": None,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": None,
}


def expect_guarded(answer: TestResponse) -> None:
    """Fail where an answer could be framed, guessed at, kept by somebody, or leads to another site."""
    asked = f"{answer.request.method} {answer.request.path} ({answer.status_code})"
    headers = answer.headers
    for name, value in PROMISED.items():
        assert headers.getlist(name) == [value], f"{asked}: {name} is {headers.getlist(name)}"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, asked
    kept = headers.get("Cache-Control", "")
    assert "no-store" in kept or kept in KEPT or answer.request.path.startswith(NOBODYS), f"{asked} may be kept: {kept}"
    assert "public" not in kept, asked
    for leak in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        assert leak not in headers, f"{asked}: {leak}"
    if 300 <= answer.status_code < 400 and answer.status_code != 304:
        place = headers["Location"]
        assert re.match(r"/(?![/\\])", place), f"{asked} leads to {place}"
    elif answer.data:
        assert answer.mimetype in TYPES, f"{asked} is {answer.mimetype}"
        assert answer.mimetype_params.get("charset") == TYPES[answer.mimetype], f"{asked}: {answer.content_type}"
    for cookie in headers.getlist("Set-Cookie"):
        said = {part.strip() for part in cookie.split(";")[1:]}
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= said, f"{asked}: {said}"
        assert "Domain" not in cookie, asked
