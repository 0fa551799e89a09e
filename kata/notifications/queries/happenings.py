"""What happened in a span of time, in one statement, of boards that the reader sees now.

Every part of it asks anew whether the board is seen (``seen_by``): a reader who lost sight of a board is told nothing
of it any more, whichever way its id came here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, String, and_, bindparam, cast, literal, null, or_, select, union, union_all
from sqlalchemy.orm import aliased

from kata.access.policy import Viewer
from kata.coaching.models import CoachingCycle, Instruction
from kata.extensions import UtcDateTime, fetch
from kata.identity.models import Person
from kata.storyboards.models import Experiment, Storyboard, TargetCondition
from kata.storyboards.queries.boards import ME, seen_by, who
from kata.storyboards.queries.heads import heads
from kata.teams.models import Team

#: Of each kind so many are told, those of one's own boards first; who wants more follows the link.
MOST = 60
KINDS = ("experiment", "target", "cycle", "board", "instruction")
IDS, LED = (bindparam(name, type_=Integer, expanding=True) for name in ("ids", "led"))
SINCE, UNTIL = bindparam("since", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
SINCE_DAY = bindparam("since_day", type_=Date)
COLUMNS: dict[str, Any] = {
    "number": Integer,
    **dict.fromkeys(("what", "expected", "happened", "taught", "state"), String),
    "day": Date,
    "at": UtcDateTime,
    "by_id": Integer,
    "by": String,
}
LEARNER, PLANNER, COACH = aliased(Person), aliased(Person), aliased(Person)


class Span(NamedTuple):
    """What a digest tells of: everything after ``since``, up to and with ``until``."""

    since: datetime
    until: datetime

    @property
    def given(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "since_day": self.since.date()}


def own(viewer: Viewer) -> list[Any]:
    """The heads of the live boards at which the viewer learns, the newest first."""
    return list(fetch(_own(viewer.is_administrator), who(viewer)))


@cache
def _own(is_administrator: bool) -> Any:
    return (
        heads()
        .where(
            Storyboard.learner_id == ME,
            Storyboard.ended_on.is_(None),
            Storyboard.archived_at.is_(None),
            seen_by(is_administrator),
        )
        .order_by(Storyboard.practice, Storyboard.id.desc())
        .limit(MOST)
    )


def happened(viewer: Viewer, ids: list[int], span: Span) -> dict[str, list[Any]]:
    """What happened at these boards and in the viewer's areas, by its kind (``KINDS``), the newest first.

    ``led`` says of a row whether it is of an area of theirs, ``near`` whether it is of one of the boards. Experiments
    and cycles are those of the boards, target conditions and boards also those of the areas, instructions those that
    were given to the viewer. A result has only its day, so it may be told once more when it is concluded.
    """
    values = {"ids": ids, "led": sorted(viewer.areas_led), **span.given, **who(viewer)}
    found: dict[str, list[Any]] = defaultdict(list)
    for row in fetch(_happened(viewer.is_administrator, bool(viewer.areas_led)), values):
        found[row.kind].append(row)
    return found


@cache
def _happened(is_administrator: bool, leads: bool) -> Any:
    """The parts have the same columns, of the same types. Who leads nothing is told of no area."""
    parts = (_experiments(), _targets(leads), _cycles(), *((_boards(),) if leads else ()))
    seen = [
        each.where(seen_by(is_administrator)).order_by(_near().desc(), each.selected_columns.id.desc()).limit(MOST)
        for each in parts
    ]
    return union_all(*(select(each.subquery()) for each in (*seen, _instructions())))


def _near() -> Any:
    return Storyboard.id.in_(IDS)


def _part(kind: str, id_: Any, **columns: Any) -> Any:
    """One part with every column of them all; what it has none of is empty, and of the type that the others have."""
    return select(
        literal(kind).label("kind"),
        id_.label("id"),
        *(columns.get(name, cast(null(), type_)).label(name) for name, type_ in COLUMNS.items()),
        Storyboard.id.label("board_id"),
        Storyboard.focus_process.label("process"),
        LEARNER.name.label("learner"),
        Team.name.label("team"),
        _near().label("near"),
        Team.area_id.in_(LED).label("led"),
    ).select_from(Storyboard)


def _around(query: Any) -> Any:
    return query.join(Team, Team.id == Storyboard.team_id).join(LEARNER, LEARNER.id == Storyboard.learner_id)


def _experiments() -> Any:
    seen = and_(Experiment.ended_at.is_(None), Experiment.happened != "", Experiment.happened_on >= SINCE_DAY)
    part = _part(
        "experiment",
        Experiment.id,
        number=Experiment.number,
        what=Experiment.step,
        expected=Experiment.expectation,
        happened=Experiment.happened,
        taught=Experiment.learned,
        state=Experiment.set_aside_reason,
        day=Experiment.check_on,
        at=Experiment.ended_at,
        by_id=Experiment.planned_by_id,
        by=PLANNER.name,
    )
    return (
        _around(part.join(Experiment, Experiment.board_id == Storyboard.id))
        .outerjoin(PLANNER, PLANNER.id == Experiment.planned_by_id)
        .where(_near(), or_(_in(Experiment.ended_at), _in(Experiment.created_at), seen))
    )


def _targets(leads: bool) -> Any:
    part = _part(
        "target",
        TargetCondition.id,
        number=TargetCondition.number,
        what=TargetCondition.pattern,
        taught=TargetCondition.reflection,
        state=TargetCondition.status,
        day=TargetCondition.achieve_by,
        at=TargetCondition.ended_at,
    )
    begun, ended = _in(TargetCondition.created_at), _in(TargetCondition.ended_at)
    around = _around(part.join(TargetCondition, TargetCondition.board_id == Storyboard.id))
    if not leads:
        return around.where(_near(), or_(begun, ended))
    of, board, team = aliased(TargetCondition), aliased(Storyboard), aliased(Team)
    # The few that it can be, since an engine asks each storyboard of the organisation whether it is near *or* led.
    near = select(of.id).where(of.board_id.in_(IDS))
    led = select(of.id).join(board, board.id == of.board_id).join(team, team.id == board.team_id)
    few = union(near, led.where(team.area_id.in_(LED), _in(of.ended_at)))
    return around.where(TargetCondition.id.in_(few), or_(and_(_near(), or_(begun, ended)), and_(_led(), ended)))


def _cycles() -> Any:
    """That they were held, by whom with whom and when; what was said is not asked for."""
    held = aliased(Person)
    part = _part(
        "cycle",
        CoachingCycle.id,
        what=held.name,
        day=CoachingCycle.held_on,
        by_id=CoachingCycle.coach_id,
        by=COACH.name,
    )
    return (
        _around(part.join(CoachingCycle, CoachingCycle.board_id == Storyboard.id))
        .join(held, held.id == CoachingCycle.learner_id)
        .join(COACH, COACH.id == CoachingCycle.coach_id)
        .where(_near(), CoachingCycle.status == "held", _in(CoachingCycle.ended_at))
    )


def _boards() -> Any:
    part = _part(
        "board", Storyboard.id, taught=Storyboard.reflection, day=Storyboard.ended_on, at=Storyboard.started_at
    )
    ended = Storyboard.ended_on >= SINCE_DAY
    return _around(part).where(_led(), Storyboard.archived_at.is_(None), or_(_in(Storyboard.started_at), ended))


def _instructions() -> Any:
    """What second coaches told the viewer, and nobody else."""
    part = _part("instruction", CoachingCycle.id, what=Instruction.trigger, expected=Instruction.words, by=PLANNER.name)
    return (
        _around(part)
        .join(CoachingCycle, CoachingCycle.board_id == Storyboard.id)
        .join(Instruction, Instruction.cycle_id == CoachingCycle.id)
        .join(PLANNER, PLANNER.id == Instruction.by_id)
        .where(Instruction.coach_id == ME, Instruction.habit_at.is_(None), _in(Instruction.given_at))
        .order_by(Instruction.id.desc())
        .limit(MOST)
    )


def _led() -> Any:
    """Of an area of the viewer's, and no board for trying out."""
    return and_(Team.area_id.in_(LED), Storyboard.practice.is_(False))


def _in(moment: Any) -> Any:
    return and_(moment > SINCE, moment <= UNTIL)
