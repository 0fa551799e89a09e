"""How learned text is cut into words: alike for what is kept and for what is looked for, and alike on both engines.

The engines get plain folded words and nothing else, so that neither's own idea of quotes, hyphens or accents matters;
what they add is the stem of each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kata.folding import folded

WORD = re.compile(r"[^\W_]+")
#: As much of a word as is kept; longer ones are no words.
LONGEST = 60
#: As many words as a search takes up; more would find nothing more.
MOST = 8
#: As much of a query as is read at all.
LONGEST_QUERY = 300

#: Words that stand in nearly every sentence: PostgreSQL keeps none of these, so nothing looks for them.
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


def as_kept(texts: Iterable[str]) -> str:
    """Some texts as the index keeps them."""
    return " ".join(word for text in texts for word in words_of(text))


def looked_for(text: str) -> tuple[str, ...]:
    """The words that a query looks for, each once; none where it has only words that stand everywhere."""
    told = (word for word in words_of(text[:LONGEST_QUERY]) if word not in STOP)
    return tuple(dict.fromkeys(told))[:MOST]
