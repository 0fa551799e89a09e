"""Letting go of sessions, links and counts of attempts that serve nobody any more."""

from __future__ import annotations

from sqlalchemy import or_

from kata import clock, retention, worker
from kata.identity.models import AddressChange, Attempt, SignInLink, SignInSession
from kata.identity.throttle import window
from kata.retention import ATTEMPTS, LINKS, SESSIONS, let_go
from kata.worker import Job


def tidy() -> int:
    """Commits as it goes; answers how many rows it let go of."""
    now = clock.now()
    ended = or_(SignInSession.ended_at < now - SESSIONS, SignInSession.expires_at < now - SESSIONS)
    gone = let_go(SignInSession, ended)
    for link in (SignInLink, AddressChange):
        gone += let_go(link, or_(link.used_at < now - LINKS, link.expires_at < now - LINKS))
    return gone + let_go(Attempt, Attempt.window < window(now - ATTEMPTS))


worker.add(Job("let go of ended sessions and links", retention.EVERY, tidy))
