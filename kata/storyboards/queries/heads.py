"""The head of a board: who and where it is, and where its kata stands. Boards, lists and Today all begin with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, and_, bindparam, func, select, text
from sqlalchemy.orm import aliased

from kata import clock
from kata.access.policy import Scope, Viewer
from kata.activity.models import Activity
from kata.extensions import fetch
from kata.identity.models import Person
from kata.storyboards.models import Challenge, CurrentCondition, Experiment, Obstacle, Storyboard, TargetCondition
from kata.storyboards.queries.boards import seen_by, who
from kata.teams.models import Area, Team

# Making an alias or a statement costs more than running it, so both are made once; a statement is never changed.
LEARNER, COACH, SECOND = aliased(Person), aliased(Person), aliased(Person)
BOARD = bindparam("board", type_=Integer)
#: Written out in the statement: given beside it as a value, SQLite plans the whole statement anew each time it runs,
#: since only this value lets it use the index of those in focus. That took four times as long as the answer.
FOCUS = text("'focus'")


def head(board_id: int) -> Any:
    """The board itself: the names around it, where its kata stands, and its newest event."""
    return fetch(_head(), {"board": board_id}).one()


@dataclass(frozen=True, slots=True)
class Seen:
    """A board as somebody opens it: its head, which says all that the guard and the page ask first."""

    head: Any

    @property
    def id(self) -> int:
        return int(self.head.id)

    @property
    def scope(self) -> Scope:
        return scope_of(self.head)


def scope_of(head: Any) -> Scope:
    """Where a board belongs, by its head."""
    coaches = frozenset({head.coach_id} - {None})
    return Scope(head.team_id, head.area_id, head.learner_id, coaches, head.second_coach_id)


def seen(viewer: Viewer, *, lock: bool = False, board_id: int) -> Seen | None:
    """The board if the viewer may see it, for the guard of pages that only read."""
    row = fetch(_seen(viewer.is_administrator), {"board": board_id, **who(viewer)}).one_or_none()
    return None if row is None else Seen(row)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is cheap to know of a board, for whoever asks every few seconds: its newest event, and its day."""

    id: int
    last_change: int | None
    time_zone: str
    scope = Scope()  # it is only ever read

    @property
    def since(self) -> str:
        """Changes when anything on the board does, and when its day begins."""
        return f"{self.last_change}.{clock.today(self.time_zone)}"


def pulse(viewer: Viewer, *, lock: bool = False, board_id: int) -> Pulse | None:
    """The board's pulse if the viewer may see it, in one small statement."""
    row = fetch(_pulse(viewer.is_administrator), {"board": board_id, **who(viewer)}).one_or_none()
    return None if row is None else Pulse(*row)


@cache
def _pulse(is_administrator: bool) -> Any:
    query = select(Storyboard.id, _newest_event().label("last_change"), Team.time_zone)
    query = query.join(Team, Team.id == Storyboard.team_id)
    return query.where(Storyboard.id == BOARD, seen_by(is_administrator))


@cache
def _newest_event() -> Any:
    return select(func.max(Activity.id)).where(Activity.board_id == BOARD).scalar_subquery()


@cache
def _seen(is_administrator: bool) -> Any:
    return _head().where(seen_by(is_administrator))


@cache
def _head() -> Any:
    return heads().add_columns(_newest_event().label("last_change")).where(Storyboard.id == BOARD)


@cache
def heads() -> Any:
    """The heads of boards, to be narrowed by the caller; one row a board.

    Where a board's kata stands follows from a few facts that the database keeps unique for each board: the open
    challenge, the newest target condition, the obstacle in focus and the open experiment. They come along, so that a
    board, a list of boards and Today all ask the same question once.
    """
    newest = select(func.max(TargetCondition.number)).where(TargetCondition.board_id == Storyboard.id)
    described = select(func.max(CurrentCondition.created_at)).where(CurrentCondition.board_id == Storyboard.id)
    return (
        select(
            Storyboard.id,
            Storyboard.team_id,
            Storyboard.focus_process,
            Storyboard.learner_id,
            Storyboard.coach_id,
            Storyboard.second_coach_id,
            Storyboard.closed,
            Storyboard.practice,
            Storyboard.started_at,
            Storyboard.ended_on,
            Storyboard.reflection,
            Storyboard.archived_at,
            Storyboard.version,
            LEARNER.name.label("learner"),
            COACH.name.label("coach"),
            SECOND.name.label("second_coach"),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            Team.time_zone,
            Team.practice_days,
            Team.area_id,
            Area.name.label("area"),
            Challenge.id.label("challenge_id"),
            Challenge.measure_id.label("challenge_measure_id"),
            Challenge.moment_id.label("challenge_moment_id"),
            described.correlate(Storyboard).scalar_subquery().label("described_at"),
            TargetCondition.id.label("target_id"),
            TargetCondition.number.label("target_number"),
            TargetCondition.achieve_by,
            TargetCondition.status.label("target_status"),
            TargetCondition.ended_at.label("target_ended_at"),
            Obstacle.id.label("focus_id"),
            Obstacle.text.label("focus"),
            Experiment.id.label("open_id"),
            Experiment.number.label("open_number"),
            Experiment.kind.label("open_kind"),
            Experiment.step.label("open_step"),
            Experiment.expectation.label("open_expectation"),
            Experiment.happened.label("open_happened"),
            Experiment.check_on.label("open_check_on"),
        )
        .join(Team, Team.id == Storyboard.team_id)
        .join(Area, Area.id == Team.area_id)
        .join(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(COACH, COACH.id == Storyboard.coach_id)
        .outerjoin(SECOND, SECOND.id == Storyboard.second_coach_id)
        .outerjoin(Challenge, and_(Challenge.board_id == Storyboard.id, Challenge.ended_at.is_(None)))
        .outerjoin(
            TargetCondition,
            and_(
                TargetCondition.board_id == Storyboard.id,
                TargetCondition.number == newest.correlate(Storyboard).scalar_subquery(),
            ),
        )
        .outerjoin(Obstacle, and_(Obstacle.board_id == Storyboard.id, Obstacle.status == FOCUS))
        .outerjoin(Experiment, and_(Experiment.board_id == Storyboard.id, Experiment.ended_at.is_(None)))
    )
