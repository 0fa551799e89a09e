"""The page of an area: is the ability to improve growing, does the customer feel it, what do teams wait for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

from markupsafe import Markup

from kata import clock
from kata.access.policy import Viewer
from kata.charts import Labels, Stacks, highest, small, spark, stacks
from kata.leadership import words
from kata.leadership.figures import WINDOW
from kata.leadership.levels import quarter_of
from kata.leadership.queries import kept, outcomes
from kata.leadership.queries.kept import NONE, People, Place, Totals
from kata.leadership.words import PRACTICE, Kind
from kata.measures.glance import Glance
from kata.measures.kept import Shelf
from kata.measures.pictures import pictures_of
from kata.measures.queries.values import recent_values
from kata.web.language import reader
from kata.web.templates import rendered

#: So many windows of thirteen weeks, and so many quarters, stand beside each other.
COLUMNS = 8
#: Points of a small line of a past day.
POINTS = 60
Drawn = tuple[Markup | None, str]
#: From this level on somebody can do it; at this one they help others to.
CAN_DO, CAN_TEACH = 3, 5


@dataclass(frozen=True, slots=True)
class Multiple:
    """One of many small charts: its columns by the day on which each ends, the newest of them in words and parts."""

    key: str
    title: Any
    columns: tuple[tuple[date, words.Amounts], ...]
    drawn: Stacks
    says: str
    before: str
    parts: tuple[tuple[Any, int], ...]
    behind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SkillTold:
    """A skill: its columns, and how many can do it and can teach it, now and before; ``None`` where withheld."""

    id: int
    kata: str
    name: str
    quarters: tuple[tuple[date, tuple[int, ...] | None], ...]
    drawn: Stacks

    @property
    def known(self) -> list[tuple[date, tuple[int, ...]]]:
        """The quarters that are told."""
        return [(quarter, people) for quarter, people in self.quarters if people is not None]

    @property
    def newest(self) -> tuple[date, int, int, int] | None:
        """The newest told quarter: how many people, how many of them can do it, how many can teach it."""
        return able(*self.known[-1]) if self.known else None

    @property
    def earlier(self) -> tuple[date, int, int, int] | None:
        """The same a year before it, or else at the first that is told."""
        return able(*self.known[max(-5, -len(self.known))]) if len(self.known) > 1 else None


def able(quarter: date, people: Sequence[int]) -> tuple[date, int, int, int]:
    """The quarter, how many people, how many of them can do it, and how many help others to."""
    return quarter, sum(people), sum(people[CAN_DO - 1 :]), sum(people[CAN_TEACH - 1 :])


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome measure with its small chart; ``since`` when its newest change began, if there was one."""

    id: int
    name: str
    team: str
    team_slug: str
    nature: str
    since: date | None
    drawn: Markup | None
    latest: str


@dataclass(frozen=True, slots=True)
class Part:
    """An area below, in the order of names: nothing here is a ranking."""

    name: str
    slug: str
    people: People
    now: Totals
    lately: Totals


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows. ``on`` is the day it tells of, ``is_today`` whether that is the reader's own today."""

    place: Place
    on: date
    is_today: bool
    people: People
    now: Totals
    lately: Totals
    sentences: tuple[str, ...]
    skills: tuple[SkillTold, ...]
    practice: tuple[Multiple, ...]
    outcomes: tuple[OutcomeLine, ...]
    parts: tuple[Part, ...]


def page(viewer: Viewer, area_id: int, on: date | None) -> Page:
    """The area as of a day: the reader's today where none is given, and never a day that lies ahead."""
    today = clock.today(viewer.time_zone)
    day = min(on or today, today)
    place = kept.place(area_id)
    days = windows(day)
    children = [row.id for row in place.children]
    found = kept.totals(area_id, children, days)
    people = kept.people([area_id, *children], day)
    here = [found.get((area_id, each), NONE) for each in days]
    practise = people.get(area_id, People(0, told=False))
    skills = skills_of(area_id, day)
    return Page(
        place=place,
        on=day,
        is_today=day == today,
        people=practise,
        now=here[0],
        lately=here[0].since(here[1]),
        sentences=tuple(_sentences(skills, here[0])),
        skills=skills,
        practice=tuple(_multiple(kind, here, days) for kind in PRACTICE) if practise.told else (),
        outcomes=outcome_lines(area_id, day, is_today=day == today),
        parts=tuple(
            Part(
                row.name,
                row.slug,
                people.get(row.id, People(0, told=False)),
                found.get((row.id, day), NONE),
                found.get((row.id, day), NONE).since(found.get((row.id, days[1]), NONE)),
            )
            for row in place.children
        ),
    )


def summary(viewer: Viewer, area_id: int) -> tuple[str, ...]:
    """The area today in a few sentences."""
    today = clock.today(viewer.time_zone)
    now = kept.totals(area_id, (), [today]).get((area_id, today), NONE)
    return tuple(sentence for sentence in _sentences(skills_of(area_id, today), now) if sentence)


def windows(day: date) -> list[date]:
    """The ends of the windows, the newest first, and the day before the oldest begins."""
    return [day - timedelta(days=WINDOW * at) for at in range(COLUMNS + 1)]


