"""In which languages what was learned is written: a search looks for a word's stem in each of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import select

from kata.extensions import fetch
from kata.teams.languages import DEFAULT
from kata.teams.models import Team


def in_use() -> tuple[str, ...]:
    """Those of the teams, and the one in which areas write."""
    return tuple(sorted({DEFAULT, *fetch(_in_use()).scalars()}))


@cache
def _in_use() -> Any:
    return select(Team.language).distinct()
