"""The storyboards' addresses: nouns, with the verbs in the actions behind them."""

from __future__ import annotations

from flask import Blueprint

from kata.storyboards import leaving as _leaving  # noqa: F401 - where its texts may name somebody

blueprint = Blueprint("storyboards", __name__)

from kata.storyboards.routes import (  # noqa: E402, F401 - each module adds its addresses to the blueprint above
    areas,
    boards,
    challenges,
    conditions,
    due,
    experiments,
    exports,
    history,
    obstacles,
    openings,
    photos,
    sections,
    signals,
    targets,
)
