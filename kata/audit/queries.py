"""Reading the record for administrators: a page at a time from the newest back, however much there is of it.

Each filter walks an index of its own from the newest row on: that of the person, of the address, or one for every
verb of a kind, of which the newest together are the newest of the kind. Days are turned into a stretch of the record
first. Its order is the one in which things were written down, which a clock that is set back does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, case, func, or_, select, tuple_, union_all
from sqlalchemy.sql.elements import ColumnElement

from kata.access.policy import Viewer
from kata.activity.models import Activity
from kata.audit.words import KINDS
from kata.extensions import db, fetch
from kata.folding import folded
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries.boards import sees
from kata.teams.models import Area, Team

PAGE = 40
#: Rows of one statement of the file; short enough that no statement runs long, and no lock is held between them.
AT_ONCE = 5_000
#: Of so many people of a name the log tells at once.
NAMESAKES = 8
NEWEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Filters:
    """What the log is narrowed to. ``people`` and ``kind`` are ``None`` where they narrow nothing."""

    people: tuple[int, ...] | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""


def page(asked: Filters, before: int = NEWEST) -> tuple[list[Any], bool]:
    """The newest rows before the record ``before``, and whether there are older ones."""
    rows = list(fetch(_rows(asked, _stretch(asked, before), PAGE + 1)))
    return rows[:PAGE], len(rows) > PAGE


def batches(asked: Filters) -> Iterator[list[Any]]:
    """All rows that match, the newest first, some thousands at a time."""
    first, before = _stretch(asked, NEWEST)
    while before > first:
        rows = list(fetch(_rows(asked, (first, before), AT_ONCE)))
        before = rows[-1].id if len(rows) == AT_ONCE else first
        yield rows


def _stretch(asked: Filters, before: int) -> tuple[int, int]:
    """The first record that can match, and the one behind the last."""
    if not asked.since and not asked.until:
        return 0, before
    query = select(func.min(Activity.id), func.max(Activity.id)).where(*_days(asked))
    first, last = fetch(query).one()
    return (first, min(last + 1, before)) if first is not None else (0, 0)


def _days(asked: Filters) -> list[ColumnElement[bool]]:
    since = [Activity.at >= asked.since] if asked.since else []
    return since + ([Activity.at < asked.until] if asked.until else [])


def _rows(asked: Filters, stretch: tuple[int, int], most: int) -> Select[*tuple[Any, ...]]:
    always = _always(asked, *stretch)
    ways = [
        select(Activity.id).where(way, *always).order_by(Activity.id.desc()).limit(most).subquery()
        for way in _ways(asked)
    ]
    query = select(
        Activity.id,
        Activity.at,
        Activity.person_id,
        Activity.verb,
        Activity.subject_type,
        Activity.subject_id,
        Activity.board_id,
        Activity.team_id,
        Activity.address,
        Activity.snapshot,
    )
    found = Activity.id.in_(union_all(*(select(way.c.id) for way in ways))) if ways else and_(*always)
    return query.where(found).order_by(Activity.id.desc()).limit(most)


def _ways(asked: Filters) -> list[ColumnElement[bool]]:
    """The ways in which a row can match, each served by an index; none where every row does."""
    if asked.people is not None:
        return [way for person in asked.people or (0,) for way in _of_person(person)]
    if asked.address:
        return [Activity.address == asked.address]
    if asked.kind:
        return [and_(Activity.subject_type == about, Activity.verb == verb) for about, verb in KINDS[asked.kind][1]]
    return []


def _of_person(person: int) -> Sequence[ColumnElement[bool]]:
    """What they did, and what was done to their account; some of it is both."""
    return Activity.person_id == person, and_(Activity.subject_type == "person", Activity.subject_id == person)


def _always(asked: Filters, first: int, before: int) -> list[ColumnElement[bool]]:
    """What a row has to be in any case; where it is found by something else, the others are asked of it here."""
    narrowed = [Activity.id >= first, Activity.id < before, *_days(asked)]
    if asked.people is not None and asked.address:
        narrowed.append(Activity.address == asked.address)
    if asked.kind and (asked.people is not None or asked.address):
        narrowed.append(tuple_(Activity.subject_type, Activity.verb).in_(list(KINDS[asked.kind][1])))
    return narrowed


# Names of what the rows are about -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of a page name, by id; a board has no name where the reader may not see it."""

    people: dict[int, str]
    teams: dict[int, tuple[str, str]]
    areas: dict[int, str]
    boards: dict[int, tuple[str | None, int]]


def names(who: Viewer, people: set[int], teams: set[int], areas: set[int], boards: set[int]) -> Names:
    """The names of what some rows are about, in as many statements whatever they are."""
    process = case((sees(who), Storyboard.focus_process)).label("name")
    found = fetch(select(Storyboard.id, process, Storyboard.team_id).where(Storyboard.id.in_(boards)))
    of_boards = {row.id: (row.name, row.team_id) for row in found}
    teams = teams | {team for _name, team in of_boards.values()}
    return Names(
        {row.id: row.name for row in _named(Person.id, Person.name, ids=people)},
        {row.id: (row.name, row.slug) for row in _named(Team.id, Team.name, Team.slug, ids=teams)},
        {row.id: row.name for row in _named(Area.id, Area.name, ids=areas)},
        of_boards,
    )


def _named(*columns: Any, ids: set[int]) -> Iterable[Any]:
    return fetch(_by_ids(*columns), {"ids": sorted(ids)}) if ids else ()


@cache
def _by_ids(*columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns).where(columns[0].in_(bindparam("ids", type_=Integer, expanding=True)))


def people_called(text: str) -> list[Any]:
    """Id and name of who is called or addressed so, by name; one more than the log tells of at once."""
    words = folded(text).split()[:6]
    named = and_(*(Person.name_folded.contains(word, autoescape=True) for word in words))
    addressed = Person.email == text.strip().lower()
    query = select(Person.id, Person.name).where(or_(addressed, named) if words else addressed)
    return list(db.session.execute(query.order_by(Person.name, Person.id).limit(NAMESAKES + 1)))


def person_by_id(person_id: int) -> list[Any]:
    """Id and name of somebody, as ``people_called`` answers."""
    return list(db.session.execute(select(Person.id, Person.name).where(Person.id == person_id)))
