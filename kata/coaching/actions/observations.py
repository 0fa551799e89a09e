"""Writing down what the coach and the learner said, a question at a time."""

from __future__ import annotations

from kata.activity.actions import record
from kata.coaching.models import CoachingCycle, CoachingObservation
from kata.coaching.queries import observations as queries
from kata.extensions import db
from kata.rules import Conflict


def observe(
    cycle: CoachingCycle, question: str, coach_said: str, learner_said: str, seen: int | None, *, by: int
) -> CoachingObservation | None:
    """Keep what was heard at a question; ``seen`` is the version that the second coach saw, from whichever device.

    Raises ``Conflict`` where other words stand by now. Nothing heard, and nothing there before, leaves no row.
    """
    row, said = queries.observation(cycle, question, by), {"coach_said": coach_said, "learner_said": learner_said}
    if row is None:
        if not coach_said and not learner_said:
            return None
        row = CoachingObservation(cycle_id=cycle.id, question=question, coach_id=cycle.coach_id, by_id=by)
        db.session.add(row)
    else:
        now = {name: getattr(row, name) for name in said}
        if now == said:
            return row
        if row.version != seen:
            raise Conflict(now, row.version)
    row.coach_said, row.learner_said = coach_said, learner_said
    record("watched", row, by=by)
    return row
