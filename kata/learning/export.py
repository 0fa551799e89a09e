"""The history of a team as a file for a spreadsheet."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.learning.pages.history import KINDS
from kata.web.csv import Columns

HISTORY: Columns = (
    (_l("Day"), attrgetter("day")),
    (_l("Board"), attrgetter("board")),
    (_l("Kind"), lambda entry: KINDS[entry.kind]),
    (_l("What"), attrgetter("what")),
    (_l("Text"), attrgetter("text")),
    (_l("More"), lambda entry: "\n".join(f"{label}: {text}" for _name, label, text in entry.told)),
)
