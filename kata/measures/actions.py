"""Making and changing measures, and writing down what was measured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import insert

from kata.activity.actions import record
from kata.extensions import db
from kata.measures import queries
from kata.measures.models import Measure, Reading
from kata.rules import DomainError
from kata.teams.models import Team


class Given(NamedTuple):
    """A reading as it arrives: typed, pasted or imported."""

    day: date
    value: float
    note: str = ""


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
        return hashlib.sha256(repr((self.new, corrections)).encode()).hexdigest()[:32]


# Measures ------------------------------------------------------------------------------------------------------------


def create(
    team_id: int, *, name: str, unit: str, better: str, kind: str, definition: str = "", source: str = "", by: int
) -> Measure:
    """A new measure of the team; refuses a name that the team has already."""
    _expect_free(team_id, name)
    measure = Measure(
        team_id=team_id,
        team=db.session.get_one(Team, team_id),
        name=name,
        unit=unit,
        better=better,
        kind=kind,
        definition=definition,
        source=source,
    )
    db.session.add(measure)
    record("created", measure, by=by)
    return measure


def rewrite(
    measure: Measure,
    seen: int | None,
    *,
    name: str,
    unit: str,
    better: str,
    kind: str,
    definition: str = "",
    source: str = "",
    by: int,
) -> None:
    """Describe the measure better; what it was called before stays in the record."""
    measure.expect_version(seen)
    _expect_free(measure.team_id, name, but=measure.id)
    measure.name, measure.unit, measure.better, measure.kind = name, unit, better, kind
    measure.definition, measure.source = definition, source
    record("rewrote", measure, by=by)


def archive(measure: Measure, seen: int | None, *, by: int) -> None:
    """Take the measure out of use; nothing of it is lost."""
    measure.expect_version(seen)
    measure.archive()
    record("archived", measure, by=by)


def restore(measure: Measure, seen: int | None, *, by: int) -> None:
    """Bring an archived measure back into use."""
    measure.expect_version(seen)
    measure.restore()
    record("restored", measure, by=by)


def _expect_free(team_id: int, name: str, *, but: int | None = None) -> None:
    taken = queries.named(team_id, name)
    if taken and taken[0] != but:
        raise DomainError("name", _("Your team has a measure called “%(name)s” already.", name=taken[1]))


# Readings ------------------------------------------------------------------------------------------------------------


def add_reading(measure: Measure, *, day: date, value: float, note: str = "", by: int) -> Reading:
    """Write down one value. The same value for the same day again changes nothing; another one is a correction."""
    _expect_in_use(measure)
    measure.expect_day(day)
    there = queries.on_day(measure.id, day)
    if there is None:
        return _enter(measure, Given(day, value, note), by=by)
    if there.struck_at is not None:
        _correct(there, Given(day, value, note), by=by)
    elif there.value != value or (note and there.note != note):
        raise DomainError("day", _("That day has a reading already. Correct it if it is wrong."))
    return there


def correct(reading: Reading, seen: int | None, *, day: date, value: float, note: str = "", by: int) -> None:
    """Say what was really measured; what it said before stays in the record."""
    reading.expect_version(seen)
    other = queries.on_day(reading.measure_id, day)
    if other is not None and other.id != reading.id:
        raise DomainError("day", _("That day has a reading of its own. Correct that one, or pick another day."))
    _correct(reading, Given(day, value, note), by=by)


def strike(reading: Reading, seen: int | None, *, reason: str, by: int) -> None:
    """Strike out a reading that was no measurement; it stays on the page, and counts nowhere."""
    reading.expect_version(seen)
    reading.strike(reason)
    record("struck out", reading, by=by)


def restore_reading(reading: Reading, seen: int | None, *, by: int) -> None:
    """Let a struck-out reading count again."""
    reading.expect_version(seen)
    reading.restore()
    record("restored", reading, by=by)


def compare(measure: Measure, given: Sequence[Given]) -> Comparison:
    """What saving these readings would do. Days are given once each; nothing is written."""
    if not given:
        return Comparison([], [], 0)
    days = [each.day for each in given]
    there = {reading.day: reading for reading in queries.on_days(measure.id, min(days), max(days))}
    new = [each for each in given if each.day not in there]
    known = [(there[each.day], each) for each in given if each.day in there]
    changed = [Change(old, each._replace(note=each.note or old.note)) for old, each in known if _differs(old, each)]
    return Comparison(new, changed, len(given) - len(new) - len(changed))


def save(measure: Measure, given: Sequence[Given], *, seen: str, by: int) -> Comparison:
    """Save all of these readings, or none; what is there already is left as it is.

    ``seen`` is the fingerprint of the comparison that the person agreed to; ``DomainError`` when it is another by now.
    """
    _expect_in_use(measure)
    for each in given:
        measure.expect_day(each.day)
    comparison = compare(measure, given)
    if not comparison.is_done and comparison.fingerprint != seen:
        raise DomainError("", _("This is not what the preview showed. Nothing was saved: look at it again."))
    if comparison.new:
        db.session.execute(insert(Reading), [_columns(measure, each, by) for each in comparison.new])
        added = [[each.day.isoformat(), each.value, each.note] for each in comparison.new]
        record("pasted readings", measure, by=by, added=added)
    for change in comparison.changed:
        _correct(change.reading, change.given, by=by)
    return comparison


def _differs(there: Reading, given: Given) -> bool:
    """A blank note says nothing about the note that is there."""
    return there.struck_at is not None or there.value != given.value or bool(given.note and there.note != given.note)


def _enter(measure: Measure, given: Given, *, by: int) -> Reading:
    reading = Reading(measure=measure, **_columns(measure, given, by))
    db.session.add(reading)
    record("entered", reading, by=by)
    return reading


def _columns(measure: Measure, given: Given, by: int) -> dict[str, Any]:
    return {
        "measure_id": measure.id,
        "day": given.day,
        "value": given.value,
        "note": given.note,
        "entered_by_id": by,
    }


def _correct(reading: Reading, given: Given, *, by: int) -> None:
    before = reading.snapshot()
    reading.correct(given.day, given.value, given.note)
    if reading.snapshot() != before:
        record("corrected", reading, by=by, before=before)


def _expect_in_use(measure: Measure) -> None:
    if measure.archived_at is not None:
        raise DomainError("", _("This measure is archived. Restore it before you add readings."))
