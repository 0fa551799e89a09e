"""Saying that one has read what happened."""

from __future__ import annotations

from datetime import datetime

from kata import clock
from kata.coaching.models import CoachingVisit
from kata.extensions import db


def read_up_to(person_id: int, moment: datetime) -> None:
    """What happened until ``moment`` has been read; it never goes back, and never beyond now."""
    visit = db.session.get(CoachingVisit, person_id)
    until = min(moment, clock.now())
    if visit is None:
        db.session.add(CoachingVisit(person_id=person_id, read_until=until))
    elif visit.read_until < until:
        visit.read_until = until
