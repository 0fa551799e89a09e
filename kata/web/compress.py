"""Pages leave compressed, since a phone on the floor is often on a slow line.

Guessing a secret from the length of a compressed page needs another site to make signed-in requests for it;
``SameSite=Lax`` cookies and the Fetch Metadata check do not let one.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 1200
KINDS = ("text/html", "text/csv", "application/json", "image/svg+xml")


def register(app: Flask) -> None:
    """Compress answers for browsers that take it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < SMALLEST or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return response
    response.set_data(gzip.compress(body, 4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
