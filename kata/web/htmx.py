"""The only module that knows htmx by name, so that another version, or none, stays cheap."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, request
from markupsafe import escape

from kata.web.templates import rendered


@dataclass(frozen=True)
class Partial:
    """A piece of a page: the template that renders one root element with this ``id``.

    ``swap`` says otherwise where the piece does not take the place of that element: ``afterbegin`` puts it first in it.
    """

    id: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    swap: str = "outerMorph"

    def render(self) -> str:
        return rendered(self.template, **self.context)


def asked() -> bool:
    """Whether htmx made this request and wants pieces instead of a page."""
    return request.headers.get("HX-Request") == "true"


def stands_on(*paths: str) -> bool:
    """Whether the page that asked is at one of ``paths``; true where the browser does not say."""
    current = request.headers.get("HX-Current-URL")
    return current is None or urlsplit(current).path in paths


def stands_below(path: str) -> bool:
    """Whether the page that asked is at ``path`` or below it; false where the browser does not say."""
    current = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return current == path or current.startswith(f"{path}/")


def pieces(partials: tuple[Partial, ...], status: int = 200) -> Response:
    """An answer that replaces each partial's element where it stands, keeping focus and typed text."""
    body = "".join(
        f'<hx-partial id="{escape(part.id)}" hx-swap="{part.swap}">{part.render()}</hx-partial>' for part in partials
    )
    response = make_response(body, status)
    response.headers["Vary"] = "HX-Request"
    return response


def go_to(address: str) -> Response:
    """Send the browser to another page after an htmx request."""
    response = make_response("", 204)
    response.headers["HX-Redirect"] = address
    return response


def tell(response: Response, event: str, detail: Mapping[str, Any]) -> None:
    """Let the page's scripts hear of something, as an event on the element that asked."""
    response.headers["HX-Trigger"] = json.dumps({event: dict(detail)})
