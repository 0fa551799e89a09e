"""What the search needs of an engine; ``sqlite`` and ``postgres`` each have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kata.learning.wording import Meant


class Look(NamedTuple):
    """How far a look for words reaches: by which of the engine's ``hits``, and with which values.

    A look that is given no ``hits`` is left to the engine: it finds all that match in the way that it likes.
    """

    hits: str = ""
    values: Mapping[str, Any] = {}


@dataclass(frozen=True, eq=False)
class Engine:
    """The words of what was learned, in the way in which an engine keeps them (table ``learned_text``).

    ``key`` is the column with the document's id, ``matches`` the condition (its value is called ``match``). ``every``
    and ``some`` say what to look for: every word; or at least two of them; ``spelt`` finds the words that begin as one
    does, where that is less to look for than a beginning. ``looks`` are the looks to take one after the other, from
    the last thing on, until enough is found; ``hits`` are their selects, of ids and words, the newest first. ``put``
    and ``change`` are statements that keep the ``words`` of a document by its ``id``, ``forget`` takes them out.
    """

    words: Any
    key: Any
    matches: Any
    every: Callable[[Sequence[Meant]], str]
    some: Callable[[Sequence[Meant]], str]
    spelt: Callable[[Sequence[Meant]], Sequence[Meant]]
    looks: Callable[[int], Sequence[Look]]
    hits: Mapping[str, Any]
    put: Any
    change: Any
    forget: Any
