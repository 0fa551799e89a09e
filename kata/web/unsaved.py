"""What was typed into a form that could not be saved now, so that the answer can offer to send it once more.

Browsers with scripts keep it by themselves and stay on their page; a plain form has left its page when it hears no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import request

from kata.web import htmx

#: What the app itself put into the form: of no interest to who reads, but sent again all the same.
OURS = {"csrf_token", "once", "version", "seen", "next"}
SECRETS = ("password", "current")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Unsaved:
    """``texts`` are what somebody typed; ``fields`` all that was sent, empty where it cannot be sent again so."""

    action: str
    texts: list[str]
    fields: list[tuple[str, str]]
    files: bool


def unsaved() -> Unsaved | None:
    """What this request brought by a plain form; ``None`` where it brought nothing that would be missed.

    Passwords are never shown, and a form with one, or with files, has to be filled in again.
    """
    if request.method != "POST" or htmx.asked():
        return None
    try:
        sent, files = request.form, any(file for file in request.files.values())
    except OSError:  # there was no room even to read it
        return None
    fields = [(name, value) for name, values in sent.lists() for value in values]
    open_ones = [(name, value) for name, value in fields if not any(secret in name for secret in SECRETS)]
    texts = [value for name, value in open_ones if name not in OURS and _is_text(name, value)]
    again = fields if len(open_ones) == len(fields) and not files else []
    return Unsaved(request.full_path.rstrip("?"), texts, [pair for pair in again if pair[0] != "csrf_token"], files)


def _is_text(name: str, value: str) -> bool:
    """Whether it reads as something that somebody wrote, not as a choice of theirs."""
    return bool(value.strip()) and not name.endswith("_id") and not _DAY.fullmatch(value)
