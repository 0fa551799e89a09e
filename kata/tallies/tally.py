"""The tally: a table's rows, counted by a recipe, come to one dated reading for each period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from kata.formulas import Figure
from kata.tables.surveys import Sightings
from kata.tables.table import Table
from kata.tallies.gauges import Gauge, gauge
from kata.tallies.reader import Cells, LeftOut, Reader, Reason
from kata.tallies.recipe import Empty, Recipe


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """``figure.value`` is None for a gap. An unfinished period may still change when the next file comes."""

    start: date  # the day of the reading
    end: date
    figure: Figure
    is_unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """``rows`` = those that count + ``filtered`` (which the conditions leave aside) + those that were left out."""

    readings: tuple[PeriodReading, ...]
    rows: int
    filtered: int
    left_out: dict[Reason, Sightings]

    @property
    def counted(self) -> int:
        return self.rows - self.filtered - sum(seen.count for seen in self.left_out.values())


def tally(table: Table, recipe: Recipe, *, today: date, complete_through: date | None = None) -> Tally:
    """Readings for every period between the file's first and last day, empty ones included.

    ``today`` is the day in the recipe's zone: rows dated later are left out. ``complete_through`` is the last day of
    which the file surely has all rows; if it isn't said, the day of its last row, or yesterday where that is today.
    Raises Unfit.
    """
    harvest = _harvest(table, recipe, today)
    return Tally(tuple(harvest.readings(complete_through)), harvest.rows, harvest.filtered, dict(harvest.left_out))


@dataclass(slots=True)
class _Harvest:
    recipe: Recipe
    reader: Reader
    gauge: Gauge
    today: date
    rows: int = 0
    filtered: int = 0
    first: date = date.max
    last: date = date.min
    taken: defaultdict[date, list[float]] = field(default_factory=lambda: defaultdict(list))
    left_out: defaultdict[Reason, Sightings] = field(default_factory=lambda: defaultdict(Sightings))

    def day(self, cells: Cells) -> date:
        """The row's day, whatever else stands in the row: it shows how far the file reaches."""
        day = self.reader.day(cells, self.recipe.date, self.today)
        self.first, self.last = min(self.first, day), max(self.last, day)
        return day

    def readings(self, complete_through: date | None) -> list[PeriodReading]:
        recipe = self.recipe
        if self.first > self.last:
            return []
        complete = complete_through or min(self.last, self.today - timedelta(days=1))
        return [
            PeriodReading(start, end, self._figure(start), end > complete)
            for start, end in self.reader.place.periods(self.first, self.last, recipe.period, recipe.week_start)
        ]

    def _figure(self, start: date) -> Figure:
        taken = self.taken.get(start, [])
        if not taken and self.recipe.empty is Empty.ZERO:
            return Figure(value=0.0, n=0, numerator=0)
        return self.gauge.figure(taken)


def _harvest(table: Table, recipe: Recipe, today: date) -> _Harvest:
    reader = Reader.of(table, recipe)
    harvest = _Harvest(recipe, reader, gauge(recipe.count, reader), today)
    conditions = [reader.asks(condition) for condition in recipe.conditions]
    for number, cells in table.rows():
        harvest.rows += 1
        fits = all(holds(cells) for holds in conditions)
        harvest.filtered += not fits
        try:
            day = harvest.day(cells)
            if fits:
                harvest.taken[recipe.period.start(day, recipe.week_start)].append(harvest.gauge.take(cells))
        except LeftOut as left_out:
            if fits:
                harvest.left_out[left_out.reason].add(number, left_out.cell)
    return harvest
