"""The five levels in words: the same for every skill, and never a number that could be added or averaged."""

from __future__ import annotations

from functools import lru_cache

from flask_babel import lazy_gettext as _l

from kata.web.language import reader

#: From the first to the fifth.
NAMES = (_l("Novice"), _l("Advanced beginner"), _l("Competent"), _l("Proficient"), _l("Expert"))
KATA = {"improvement": _l("Improvement kata"), "coaching": _l("Coaching kata")}


def names() -> tuple[str, ...]:
    """The words for the levels in the reader's language, from the first to the fifth."""
    return _names(reader().locale)


@lru_cache(maxsize=16)
def _names(_locale: str) -> tuple[str, ...]:
    """Looking a word up costs more than a row of a page that shows it."""
    return tuple(str(name) for name in NAMES)


def name(level: int) -> str:
    """The word for a level (1 to 5)."""
    return names()[level - 1]
