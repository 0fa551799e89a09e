"""How a broken rule of the domain travels from the model that knows it to the field that shows it."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the domain said no.

    ``field`` is the form field that can mend it (``""`` for the form as a whole); ``text`` is the translated
    sentence that says what happened and what to do.
    """

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field
        self.text = text


class Conflict(Exception):
    """Somebody saved this since the person opened it.

    ``theirs`` holds what stands now, by field name, and ``version`` the version it stands at: both texts are shown,
    and the person chooses.
    """

    def __init__(self, theirs: Mapping[str, object], version: int) -> None:
        super().__init__("stale version")
        self.theirs = theirs
        self.version = version
