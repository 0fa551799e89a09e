"""The stem of a word in the language of whoever wrote it: what its forms have in common. Pure.

Both engines are given stems and nothing else, so that both find, rank and mark alike. A stem bears its language's code
(``enapprov``): *part* in a French text is not what somebody looks for who writes *parties* in English.
"""

from __future__ import annotations

from functools import lru_cache
from threading import local

from Stemmer import Stemmer

from kata.teams.languages import OTHER

ALGORITHMS = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "sv": "swedish",
}


class _Stemmers(local):
    """A thread's own: one keeps what it has worked out, and must not be asked by two threads at once."""

    def __init__(self) -> None:
        self.known: dict[str, Stemmer] = {}

    def of(self, language: str) -> Stemmer:
        if language not in self.known:
            self.known[language] = Stemmer(ALGORITHMS[language])
        return self.known[language]


_stemmers = _Stemmers()


@lru_cache(maxsize=100_000)
def stem(language: str, word: str) -> str:
    """The stem of a folded word, with its language; a word of a language that is not known stays as it is."""
    if language not in ALGORITHMS:
        return OTHER + word
    return language + str(_stemmers.of(language).stemWord(word))
