"""Starting a phase, and taking it back: always a person's decision, with a written reason."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.measures import pictures, queries
from kata.measures.models import Measure, Phase
from kata.rules import DomainError


def start_phase(measure: Measure, *, starts_on: date, reason: str, by: int) -> Phase:
    """From that day on the limits are made of the readings since then; those before keep theirs."""
    _expect_a_day_to_cut(measure, starts_on)
    phase = Phase(measure=measure, measure_id=measure.id, starts_on=starts_on, reason=reason, by_id=by)
    db.session.add(phase)
    record("started", phase, by=by)
    pictures.refresh(measure)
    return phase


def remove_phase(phase: Phase, seen: int | None, *, by: int) -> None:
    """Take a phase back; that it was there, by whom and why stays on the page."""
    phase.expect_version(seen)
    phase.remove()
    record("took back", phase, by=by)
    pictures.refresh(phase.measure)


def restore_phase(phase: Phase, seen: int | None, *, by: int) -> None:
    """Draw the limits anew from its day on again."""
    phase.expect_version(seen)
    _expect_free_day(phase.measure_id, phase.starts_on)
    phase.restore()
    record("restored", phase, by=by)
    pictures.refresh(phase.measure)


def _expect_a_day_to_cut(measure: Measure, day: date) -> None:
    if day > clock.today(measure.team.time_zone):
        raise DomainError("starts_on", _("That day has not come yet. A phase starts when the change has been made."))
    _expect_free_day(measure.id, day)
    first = queries.first_day(measure.id)
    if first is None or day <= first:
        raise DomainError("starts_on", _("No reading lies before that day, so there is nothing to start anew from."))


def _expect_free_day(measure_id: int, day: date) -> None:
    if any(cut.day == day for cut in queries.cuts(measure_id)):
        raise DomainError("starts_on", _("A phase starts on that day already."))
