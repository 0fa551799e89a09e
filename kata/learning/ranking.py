"""How well a text fits the words that are looked for, and which of its words are meant. Pure.

The engines find by the stem of a word; here a lighter root does, since it only orders what they found and marks it.
Their own ranks weigh each word by all the texts that hold it, which costs more the more there is to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt

from kata.learning.wording import words_of

#: Endings by which the forms of a word differ, longest first; what is left has three letters at least.
ENDINGS = (
    *("ations", "ation", "ments", "ings", "ment", "ness", "ing", "ers", "als", "ors", "ies", "ed", "er", "es", "al"),
    *("or", "e", "s", "y"),
)
SHORTEST = 3
#: A word counts this often at most: a text that repeats it says no more.
MOST_COUNTED = 3


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the forms of a word have in common: approver, approvals and approved are approv."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return root(word[: -len(ending)]) if ending == "s" else word[: -len(ending)]
    return word


class Sought:
    """The words that are looked for, the last one as a beginning; knows again each word that it was asked about."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._roots = tuple(map(root, words))
        self._known: dict[str, tuple[int, ...]] = {}
        self._typed: dict[str, bool] = {}

    def meant(self, word: str) -> tuple[int, ...]:
        """The places of the words that a folded word of a text is a form of."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._find(word))
        return known

    def is_hit(self, typed: str) -> bool:
        """Whether a word as somebody typed it is a form of any of them."""
        known = self._typed.get(typed)
        if known is None:
            known = self._typed[typed] = any(map(self.meant, words_of(typed)))
        return known

    def _find(self, word: str) -> Iterable[int]:
        found, last = root(word), len(self._roots) - 1
        for at, each in enumerate(self._roots):
            if each == found or (at == last and word.startswith(self.words[last])):
                yield at

    def fit(self, text: str) -> float:
        """The higher the better: more of the words, more often, in less text, and nearer to each other."""
        words = text.split()
        places: list[list[int]] = [[] for _each in self.words]
        for at, word in enumerate(words):
            for number in self.meant(word):
                places[number].append(at)
        there = [each for each in places if each]
        if not there:
            return 0.0
        density = sum(min(len(each), MOST_COUNTED) for each in there) / sqrt(len(words))
        return 10.0 * len(there) + density + 2.0 * len(there) / (1 + _window(there))


def _window(places: Sequence[Sequence[int]]) -> int:
    """The length of the shortest stretch that has each of the words."""
    at = [0] * len(places)
    best = 10**6
    while True:
        now = [each[index] for each, index in zip(places, at, strict=True)]
        best = min(best, max(now) - min(now))
        first = now.index(min(now))
        at[first] += 1
        if at[first] == len(places[first]):
            return best
