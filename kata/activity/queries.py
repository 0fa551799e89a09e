"""Reading the activity record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from kata.activity.models import Activity
from kata.extensions import db


def board_as_of(board_id: int, moment: datetime) -> list[Any]:
    """The newest snapshot of each part of a board among the events before ``moment``: (subject_type, snapshot)."""
    newest = (
        select(func.max(Activity.id))
        .where(
            Activity.board_id == board_id,
            Activity.subject_id.is_not(None),
            Activity.snapshot.is_not(None),
            Activity.at < moment,
        )
        .group_by(Activity.subject_type, Activity.subject_id)
    )
    query = (
        select(Activity.subject_type, Activity.subject_id, Activity.snapshot)
        .where(Activity.id.in_(newest))
        .order_by(Activity.subject_id)
    )
    return list(db.session.execute(query))


def days_with_events(board_id: int) -> list[Any]:
    """Moments and verbs of everything that happened on a board, oldest first, for its timeline."""
    query = (
        select(Activity.id, Activity.at, Activity.verb, Activity.subject_type, Activity.person_id)
        .where(Activity.board_id == board_id)
        .order_by(Activity.id)
    )
    return list(db.session.execute(query))


def of_subject(subject_type: str, subject_id: int) -> list[Activity]:
    """Everything that happened to one thing, newest first."""
    query = (
        select(Activity)
        .where(Activity.subject_type == subject_type, Activity.subject_id == subject_id)
        .order_by(Activity.id.desc())
    )
    return list(db.session.scalars(query))
