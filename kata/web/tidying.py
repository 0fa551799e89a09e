"""Forgetting which submissions of forms were carried out, long after anybody could send one again."""

from __future__ import annotations

from kata import clock, retention, worker
from kata.retention import SUBMISSIONS, let_go
from kata.web.models import Submission
from kata.worker import Job


def tidy() -> int:
    """Commits as it goes; answers how many rows it let go of."""
    return let_go(Submission, Submission.at < clock.now() - SUBMISSIONS)


worker.add(Job("forget submissions of forms", retention.EVERY, tidy))
