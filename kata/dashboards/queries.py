"""What the dashboards read across rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_

from kata.access.policy import Viewer
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.storyboards.queries.sheets import heads

MOST = 60


def boards_of(viewer: Viewer) -> list[Any]:
    """The heads of the live boards at which the viewer learns or coaches, newest first."""
    me = viewer.person_id
    query = (
        heads()
        .where(
            or_(Storyboard.learner_id == me, Storyboard.coach_id == me),
            Storyboard.ended_on.is_(None),
            Storyboard.archived_at.is_(None),
        )
        .order_by(Storyboard.id.desc())
        .limit(MOST)
    )
    return list(db.session.execute(query))
