"""Learning's addresses: the search, what was tried before, and the history of a team."""

from __future__ import annotations

from flask import Blueprint

from kata.learning import leaving as _leaving  # noqa: F401 - its part in anonymising somebody

blueprint = Blueprint("learning", __name__)

from kata.learning.routes import history, search, sections  # noqa: E402, F401 - each module adds its addresses to the blueprint above
