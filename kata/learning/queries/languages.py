"""In which languages what was learned is written: a search looks for a word's stem in each of them."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select

from kata.extensions import fetch
from kata.learning.models import Learned
from kata.teams.languages import DEFAULT
from kata.teams.models import Team


class Written(NamedTuple):
    """The languages of the teams with the one in which areas write, and the id of the newest thing in the index."""

    languages: tuple[str, ...]
    last: int


def written() -> Written:
    """In which languages there is something to find, and how far the index reaches: one statement for every search."""
    rows = list(fetch(_written()))
    return Written(
        tuple(sorted({DEFAULT, *(row.language for row in rows)})), max((row.last or 0 for row in rows), default=0)
    )


@cache
def _written() -> Any:
    return select(Team.language, select(func.max(Learned.id)).scalar_subquery().label("last")).distinct()
