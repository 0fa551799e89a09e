"""Somebody with a browser: real requests to a real port, with cookies, a connection that stays, and real forms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.cast import PASSWORD
from tests.client import form_fields

PATIENCE = 60.0


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    location: str = ""


class Unanswered(Exception):
    """The connection ended before an answer came: nobody knows what became of the request."""


class Person:
    """One browser. Nobody is signed in at first."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None

    def sign_in(self, email: str) -> Person:
        """Fill in the real form at the door."""
        fields = self.form("/sign-in", "/sign-in")
        answer = self.post("/sign-in", {**fields, "email": email, "password": PASSWORD})
        assert answer.status == 303, answer
        return self

    def form(self, page: str, action: str) -> dict[str, Any]:
        """What a browser would send of the form that posts to ``action``; asked again where no answer came."""
        for turn in range(2):
            try:
                answer = self.get(page)
                break
            except Unanswered:
                if turn:
                    raise
        assert answer.status == 200, f"{page}: {answer.status} {answer.location}"
        return form_fields(answer.text, action)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Send a form, as a page without scripts does."""
        body = urlencode(list(_pairs(fields)))
        return self._ask("POST", path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, fields: Mapping[str, Any], field: str, file: bytes) -> Answer:
        """Send a form with a photo."""
        mark = uuid.uuid4().hex
        parts = [_part(mark, f'name="{name}"', str(value).encode()) for name, value in _pairs(fields)]
        parts.append(_part(mark, f'name="{field}"; filename="wall.jpg"', file))
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def close(self) -> None:
        """Close the browser."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Over the connection that is open, and where that has been closed meanwhile over another, as browsers do."""
        kept = self._connection is not None
        try:
            return self._asked(method, path, body, headers)
        except (OSError, HTTPException) as error:
            self.close()
            if not kept:
                raise Unanswered(f"{method} {path}: {error!r}") from None
        return self._ask(method, path, body, headers)

    def _asked(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        carried = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, body, {**headers, "Host": "localhost", "Cookie": carried})
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for said in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(said).items()})
        if answer.will_close:
            self.close()
        return Answer(answer.status, text, answer.headers.get("Location", ""))


def _pairs(fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, each) for name, held in fields.items() for each in (held if isinstance(held, list) else [held])]


def _part(mark: str, disposition: str, value: bytes) -> bytes:
    kind = b"Content-Type: image/jpeg\r\n" if "filename" in disposition else b""
    return f"--{mark}\r\nContent-Disposition: form-data; {disposition}\r\n".encode() + kind + b"\r\n" + value + b"\r\n"
