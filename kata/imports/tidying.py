"""Letting go of files that nobody came back to, and of the rows of those that were left out."""

from __future__ import annotations

from kata import clock, retention, worker
from kata.extensions import db, only_reading
from kata.imports import actions, queries
from kata.imports.models import Upload
from kata.retention import REFUSED_FILES, let_go
from kata.worker import Job


def tidy() -> int:
    """Commits as it goes; answers how many rows it let go of."""
    with only_reading():
        waiting = queries.forgotten()
    if waiting:
        actions.forget_old()
        db.session.commit()
    return let_go(Upload, Upload.state == "refused", Upload.ended_at < clock.now() - REFUSED_FILES)


worker.add(Job("let go of forgotten files", retention.EVERY, tidy))
