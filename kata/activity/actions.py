"""Writing the activity record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from flask import has_request_context, request
from sqlalchemy import bindparam, insert, select, update

from kata import clock
from kata.activity.models import Activity, Recorded
from kata.extensions import db, fetch, writing

#: Whoever is refused again and again is told of this often from one place in such a while, and the same only once: the
#: record must not be filled from outside.
AGAIN = timedelta(minutes=15)
AT_MOST = 30
LOOKED_BACK = 100

Snapshot = Mapping[str, Any]
AT_ONCE = 500


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
    event = {
        "at": clock.now(),
        "person_id": by,
        "verb": verb,
        "subject_type": about,
        "subject_id": subject_id,
        "address": _from_where(),
        **columns,
    }
    db.session.connection().execute(_insertion(), {"board_id": None, "team_id": None, **event})


@cache
def _insertion() -> Any:
    """Past the unit of work: a row that nobody will change needs no second flush, and nobody asks for its id."""
    return insert(Activity).inline()


def note_seldom(verb: str, *, by: int | None, about: str, subject_id: int | None = None, **more: Any) -> None:
    """``note`` for what somebody outside can bring about at will: not the same again within a while, nor too much."""
    if not _often(verb, by, about, more):
        note(verb, by=by, about=about, subject_id=subject_id, **more)


def _often(verb: str, by: int | None, about: str, more: Snapshot) -> bool:
    since, here = clock.now() - AGAIN, (by, _from_where())
    newest = fetch(_newest(), {"about": about, "verb": verb})
    lately = [row for row in newest if row.at > since and (row.person_id, row.address) == here]
    return len(lately) >= AT_MOST or any((row.snapshot or {}) == more for row in lately)


@cache
def _newest() -> Any:
    return (
        select(Activity.at, Activity.person_id, Activity.address, Activity.snapshot)
        .where(Activity.subject_type == bindparam("about"), Activity.verb == bindparam("verb"))
        .order_by(Activity.id.desc())
        .limit(LOOKED_BACK)
    )


def note_refusal(person_id: int | None, verb: str, **more: str) -> None:
    """Note that a request was refused, in a transaction of its own since the request's ends without a write."""
    told = {**more, "path": _place()}
    db.session.rollback()
    token = writing.set(False)
    try:
        if not _often(verb, person_id, "endpoint", told):  # asked without a lock, since some ask again and again
            db.session.rollback()
            writing.set(True)
            _append(verb, "endpoint", None, by=person_id, snapshot=told)
            db.session.commit()
    finally:
        writing.reset(token)


def _place() -> str:
    """The address that was asked; where a secret is part of it, its shape."""
    rule = request.url_rule.rule if request.url_rule else ""
    return rule if "<token>" in rule else request.path[:300]


def _from_where() -> str:
    return (request.remote_addr or "")[:45] if has_request_context() else ""


# Striking out for good: the one thing that changes a row of the record ------------------------------------------------


def strike(told: Iterable[tuple[int, Snapshot]]) -> None:
    """Let these events tell this from now on. Who did it, what and when stays."""
    rewriting = update(Activity).where(Activity.id == bindparam("event")).values(snapshot=bindparam("left"))
    rows = [{"event": id_, "left": dict(snapshot)} for id_, snapshot in told]
    if rows:
        db.session.connection().execute(rewriting, rows)


def strike_fields(subject_type: str, subject_ids: Collection[int], fields: Snapshot) -> None:
    """Put these values in place of what the events about some things told in these fields."""
    ids = sorted(subject_ids)
    for start in range(0, len(ids), AT_ONCE):
        events = select(Activity.id, Activity.snapshot).where(
            Activity.subject_type == subject_type,
            Activity.subject_id.in_(ids[start : start + AT_ONCE]),
            Activity.snapshot.is_not(None),
        )
        strike((id_, {name: fields.get(name, value) for name, value in told.items()}) for id_, told in fetch(events))


def forget_places(person_id: int, event_ids: Collection[int] = ()) -> None:
    """Leave no trace of where from somebody did what they did, nor of where these events came from."""
    connection = db.session.connection()
    connection.execute(
        update(Activity).where(Activity.person_id == person_id, Activity.address != "").values(address="")
    )
    nowhere = update(Activity).where(Activity.id == bindparam("event")).values(address="")
    if event_ids:
        connection.execute(nowhere, [{"event": id_} for id_ in event_ids])
