"""What the dashboards read across rooms."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, or_

from kata.access.policy import Viewer
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries.sheets import heads

MOST = 60


def boards_of(viewer: Viewer) -> list[Any]:
    """The heads of the live boards at which the viewer learns or coaches, those with a result due first."""
    return list(db.session.execute(_boards(), {"me": viewer.person_id}))


@cache
def _boards() -> Any:
    me = bindparam("me", type_=Integer)
    return (
        heads()
        .where(
            or_(Storyboard.learner_id == me, Storyboard.coach_id == me),
            Storyboard.ended_on.is_(None),
            Storyboard.archived_at.is_(None),
        )
        .order_by(Experiment.check_on.is_(None), Experiment.check_on, Storyboard.id.desc())
        .limit(MOST)
    )
