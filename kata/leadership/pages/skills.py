"""What stands behind the levels of an area: each quarter's numbers, and the areas in it of which they are told, too.

Below an area there are no people here: whose level it is, only they and their coaches read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from kata.leadership.pages.area import SkillTold, able, skills_of
from kata.leadership.queries import kept


@dataclass(frozen=True, slots=True)
class InPart:
    """How many of an area below were told of in a skill, how many of them can do it, and how many can teach it."""

    name: str
    slug: str
    people: int
    can: int
    teach: int


def skills(area_id: int, day: date) -> dict[str, Any]:
    """The page: the skills that are told with their quarters, and by skill the areas below in the newest of them."""
    place = kept.place(area_id)
    told = [skill for skill in skills_of(area_id, day) if skill.known]
    newest = max((skill.known[-1][0] for skill in told), default=None)
    return {"place": place, "told": told, "newest": newest, "parts": _parts(place, newest, told) if newest else {}}


def _parts(place: kept.Place, quarter: date, told: list[SkillTold]) -> dict[int, list[InPart]]:
    names = {row.id: row for row in place.children}
    found: dict[int, list[InPart]] = defaultdict(list)
    for row in kept.levels_of(names.keys(), quarter):
        people = (row.novice, row.beginner, row.competent, row.proficient, row.expert)
        area = names[row.area_id]
        found[row.skill_id].append(InPart(area.name, area.slug, *able(quarter, people)[1:]))
    return {skill.id: sorted(found[skill.id], key=lambda part: part.name) for skill in told}
