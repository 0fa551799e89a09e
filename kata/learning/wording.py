"""How learned text is cut into words: alike for what is kept and for what is looked for, and alike on both engines.

The engines get the stems of plain folded words and nothing else, so that neither's own idea of quotes, hyphens, accents
or grammar matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kata.folding import folded
from kata.learning.stems import stem

WORD = re.compile(r"[^\W_]+")
#: As much of a word as is kept; longer ones are no words.
LONGEST = 60
#: As many words as a search takes up; more would find nothing more.
MOST = 8
#: As much of a query as is read at all.
LONGEST_QUERY = 300

#: English words that stand in nearly every sentence: nothing looks for them, so they are not kept.
STOP = frozenset(
    """
    a about above after again against all am an and any are as at be because been before being below between both but
    by can did do does doing don down during each few for from further had has have having he her here hers herself
    him himself his how i if in into is it its itself just me more most my myself no nor not now of off on once only
    or other our ours ourselves out over own s same she should so some such t than that the their theirs them
    themselves then there these they this those through to too under until up very was we were what when where which
    while who whom why will with you your yours yourself yourselves
    """.split()
)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST] for word in WORD.findall(folded(text))]


def as_kept(texts: Iterable[str], language: str) -> str:
    """Some texts in a language as the index keeps them: the stems of their words, in order."""
    return " ".join(stem(language, word) for text in texts for word in words_of(text) if word not in STOP)


def looked_for(text: str) -> tuple[str, ...]:
    """The words that a query looks for, each once; none where it has only words that stand everywhere."""
    told = (word for word in words_of(text[:LONGEST_QUERY]) if word not in STOP)
    return tuple(dict.fromkeys(told))[:MOST]


class Meant(NamedTuple):
    """What a word that is looked for may be kept as: a stem of each language, or anything that begins so."""

    stems: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


def meant(words: Sequence[str], languages: Sequence[str], *, whole: bool = False) -> tuple[Meant, ...]:
    """What each of the words may be kept as in these languages; the last one also as a beginning, unless ``whole``."""
    found = [Meant(tuple(stem(language, word) for language in languages)) for word in words]
    if found and not whole:
        found[-1] = Meant(found[-1].stems, tuple(language + words[-1] for language in languages))
    return tuple(found)
