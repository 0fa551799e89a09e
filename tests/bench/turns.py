"""Taking the time of requests in turns, so that a machine that slows down slows all of them down alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from tests.client import HTMX, Client

WARM_UP = 15  # psycopg prepares a statement at its fifth use, PostgreSQL settles on a plan at its tenth


@dataclass
class Request:
    """A request that can be sent again and again; ``form`` makes a new body for each turn."""

    app: Flask
    client: Client
    path: str
    form: Callable[[], Mapping[str, Any]] | None = None
    htmx: bool = False
    status: int = 200
    times: list[float] = field(default_factory=list)
    body: bytes = b""

    def environment(self) -> dict[str, Any]:
        headers = {"Cookie": _cookies(self.client), "Accept-Encoding": "gzip", **(HTMX if self.htmx else {})}
        method = "POST" if self.form else "GET"
        data = dict(self.form()) if self.form else None
        builder = EnvironBuilder(self.path, method=method, headers=headers, data=data, base_url="http://localhost")
        return builder.get_environ()

    def send(self) -> float:
        """Send it once; the seconds the app took, from the first byte asked to the last byte answered."""
        environment = self.environment()
        answered: list[str] = []
        start = time.perf_counter()
        self.body = copy_context().run(self._run, environment, answered)
        taken = time.perf_counter() - start
        assert answered[0].startswith(str(self.status)), f"{self.path}: {answered[0]}"
        return taken

    def _run(self, environment: dict[str, Any], answered: list[str]) -> bytes:
        pieces = self.app.wsgi_app(environment, lambda status, headers, _error=None: answered.append(status))
        try:
            return b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()

    @property
    def middle(self) -> float:
        return median(self.times)


def take_turns(requests: Mapping[str, Request], turns: int) -> None:
    """Send all of them one after the other, ``turns`` times, and note how long each took."""
    for _ in range(WARM_UP):
        for request in requests.values():
            request.send()
    with WithoutCollector():
        for _ in range(turns):
            for request in requests.values():
                request.times.append(request.send())
            gc.collect(0)


class WithoutCollector:
    """A collection that falls into one request says nothing about that request."""

    def __enter__(self) -> None:
        gc.collect()
        gc.disable()

    def __exit__(self, *_error: object) -> None:
        gc.enable()


def ratio(request: Request, other: Request) -> float:
    """How many times as long as the other one it takes, in the middle."""
    return request.middle / other.middle


def _cookies(client: Client) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in _jar(client))


def _jar(client: Client) -> Iterator[Any]:
    yield from client._cookies.values()
