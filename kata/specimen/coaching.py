"""Samples of what coaching shows: the card, an instruction, and skills at each of the five levels."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from kata import clock
from kata.coaching import levels
from kata.coaching.card import STEPS

SKILLS = ("Ask in order", "Listen for the threshold", "Follow up", "Feedback on the pattern", "Plan the next cycle")


def samples() -> dict[str, Any]:
    """What the part of the components page about coaching needs."""
    today = clock.now().date()
    return {
        "card": STEPS,
        "instruction": SimpleNamespace(
            id=0,
            by="Cleo Marchetti",
            trigger="When an answer begins with “usually”",
            words="Ask for the last time, and wait.",
        ),
        "levels_seen": [
            SimpleNamespace(name=name, level=level, observed_on=today, by="Cleo Marchetti")
            for level, name in enumerate(SKILLS, 1)
        ],
        "level_names": levels.names(),
    }
