"""Reading the figures that are kept: a few rows each, however many teams and years there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, and_, bindparam, func, literal, literal_column, or_, select, union_all

from kata.access.policy import Viewer
from kata.coaching.models import Skill
from kata.extensions import db, fetch
from kata.leadership.figures import TOTALS
from kata.leadership.models import AreaPeople, FiguresState, LevelsTold, area_figures
from kata.teams.models import Area, AreaLeader
from kata.teams.queries import areas_led_by

AREA, AREAS = bindparam("area", type_=Integer), bindparam("areas", type_=Integer, expanding=True)
DAY = bindparam("day", type_=Date)
#: No tree of areas is deeper; a circle, which there cannot be, would end here.
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an area at the end of a day; see ``figures`` for what each of them is."""

    values: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        return self.values[name]

    def since(self, earlier: Totals) -> Totals:
        """What was added after another day."""
        return Totals({name: value - earlier.values[name] for name, value in self.values.items()})


NONE = Totals(dict.fromkeys(TOTALS, 0))


@dataclass(frozen=True, slots=True)
class Place:
    """An area with the way down to it, and the open areas that lie in it."""

    id: int
    name: str
    slug: str
    way: Sequence[Any]
    children: Sequence[Any]


def area(viewer: Viewer, *, lock: bool, area: str, what: str = "") -> Area | None:
    """The loader for an area's figures, by its slug. That there is such an area is open to anyone signed in.

    ``what`` names the list behind a figure, where the address has one; the view looks it up.
    """
    return db.session.scalars(select(Area).where(Area.slug == area)).one_or_none()


def place(area_id: int) -> Place:
    """The area in the tree as it stands."""
    rows = fetch(_place(), {"area": area_id}).all()
    *way, here = sorted((row for row in rows if row.height >= 0), key=lambda row: -row.height)
    children = sorted((row for row in rows if row.height < 0), key=lambda row: (row.name, row.id))
    return Place(here.id, here.name, here.slug, way, children)


@cache
def _place() -> Any:
    """The area and those above it, by how high they are above it, and those right below it."""
    columns = (Area.id, Area.name, Area.slug)
    way = select(*columns, Area.parent_id, literal(0).label("height")).where(Area.id == AREA).cte(recursive=True)
    higher = select(*columns, Area.parent_id, way.c.height + 1).join(way, Area.id == way.c.parent_id)
    way = way.union_all(higher.where(way.c.height < DEEPEST))
    below = select(*columns, literal(-1)).where(Area.parent_id == AREA, Area.closed_at.is_(None))
    return union_all(select(way.c.id, way.c.name, way.c.slug, way.c.height), below)


@cache
def within() -> Any:
    """The ids of the area (``AREA``) and of all areas below it, to be selected from."""
    tree = select(Area.id).where(Area.id == AREA).cte("within", recursive=True)
    tree = tree.union(select(Area.id).join(tree, Area.parent_id == tree.c.id))
    return select(tree.c.id)


def tops_of(viewer: Viewer) -> list[Any]:
    """The open areas that the viewer leads and that lie below no other which they lead, by name."""
    return list(fetch(_tops(), {"person": viewer.person_id}))


@cache
def _tops() -> Any:
    person = bindparam("person", type_=Integer)
    led = select(areas_led_by(person).c.id)
    return (
        select(Area.id, Area.name, Area.slug)
        .join(AreaLeader, AreaLeader.area_id == Area.id)
        .where(
            AreaLeader.person_id == person,
            AreaLeader.ended_at.is_(None),
            Area.closed_at.is_(None),
            or_(Area.parent_id.is_(None), Area.parent_id.not_in(led)),
        )
        .order_by(Area.name, Area.id)
    )


def fresh_at() -> datetime | None:
    """When the figures were looked up last; ``None`` where nobody has begun to."""
    return fetch(_FRESH).scalar()


_FRESH: Any = select(FiguresState.fresh_at)


