"""The tables of the leaders' pages as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from kata.coaching.levels import KATA
from kata.leadership.pages.area import Multiple, SkillTold
from kata.leadership.pages.behind import Behind
from kata.web.csv import Columns


class SkillRow(NamedTuple):
    """A skill in a quarter; no numbers where it is withheld."""

    kata: str
    skill: str
    quarter: date
    people: tuple[int, ...] | None


class PracticeRow(NamedTuple):
    """A part of a figure in a window that ended on a day."""

    figure: Any
    part: Any
    until: date
    amount: int


def skill_rows(skills: Iterable[SkillTold]) -> Iterator[SkillRow]:
    """A row a skill and quarter."""
    for skill in skills:
        for quarter, people in skill.quarters:
            yield SkillRow(skill.kata, skill.name, quarter, people)


def practice_rows(practice: Iterable[Multiple]) -> Iterator[PracticeRow]:
    """A row a figure, part and window."""
    for each in practice:
        for until, amounts in each.columns:
            for (name, _newest), amount in zip(each.parts, amounts, strict=True):
                yield PracticeRow(each.title, name, until, amount)


def _level(at: int) -> Any:
    return lambda row: row.people[at] if row.people else None


SKILLS: Columns = (
    (_l("Kata"), lambda row: KATA[row.kata]),
    (_l("Skill"), attrgetter("skill")),
    (_l("Quarter from"), attrgetter("quarter")),
    (_l("Novice"), _level(0)),
    (_l("Advanced beginner"), _level(1)),
    (_l("Competent"), _level(2)),
    (_l("Proficient"), _level(3)),
    (_l("Expert"), _level(4)),
)

PRACTICE: Columns = (
    (_l("Figure"), attrgetter("figure")),
    (_l("Part"), attrgetter("part")),
    (_l("Thirteen weeks until"), attrgetter("until")),
    (_l("Number"), attrgetter("amount")),
)

_NATURE = {"better": _l("for the better"), "worse": _l("for the worse"), "alike": _l("routine variation")}

OUTCOMES: Columns = (
    (_l("Outcome measure"), attrgetter("name")),
    (_l("Team"), attrgetter("team")),
    (_l("Newest change since the team began"), lambda line: _NATURE.get(line.nature, _NATURE["alike"])),
    (_l("Since"), attrgetter("since")),
)


def _told(name: str) -> Any:
    return lambda part: part.lately[name] if part.people.told else None


AREAS: Columns = (
    (_l("Area"), attrgetter("name")),
    (_l("Teams"), lambda part: part.now["teams"]),
    (_l("Teams that practise"), lambda part: part.now["practising"]),
    (_l("Storyboards"), lambda part: part.now["boards"] if part.people.told else None),
    (_l("Storyboards that live"), lambda part: part.now["living"] if part.people.told else None),
    (_l("Experiments concluded in thirteen weeks"), _told("experiments")),
    (_l("Barriers that wait"), lambda part: part.now["waiting"]),
    (_l("Moments of truth"), lambda part: part.now["moments"]),
    (_l("Moments of truth that somebody works on"), lambda part: part.now["moments_worked"]),
    (_l("Outcomes changed for the better"), lambda part: part.now["better"]),
    (_l("Outcomes changed for the worse"), lambda part: part.now["worse"]),
)


def behind(of: Behind) -> Columns:
    """The columns of a list behind a figure."""
    return tuple((column.label, column.of) for column in of.columns)
