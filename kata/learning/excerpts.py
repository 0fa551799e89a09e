"""The matching words of a text, marked in the text as it was written: as pieces, never as markup."""

from __future__ import annotations

from typing import NamedTuple

from kata.learning.ranking import Sought
from kata.learning.wording import WORD
from kata.teams.languages import DEFAULT

#: About how many letters of a text are shown, and how many of them before its first matching word.
ROOM, BEFORE = 240, 70


class Piece(NamedTuple):
    """Some text, and whether it is a word that was looked for."""

    text: str
    hit: bool


def marked(text: str, sought: Sought, language: str = DEFAULT) -> list[Piece]:
    """The whole text in pieces; a word is a hit where it is a form of one of those sought."""
    pieces, end = list[Piece](), 0
    for found in WORD.finditer(text) if sought.words else ():
        if not sought.is_hit(found.group(), language):
            continue
        pieces += [Piece(text[end : found.start()], False), Piece(found.group(), True)]
        end = found.end()
    return [piece for piece in (*pieces, Piece(text[end:], False)) if piece.text]


def excerpt(text: str, sought: Sought, language: str = DEFAULT) -> list[Piece]:
    """The part of the text around its first hit, or its beginning; cut between words, with dots where it is cut."""
    text = " ".join(text.split())
    if len(text) <= ROOM:
        return marked(text, sought, language)
    start = max(0, _first(text, sought, language) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + ROOM) if start + ROOM < len(text) else len(text)
    end = end if end > start else start + ROOM
    pieces = marked(text[start:end], sought, language)
    head = [Piece("… ", False)] if start else []
    return [*head, *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def _first(text: str, sought: Sought, language: str) -> int:
    hits = (found.start() for found in WORD.finditer(text) if sought.is_hit(found.group(), language))
    return next(hits, 0) if sought.words else 0
