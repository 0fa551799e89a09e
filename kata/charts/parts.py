"""What a chart is made of, placed on paper and ready to be written as SVG.

Places are in the unit of the frame: percentages of the plot on a page, pixels in a file; y grows downwards. Texts that
depend on the reader's language are either written already (numbers, days) or a word that the template translates
(``tone``, ``kind``, ``rules``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kata.charts.lines import Place
from kata.charts.scales import Frame
from kata.charts.story import Event, Expectation, Flag, Span
from kata.charts.ticks import Tick

Tone = Literal["", "better", "worse", "neutral"]
Kind = Literal["upper", "centre", "lower", "target"]
TONES: tuple[Tone, ...] = ("better", "worse", "neutral")


@dataclass(frozen=True, slots=True)
class Level:
    """A round value on the axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one phase, from the left to the right end of its paper; a line beyond what is possible is None.

    ``top`` and ``bottom`` are the edges of the expected range as it is filled, which ends where the possible ends.
    """

    x1: float
    x2: float
    centre: float | None
    upper: float | None
    lower: float | None
    top: float | None
    bottom: float | None
    near: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The number at the right end of a line: ``at`` is the line, ``y`` where the label has room."""

    kind: Kind
    at: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point that is a signal; ``strong`` where it lies outside the expected range."""

    x: float
    y: float
    tone: Tone
    strong: bool


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The letter of a note, on that side of its point where the line leaves room."""

    x: float
    y: float
    letter: str
    side: Literal["above", "below", "beside"]


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """Where the lines are drawn anew."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A reading as the table and the readout tell it: a gap has no value and no place.

    ``ways`` says for each reading in words where its signal points: high, low, or both.
    """

    key: str
    day: str
    value: str
    place: Place | None
    tone: Tone
    rules: tuple[str, ...]
    ways: tuple[str, ...]
    note: str
    letter: str
    moving_range: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through readings: its path, its signals, and dots for the others (none where they would touch).

    ``crowds`` are paths of signals too many for a shape each, by tone.
    """

    line: str
    dots: tuple[Place, ...]
    marks: tuple[Mark, ...]
    crowds: tuple[tuple[Tone, str], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """One pair of axes: the readings, or their moving ranges below them."""

    levels: tuple[Level, ...]
    stretches: tuple[Stretch, ...]
    curve: Curve
    ends: tuple[EndLabel, ...]

    @property
    def widest_level(self) -> str:
        return max((level.label for level in self.levels), key=len, default="")

    @property
    def worded(self) -> tuple[Kind, ...]:
        """The ends whose line is named: of the two limits the upper one, where it can be drawn."""
        kinds = [end.kind for end in self.ends]
        return tuple(kind for kind in kinds if kind != "lower" or "upper" not in kinds)

    @property
    def widest_end(self) -> EndLabel | None:
        return max(self.ends, key=lambda end: (len(end.label), end.kind in ("upper", "lower")), default=None)


@dataclass(frozen=True, slots=True)
class ProcessChart:
    """Everything that `charts/process.html` draws. ``rows`` of a long chart are only the points worth reaching."""

    frame: Frame
    kind: Literal["xmr", "run", "dots"]
    plot: Plot
    moving: Plot | None
    ticks: tuple[Tick, ...]
    few_ticks: tuple[Tick, ...]
    many_ticks: tuple[Tick, ...]
    target: float | None
    today: float | None
    flags: tuple[Flag, ...]
    few_flags: tuple[Flag, ...]
    spans: tuple[Span, ...]
    expectations: tuple[Expectation, ...]
    notes: tuple[NoteMark, ...]
    phases: tuple[PhaseMark, ...]
    events: tuple[Event, ...]
    rows: tuple[Row, ...]
    is_long: bool
    is_provisional: bool
    count: int
    first_day: str
    last_day: str
    latest: Row | None

    @property
    def widest_level(self) -> str:
        """The longest label left of the plots, for the room that it needs."""
        return max((plot.widest_level for plot in (self.plot, self.moving) if plot), key=len)

    @property
    def lanes(self) -> int:
        """How many lines of marks lie above the plot."""
        return bool(self.spans) + bool(self.flags) + any(phase.name for phase in self.phases)

    @property
    def tones(self) -> tuple[Tone, ...]:
        """The signals that are drawn, for their shapes and for the key."""
        curve = self.plot.curve
        found = {mark.tone for mark in curve.marks} | {tone for tone, _ in curve.crowds}
        return tuple(tone for tone in TONES if tone in found)

    @property
    def has_range(self) -> bool:
        """Whether limits are drawn."""
        return any(stretch.top is not None for stretch in self.plot.stretches)
