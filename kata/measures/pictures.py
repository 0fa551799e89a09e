"""What each measure's chart says now, kept ready: lists, boards and Today read it in one statement and compute nothing.

Every action that changes what a chart says calls ``refresh`` in its own transaction, so a picture is never behind its
readings. It holds the newest rows as they were judged within the whole; the chart of the measure's own page is made
from the readings themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from kata.extensions import db, fetch
from kata.measures import queries
from kata.measures.glance import Glance, body_of
from kata.measures.kept import Shelf
from kata.measures.models import Measure, Picture, Reading
from kata.measures.series import Series, Value, series

_glances: Shelf[Glance] = Shelf(400)


def pictures_of(measure_ids: Iterable[int]) -> dict[int, Glance]:
    """The pictures of these measures, in one statement; no entry where a measure has had no reading yet."""
    ids = sorted(set(measure_ids))
    if not ids:
        return {}
    return {row.measure_id: _glance(row) for row in fetch(_PICTURES, {"ids": ids})}


_PICTURES: Any = select(Picture.measure_id, Picture.stamp, Picture.body).where(
    Picture.measure_id.in_(bindparam("ids", expanding=True))
)


def _glance(row: Any) -> Glance:
    """The picture of a row; understood once for as long as its stamp and its seal stand."""
    key = (row.measure_id, row.stamp, row.body["seal"])
    return _glances.get(key, lambda: Glance(row.measure_id, row.stamp, row.body))


@contextmanager
def drawn_once() -> Iterator[None]:
    """For who writes a year at once: each picture is drawn at the end, as its last change would have left it.

    Nothing inside may read a picture.
    """
    changed: Counter[Measure] = Counter()
    token = _waiting.set(changed)
    try:
        yield
    finally:
        _waiting.reset(token)
    for measure, changes in changed.items():
        _draw(measure, changes)


#: Measures whose pictures are drawn later, with how often they changed.
_waiting: ContextVar[Counter[Measure] | None] = ContextVar("waiting", default=None)


def refresh(measure: Measure, written: Sequence[Value] = ()) -> None:
    """Draw the picture anew from what stands now. Locks the measure first: two writers would each miss the other's.

    ``written``: readings that the caller has just added, oldest first, which need not be read back then.
    """
    db.session.flush()
    waiting = _waiting.get()
    if waiting is None:
        _draw(measure, written=written)
    else:
        waiting[measure] += 1


def _draw(measure: Measure, changes: int = 1, written: Sequence[Value] = ()) -> None:
    db.session.execute(select(Measure.id).where(Measure.id == measure.id).with_for_update())
    there = db.session.get(Picture, measure.id, populate_existing=True)
    had_none = there is None or there.body.get("n", 0) == 0
    body = body_of(measure, judged(measure, written=written if had_none else ()))
    if there is None:
        db.session.add(Picture(measure_id=measure.id, stamp=changes, body=body))
    else:
        there.stamp, there.body = there.stamp + changes, body
    db.session.flush()


def fill_missing() -> int:
    """Draw the pictures of measures that have readings and no picture, as after an upgrade; how many there were.

    The caller commits.
    """
    drawn = select(Picture.measure_id).where(Picture.measure_id == Measure.id)
    read = select(Reading.id).where(Reading.measure_id == Measure.id)
    measures = db.session.scalars(select(Measure).where(read.exists(), ~drawn.exists())).all()
    for measure in measures:
        refresh(measure)
    return len(measures)


def rebuild() -> int:
    """Draw every picture anew from the readings; how many there are. Commits after each, and locks one at a time."""
    ids = db.session.scalars(select(Reading.measure_id).distinct().order_by(Reading.measure_id)).all()
    for measure_id in ids:
        refresh(db.session.get_one(Measure, measure_id))
        db.session.commit()
        db.session.expunge_all()
    return len(ids)


def judged(measure: Measure, until: date | None = None, written: Sequence[Value] = ()) -> Series:
    """The measure's readings as they stand now, judged from scratch; only those up to a past day where one is given."""
    values, cuts = queries.values(measure.id, written), queries.cuts(measure.id)
    if until is not None:
        values, cuts = [each for each in values if each.day <= until], [each for each in cuts if each.day <= until]
    return series(measure, values, cuts)
