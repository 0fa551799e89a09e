"""The cookie that carries the session: signed with a hash that nobody is advised against, and as old as it may be idle.

Flask signs everybody out whose cookie was signed in the future. That is what every cookie looks like when a clock is
set back by an hour, or to a second server whose clock is a second behind: it is genuine, and newer than was thought.
"""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

#: How far a clock may have been ahead when it signed; a time further off is a mistake that nobody should profit from.
AHEAD = 24 * 3600


class Signer(TimestampSigner):
    """Takes what a clock signed that was ahead of the one that looks now, up to a day."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        value, signed_at = super().unsign(signed_value, return_timestamp=True)
        age = self.get_timestamp() - int(signed_at.timestamp())
        if max_age is not None and not -AHEAD <= age <= max_age:
            raise SignatureExpired(f"Signed {age} seconds ago", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions with that signer."""

    digest_method = staticmethod(hashlib.sha256)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = Signer
        return serializer
