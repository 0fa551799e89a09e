"""A measure's chart at a glance: the newest rows as they were judged, the verdict, and their plain form. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kata.measures.series import Judged, Series, better, settings
from kata.spc import Analysis, Assurance, Caution, Chart, Direction, Nature, Point, Rule, Segment, Variation

#: So many of the newest rows are kept, gaps counted.
KEPT = 60


@dataclass(frozen=True)
class Glance:
    """A picture as it is read. What most readers ask for costs nothing; the ``analysis`` is made when it is asked for.

    ``n`` counts all readings that count; ``analysis`` and ``days`` hold the newest rows of them, gaps included.
    """

    measure_id: int
    stamp: int
    body: dict[str, Any]

    @property
    def seal(self) -> str:
        """The fingerprint of all that the chart says."""
        return str(self.body["seal"])

    @property
    def n(self) -> int:
        """How many readings count."""
        return int(self.body["n"])

    @property
    def latest(self) -> tuple[date, float] | None:
        """Day and value of the newest reading that counts."""
        found = next((row for row in reversed(self.body["points"]) if row[1] is not None), None)
        return (date.fromisoformat(found[0]), found[1]) if found else None

    @property
    def signal(self) -> tuple[date, Rule] | None:
        """The day of the newest reading that is a signal, and the rule that names it."""
        flagged = self.body["signal"]
        return (date.fromisoformat(flagged[0]), Rule(flagged[1])) if flagged else None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the newest rows."""
        return tuple(date.fromisoformat(row[0]) for row in self.body["points"])

    @cached_property
    def values(self) -> tuple[float | None, ...]:
        """The newest rows without their signals; a gap is None."""
        return tuple(row[1] for row in self.body["points"])

    @cached_property
    def analysis(self) -> Analysis:
        """The newest rows as they were judged within the whole, with the verdict on it."""
        body = self.body
        direction, target, *asked = body["asked"]
        chart: Chart = body["chart"]
        return Analysis(
            chart=chart,
            n=self.n,
            segments=tuple(Segment(**each) for each in body["segments"]),
            points=tuple(_point(at, row) for at, row in enumerate(body["points"], 1)),
            variation=Variation(body["variation"]) if body["variation"] else None,
            assurance=Assurance(body["assurance"]) if body["assurance"] else None,
            cautions=tuple(Caution(word) for word in body["cautions"]),
            rules=tuple(Rule(word) for word in body["rules"]),
            better=better(direction),
            target=target,
            settings=settings(*asked),
        )


def body_of(measure: Judged, found: Series) -> dict[str, Any]:
    """What a picture holds, in plain JSON."""
    analysis, kept = found.analysis, found.window(found.days[-KEPT] if len(found.days) > KEPT else None, None)
    flagged = next((point for point in reversed(analysis.points) if point.signals), None)
    return {
        "seal": found.seal,
        "asked": [measure.better, measure.target, measure.preset, measure.shift, measure.trend, measure.screened],
        "chart": analysis.chart,
        "n": analysis.n,
        "variation": analysis.variation,
        "assurance": analysis.assurance,
        "cautions": list(analysis.cautions),
        "rules": list(analysis.rules),
        "signal": [flagged.label, flagged.signals[0]] if flagged else None,
        "segments": [
            {name: value for name, value in asdict(each).items() if value is not None and value is not False}
            for each in kept.analysis.segments
        ],
        "points": [
            [point.label, point.value, point.nature, list(point.signals), list(point.directions)]
            if point.signals
            else [point.label, point.value]
            for point in kept.analysis.points
        ],
    }


def _point(at: int, row: list[Any]) -> Point:
    label, value, *judged = row
    if not judged:
        return Point(at, label, value)
    nature, signals, directions = judged
    return Point(
        at,
        label,
        value,
        tuple(Rule(word) for word in signals),
        Nature(nature),
        None,
        tuple(Direction(word) for word in directions),
    )
