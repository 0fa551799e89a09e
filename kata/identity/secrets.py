"""Random tokens for links and sessions: the person gets the token, the database only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app


def new_token() -> str:
    """A token that nobody guesses, safe in an address."""
    return secrets.token_urlsafe(32)


def token_of_submission(purpose: str, *parts: object) -> str:
    """The token that a form's submission makes; the same submission sent twice is shown the same link again.

    ``parts`` name the maker, the subject and the form's random key. Nobody without the installation's secret can
    work it out, not even from the database.
    """
    key = str(current_app.config["SECRET_KEY"]).encode()
    message = "\0".join(["link", purpose, *(str(part) for part in parts)])
    return hmac.new(key, message.encode("utf-8", "surrogatepass"), hashlib.sha384).hexdigest()[:64]


def hashed(token: str) -> str:
    """What the database keeps of a token. A fast hash is right here: the token has 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
