"""What leaves of the measures as a file: a measure's readings, and a team's measures."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from kata.measures.queries import TeamMeasure
from kata.measures.series import Series, Value
from kata.measures.words import BETTER, KIND
from kata.web.csv import Columns


class Row(NamedTuple):
    """A reading with the rules that make it a signal."""

    reading: Value
    signals: str


# Not translated: the same words whoever downloads it, so that a paste knows them again as a header.
_DAY: Columns = (("day", lambda row: row.reading.day),)
_COUNTS: Columns = (
    ("numerator", lambda row: row.reading.numerator),
    ("denominator", lambda row: row.reading.denominator),
)
_REST: Columns = (
    ("value", lambda row: row.reading.value),
    ("note", lambda row: row.reading.note),
    ("signals", attrgetter("signals")),
)


def columns(*, counted: bool) -> Columns:
    """The columns of a measure's file: with both counts where it is a share or a rate."""
    return (*_DAY, *(_COUNTS if counted else ()), *_REST)


def rows(of: Series) -> list[Row]:
    """Every reading that counts, oldest first; a signal names its rules."""
    rules = {day: point.signals for day, point in zip(of.days, of.analysis.points, strict=True)}
    return [Row(each, "; ".join(rule.replace("_", " ") for rule in rules[each.day])) for each in of.values]


def _newest(of: TeamMeasure) -> float | None:
    return of.latest.value if of.latest else None


def _day(of: TeamMeasure) -> date | None:
    return of.latest.day if of.latest else None


MEASURES: Columns = (
    (_l("Name"), attrgetter("name")),
    (_l("Kind"), lambda row: KIND[row.kind]),
    (_l("Unit"), attrgetter("unit")),
    (_l("Better"), lambda row: BETTER[row.better]),
    (_l("Newest value"), _newest),
    (_l("Day"), _day),
    (_l("Archived"), attrgetter("archived")),
)
