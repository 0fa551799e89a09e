"""A measure's readings as the series that is judged: in the order of days, its gaps kept, cut where a phase begins.

What the chart of a measure says follows from three things and nothing else: its settings, its readings that count, and
its phases. ``seal`` is their fingerprint. Nothing here asks the database or the clock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import takewhile
from typing import NamedTuple, Protocol

from kata.measures import cadence, shares
from kata.measures.many import fingerprint, iso
from kata.measures.shares import Counts
from kata.spc import MDC, WHEELER, Analysis, Better, Caution, Chart, Direction, Point, Rule, Segment, Settings, analyse
from kata.spc.settings import MEDIAN_FROM

#: Rules that tell of a new level, after which a phase may be worth starting.
LEVELS = (Rule.SHIFT, Rule.RUN, Rule.TREND)
#: So many rows at the newest end are shown first: as many as can be told apart, and walked through.
READS_WELL = 60


class Value(NamedTuple):
    """A reading that counts."""

    day: date
    value: float
    numerator: float | None
    denominator: float | None
    note: str

    @property
    def counts(self) -> Counts | None:
        """What the value is made of, where it is a share or a rate."""
        if self.numerator is None or self.denominator is None:
            return None
        return Counts(self.numerator, self.denominator)


class Cut(NamedTuple):
    """Where the limits begin anew, and why."""

    day: date
    reason: str


class Judged(Protocol):
    """What judging needs to know of a measure."""

    better: str
    unit: str
    per: float | None
    low: float | None
    high: float | None
    target: float | None
    cadence: str
    preset: str
    shift: int
    trend: int
    screened: bool
    baseline: int | None


@dataclass(frozen=True)
class Series:
    """The readings of a measure, judged. ``days`` are those of the analysis's points, gaps included."""

    values: tuple[Value, ...]
    phases: tuple[Cut, ...]
    days: tuple[date, ...]
    analysis: Analysis
    seal: str

    @cached_property
    def notes(self) -> dict[date, str]:
        """The why behind the numbers, by day."""
        return {each.day: each.note for each in self.values if each.note}

    def window(self, first: date | None, last: date | None) -> Series:
        """The part from ``first`` to ``last``, judged as within the whole; the whole where nothing lies there."""
        start = bisect_left(self.days, first) if first else 0
        end = bisect_right(self.days, last) if last else len(self.days)
        if start >= end or (start, end) == (0, len(self.days)):
            return self
        return replace(self, days=self.days[start:end], analysis=_part(self.analysis, start, end))

    def point(self, day: date) -> Point | None:
        """What was found of the reading of a day."""
        at = bisect_left(self.days, day)
        return self.analysis.points[at] if at < len(self.days) and self.days[at] == day else None

    def around(self, day: date) -> Series:
        """The rows around a day: as many as read well."""
        at = bisect_left(self.days, day)
        start = max(min(at - READS_WELL // 2, len(self.days) - READS_WELL), 0)
        return self.window(self.days[start], self.days[min(start + READS_WELL, len(self.days)) - 1])

    @cached_property
    def new_level(self) -> date | None:
        """Since when the newest readings lie on another level, where a rule says so and no phase starts there yet."""
        points = [point for point in self.analysis.points[self.analysis.last.start - 1 :] if point.value is not None]
        ways = (_way(point) for point in reversed(points))
        newest = next(ways, None)
        length = 1 + sum(1 for _same in takewhile(lambda way: way is newest, ways)) if newest else 0
        return date.fromisoformat(points[-length].label) if 0 < length < len(points) else None

    @property
    def reads_well_from(self) -> date | None:
        """The first of the newest rows that can be told apart on a chart; None where all of them can."""
        return self.days[-READS_WELL] if len(self.days) > READS_WELL * 1.25 else None


def series(of: Judged, values: Sequence[Value], phases: Sequence[Cut]) -> Series:
    """Judge readings by the measure's settings and its live phases; both ascending by day, one a day."""
    known = [each.day for each in values]
    gaps = list(cadence.missing(of.cadence, known))
    days = tuple(merge(known, gaps) if gaps else known)
    by_day = {each.day: each.value for each in values} if gaps else {}
    analysis = analyse(
        list(map(by_day.get, days)) if gaps else [each.value for each in values],
        labels=list(map(iso, days)),
        chart=_chart(of, len(values)),
        settings=settings(of.preset, of.shift, of.trend, of.screened),
        better=better(of.better),
        target=of.target,
        baseline=of.baseline,
        rebase=_starts(days, phases),
    )
    return Series(tuple(values), tuple(phases), days, _warned(analysis, of, values), _seal(of, values, phases))


def settings(preset: str, shift: int, trend: int, screened: bool) -> Settings:
    """The rules and thresholds of a chart, as a measure keeps them: a trend of 0 is switched off."""
    rules = WHEELER if preset == "wheeler" else MDC
    return replace(rules, shift=shift, trend=trend or None, screening=screened)


def _chart(of: Judged, n: int) -> Chart | None:
    """The run chart where it was chosen; otherwise the number of points decides, so that nobody has to."""
    return "run" if of.preset == "run" and n >= MEDIAN_FROM else None


def better(word: str) -> Better:
    """The kept word as the kernel's."""
    return "up" if word == "up" else "down" if word == "down" else "neither"


def _starts(days: Sequence[date], phases: Sequence[Cut]) -> set[int]:
    """The positions that open a phase: its first row on or after its day; none where there is no such row yet."""
    found = {bisect_left(days, phase.day) + 1 for phase in phases}
    return {position for position in found if 1 < position <= len(days)}


def _warned(analysis: Analysis, of: Judged, values: Sequence[Value]) -> Analysis:
    """With the warning about small counts, which for shares and rates goes by what they are made of."""
    kind = shares.figure(of.per, of.low, of.high)
    if kind == "plain":
        return analysis
    made_of = [counts for each in values if (counts := each.counts)]
    others = tuple(each for each in analysis.cautions if each is not Caution.SMALL_COUNTS)
    small = (Caution.SMALL_COUNTS,) if shares.are_too_small(kind, made_of) else ()
    return replace(analysis, cautions=(*others, *small))


def _way(point: Point) -> Direction | None:
    """Where a point lies that belongs to a new level."""
    return point.directions[0] if any(rule in LEVELS for rule in point.signals) else None


def _seal(of: Judged, values: Sequence[Value], phases: Sequence[Cut]) -> str:
    # As the database gives them back: a 100 that was just written is 100.0 when it is read.
    numbers = (None if each is None else float(each) for each in (of.per, of.low, of.high, of.target))
    told = (of.better, of.unit, *numbers, of.cadence, of.preset, of.shift, of.trend)
    return fingerprint(values, told, of.screened, of.baseline, [tuple(each) for each in phases])[:16]


def _part(analysis: Analysis, start: int, end: int) -> Analysis:
    """Rows ``start`` to ``end`` (zero-based, exclusive) of an analysis, with what was found of the whole."""
    segments = tuple(
        moved for segment in analysis.segments if (moved := _moved(segment, start, end)).start <= moved.end
    )
    return replace(analysis, points=analysis.points[start:end], segments=segments)


def _moved(segment: Segment, start: int, end: int) -> Segment:
    return replace(segment, start=max(segment.start - start, 1), end=min(segment.end, end) - start)
