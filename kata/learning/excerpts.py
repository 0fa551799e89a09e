"""The matching words of a text, marked in the text as it was written: as pieces, never as markup."""

from __future__ import annotations

from typing import NamedTuple

from kata.learning.wording import WORD, words_of

#: About how many letters of a text are shown, and how many of them before its first matching word.
ROOM, BEFORE = 240, 70


class Piece(NamedTuple):
    """Some text, and whether it is a word that was looked for."""

    text: str
    hit: bool


def marked(text: str, words: frozenset[str]) -> list[Piece]:
    """The whole text in pieces; a word is a hit where its folded form is one of ``words``."""
    pieces, end = list[Piece](), 0
    for found in WORD.finditer(text) if words else ():
        if words.isdisjoint(words_of(found.group())):
            continue
        pieces += [Piece(text[end : found.start()], False), Piece(found.group(), True)]
        end = found.end()
    return [piece for piece in (*pieces, Piece(text[end:], False)) if piece.text]


def excerpt(text: str, words: frozenset[str]) -> list[Piece]:
    """The part of the text around its first hit, or its beginning; cut between words, with dots where it is cut."""
    text = " ".join(text.split())
    if len(text) <= ROOM:
        return marked(text, words)
    start = max(0, _first(text, words) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + ROOM) if start + ROOM < len(text) else len(text)
    end = end if end > start else start + ROOM
    pieces = marked(text[start:end], words)
    head = [Piece("… ", False)] if start else []
    return [*head, *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def _first(text: str, words: frozenset[str]) -> int:
    hits = (found.start() for found in WORD.finditer(text) if not words.isdisjoint(words_of(found.group())))
    return next(hits, 0) if words else 0
