"""The addresses of stories: for those who are signed in, for whoever has a link, and for those who make links."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("stories", __name__)

from kata.stories.routes import links, public, sections, stories  # noqa: E402, F401 - each module adds its addresses to the blueprint above
