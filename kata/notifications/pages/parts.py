"""What a digest is made of: sections of lines, each of which links to its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

#: So many lines a section holds, and so long is a text in it; the rest is at the place that the line links to.
LINES, LONGEST = 8, 280


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a line: its name, its words, and with which ink it is written (``expected``, ``happened`` or none)."""

    name: str
    words: str
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is, the address (a path of ours) at which it stands, where that is, and what it says.

    ``news`` says whether it happened in the time that the digest tells of; what only still waits is none.
    """

    what: str
    href: str
    where: str = ""
    said: tuple[Said, ...] = ()
    news: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Some lines under a title; ``more`` is where the rest stands, when there are more than a section holds."""

    title: str
    lines: tuple[Line, ...]
    more: str = ""

    @property
    def news(self) -> bool:
        return any(line.news for line in self.lines)


def section(title: str, lines: Iterable[Line], more: str, most: int = LINES) -> list[Section]:
    """The section, in a list that is empty where it has no lines: an empty heading tells nobody anything."""
    made = tuple(lines)
    return [Section(title, made[:most], more if len(made) > most else "")] if made else []


def said(*texts: tuple[str, str | None, str]) -> tuple[Said, ...]:
    """Those of the texts (name, words, ink) that say something, cut where they are long."""
    return tuple(Said(name, cut(words), ink) for name, words, ink in texts if words)


def cut(words: str, longest: int = LONGEST) -> str:
    """The words, or their beginning up to a space."""
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def plain(words: object) -> str:
    """Words that were made for a page, as text."""
    return words.unescape() if isinstance(words, Markup) else str(words)


def joined(parts: Sequence[str]) -> str:
    """Parts that stand beside each other."""
    return " · ".join(part for part in parts if part)