def _multiple(kind: Kind, here: Sequence[Totals], days: Sequence[date]) -> Multiple:
    """The windows as columns, the oldest first."""
    of = [kind.amounts(end if kind.stands else end.since(start)) for end, start in pairwise(here)]
    newest, before = of[0], of[1]
    of.reverse()
    return Multiple(
        key=kind.key,
        title=kind.title,
        columns=tuple(zip(reversed(days[:-1]), of, strict=True)),
        drawn=stacks(tuple(of), highest(of)),
        says=kind.says(newest) if sum(newest) or len(newest) == 1 else "",
        before=kind.says(before) if sum(before) or len(before) == 1 else "",
        parts=tuple(zip(kind.parts, newest, strict=True)),
        behind=kind.behind,
        meaning=kind.figure.__name__,
    )


def _quarters(day: date) -> tuple[date, ...]:
    """The first days of the quarters that had ended, the oldest first."""
    found = [quarter_of(quarter_of(day) - timedelta(days=1))]
    while len(found) < COLUMNS:
        found.append(quarter_of(found[-1] - timedelta(days=1)))
    return tuple(reversed(found))


def skills_of(area_id: int, day: date) -> tuple[SkillTold, ...]:
    """The skills of the catalogue by quarter, those on one height that belong to one kata."""
    quarters = _quarters(day)
    rows = kept.levels(area_id, quarters[0], quarters[-1])
    by_skill = [(list(group)) for _id, group in groupby(rows, key=lambda row: row.id)]
    found = [(group[0], _by_quarter(group, quarters)) for group in by_skill]
    top = {kata: highest([each for row, of in found if row.kata == kata for each in of]) for kata in _katas(found)}
    return tuple(
        SkillTold(row.id, row.kata, row.name, tuple(zip(quarters, of, strict=True)), stacks(tuple(of), top[row.kata]))
        for row, of in found
    )


def _katas(found: Iterable[tuple[Any, Any]]) -> set[str]:
    return {row.kata for row, _of in found}


def _by_quarter(rows: Sequence[Any], quarters: Sequence[date]) -> list[tuple[int, ...] | None]:
    there = {
        row.quarter: (row.novice, row.beginner, row.competent, row.proficient, row.expert)
        for row in rows
        if row.quarter
    }
    return [there.get(quarter) for quarter in quarters]


def _sentences(skills: Sequence[SkillTold], now: Totals) -> Iterable[str]:
    known = [(skill.newest, skill.earlier) for skill in skills if skill.newest]
    pairs = [(newest, earlier) for newest, earlier in known if earlier]
    better, worse = now["better"], now["worse"]
    yield words.ability_grows(
        sum(newest[2] > earlier[2] for newest, earlier in pairs),
        len(pairs),
        whole_year=all((newest[0] - earlier[0]).days > 360 for newest, earlier in pairs),
    ) or words.ability_seen(len(known))
    yield words.customers_feel(better, worse, now["outcomes"] - better - worse)
    yield words.barriers_wait(now["waiting"], now["waiting_months"])


def outcome_lines(area_id: int, day: date, *, is_today: bool) -> tuple[OutcomeLine, ...]:
    """The measures that changed last, and where there is room some that did not change."""
    rows = outcomes.changed(area_id, day)
    if len(rows) < outcomes.SHOWN:
        rows = [*rows, *outcomes.unchanged(area_id, day, outcomes.SHOWN - len(rows))]
    return lines(rows, day, is_today=is_today)


def lines(rows: Sequence[Any], day: date, *, is_today: bool) -> tuple[OutcomeLine, ...]:
    """Rows of ``outcomes`` with their charts: the picture that is kept, or of a past day the readings up to then."""
    ids = [row.id for row in rows]
    pictures = pictures_of(ids) if is_today else {}
    values = {} if is_today else recent_values(ids, POINTS, day)
    found = []
    for row in rows:
        drawn, latest = _now(row, pictures.get(row.id)) if is_today else _then(row, values.get(row.id, ()))
        nature, since = getattr(row, "nature", None) or "alike", getattr(row, "day", None)
        found.append(OutcomeLine(row.id, row.name, row.team, row.team_slug, nature, since, drawn, latest))
    return tuple(found)


def _now(row: Any, seen: Glance | None) -> Drawn:
    """The picture that is kept; drawn once for as long as it says the same."""
    if seen is None or not seen.days:
        return None, ""
    return _drawings.get((row.id, seen.stamp, seen.seal, reader().locale), lambda: _drawing(row, seen))


def _drawing(row: Any, seen: Glance) -> Drawn:
    chart = small(seen.analysis, seen.days, Labels.of(reader().locale, row.unit), bounds=(row.low, row.high))
    latest = chart.latest.value if chart.latest else ""
    return Markup(rendered("leadership/_drawing.html", chart=chart)), latest  # noqa: S704 - our own


_drawings: Shelf[Drawn] = Shelf(512)


def _then(row: Any, values: Sequence[Any]) -> Drawn:
    """The readings up to a past day as a line, without the limits that are of today."""
    if not values:
        return None, ""
    labels = Labels.of(reader().locale, row.unit)
    line = spark([each.day for each in values], [each.value for each in values], labels)
    drawn = rendered("leadership/_drawing.html", line=line, name=row.name)
    return Markup(drawn), line.latest  # noqa: S704 - our own
