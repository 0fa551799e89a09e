"""What one cell can mean, where people write the same thing in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeAlias, TypeVar

#: A text, or what a workbook itself says is a number, a day or a moment. Blank is the empty text.
Cell: TypeAlias = str | float | date | datetime

#: What people and programs write for "not known", to be offered; which of them are meant is a person's choice.
MISSING_WORDS = ("?", "-", "–", ".", "NA", "N/A", "#N/A", "n.a.", "null", "none", "nan", "\\N")

#: What a formula that failed says in the place of a value.
FAILED_FORMULAS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """A cell read with the day first or the month first; with a decimal point or a decimal comma. None: it can't be."""

    one: T | None = None
    other: T | None = None

    @property
    def is_nothing(self) -> bool:
        return self.one is None and self.other is None

    @property
    def is_open(self) -> bool:
        return self.one is not None and self.other is not None and self.one != self.other

    @property
    def proof(self) -> bool | None:
        """What this cell shows about its neighbours: the first way is theirs (True), the second (False), or nothing."""
        return None if (self.one is None) == (self.other is None) else self.one is not None

    def settle(self, way: bool | None) -> T | None:
        if way is None:
            return None if self.is_open else self.other if self.one is None else self.one
        return self.one if way else self.other


# Spaces that don't break, the typographic minus and apostrophe, and the marks of direction that some programs add.
_PLAIN = str.maketrans({**dict.fromkeys("\xa0\u2007\u2009\u202f", " "), "\u2212": "-", "’": "'"})
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(cell: str) -> str:
    """The text without what cannot be seen, and without blanks around it."""
    if cell.isascii():
        return cell.strip()
    return _INVISIBLE.sub("", cell).translate(_PLAIN).strip()


def text_of(cell: Cell) -> str:
    """The cell as a text to compare and to show: a whole number without a point, a day or moment as ISO."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()


def missing_words(words: Iterable[str]) -> frozenset[str]:
    """The words that mean "not known", made ready for `is_missing`; a blank always does."""
    return frozenset({"", *(plain(word).casefold() for word in words)})


def is_missing(cell: Cell, words: frozenset[str]) -> bool:
    """Whether the cell says that nothing is known; a number may say so, too (999)."""
    return (plain(cell) if isinstance(cell, str) else text_of(cell)).casefold() in words
