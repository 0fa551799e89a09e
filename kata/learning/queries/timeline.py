"""What a team's boards saw, along time: things learned, target conditions set, cycles held, signals and barriers.

One statement says which of them a page has, by a key that travels in the address; few more say what they are. Only
boards that the viewer sees have a part in it, and of a cycle only that it was held, by whom and with whom.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache, wraps
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer, BarrierStop
from kata.coaching.models import CoachingCycle
from kata.extensions import UtcDateTime, fetch
from kata.identity.models import Person
from kata.learning.models import OF_BOARDS, Learned
from kata.measures.models import Measure, Picture, Reading
from kata.storyboards.models import Experiment, SignalAnswer, Storyboard, TargetCondition
from kata.storyboards.queries.boards import seen_by, who
from kata.teams.models import Area

SIZE = 30
#: What happened to a barrier: its kind of entry is one, and it comes in three ways.
BARRIERS = ("raised", "passed", "answered")
#: The kinds of entries beside what can be searched; the order decides which of one moment stands first.
ENTRIES = (*OF_BOARDS, "set", "cycle", "signal", *BARRIERS)
#: Under which kind an entry is looked for, where that has another name.
PART_OF = {"set": "target"} | dict.fromkeys(BARRIERS, "barrier")
LEARNER, COACH = aliased(Person), aliased(Person)
MEASURES_SHOWN = 6

_WRITTEN = re.compile(r"(\d{1,16})\.(\d)\.(\d{1,9})", re.ASCII)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Key(NamedTuple):
    """The entry after which a page goes on."""

    at: datetime
    order: int
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.order}.{self.id}"

    @classmethod
    def read(cls, written: str) -> Key:
        """The key of an address; ``ValueError`` where it is none."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(written)
        return cls(_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]), int(found[3]))


@dataclass(frozen=True)
class Narrowed:
    """What the address narrows the history to; ``None`` is everything."""

    board: int | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def given(self) -> dict[str, Any]:
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) is not None}


def boards(viewer: Viewer, team_id: int) -> list[Any]:
    """The team's boards that the viewer sees, ended and archived ones too, the newest first."""
    return list(fetch(_boards(viewer.is_administrator), {"team": team_id, **who(viewer)}))


@cache
def _boards(is_administrator: bool) -> Any:
    return (
        select(Storyboard.id, Storyboard.focus_process, Storyboard.started_at)
        .where(seen_by(is_administrator), Storyboard.team_id == bindparam("team", type_=Integer))
        .order_by(Storyboard.id.desc())
    )


def entries(board_ids: Sequence[int], narrowed: Narrowed, after: Key | None, most: int | None = SIZE + 1) -> list[Any]:
    """Order, id, moment and board of what happened on these boards, newest first.

    One more than a page has says that there is another. The boards are those of ``boards``, which are seen.
    """
    wanted = [narrowed.board] if narrowed.board is not None else list(board_ids)
    given = {name: value for name, value in narrowed.given.items() if name in {"since", "until"}}
    key = {"key_at": after.at, "key_order": after.order, "key_id": after.id} if after else {}
    statement = _entries(narrowed.kind, tuple(given), after is not None)
    seen = {"boards": [each for each in wanted if each in board_ids], "most": most or 2**31 - 1}
    return list(fetch(statement, {**seen, **given, **key}))


@cache
def _entries(kind: str | None, given: tuple[str, ...], goes_on: bool) -> Any:
    parts = [each for name, each in _parts().items() if kind in {None, name, PART_OF.get(name)}]
    if kind in OF_BOARDS:
        parts.append(_of_learned().where(Learned.kind == kind))
    elif kind is None:
        parts.append(_of_learned().where(Learned.kind != "barrier"))
    all_ = union_all(*parts).subquery()
    query = select(all_).order_by(all_.c.at.desc(), all_.c.place, all_.c.id.desc())
    query = query.limit(bindparam("most", type_=Integer))
    if "since" in given:
        query = query.where(all_.c.at >= bindparam("since", type_=UtcDateTime()))
    if "until" in given:
        query = query.where(all_.c.at < bindparam("until", type_=UtcDateTime()))
    return query.where(_after(all_.c)) if goes_on else query


def _after(columns: Any) -> Any:
    at, place = bindparam("key_at", type_=UtcDateTime()), bindparam("key_order", type_=Integer)
    same, later = columns.at == at, columns.id < bindparam("key_id", type_=Integer)
    return or_(columns.at < at, and_(same, columns.place > place), and_(same, columns.place == place, later))


def _of_learned() -> Select[Any]:
    return _entry(OF_BOARDS[0], Learned.id, Learned.at, Learned.board_id)


