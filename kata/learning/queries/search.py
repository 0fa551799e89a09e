"""The one door to what was learned: words and filters in, what the reader may see out, the best of it first.

Of what matches, the newest ``BLOCK`` things are ranked, and whoever looks further goes on in the block of what is
older: to rank everything that has a word which stands in each second experiment would cost more than a page may. They
are looked for among the newest things first, and among all only where these are too few: it finds the same. No
answer says how much there is that the reader does not see; what they may not see is no part of any block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.alignment.models import Barrier
from kata.customers.models import Voice
from kata.extensions import UtcDateTime, fetch
from kata.identity.models import Person
from kata.learning.models import Learned
from kata.learning.queries import engine
from kata.learning.queries.kept import Look
from kata.learning.queries.seen import Eyes, joined, of_board, seen, who
from kata.storyboards.models import Challenge, CurrentCondition, Experiment, Storyboard, TargetCondition, TargetMeasure
from kata.teams.models import Area, Team

#: How many of the newest that match are ranked at once, and how many of them a page shows.
BLOCK, SIZE = 60, 10

#: Filters that leave so much that the newest things are worth a look by themselves.
WIDE = {"before", "tried"}

AIMED, LEARNER = aliased(Challenge), aliased(Person)
SAID, RAISED = aliased(Voice), aliased(Barrier)


@dataclass(frozen=True)
class Filters:
    """What the address narrows the search to; ``None`` is everything. ``before`` is where the block before ended."""

    kind: str | None = None
    areas: tuple[int, ...] | None = None
    team: int | None = None
    measure: int | None = None
    moment: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    tried: bool | None = None

    @property
    def given(self) -> dict[str, Any]:
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}


def found(viewer: Viewer, match: str, filters: Filters, last: int = 0) -> list[Any]:
    """Id and words of the newest block of what matches, the newest first. ``last`` is the newest id there is."""
    values = {**who(viewer), **filters.given, **({"match": match} if match else {})}
    rows: list[Any] = []
    for look in _looks(match, filters, last):
        statement = _block(Eyes.of(viewer), engine.dialect(), bool(match), tuple(filters.given), look.hits)
        rows = list(fetch(statement, {**values, **look.values}))
        if len(rows) == BLOCK:
            break
    return rows


def _looks(match: str, filters: Filters, last: int) -> Sequence[Look]:
    """What is narrowed to a few things is best found by those."""
    if not match or filters.given.keys() - WIDE:
        return (Look(),)
    return engine.here().looks(last if filters.before is None else min(filters.before, last))


@cache
def _block(eyes: Eyes, dialect: str, searched: bool, given: tuple[str, ...], hits: str) -> Select[Any]:
    """Built once for each set of filters."""
    words = engine.of(dialect)
    if hits:
        told = words.hits[hits].c
        query = joined(_ids(told.words), eyes).join(words.hits[hits], told.id == Learned.id)
        query = query.order_by(told.id.desc())
    elif searched:
        query = joined(_ids(words.words), eyes).where(Learned.id == words.key, words.matches)
        query = query.order_by(words.key.desc())
    else:
        query = joined(_ids(literal("").label("words")), eyes).order_by(Learned.id.desc())
    query = query.where(seen(eyes)).limit(BLOCK)
    if {"areas", "team"} & {*given}:
        query = query.outerjoin(Team, Team.id == func.coalesce(Storyboard.team_id, Learned.team_id))
    return query.where(*(CONDITIONS[name]() for name in given))


def _ids(words: Any) -> Select[Any]:
    return select(Learned.id, words)


def _of_measure() -> ColumnElement[bool]:
    """The thing's own measure, its target condition's, or that of its board's challenge."""
    measure = bindparam("measure", type_=Integer)
    aim = exists().where(
        TargetMeasure.target_id == Learned.target_id,
        TargetMeasure.measure_id == measure,
        TargetMeasure.removed_at.is_(None),
    )
    return or_(Learned.measure_id == measure, aim, _challenged(AIMED.measure_id == measure))


