"""Reading the outbox: what is to be sent now, and what administrators see of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from kata import clock
from kata.extensions import db, fetch
from kata.outbox.models import Mail

PAGE = 50
#: As administrators narrow the list.
SHOWN = {
    "waiting": ("waiting", "claimed", "sending"),
    "sent": ("sent",),
    "trouble": ("failed", "uncertain", "expired"),
    "dropped": ("dropped",),
}


def to_send(most: int) -> list[int]:
    """Ids of the mails that may be claimed now, those that have waited longest first."""
    now = clock.now()
    left = and_(Mail.state == "claimed", Mail.claimed_until < now)
    ready = or_(and_(Mail.state == "waiting", Mail.due_at <= now), left)
    query = select(Mail.id).where(ready, Mail.expires_at > now).order_by(Mail.due_at, Mail.id).limit(most)
    return [row.id for row in fetch(query)]


def left_lying() -> bool:
    """Whether there is anything for ``actions.settle``."""
    now = clock.now()
    dead = and_(Mail.state == "sending", Mail.claimed_until < now)
    late = and_(Mail.state.in_(("waiting", "claimed")), Mail.expires_at <= now)
    return fetch(select(Mail.id).where(or_(dead, late)).limit(1)).first() is not None


def mail(mail_id: int) -> Mail | None:
    """A mail as it stands."""
    return db.session.get(Mail, mail_id, populate_existing=True)


def listing(show: str) -> Select[*tuple[Any, ...]]:
    """To whom, of which kind, when and what came of it, the newest first; never what a mail says."""
    query = select(
        Mail.id,
        Mail.kind,
        Mail.address,
        Mail.written_at,
        Mail.due_at,
        Mail.ended_at,
        Mail.state,
        Mail.tries,
        Mail.reason,
    )
    if show in SHOWN:
        query = query.where(Mail.state.in_(SHOWN[show]))
    return query.order_by(Mail.id.desc())


def page(show: str, before: int | None) -> tuple[list[Any], bool]:
    """A page of the list, from the mail before ``before`` on, and whether there are others."""
    query = listing(show).limit(PAGE + 1)
    if before is not None:
        query = query.where(Mail.id < before)
    rows = list(fetch(query))
    return rows[:PAGE], len(rows) > PAGE


def counts() -> dict[str, int]:
    """How many mails stand in each of the lists."""
    by_state = {state: n for state, n in fetch(select(Mail.state, func.count()).group_by(Mail.state))}
    return {show: sum(by_state.get(state, 0) for state in states) for show, states in SHOWN.items()}


def queue() -> tuple[int, datetime | None]:
    """How many mails wait to be sent, and since when the one that has been due longest is."""
    now = clock.now()
    waits = and_(Mail.state.in_(SHOWN["waiting"]), Mail.due_at <= now, Mail.expires_at > now)
    row = fetch(select(func.count(), func.min(Mail.due_at)).where(waits)).one()
    return row[0], row[1]


def newest(kind: str, person_id: int, states: tuple[str, ...], *, before: int | None = None) -> dict[str, Any] | None:
    """What the newest mail of a kind to somebody was about, among those in these states, and before a mail."""
    query = select(Mail.about).where(Mail.kind == kind, Mail.person_id == person_id, Mail.state.in_(states))
    if before is not None:
        query = query.where(Mail.id < before)
    row = fetch(query.order_by(Mail.id.desc()).limit(1)).first()
    return None if row is None else dict(row.about)
