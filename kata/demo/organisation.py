"""Loading the demo organisation."""

from __future__ import annotations

from kata.identity.queries import installation_is_empty, person_by_email


def is_loaded() -> bool:
    """Whether the demo's people are here."""
    return person_by_email("ana@demo.example") is not None


def may_load() -> bool:
    """Whether nobody else's data would be mixed with it."""
    return installation_is_empty()


def load() -> None:
    """Load everything; the caller commits."""