def _parts() -> dict[str, Select[Any]]:
    """What the index does not tell: a target condition's beginning once it has ended, cycles, answers to signals."""
    return {
        "set": _entry("set", TargetCondition.id, TargetCondition.created_at, TargetCondition.board_id).where(
            TargetCondition.ended_at.is_not(None)
        ),
        "cycle": _entry("cycle", CoachingCycle.id, CoachingCycle.ended_at, CoachingCycle.board_id).where(
            CoachingCycle.status == "held"
        ),
        "signal": _entry("signal", SignalAnswer.id, SignalAnswer.at, SignalAnswer.board_id),
        "raised": _entry("raised", Barrier.id, Barrier.raised_at, Barrier.board_id),
        "passed": _of_barrier("passed", BarrierStop).where(BarrierStop.reason != ""),
        "answered": _of_barrier("answered", BarrierAnswer),
    }


def _of_barrier(name: str, model: Any) -> Any:
    """What belongs to a barrier, with the barrier's board."""
    return _entry(name, model.id, model.at, Barrier.board_id).join(Barrier, Barrier.id == model.barrier_id)


def _entry(name: str, id_: Any, at: Any, board_id: Any) -> Select[Any]:
    boards_ = bindparam("boards", type_=Integer, expanding=True)
    place = literal(ENTRIES.index(name)).label("place")
    return select(place, id_.label("id"), at.label("at"), board_id.label("board_id")).where(board_id.in_(boards_))


def _by_id(build: Callable[[], Any]) -> Callable[[Sequence[int]], dict[int, Any]]:
    """A read of rows by their ids, whose statement is built once; nothing is asked for no ids."""
    statement = cache(build)

    @wraps(build)
    def read(ids: Sequence[int]) -> dict[int, Any]:
        return {row.id: row for row in fetch(statement(), {"ids": list(ids)})} if ids else {}

    return read


@_by_id
def targets_set() -> Any:
    """Number, pattern and date of target conditions."""
    columns = TargetCondition.id, TargetCondition.number, TargetCondition.pattern, TargetCondition.achieve_by
    return select(*columns).where(_among(TargetCondition.id))


@_by_id
def cycles() -> Any:
    """Who coached whom, and on which day; never what was said."""
    return (
        select(CoachingCycle.id, CoachingCycle.held_on, LEARNER.name.label("learner"), COACH.name.label("coach"))
        .join(LEARNER, LEARNER.id == CoachingCycle.learner_id)
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .where(_among(CoachingCycle.id))
    )


@_by_id
def signals() -> Any:
    """Which measure showed a signal on which day, what the board said to it, and the experiment that expected it."""
    return (
        select(
            SignalAnswer.id,
            SignalAnswer.day,
            SignalAnswer.words,
            SignalAnswer.measure_id,
            Measure.name.label("measure"),
            Experiment.number.label("experiment_number"),
        )
        .join(Measure, Measure.id == SignalAnswer.measure_id)
        .outerjoin(Experiment, Experiment.id == SignalAnswer.experiment_id)
        .where(_among(SignalAnswer.id))
    )


@_by_id
def raised() -> Any:
    """What these barriers say, and what they cost."""
    return select(Barrier.id, Barrier.text, Barrier.cost).where(_among(Barrier.id))


@_by_id
def passed() -> Any:
    """To which area barriers were passed up, and why."""
    return (
        select(BarrierStop.id, BarrierStop.barrier_id, BarrierStop.reason, Barrier.text, Area.name.label("area"))
        .join(Barrier, Barrier.id == BarrierStop.barrier_id)
        .join(Area, Area.id == BarrierStop.area_id)
        .where(_among(BarrierStop.id))
    )


@_by_id
def answered() -> Any:
    """What was answered to barriers, and by whom."""
    return (
        select(
            BarrierAnswer.id,
            BarrierAnswer.barrier_id,
            BarrierAnswer.kind,
            BarrierAnswer.words,
            BarrierAnswer.by_date,
            Barrier.text,
            Person.name.label("by"),
        )
        .join(Barrier, Barrier.id == BarrierAnswer.barrier_id)
        .join(Person, Person.id == BarrierAnswer.by_id)
        .where(_among(BarrierAnswer.id))
    )


def _among(column: Any) -> Any:
    return column.in_(bindparam("ids", type_=Integer, expanding=True))


def outcomes(team_id: int) -> list[Any]:
    """The team's outcome measures in use, by name, as many as a page shows; with what tells their pictures apart."""
    return list(fetch(_outcomes(), {"team": team_id}))


@cache
def _outcomes() -> Any:
    return (
        select(Measure.id, Measure.name, Measure.unit, Picture.stamp, Picture.body["seal"].as_string().label("seal"))
        .outerjoin(Picture, Picture.measure_id == Measure.id)
        .where(
            Measure.team_id == bindparam("team", type_=Integer),
            Measure.kind == "outcome",
            Measure.archived_at.is_(None),
        )
        .order_by(Measure.name, Measure.id)
        .limit(MEASURES_SHOWN)
    )


def readings(measure_ids: Sequence[int], first: Any, last: Any) -> Iterator[Any]:
    """Measure, day and value of the readings that count between two days, by measure and day."""
    query = (
        select(Reading.measure_id, Reading.day, Reading.value)
        .where(Reading.measure_id.in_(measure_ids), Reading.struck_at.is_(None), Reading.day.between(first, last))
        .order_by(Reading.measure_id, Reading.day)
    )
    return iter(fetch(query)) if measure_ids else iter(())
