"""Letting go of invitations that nobody can take up any more; the record tells who was invited."""

from __future__ import annotations

from sqlalchemy import or_

from kata import clock, retention, worker
from kata.retention import INVITATIONS, let_go
from kata.teams.models import Invitation
from kata.worker import Job


def tidy() -> int:
    """Commits as it goes; answers how many rows it let go of."""
    before = clock.now() - INVITATIONS
    over = (Invitation.used_at < before, Invitation.withdrawn_at < before, Invitation.expires_at < before)
    return let_go(Invitation, or_(*over))


worker.add(Job("let go of old invitations", retention.EVERY, tidy))
