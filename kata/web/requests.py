"""What is noted about every request: its number, how long it took, what it asked of the database, how it ended.

The address is noted as its rule, so that neither the secret in ``/link/…`` nor what somebody searched for is, and the
person as a number. A page that could not be made shows the number of its request, so that whoever is told it finds the
line.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from kata import logs, metrics
from kata.extensions import asked

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_STARTED, _NUMBER, _BEFORE = "kata.started", "kata.request", "kata.asked"
#: Asked by machines every few seconds; their answers are told when they are bad, or when all details are wanted.
_PROBES = {"/healthz", "/readyz"}
#: A verb that nobody knows would be a figure of its own each.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def register(app: Flask) -> None:
    """Note each request of ``app``. Before all others, since what is registered first sees the answer last."""
    app.wsgi_app = _begin(app.wsgi_app, trusted=bool(app.config.get("TRUSTED_PROXIES")))  # type: ignore[method-assign]  # Flask documents wrapping it so
    app.after_request(_note)


def know_secrets(app: Flask) -> None:
    """Let the log know which addresses hold a secret; once all rooms are there."""
    logs.know(_facts, _secret_places(app))


def number() -> str:
    """The number of the request in hand."""
    return str(request.environ[_NUMBER])


def _begin(answer: Callable[..., Iterable[bytes]], *, trusted: bool) -> Callable[..., Iterable[bytes]]:
    def begin(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[_STARTED], environ[_BEFORE] = perf_counter(), asked.count
        given = environ.get("HTTP_X_REQUEST_ID") if trusted else None
        environ[_NUMBER] = given if given and _GIVEN.fullmatch(given) else secrets.token_hex(8)
        return answer(environ, start_response)

    return begin


def _note(response: Response) -> Response:
    environ, status = request.environ, response.status_code
    seconds, statements = perf_counter() - environ[_STARTED], asked.count - environ[_BEFORE]
    response.headers[HEADER] = environ[_NUMBER]
    rule = request.url_rule
    route = rule.rule if rule is not None else ""
    method = request.method if request.method in _METHODS else "other"
    metrics.request(route, method, status, seconds, statements)
    level = _level(route, method, status)
    if logs.requests.isEnabledFor(level):
        viewer = g.get("viewer")
        logs.request(
            level,
            {
                "request": environ[_NUMBER],
                "method": method,
                "route": route or None,
                "status": status,
                "ms": round(seconds * 1000, 2),
                "statements": statements,
                "person": viewer and viewer.person_id,
            },
        )
    return response


def _level(route: str, method: str, status: int) -> int:
    if status >= 500:
        return logging.ERROR
    nothing_new = status in (204, 304) and method == "GET"  # what screens that follow something get every second
    return logging.DEBUG if nothing_new or (route in _PROBES and status == 200) else logging.INFO


def _facts() -> dict[str, object]:
    """What is told of the request in which an event happens."""
    if not has_request_context():
        return {}
    rule, viewer = request.url_rule, g.get("viewer")
    return {
        "request": request.environ.get(_NUMBER),
        "method": request.method if request.method in _METHODS else "other",
        "route": rule and rule.rule,
        "person": viewer and viewer.person_id,
    }


def _secret_places(app: Flask) -> Iterator[str]:
    """What stands before the secret in an address that holds one, such as ``/link/``."""
    for rule in app.url_map.iter_rules():
        before, token, _ = rule.rule.partition("<token>")
        if token:
            yield before
