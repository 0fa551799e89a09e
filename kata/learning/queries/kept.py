"""What the search needs of an engine; ``sqlite`` and ``postgres`` each have one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kata.learning.wording import Meant


@dataclass(frozen=True, eq=False)
class Engine:
    """The words of what was learned, in the way in which an engine keeps them (table ``learned_text``).

    ``key`` is the column with the document's id, ``matches`` the condition (its value is called ``match``). ``every``
    and ``some`` say what to look for: every word; or at least two of them. ``put`` and
    ``change`` are statements that keep the ``words`` of a document by its ``id``, ``forget`` takes them out.
    """

    words: Any
    key: Any
    matches: Any
    every: Callable[[Sequence[Meant]], str]
    some: Callable[[Sequence[Meant]], str]
    put: Any
    change: Any
    forget: Any
