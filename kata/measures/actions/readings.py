"""Writing down what was measured: one value, a few in a grid, or many from a spreadsheet or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kata.activity.actions import record
from kata.extensions import db
from kata.measures import pictures, queries
from kata.measures.actions.given import Given, add_all, are_blank
from kata.measures.many import fingerprint
from kata.measures.models import Measure, Reading
from kata.rules import DomainError


@dataclass(frozen=True, slots=True)
class Change:
    """A day that has another value already: what it says now and what was given."""

    reading: Reading
    given: Given


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a set of given readings would do to a measure."""

    new: list[Given]
    changed: list[Change]
    known: int

    @property
    def is_done(self) -> bool:
        """Whether all of it stands there already."""
        return not self.new and not self.changed

    @property
    def fingerprint(self) -> str:
        """Another one as soon as saving would do something else than what the person was shown."""
        corrections = [(change.reading.id, change.reading.version, change.given) for change in self.changed]
        return fingerprint(self.new, corrections)


# One reading ----------------------------------------------------------------------------------------------------------


def add_reading(
    measure: Measure,
    *,
    day: date,
    value: float | None = None,
    note: str = "",
    numerator: float | None = None,
    denominator: float | None = None,
    by: int,
) -> Reading:
    """Write down one value. The same value for the same day again changes nothing; another one is a correction.

    Of a share or a rate its two counts are given in place of the value.
    """
    _expect_in_use(measure)
    measure.expect_day(day)
    given = _settled(measure, Given(day, value, note, numerator, denominator))
    there = queries.on_day(measure.id, day)
    if there is None:
        there = _enter(measure, given, by=by)
    elif there.struck_at is not None:
        _correct(there, given, by=by)
    elif _differs(there, given):
        raise DomainError("day", _("That day has a reading already. Correct it if it is wrong."))
    else:
        return there
    pictures.refresh(measure)
    return there


def correct(
    reading: Reading,
    seen: int | None,
    *,
    day: date,
    value: float | None = None,
    note: str = "",
    numerator: float | None = None,
    denominator: float | None = None,
    by: int,
) -> None:
    """Say what was really measured; what it said before stays in the record."""
    reading.expect_version(seen)
    other = queries.on_day(reading.measure_id, day)
    if other is not None and other.id != reading.id:
        raise DomainError("day", _("That day has a reading of its own. Correct that one, or pick another day."))
    _correct(reading, Given(day, value, note, numerator, denominator), by=by)
    pictures.refresh(reading.measure)


def annotate(reading: Reading, seen: int | None, *, note: str, by: int) -> None:
    """Write the why behind the number, or mend it; the number stays as it is."""
    reading.expect_version(seen)
    before = reading.snapshot()
    reading.note = note
    if reading.snapshot() != before:
        record("noted", reading, by=by, before=before)
        pictures.refresh(reading.measure)


def strike(reading: Reading, seen: int | None, *, reason: str, by: int) -> None:
    """Strike out a reading that was no measurement; it stays on the page, and counts nowhere."""
    reading.expect_version(seen)
    reading.strike(reason)
    record("struck out", reading, by=by)
    pictures.refresh(reading.measure)


def restore_reading(reading: Reading, seen: int | None, *, by: int) -> None:
    """Let a struck-out reading count again."""
    reading.expect_version(seen)
    reading.restore()
    record("restored", reading, by=by)
    pictures.refresh(reading.measure)


# Several at once ------------------------------------------------------------------------------------------------------


def compare(measure: Measure, given: Sequence[Given]) -> Comparison:
    """What saving these readings would do. Days are given once each; nothing is written."""
    if not given:
        return Comparison([], [], 0)
    settled = _all_settled(measure, given)
    days = _days(settled)
    there = {reading.day: reading for reading in queries.on_days(measure.id, min(days), max(days))}
    if not there:
        return Comparison(list(settled), [], 0)
    new = [each for each in settled if each.day not in there]
    known = [(there[each.day], each) for each in settled if each.day in there]
    changed = [Change(old, each._replace(note=each.note or old.note)) for old, each in known if _differs(old, each)]
    return Comparison(new, changed, len(settled) - len(new) - len(changed))


