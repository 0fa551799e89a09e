"""What the dashboards read across rooms."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, case, func, or_

from kata import clock
from kata.access.policy import Viewer
from kata.extensions import fetch
from kata.storyboards.models import Experiment, Storyboard, TargetCondition
from kata.storyboards.queries.heads import heads

MOST = 60
FURTHEST_EAST = timedelta(hours=14)  # where the day begins first: what is due anywhere is due


def boards_of(viewer: Viewer) -> list[Any]:
    """The heads of the live boards at which the viewer learns or coaches: the ``MOST`` that are most in need.

    Boards of one's own and of one's learners take turns, so that neither crowds the other out. ``pages`` sorts them
    exactly, by each team's own day.
    """
    latest = (clock.now() + FURTHEST_EAST).date()
    return list(fetch(_boards(), {"me": viewer.person_id, "today": latest}))


@cache
def _boards() -> Any:
    me, today = bindparam("me", type_=Integer), bindparam("today", type_=Date)
    turn = func.row_number().over(partition_by=Storyboard.learner_id == me, order_by=_need(today))
    return (
        heads()
        .where(
            or_(Storyboard.learner_id == me, Storyboard.coach_id == me),
            Storyboard.ended_on.is_(None),
            Storyboard.archived_at.is_(None),
        )
        .order_by(turn, Storyboard.id.desc())
        .limit(MOST)
    )


def _need(today: Any) -> list[Any]:
    """The order of ``storyboards.prompts`` in the database's words, as far as it decides who is among the most in need:

    a result that is due, a learning, a reflection, any other step, and last what waits for its day.
    """
    is_open = Experiment.id.is_not(None)
    urgency = case(
        (Experiment.happened != "", 1),
        (Experiment.expectation == "", 3),
        (Experiment.check_on > today, 7),
        (is_open, 0),
        (and_(TargetCondition.ended_at.is_(None), TargetCondition.achieve_by <= today), 2),
        else_=3,
    )
    due = case((is_open, Experiment.check_on), else_=TargetCondition.achieve_by)
    return [urgency, due.is_(None), due, Storyboard.id.desc()]
