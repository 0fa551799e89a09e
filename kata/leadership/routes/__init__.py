"""The leaders' pages: only who leads an area reads its figures, which the policy is asked by one action."""

from flask import Blueprint

blueprint = Blueprint("leadership", __name__)

from kata.leadership.routes import areas, files, lists, sections  # noqa: E402 - they need the blueprint

__all__ = ["areas", "blueprint", "files", "lists", "sections"]
