"""The five levels in words: the same for every skill, and never a number that could be added or averaged. Pure."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

#: From the first to the fifth.
NAMES = (_l("Novice"), _l("Advanced beginner"), _l("Competent"), _l("Proficient"), _l("Expert"))
KATA = {"improvement": _l("Improvement kata"), "coaching": _l("Coaching kata")}


def name(level: int) -> str:
    """The word for a level (1 to 5)."""
    return str(NAMES[level - 1])