def _of_moment() -> ColumnElement[bool]:
    """That of its board's challenge; of a voice and of a barrier their own."""
    moment = bindparam("moment", type_=Integer)
    own = (
        and_(Learned.kind == kind, exists().where(model.id == Learned.subject_id, model.moment_id == moment))
        for kind, model in (("voice", SAID), ("barrier", RAISED))
    )
    return or_(_challenged(AIMED.moment_id == moment), *own)


def _challenged(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """What the board's challenge is about. Leaders may not see the board of a barrier, so it tells nothing of that."""
    board = exists().where(AIMED.board_id == Learned.board_id, AIMED.ended_at.is_(None), condition)
    return and_(Learned.kind != "barrier", board)


def _in_areas() -> ColumnElement[bool]:
    areas = bindparam("areas", type_=Integer, expanding=True)
    return or_(Team.area_id.in_(areas), Learned.area_id.in_(areas))


CONDITIONS: dict[str, Any] = {
    "kind": lambda: Learned.kind == bindparam("kind", type_=String),
    "areas": _in_areas,
    "team": lambda: Team.id == bindparam("team", type_=Integer),
    "measure": _of_measure,
    "moment": _of_moment,
    "since": lambda: Learned.at >= bindparam("since", type_=UtcDateTime()),
    "until": lambda: Learned.at < bindparam("until", type_=UtcDateTime()),
    "tried": lambda: Learned.kind.in_(("experiment", "obstacle")),
    "before": lambda: Learned.id < bindparam("before", type_=Integer),
}


def shown(viewer: Viewer, ids: Sequence[int]) -> list[Any]:
    """What the page shows of these things, in their order; each says where it belongs."""
    if not ids:
        return []
    rows = {row.id: row for row in fetch(_shown(Eyes.of(viewer)), {**who(viewer), "ids": list(ids)})}
    return [rows[id_] for id_ in ids if id_ in rows]


@cache
def _shown(eyes: Eyes) -> Select[Any]:
    query = joined(
        select(
            Learned.id,
            Learned.kind,
            Learned.subject_id,
            of_board(Learned.board_id, eyes),
            Learned.at,
            Learned.parts,
            of_board(Storyboard.focus_process, eyes),
            of_board(Storyboard.ended_on, eyes),
            of_board(Storyboard.archived_at, eyes),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            Team.language,
            Area.name.label("area"),
            Area.slug.label("area_slug"),
            of_board(LEARNER.id.label("learner_id"), eyes),
            of_board(LEARNER.name.label("learner"), eyes),
            Experiment.number.label("experiment_number"),
            CurrentCondition.number.label("condition_number"),
            TargetCondition.number.label("target_number"),
            TargetCondition.ended_at.label("target_ended_at"),
        ),
        eyes,
    )
    return (
        query.outerjoin(Team, Team.id == func.coalesce(Storyboard.team_id, Learned.team_id))
        .outerjoin(Area, Area.id == Learned.area_id)
        .outerjoin(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(Experiment, (Learned.kind == "experiment") & (Experiment.id == Learned.subject_id))
        .outerjoin(CurrentCondition, (Learned.kind == "condition") & (CurrentCondition.id == Learned.subject_id))
        .outerjoin(TargetCondition, TargetCondition.id == Learned.target_id)
        .where(seen(eyes))
        .where(Learned.id.in_(bindparam("ids", type_=Integer, expanding=True)))
    )


def names(wanted: Iterable[tuple[str, Any, int]]) -> dict[str, str]:
    """The names of what the filters are about, as ``(filter, model, id)``; each of them is open to everyone."""
    told = {}
    for key, model, id_ in wanted:
        told[key] = fetch(select(model.name).where(model.id == id_)).scalar()
    return {key: name for key, name in told.items() if name is not None}
