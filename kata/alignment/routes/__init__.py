"""The addresses of barriers: nouns, with the verbs in the actions behind them."""

from __future__ import annotations

from flask import Blueprint

from kata.alignment import leaving as _leaving  # noqa: F401 - where its texts may name somebody

blueprint = Blueprint("alignment", __name__)

from kata.alignment.routes import (  # noqa: E402, F401 - each module adds its addresses to the blueprint above
    answers,
    barriers,
    challenges,
    sections,
)
