"""What coaching adds to a board: its wall follows the question that the coach is at, its history tells of cycles."""

from __future__ import annotations

from typing import Any

from kata.coaching import card, words
from kata.coaching.queries import cycles as queries
from kata.storyboards.queries import history
from kata.web import sections
from kata.web.htmx import Partial


def on_the_wall(head: Any) -> Partial | None:
    """The question of the cycle that runs at the board, with the sheets that answer it; nothing of what is said."""
    cycle = queries.whose(head.id)
    if cycle is None:
        return None
    context = {"cycle": cycle, "step": card.BY_KEY.get(cycle.place), "steps": card.STEPS, "learner": head.learner}
    return Partial("coaching", "coaching/_wall.html", context)


sections.add("wall", on_the_wall)
history.ABOVE |= words.PHRASES
