"""Coaching's addresses: nouns, with the verbs in the actions behind them."""

from __future__ import annotations

from flask import Blueprint

from kata.coaching import leaving as _leaving  # noqa: F401 - its part in anonymising somebody

blueprint = Blueprint("coaching", __name__)

from kata.coaching.routes import (  # noqa: E402, F401 - each module adds its addresses to the blueprint above
    boards,
    calendars,
    cycles,
    held,
    instructions,
    levels,
    observations,
    overview,
    rhythms,
    sections,
    skills,
)
