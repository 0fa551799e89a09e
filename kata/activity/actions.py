"""Writing the activity record."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import has_request_context, request
from sqlalchemy import insert

from kata import clock
from kata.access.policy import Viewer
from kata.activity.models import Activity, Recorded
from kata.extensions import db, writing


def record(verb: str, subject: Recorded, *, by: int | None, **more: Any) -> None:
    """Note in the caller's transaction that ``by`` (a person's id, ``None`` for the system) did ``verb``.

    The snapshot of ``subject`` is taken as it stands now, with ``more`` added to it: call this after changing it.
    """
    db.session.flush()
    _append(
        verb,
        subject.__tablename__,
        subject.id,
        by=by,
        board_id=subject.record_board_id,
        team_id=subject.record_team_id,
        snapshot={**subject.snapshot(), **more},
    )


def note(verb: str, *, by: int | None, about: str, subject_id: int | None = None, **more: Any) -> None:
    """Note an event that leaves no new state behind, such as a sign-in. Never pass a secret in ``more``."""
    _append(verb, about, subject_id, by=by, snapshot=more or None)


def _append(verb: str, about: str, subject_id: int | None, *, by: int | None, **columns: Any) -> None:
    address = (request.remote_addr or "") if has_request_context() else ""
    event = {
        "at": clock.now(),
        "person_id": by,
        "verb": verb,
        "subject_type": about,
        "subject_id": subject_id,
        "address": address[:45],
        **columns,
    }
    db.session.connection().execute(_insertion(), {"board_id": None, "team_id": None, **event})


@cache
def _insertion() -> Any:
    """Past the unit of work: a row that nobody will change needs no second flush, and nobody asks for its id."""
    return insert(Activity).inline()


def note_refusal(who: Viewer, action: str) -> None:
    """Note that somebody was refused, in a transaction of its own since the request's ends without a write."""
    db.session.rollback()
    token = writing.set(True)
    try:
        note("refused", by=who.person_id, about="endpoint", action=action, path=request.path[:300])
        db.session.commit()
    finally:
        writing.reset(token)
