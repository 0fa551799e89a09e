"""Letters of a few sentences with one link, as the doors of the house send them; digests have a form of their own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from kata.outbox.kinds import Letter
from kata.web.templates import rendered


def letter(subject: str, sentences: Sequence[str], path: str = "", label: str = "") -> Letter:
    """The sentences one below the other, and the link to ``path`` (an address of ours) under ``label``."""
    address = home() + path if path else ""
    text = "\n\n".join(filter(None, (*sentences, address)))
    html = rendered("outbox/letter.html", subject=subject, sentences=sentences, address=address, label=label)
    return Letter(subject, text + "\n", html)


def home() -> str:
    """The address that people open, without a slash at its end."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/")
