"""The parking lot: adding, ordering, focusing and removing obstacles."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Integer, bindparam, func, select

from kata.activity.actions import record
from kata.extensions import db, fetch
from kata.rules import DomainError
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition


def add(board: Storyboard, text: str, *, by: int) -> Obstacle:
    """Park an obstacle to the active target condition, last in the order."""
    board.expect_live()
    target_id = active_target_id(board)
    last = db.session.scalar(select(func.max(Obstacle.position)).where(Obstacle.target_id == target_id))
    obstacle = Obstacle(
        board_id=board.id, target_id=target_id, text=text, position=0 if last is None else last + 1, board=board
    )
    db.session.add(obstacle)
    record("parked", obstacle, by=by)
    return obstacle


def active_target_id(board: Storyboard) -> int:
    """The id of the active target condition; ``DomainError`` when there is none."""
    found = db.session.scalar(
        select(TargetCondition.id).where(TargetCondition.board_id == board.id, TargetCondition.ended_at.is_(None))
    )
    if found is None:
        raise DomainError("", _("Set a target condition first: an obstacle is what stands in its way."))
    return found


def _expect_in_use(obstacle: Obstacle) -> None:
    """Raise ``DomainError`` when the obstacle belongs to the history: its target condition or its board has ended."""
    obstacle.board.expect_live()
    if fetch(_target_ended(), {"target": obstacle.target_id}).scalar() is not None:
        raise DomainError("", _("The target condition of this obstacle has ended; it stays in the history as it was."))


@cache
def _target_ended() -> Any:
    """A question of its own, asked once the board is locked: joined to the lock it would answer from before it."""
    return select(TargetCondition.ended_at).where(TargetCondition.id == bindparam("target", type_=Integer))


def rewrite(obstacle: Obstacle, seen: int | None, text: str, *, by: int) -> None:
    """Word the obstacle better."""
    obstacle.expect_version(seen)
    _expect_in_use(obstacle)
    obstacle.reword(text)
    record("reworded", obstacle, by=by)


def focus(obstacle: Obstacle, *, by: int) -> Obstacle | None:
    """Put the obstacle in focus and the one before it back to waiting; answers that one.

    While an experiment is open the focus stays: the experiment is against the obstacle that it was planned for.
    """
    if obstacle.status == "focus":
        return None
    _expect_in_use(obstacle)
    _expect_nothing_open(obstacle.board_id)
    before = db.session.scalars(
        select(Obstacle).where(Obstacle.board_id == obstacle.board_id, Obstacle.status == "focus")
    ).one_or_none()
    if before is not None:
        before.wait()
        record("put back to waiting", before, by=by)
    obstacle.focus()
    record("put in focus", obstacle, by=by)
    return before


def unfocus(obstacle: Obstacle, *, by: int) -> None:
    """Take the obstacle out of focus without putting another one in."""
    _expect_in_use(obstacle)
    _expect_nothing_open(obstacle.board_id)
    if obstacle.status == "focus":
        obstacle.wait()
        record("put back to waiting", obstacle, by=by)


def _expect_nothing_open(board_id: int) -> None:
    still_open = select(Experiment.id).where(Experiment.board_id == board_id, Experiment.ended_at.is_(None))
    if db.session.scalar(still_open.limit(1)) is not None:
        raise DomainError(
            "", _("An experiment is open against the obstacle in focus. Conclude it or set it aside, then choose anew.")
        )


def end(obstacle: Obstacle, status: str, note: str, *, by: int) -> None:
    """The obstacle leaves the parking lot as *removed* or *set aside*; it stays in the history."""
    _expect_in_use(obstacle)
    if obstacle.status == "focus":
        _expect_nothing_open(obstacle.board_id)
    obstacle.end(status, note)
    record("removed" if status == "removed" else "set aside", obstacle, by=by)


def put_back(obstacle: Obstacle, *, by: int) -> None:
    """Bring an obstacle back that left the parking lot."""
    _expect_in_use(obstacle)
    if not obstacle.open:
        obstacle.wait()
        record("put back", obstacle, by=by)


def move(obstacle: Obstacle, to: int, *, by: int) -> int:
    """Move the obstacle to a zero-based place among those that wait; answers the place it had."""
    _expect_in_use(obstacle)
    query = select(Obstacle).where(Obstacle.target_id == obstacle.target_id, Obstacle.status == "waiting")
    waiting = list(db.session.scalars(query.order_by(Obstacle.position, Obstacle.id).with_for_update()))
    if obstacle not in waiting:
        raise DomainError("", _("Only an obstacle that waits in the parking lot has a place in its order."))
    before = waiting.index(obstacle)
    waiting.insert(max(0, min(to, len(waiting) - 1)), waiting.pop(before))
    shifted = [each for place, each in enumerate(waiting) if each.position != place]
    for place, each in enumerate(waiting):
        each.position = place
    for each in shifted:  # each with its new place, since the order of a past day is read from the record
        record("moved" if each is obstacle else "made room", each, by=by)
    return before