def save(measure: Measure, given: Sequence[Given], *, seen: str, by: int | None) -> Comparison:
    """Save all of these readings, or none; what is there already is left as it is.

    ``seen`` is the fingerprint of the comparison that the person agreed to; ``DomainError`` when it is another by now.
    """
    _expect_in_use(measure)
    if given:
        measure.expect_day(max(_days(given)))
    comparison = compare(measure, given)
    if not comparison.is_done and comparison.fingerprint != seen:
        raise DomainError("", _("This is not what the preview showed. Nothing was saved: look at it again."))
    _write(measure, comparison, by=by)
    return comparison


def save_rows(measure: Measure, rows: Sequence[Given], *, seen: Mapping[date, int], by: int) -> Comparison:
    """Save the rows of a grid, all or none. ``seen`` tells which version of a day's reading the person looked at.

    A note that was emptied is emptied. Raises ``RowsChanged`` with the readings that say something else by now, when
    the person has not seen them so.
    """
    _expect_in_use(measure)
    rows = [_settled(measure, each) for each in rows]
    days = [each.day for each in rows]
    there = {each.day: each for each in queries.on_days(measure.id, min(days), max(days))} if days else {}
    new = [each for each in rows if each.day not in there]
    changed = [
        Change(there[each.day], each)
        for each in rows
        if each.day in there and (_differs(there[each.day], each) or there[each.day].note != each.note)
    ]
    unseen = [change.reading for change in changed if seen.get(change.given.day) != change.reading.version]
    if unseen:
        raise RowsChanged(unseen)
    comparison = Comparison(new, changed, len(rows) - len(new) - len(changed))
    _write(measure, comparison, by=by)
    return comparison


class RowsChanged(Exception):
    """Rows of a grid are about readings that somebody else wrote or corrected meanwhile."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        super().__init__("rows changed meanwhile")
        self.readings = readings


def _write(measure: Measure, comparison: Comparison, *, by: int | None) -> None:
    written = add_all(measure, comparison.new, by=by) if comparison.new else []
    for change in comparison.changed:
        _correct(change.reading, change.given, by=by)
    if not comparison.is_done:
        pictures.refresh(measure, written)


def _all_settled(measure: Measure, given: Sequence[Given]) -> Sequence[Given]:
    """All of them settled; at once where they are bare values that can be."""
    values = [each.value for each in given if each.value is not None]
    if len(values) == len(given) and are_blank([each.numerator for each in given]) and measure.allows(values):
        return given
    return [_settled(measure, each) for each in given]


def _days(given: Sequence[Given]) -> list[date]:
    return [each.day for each in given]


def _settled(measure: Measure, given: Given) -> Given:
    """With the value that is kept; raises where the numbers cannot be."""
    value = measure.measured(given.value, given.counts)
    return given if value == given.value else given._replace(value=value)


def _differs(there: Reading, given: Given) -> bool:
    """A blank note says nothing about the note that is there, and a bare value nothing about its counts."""
    numbers = there.value != given.value or (given.counts is not None and given.counts != there.counts)
    return numbers or there.struck_at is not None or bool(given.note and there.note != given.note)


def _enter(measure: Measure, given: Given, *, by: int) -> Reading:
    reading = Reading(measure=measure, **_columns(measure, given, by))
    db.session.add(reading)
    record("entered", reading, by=by)
    return reading


def _columns(measure: Measure, given: Given, by: int | None) -> dict[str, Any]:
    return {
        "measure_id": measure.id,
        "day": given.day,
        "value": given.value,
        "numerator": given.numerator,
        "denominator": given.denominator,
        "note": given.note,
        "entered_by_id": by,
    }


def _correct(reading: Reading, given: Given, *, by: int | None) -> None:
    before = reading.snapshot()
    reading.correct(given.day, given.value, given.note, given.counts)
    if reading.snapshot() != before:
        record("corrected", reading, by=by, before=before)


def _expect_in_use(measure: Measure) -> None:
    if measure.archived_at is not None:
        raise DomainError("", _("This measure is archived. Restore it before you add readings."))
