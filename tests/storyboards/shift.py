"""A measure whose chart shows a shift for the better since ``FIRST_OF_SHIFT``, after weeks of routine variation."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import joinedload

from kata.extensions import db
from kata.measures import pictures
from kata.measures.models import Measure, Reading
from tests.cast import TODAY

ROUTINE = (62.0, 58, 63, 60, 57, 61, 59, 62, 60, 58, 63, 61, 57, 60, 62, 63, 59, 61, 60, 57)
SHIFT = (64.0, 66, 65, 64, 66, 65, 64, 66)
FIRST_OF_SHIFT: date = TODAY - timedelta(days=len(SHIFT))


def show_a_shift(measure_id: int) -> None:
    """Write the readings, one a day up to yesterday, in place of those that are there; the caller commits."""
    values = (*ROUTINE, *SHIFT)
    first = TODAY - timedelta(days=len(values))
    rows = [{"measure_id": measure_id, "day": first + timedelta(at), "value": v} for at, v in enumerate(values)]
    db.session.execute(delete(Reading).where(Reading.measure_id == measure_id))
    db.session.execute(insert(Reading), rows)
    pictures.refresh(db.session.get_one(Measure, measure_id, options=[joinedload(Measure.team)]))
