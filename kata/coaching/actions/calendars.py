"""Making and revoking the secret address at which a person's calendar reads."""

from __future__ import annotations

from kata import clock
from kata.activity.actions import record
from kata.coaching.models import CalendarFeed
from kata.coaching.queries import calendars as queries
from kata.extensions import db
from kata.identity import queries as people
from kata.identity.secrets import hashed


def make(person_id: int, token: str) -> CalendarFeed:
    """Let a calendar read under ``token`` from now on, and under no older one. Only the hash is kept."""
    revoke(person_id)
    feed = CalendarFeed(person_id=person_id, token_hash=hashed(token))
    db.session.add(feed)
    record("made a calendar", feed, by=person_id)
    return feed


def revoke(person_id: int) -> None:
    """No calendar reads any more; again changes nothing."""
    people.person(person_id, lock=True)  # so that two who make one at the same moment do not leave two
    for feed in queries.live_of(person_id):
        feed.revoked_at = clock.now()
        record("revoked a calendar", feed, by=person_id)
