"""How somebody's skills grew: one small chart a skill, on axes that all of them share. No average and no total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from kata import charts
from kata.coaching import levels
from kata.coaching.models.skills import KATAS, LEVELS
from kata.coaching.queries import levels as queries
from kata.web.language import reader

#: A skill whose level goes up and down all the time is drawn from its newest changes on.
MOST = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: its row, its level in words, and where its point lies (x and y, as the page's script reads)."""

    row: Any
    level: str
    at: str


@dataclass(frozen=True, slots=True)
class OfSkill:
    """One skill, its observations oldest first; those told are a choice (``chosen``) where there may be others."""

    id: int
    name: str
    archived: bool
    drawn: charts.Growth
    seen: tuple[Seen, ...]
    chosen: bool

    @property
    def newest(self) -> Seen:
        return self.seen[-1]


@dataclass(frozen=True, slots=True)
class OfKata:
    """The skills of one kata in which something was observed."""

    key: str
    name: Any
    axes: charts.Axes
    skills: tuple[OfSkill, ...]


def grown(person_id: int, katas: Sequence[str], today: date) -> tuple[OfKata, ...]:
    """The growth of a person in the katas that the reader may read, those without an observation left out."""
    rows = queries.growth(person_id, katas)
    if not rows:
        return ()
    axes = charts.axes([row.observed_on for row in rows], today, len(LEVELS), charts.Labels.of(reader().locale))
    words, found = levels.names(), []
    for kata in KATAS:
        by_skill = groupby((row for row in rows if row.kata == kata), key=lambda row: row.skill_id)
        skills = tuple(_skill(list(each), today, axes, words) for _id, each in by_skill)
        found.append(OfKata(kata, levels.KATA[kata], axes, skills))
    return tuple(each for each in found if each.skills)


def _skill(all_told: list[Any], today: date, axes: charts.Axes, words: Sequence[str]) -> OfSkill:
    rows = all_told[-MOST:]
    drawn = charts.growth([(row.observed_on, row.level) for row in rows], today, axes)
    return OfSkill(
        id=rows[0].skill_id,
        name=rows[0].skill,
        archived=rows[0].archived_at is not None,
        drawn=drawn,
        seen=tuple(
            Seen(row, words[row.level - 1], f"{x:g} {y:g}") for row, (x, y) in zip(rows, drawn.places, strict=True)
        ),
        chosen=len(all_told) >= queries.NEWEST,
    )