def totals(area_id: int, children: Collection[int], days: Sequence[date]) -> dict[tuple[int, date], Totals]:
    """The totals of the area at the end of each of the days, which begin with the newest; of the areas in it at the
    end of the first two. Nothing is there for a day before the first of its figures.
    """
    values: dict[str, Any] = {f"day_{at}": day for at, day in enumerate(days)}
    values |= {"area": area_id, "areas": [area_id, *sorted(children)]}
    return {
        (row.area_id, row.asked): Totals(dict(zip(TOTALS, row[2:], strict=True)))
        for row in fetch(_totals(len(days)), values)
    }


@cache
def _totals(n: int) -> Any:
    """One seek for each area and day: the newest row up to the day."""
    asked = union_all(
        *(
            select(bindparam(f"day_{at}", type_=Date).label("asked"), literal_column(str(at), Integer).label("place"))
            for at in range(n)
        )
    ).subquery()
    of, earlier = area_figures.c, area_figures.alias().c
    newest = (
        select(func.max(earlier.day))
        .where(earlier.area_id == Area.id, earlier.day <= asked.c.asked)
        .correlate(Area, asked)
        .scalar_subquery()
    )
    return (
        select(of.area_id, asked.c.asked, *(of[name] for name in TOTALS))
        .select_from(Area)
        .join(asked, and_(Area.id.in_(AREAS), (Area.id == AREA) | (asked.c.place < 2)))
        .join(area_figures, and_(of.area_id == Area.id, of.day == newest))
    )


class People(NamedTuple):
    """How many practise in an area, and whether its figures may be told."""

    people: int
    told: bool


def people(areas: Collection[int], day: date) -> dict[int, People]:
    """Who practised in each of the areas at the end of a day; no entry where nobody has ever."""
    rows = fetch(_people(), {"areas": sorted(areas), "day": day})
    return {row.area_id: People(row.people, row.told) for row in rows}


@cache
def _people() -> Any:
    # The newest day is looked for once an area, not once a day of each: so it starts from the areas.
    earlier = AreaPeople.__table__.alias().c
    newest = select(func.max(earlier.day)).where(earlier.area_id == Area.id, earlier.day <= DAY).scalar_subquery()
    return (
        select(AreaPeople.area_id, AreaPeople.people, AreaPeople.told)
        .join(Area, and_(AreaPeople.area_id == Area.id, AreaPeople.day == newest))
        .where(Area.id.in_(AREAS))
    )


def levels(area_id: int, first: date, last: date) -> list[Any]:
    """Skills in the order of the catalogue, with the people at each level in the quarters from ``first`` to ``last``.

    A row a skill and quarter; a skill of which nothing was told has one row without a quarter.
    """
    return list(fetch(_levels(), {"area": area_id, "first": first, "last": last}))


@cache
def _levels() -> Any:
    told = LevelsTold
    within = and_(
        told.skill_id == Skill.id,
        told.area_id == AREA,
        told.quarter >= bindparam("first", type_=Date),
        told.quarter <= bindparam("last", type_=Date),
    )
    return (
        select(
            Skill.id,
            Skill.kata,
            Skill.name,
            told.quarter,
            told.novice,
            told.beginner,
            told.competent,
            told.proficient,
            told.expert,
        )
        .outerjoin(told, within)
        .where(Skill.archived_at.is_(None) | told.quarter.is_not(None))
        .order_by(Skill.kata.desc(), Skill.position, Skill.id, told.quarter)
    )


def levels_of(areas: Collection[int], quarter: date) -> list[Any]:
    """What was told of the skills in each of these areas at the end of one quarter."""
    return list(fetch(_levels_of(), {"areas": sorted(areas), "quarter": quarter}))


@cache
def _levels_of() -> Any:
    return select(LevelsTold.__table__).where(
        LevelsTold.area_id.in_(AREAS), LevelsTold.quarter == bindparam("quarter", type_=Date)
    )
