"""Random tokens for links and sessions: the person gets the token, the database only its hash.

A link may be handed over on paper and typed by hand, so its token is short (125 bits), in groups, and spelt with
letters and digits that are not taken for each other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans("ilo", "110")
_LENGTH, _GROUP = 25, 5


def new_token() -> str:
    """A token that nobody guesses, for a cookie."""
    return secrets.token_urlsafe(32)


def new_link_token() -> str:
    """A token that nobody guesses, for a link that people may have to type."""
    return _spelt(secrets.token_bytes(16))


def token_of_submission(purpose: str, *parts: object) -> str:
    """The link token that a form's submission makes; the same submission sent twice is shown the same link again.

    ``parts`` name the maker, the subject and the form's random key. Nobody without the installation's secret can
    work it out, not even from the database.
    """
    key = str(current_app.config["SECRET_KEY"]).encode()
    message = "\0".join(["link", purpose, *(str(part) for part in parts)])
    return _spelt(hmac.new(key, message.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())


def hashed(token: str) -> str:
    """What the database keeps of a token. A fast hash is right here: nobody tries 125 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hashes_of_typed(token: str) -> list[str]:
    """The hashes that a link's token may have: as it came, and as it was meant when it was typed by hand."""
    signs = "".join(sign for sign in token.lower().translate(_MISREAD) if sign in _ALPHABET)
    return [hashed(token), hashed(_grouped(signs[: _LENGTH + 1]))]


def _spelt(random: bytes) -> str:
    number = int.from_bytes(random, "big")
    return _grouped("".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH)))


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))
