"""How many people were seen at which level of a skill when each quarter ended, as far as it may be told. Pure.

A person counts once for a skill, where they were observed in it last. A new observation is told when a quarter ends and
at least five of them come together, in the smallest area in which they do (``disclosure.Cells``); until then what was
told before stands. What was written down later changes no quarter that has ended.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from kata.leadership.disclosure import Cells

LEVELS = range(1, 6)


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
    cells: Cells[Observation] = Cells()
    latest: dict[int, Observation] = {}
    new: set[int] = set()
    coming = deque(sorted(observations, key=lambda each: (each.written, each.id)))
    for quarter, there in sorted(organisations.items()):
        while coming and coming[0].written < next_quarter(quarter):
            each = coming.popleft()
            held = latest.get(each.person_id)
            if held is None or (each.observed_on, each.id) > (held.observed_on, held.id):
                latest[each.person_id] = each
                new.add(each.person_id)
        waiting = {person: (there.areas[latest[person].team_id], latest[person]) for person in new}
        cells.tell(there.parents, waiting)
        new = set(waiting)
        for area, items in sorted(cells.of_areas(there.parents).items()):
            people = Counter(item.level for item in items)
            yield Told(area, skill_id, quarter, tuple(people[level] for level in LEVELS))
