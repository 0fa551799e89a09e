"""Reading values: the newest of several measures at once, or all of one.

What a board needs most, the newest values of several measures, is one statement that seeks by measure and day, so
that it costs the same with a hundred readings and with a million. Struck-out readings count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import Date, Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import aliased

from kata.extensions import db, fetch
from kata.measures.many import named
from kata.measures.models import Measure, Reading
from kata.measures.series import Value

EARLIEST = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class LatestValue:
    """The newest value that counts, and the one before it."""

    value: float
    day: date
    previous: float | None = None
    previous_day: date | None = None


class DatedValue(NamedTuple):
    """One reading without its words."""

    day: date
    value: float


def latest_values(measure_ids: Iterable[int], on: date | None = None) -> dict[int, LatestValue]:
    """The newest value of each measure, as of ``on`` where that is given; no entry where there is none."""
    found: dict[int, LatestValue] = {}
    for measure_id, values in recent_values(measure_ids, 2, on).items():
        newest, before = values[-1], values[-2] if len(values) > 1 else None
        found[measure_id] = LatestValue(
            newest.value, newest.day, before.value if before else None, before.day if before else None
        )
    return found


def recent_values(measure_ids: Iterable[int], n: int = 14, on: date | None = None) -> dict[int, list[DatedValue]]:
    """The last ``n`` values of each measure, oldest first, in one statement; none are asked for without measures."""
    ids = sorted(set(measure_ids))
    found: dict[int, list[DatedValue]] = {}
    if ids:
        values = {"ids": ids} if on is None else {"ids": ids, "on_day": on}
        for measure_id, day, value in fetch(_recent(n, on is not None), values):
            found.setdefault(measure_id, []).append(DatedValue(day, value))
    return found


@cache
def _recent(n: int, up_to_a_day: bool) -> Select[int, date, float]:
    """For each measure the range of days that begins with its n-th newest: two seeks in the index of measure and day.

    A window function would number every reading of every measure first.
    """
    inner = aliased(Reading)
    nth = (
        select(inner.day)
        .where(inner.measure_id == Measure.id, inner.struck_at.is_(None))
        .order_by(inner.day.desc())
        .limit(1)
        .offset(n - 1)
    )
    query = (
        select(Reading.measure_id, Reading.day, Reading.value)
        .join(Reading, Reading.measure_id == Measure.id)
        .select_from(Measure)
        .where(Measure.id.in_(bindparam("ids", expanding=True)), Reading.struck_at.is_(None))
        .order_by(Reading.measure_id, Reading.day)
    )
    if up_to_a_day:
        on = bindparam("on_day", type_=Date)
        nth, query = nth.where(inner.day <= on), query.where(Reading.day <= on)
    start = func.coalesce(nth.correlate(Measure).scalar_subquery(), literal(EARLIEST))
    return query.where(Reading.day >= start)


def values(measure_id: int, written: Sequence[Value] = ()) -> Sequence[Value]:
    """Every reading that counts, oldest first: what is judged, and what leaves as CSV.

    ``written`` are some that this transaction has written itself, in the same order; they are not read back where
    there are no others. Lock the measure before, so that nobody else writes one.
    """
    if written and fetch(_COUNT, {"measure_id": measure_id}).scalar_one() == len(written):
        return written
    return named(Value, fetch(_VALUES, {"measure_id": measure_id}).all())


# Of the table, not the model, which would look at each of many thousand rows once more.
_READING = Reading.metadata.tables[Reading.__tablename__].c
_VALUES = (
    select(*(_READING[name] for name in Value._fields))
    .where(_READING.measure_id == bindparam("measure_id"), _READING.struck_at.is_(None))
    .order_by(_READING.day)
)


_COUNT = select(func.count()).where(_READING.measure_id == bindparam("measure_id"))


def first_day(measure_id: int) -> date | None:
    """The day of the oldest reading that counts."""
    query = select(func.min(Reading.day)).where(Reading.measure_id == measure_id, Reading.struck_at.is_(None))
    return db.session.scalar(query)


def has_counts(measure_id: int) -> bool:
    """Whether any reading, struck out or not, is made of two counts."""
    query = select(Reading.id).where(Reading.measure_id == measure_id, Reading.numerator.is_not(None)).limit(1)
    return db.session.scalar(query) is not None


def beyond(measure_id: int, low: float | None, high: float | None) -> tuple[date, float] | None:
    """The newest reading that counts and lies below ``low`` or above ``high``, as day and value."""
    ways = [Reading.value < low] if low is not None else []
    ways += [Reading.value > high] if high is not None else []
    if not ways:
        return None
    query = select(Reading.day, Reading.value).where(
        Reading.measure_id == measure_id, Reading.struck_at.is_(None), or_(*ways)
    )
    row = fetch(query.order_by(Reading.day.desc()).limit(1)).one_or_none()
    return (row.day, row.value) if row else None
