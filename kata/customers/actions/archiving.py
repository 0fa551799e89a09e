"""Taking customers, moments, voices and conversations out of use, and back."""

from __future__ import annotations

from kata import clock
from kata.activity.actions import record
from kata.customers.models import Conversation, Customer, MomentOfTruth, Voice

Archivable = Customer | MomentOfTruth | Voice | Conversation


def archive(subject: Archivable, seen: int | None, *, by: int) -> None:
    """Take it out of the lists; nothing of it is lost. What is archived already stays as it is."""
    if subject.archived_at is None:
        subject.expect_version(seen)
        subject.archived_at = clock.now()
        record("archived", subject, by=by)


def restore(subject: Archivable, seen: int | None, *, by: int) -> None:
    """Bring it back into use."""
    if subject.archived_at is not None:
        subject.expect_version(seen)
        subject.archived_at = None
        record("restored", subject, by=by)
