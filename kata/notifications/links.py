"""The address in a digest at which one click ends it.

It is signed and not stored: a mail may be opened years later and its link must still work, even for who lost their
account's password, so there is nothing that should expire or be used up; and all that it can do is to end these mails,
which its owner undoes in the settings. Whoever reads the database finds none of them, since the secret is not in it.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from flask import current_app

_WRITTEN = re.compile(r"(\d{1,9})\.([0-9a-f]{40})", re.ASCII)


def off_token(person_id: int) -> str:
    """What stands in the address for this person."""
    return f"{person_id}.{_signed(person_id, current_app.config['SECRET_KEY'])}"


def person_of(token: str) -> int | None:
    """Whose digest the address ends; ``None`` for one that we never made."""
    found = _WRITTEN.fullmatch(token)
    if found is None:
        return None
    keys = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    ours = any(hmac.compare_digest(found[2], _signed(int(found[1]), key)) for key in keys)
    return int(found[1]) if ours else None


def _signed(person_id: int, key: str) -> str:
    return hmac.new(key.encode(), f"digest off\0{person_id}".encode(), hashlib.sha256).hexdigest()[:40]
