"""The catalogue of skills as it is read by everyone and adapted by administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata.coaching import levels
from kata.coaching.models.skills import DESCRIPTIONS, KATAS
from kata.coaching.queries import skills as queries
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Shown:
    """A skill with its levels: pairs of a level's word and what a coach sees at it."""

    id: int
    kata: str
    name: str
    version: int
    levels: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class OfKata:
    """One kata's skills in their order, and those that are archived."""

    key: str
    name: Any
    skills: tuple[Shown, ...]
    archived: tuple[Shown, ...]


def katas() -> tuple[OfKata, ...]:
    """Both katas with all of their skills."""
    rows = queries.catalogue()
    return tuple(
        OfKata(
            key,
            levels.KATA[key],
            tuple(shown(row) for row in rows if row.kata == key and row.archived_at is None),
            tuple(shown(row) for row in rows if row.kata == key and row.archived_at is not None),
        )
        for key in KATAS
    )


def shown(skill: Any) -> Shown:
    """A skill, or a row of one, as it is shown."""
    described = (getattr(skill, name) for name in DESCRIPTIONS)
    pairs = tuple(zip(levels.NAMES, described, strict=True))
    return Shown(skill.id, skill.kata, skill.name, skill.version, pairs)


def catalogue() -> Partial:
    """The part of the administrators' page that changes as it is worked on."""
    return Partial("catalogue", "coaching/_catalogue.html", {"katas": katas()})
