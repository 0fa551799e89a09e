"""How many people were seen at which level of a skill when each quarter ended, as far as it may be told. Pure.

A person counts once for a skill, where they were observed in it last, with the level that held then. What was written
down later changes no quarter that has ended: the figures of a quarter are what was known at its end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kata.leadership import disclosure
from kata.leadership.disclosure import Quarter

LEVELS = 5


class Observation(NamedTuple):
    """A level as it was observed. ``written`` is the day (UTC) on which it was written down."""

    id: int
    person_id: int
    skill_id: int
    level: int
    observed_on: date
    written: date
    team_id: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where each team was, and the tree of areas, at the end of a quarter."""

    areas: Mapping[int, int]
    parents: Mapping[int, int | None]


class Told(NamedTuple):
    """The people of an area by their level of a skill, from the first to the fifth, at the end of a quarter."""

    area_id: int
    skill_id: int
    quarter: date
    people: tuple[int, ...]


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(quarter: date) -> date:
    """The first day of the quarter after the one that begins on ``quarter``."""
    return quarter_of(quarter + timedelta(days=100))


def ended_quarters(first: date, today: date) -> list[date]:
    """The quarters that have ended by ``today``, from the one of ``first`` on."""
    found, at = list[date](), quarter_of(first)
    while next_quarter(at) <= today:
        found.append(at)
        at = next_quarter(at)
    return found


def told(observations: Sequence[Observation], organisations: Mapping[date, Organisation]) -> Iterator[Told]:
    """What may be told of the quarters, which are the keys of ``organisations``, each as it stood at its end."""
    by_skill: dict[int, list[Observation]] = defaultdict(list)
    for each in observations:
        by_skill[each.skill_id].append(each)
    for skill_id, seen in sorted(by_skill.items()):
        yield from _of_skill(skill_id, seen, organisations)


def _of_skill(
    skill_id: int, observations: list[Observation], organisations: Mapping[date, Organisation]
) -> Iterator[Told]:
    bits = {person: 1 << at for at, person in enumerate(sorted({each.person_id for each in observations}))}
    latest: dict[int, Observation] = {}
    waiting = sorted(observations, key=lambda each: (each.written, each.id))
    quarters: list[Quarter] = []
    for quarter in sorted(organisations):
        seen, end = 0, next_quarter(quarter)
        while waiting and waiting[0].written < end:
            each = waiting.pop(0)
            seen |= bits[each.person_id]
            held = latest.get(each.person_id)
            if held is None or (each.observed_on, each.id) > (held.observed_on, held.id):
                latest[each.person_id] = each
        there = organisations[quarter]
        groups: dict[int, int] = defaultdict(int)
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for each in latest.values():
            for area in _places(there, each.team_id):
                groups[area] |= bits[each.person_id]
                counts[area][each.level] += 1
        quarters.append(Quarter(there.parents, groups, seen))
        disclosure.tell_newest(quarters)
        for area in sorted(quarters[-1].told):
            people = tuple(counts[area][level] for level in range(1, LEVELS + 1))
            yield Told(area, skill_id, quarter, people)


def _places(there: Organisation, team_id: int) -> Iterable[int]:
    """The areas in which somebody of the team counts; none where the team stood in no area then."""
    area = there.areas.get(team_id)
    return () if area is None else (area, *disclosure.above(there.parents, area))
