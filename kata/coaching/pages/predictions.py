"""The prediction record: numbers as a picture, a measure each on its own scale; words as pairs of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata import charts
from kata.access.policy import Viewer
from kata.coaching.paging import Key
from kata.coaching.predictions import always_right
from kata.coaching.queries import practice as queries
from kata.web.language import reader


@dataclass(frozen=True, slots=True)
class OfMeasure:
    """The experiments that expected a number of one measure: the picture, and with it their rows, oldest first."""

    id: int
    name: str
    unit: str
    chart: charts.PredictionChart
    rows: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A page of the record. ``always_right`` says that the newest ones all came true: the steps are too small."""

    measures: tuple[OfMeasure, ...]
    worded: tuple[Any, ...]
    numbered: int
    differed: int
    always_right: bool
    more: Key | None
    later: bool

    @property
    def empty(self) -> bool:
        return not self.measures and not self.worded


def record(viewer: Viewer, person_id: int, before: Key | None) -> Record:
    """What the person predicted on boards that the viewer sees, from the newest or from a key on."""
    rows, more = queries.predictions(viewer, person_id, before)
    numbered = [row for row in rows if is_numbered(row)]
    measures = _by_measure(numbered)
    return Record(
        measures=measures,
        worded=tuple(row for row in rows if not is_numbered(row)),
        numbered=len(numbered),
        differed=sum(each.chart.differed for each in measures),
        always_right=before is None and always_right([(row.expected_value, row.happened_value) for row in numbered]),
        more=Key(rows[-1].happened_on, rows[-1].id) if more else None,
        later=before is not None,
    )


def is_numbered(row: Any) -> bool:
    """Whether both what was expected and what happened were numbers of a measure."""
    return row.measure_id is not None and row.expected_value is not None and row.happened_value is not None


def _by_measure(rows: list[Any]) -> tuple[OfMeasure, ...]:
    """In the order in which the measures were last experimented with."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.measure_id, []).insert(0, row)
    return tuple(_of_measure(each) for each in found.values())


def _of_measure(rows: list[Any]) -> OfMeasure:
    first = rows[0]
    chart = charts.predictions(
        [(row.expected_value, row.happened_value) for row in rows],
        charts.Labels.of(reader().locale, first.unit),
        (first.low, first.high),
    )
    return OfMeasure(
        first.measure_id, first.measure, first.unit, chart, tuple(zip(rows, chart.predictions, strict=True))
    )
