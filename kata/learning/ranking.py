"""How well a text fits the words that are looked for, and which of its words are meant. Pure.

It knows a word again by the stems by which the engines found it. Their own ranks weigh each word by all the texts that
hold it, which costs more the more there is to find.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from kata.learning.stems import stem
from kata.learning.wording import Meant, words_of

#: A word counts this often at most: a text that repeats it says no more.
MOST_COUNTED = 3


class Sought:
    """The words that are looked for, by what they may be kept as; knows again each word that it was asked about."""

    def __init__(self, words: Sequence[Meant]) -> None:
        self.words = tuple(words)
        self._stems: dict[str, tuple[int, ...]] = {}
        for place, each in enumerate(words):
            for kept in each.stems:
                self._stems[kept] = (*self._stems.get(kept, ()), place)
        self._beginnings = tuple((begins, place) for place, each in enumerate(words) for begins in each.beginnings)
        self._typed: dict[tuple[str, str], bool] = {}

    def meant(self, kept: str) -> tuple[int, ...]:
        """The places of the words that a kept word of a text is a form of."""
        known = self._stems.get(kept)
        if known is None:
            known = self._stems[kept] = tuple(place for begins, place in self._beginnings if kept.startswith(begins))
        return known

    def is_hit(self, typed: str, language: str) -> bool:
        """Whether a word as somebody typed it in a language is a form of any of them."""
        known = self._typed.get((language, typed))
        if known is None:
            forms = (self.meant(stem(language, word)) for word in words_of(typed))
            known = self._typed[language, typed] = any(forms)
        return known

    def fit(self, text: str) -> float:
        """The higher the better: more of the words, more often, in less text, and nearer to each other."""
        words = text.split()
        places: list[list[int]] = [[] for _each in self.words]
        known = self._stems.get  # asked here, since most words are known: thousands of calls are saved a page
        for at, word in enumerate(words):
            found = known(word)
            for number in self.meant(word) if found is None else found:
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
