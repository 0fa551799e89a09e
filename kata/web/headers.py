"""What every answer says about itself, and which requests are refused before anything runs.

The policy starts from nothing and adds what the app serves itself; there is no inline script, style or eval.
"""

from __future__ import annotations

import ipaddress

from flask import Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kata.extensions import writing

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


#: Once somebody came by https, a browser asks by nothing else for a year.
BY_HTTPS = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    """Guard each request and dress each answer."""
    app.before_request(_decide_whether_it_writes)
    app.before_request(_refuse_endless_text)
    app.before_request(_refuse_strangers)
    app.before_request(_refuse_other_sites)
    app.after_request(_dress)


def _decide_whether_it_writes() -> None:
    writing.set(request.method not in SAFE_METHODS)


def _refuse_endless_text() -> None:
    """Only a form with photos may be as large as photos are."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _refuse_strangers() -> ResponseReturnValue | None:
    """A demo installation has a published password, so it answers this machine only unless told otherwise."""
    config = current_app.config
    if not config["DEMO"] or config["DEMO_PUBLIC"]:
        return None
    try:
        local = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        local = False
    if not local:
        return "This is a demo installation; it answers on its own machine only.\n", 403
    return None


def _refuse_other_sites() -> None:
    """Browsers say where a request comes from; an unsafe one from another site is refused even with a token."""
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site", "same-origin"), request.headers.get("Origin")
    strange = bool(origin) and origin != "null" and origin not in _own_origins()
    if strange or site not in {"same-origin", "none"}:
        current_app.extensions["kata"].on_refusal(getattr(current_user, "person_id", None), "came from another site")
        abort(403)


def _own_origins() -> set[str]:
    return {request.host_url.rstrip("/"), str(current_app.config["PUBLIC_URL"]).rstrip("/")}


def _dress(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", BY_HTTPS)
    return response
