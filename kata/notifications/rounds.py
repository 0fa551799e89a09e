"""The worker's round: who has their turn, and whether there is something to tell them.

A turn is taken by a conditional UPDATE that moves it to the next one, in the transaction that writes the mail; the
mail's key names the reader and their day. Two workers at once, a worker that is run again, and an hour that the clocks
bring twice all end in one mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from flask import current_app, g
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from kata import clock, worker
from kata.access.policy import Viewer
from kata.extensions import db, only_reading
from kata.notifications.models import DigestTurn
from kata.notifications.pages.digest import Digest, digest
from kata.notifications.queries import readers
from kata.notifications.queries.happenings import Span
from kata.notifications.schedule import FIRST, Wish, next_due, since
from kata.outbox import actions as outbox
from kata.outbox.sending import is_set_up
from kata.teams.cadence import PracticeDays, local_day
from kata.teams.queries import viewer_of
from kata.web import language
from kata.worker import Job

BATCH = 200
#: A turn that was worked out in another time zone is looked at anew from so long ago, so that no day is left out.
MOVED = timedelta(days=1)
#: A turn at which something went wrong is taken again so much later.
PUT_OFF = timedelta(hours=1)


def write_due() -> int:
    """Write the digests whose turn has come; answers how many. Commits after each of them.

    Without a mail server nobody could be sent any, so none are written; the demo shows them in its outbox.
    """
    if not (is_set_up() or current_app.config["DEMO"]):
        return 0
    give_turns()
    written = 0
    while rows := _due():
        for row in rows:
            if worker.stopping():
                return written
            written += _take_turn_or_put_it_off(row)
    return written


def give_turns() -> None:
    """Work out the first turn of everybody who has none yet. Commits."""
    while rows := _without_turn():
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        turns = [
            {
                "person_id": row.person_id,
                "zone": row.time_zone,
                "next_at": _first_turn(row),
                "begun_at": clock.now() - FIRST[row.rhythm],
            }
            for row in rows
        ]
        db.session.execute(insert(DigestTurn).values(turns).on_conflict_do_nothing(index_elements=["person_id"]))
        db.session.commit()


def _first_turn(row: Any) -> datetime | None:
    try:
        return next_due(readers.wish_of(row), clock.now())
    except ZoneInfoNotFoundError:
        current_app.logger.error("Nobody knows what time it is for person %s, so no digest is due.", row.person_id)
        return None


def _take_turn_or_put_it_off(row: Any) -> bool:
    """What goes wrong with one reader must not keep all that come after from being told."""
    try:
        return _take_turn(row)
    except Exception:
        db.session.rollback()
        current_app.logger.exception("The digest of person %s could not be written; it is tried again.", row.person_id)
        later = update(DigestTurn).where(DigestTurn.person_id == row.person_id)
        db.session.execute(later.values(next_at=clock.now() + PUT_OFF, zone=row.time_zone))
        db.session.commit()
        return False


def _take_turn(row: Any) -> bool:
    """Move one reader's turn on, and write their digest where there is something to tell."""
    wish, now, due = readers.wish_of(row), clock.now(), row.next_at
    if row.zone != row.time_zone:
        due = next_due(wish, now - MOVED)
    is_due = due is not None and due <= now
    span = _news(row, wish, due, now) if is_due else None
    taken = db.session.execute(
        update(DigestTurn)
        .where(DigestTurn.person_id == row.person_id, DigestTurn.next_at == row.next_at)
        .values(next_at=next_due(wish, now) if is_due else due, zone=row.time_zone)
    )
    written = False
    if taken.rowcount == 1 and span is not None:  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
        about = {"since": span.since.isoformat(), "until": span.until.isoformat()}
        key = f"{row.person_id}:{local_day(due, wish.zone)}"
        written = outbox.write("digest", key, row.email, person_id=row.person_id, about=about)
    db.session.commit()
    return written


def _news(row: Any, wish: Wish, due: datetime, now: datetime) -> Span | None:
    """The time of which there is something to tell, as far as they may read it now; ``None`` where there is nothing.

    Who wants it daily is told on days on which they practise.
    """
    with only_reading():
        viewer = viewer_of(row)
        if wish.rhythm == "daily" and not _practises(viewer, wish, due):
            return None
        span = span_until(now, row)
        return span if made_for(viewer, span, row.told or {}).changed else None


def _practises(viewer: Viewer, wish: Wish, due: datetime) -> bool:
    return local_day(due, wish.zone) in PracticeDays.from_mask(readers.practice_days(viewer))


def span_until(now: datetime, row: Any) -> Span:
    """What a digest that is written now tells a reader: everything since the one before."""
    until = (row.told or {}).get("until")
    began = row.begun_at or now - FIRST[row.rhythm]
    return Span(since(began, datetime.fromisoformat(until) if until else None, now), now)


def made_for(viewer: Viewer, span: Span, told: dict[str, Any]) -> Digest:
    """The digest in its reader's language and time zone; only where nobody else's request is answered."""
    g.viewer = viewer
    language.forget()
    return digest(viewer, span, told)


def _due() -> list[Any]:
    with only_reading():
        return readers.due(BATCH)


def _without_turn() -> list[Any]:
    with only_reading():
        return readers.without_turn(BATCH)


worker.add(Job("write digests", timedelta(seconds=30), write_due))
