"""Where texts that other people wrote name somebody: the name as whole words, without case and accents. Pure.

A name is looked for whole, in either order (*Ana Novak*, *Novak, Ana*), and by each of its words, which may be somebody
else's too; an e-mail address is looked for as it is. What is struck out is the name alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kata.folding import folded

#: Letters and digits with the marks on them; an apostrophe ends a word, so that *Ana's* names Ana.
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
#: What may stand between two words of one name.
_BETWEEN = re.compile("[\\s.,'’\u2010-]{1,3}")
#: A single letter is no name by itself.
_SHORTEST_ALONE = 2

Strike = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which somebody is named; ``whole`` where it names nobody else."""

    key: str
    spelt: str
    words: tuple[str, ...]
    whole: bool
    address: bool = False

    def fits(self, between: Iterable[str], said: str) -> bool:
        """Whether the words, found one after another in ``said``, belong together."""
        if self.address:
            return folded(said) == self.key
        return all(_BETWEEN.fullmatch(gap) for gap in between)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where somebody is named."""

    start: int
    end: int
    form: Form


def forms_of(names: Iterable[str], addresses: Iterable[str]) -> list[Form]:
    """Every way in which somebody of these names and addresses is named, the longest first."""
    found: dict[tuple[str, ...], Form] = {}
    for address in addresses:
        _keep(found, _words(address), address, whole=True, address=True)
    spelt = [(name, _words(name)) for name in names]
    for name, words in spelt:
        _keep(found, words, name, whole=True)
        _keep(found, [words[-1], *words[:-1]], f"{words[-1]}, {' '.join(words[:-1])}", whole=True)
    for _name, words in spelt:
        for word in words:
            if len(word) >= _SHORTEST_ALONE:
                _keep(found, [word], word, whole=False)
    return sorted(found.values(), key=lambda form: -len(form.words))


def _keep(found: dict[tuple[str, ...], Form], words: Sequence[str], spelt: str, **kind: bool) -> None:
    plain = tuple(folded(word) for word in words)
    found.setdefault(plain, Form(folded(spelt), spelt, plain, **kind))


def _words(text: str) -> list[str]:
    return _WORD.findall(text) or [text.strip()]


def mentions(text: str, forms: Sequence[Form]) -> list[Mention]:
    """Where ``text`` names somebody by one of ``forms``; of several at one place the one that comes first in them."""
    plain = folded(text)
    likely = [form for form in forms if form.words[0] in plain]
    return list(_found(text, likely)) if likely else []


def _found(text: str, forms: Sequence[Form]) -> Iterator[Mention]:
    words = [(match.start(), match.end(), folded(match.group())) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        form = next((form for form in forms if _stands(form, text, words[at : at + len(form.words)])), None)
        if form is None:
            at += 1
            continue
        yield Mention(words[at][0], words[at + len(form.words) - 1][1], form)
        at += len(form.words)


def _stands(form: Form, text: str, words: Sequence[tuple[int, int, str]]) -> bool:
    if tuple(word for _start, _end, word in words) != form.words:
        return False
    gaps = [text[one[1] : other[0]] for one, other in pairwise(words)]
    return form.fits(gaps, text[words[0][0] : words[-1][1]])


def struck(text: str, forms: Sequence[Form], instead: str) -> str:
    """``text`` with ``instead`` in place of each mention."""
    kept, end = [], 0
    for mention in mentions(text, forms):
        kept += [text[end : mention.start], instead]
        end = mention.end
    return "".join([*kept, text[end:]])


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value; names of fields are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def rewritten(value: Any, strike: Strike) -> Any:
    """A JSON value with each of its texts as ``strike`` leaves it."""
    if isinstance(value, str):
        return strike(value)
    if isinstance(value, dict):
        return {name: rewritten(part, strike) for name, part in value.items()}
    return [rewritten(part, strike) for part in value] if isinstance(value, list) else value
