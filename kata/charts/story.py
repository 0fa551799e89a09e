"""What people did and wrote on the same days as the readings, and its marks on the time axis.

A mark beside a change says that both happened, never that one caused the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase
from typing import Literal

from kata.charts.scales import Scale

#: How wide a letter is in a line's height: enough to tell whether a label fits.
LETTER = 0.52
#: The share of the plot that a flag needs where the paper is wide and where it is small.
FLAG_WIDE, FLAG_SMALL = 0.09, 0.25
#: The width of the plot in heights of its text, as labels see it: at least, where it is very wide, wide and small.
PLOT_WIDEST, PLOT_WIDE, PLOT_SMALL = 64.0, 36.0, 14.0


@dataclass(frozen=True, slots=True)
class Condition:
    """A target condition: its days, and the value wanted, if any. ``short`` stands where ``name`` has no room."""

    start: date
    end: date
    name: str
    words: str = ""
    value: float | None = None
    href: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment on its day; with the value expected for a later day and what happened, where it is a number."""

    day: date
    number: int
    words: str
    href: str = ""
    expected: float | None = None
    expected_on: date | None = None
    happened: float | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """Why the limits were drawn anew from this day on."""

    day: date
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is marked beside the readings; ``notes`` are the why behind a number, by its day."""

    conditions: Sequence[Condition] = ()
    experiments: Sequence[Experiment] = ()
    phases: Sequence[Phase] = ()
    notes: Mapping[date, str] = field(default_factory=dict)

    def values(self, x: Scale) -> list[float]:
        """The numbers that must be seen beside the readings, of what lies on the paper."""
        wanted = [each.value for each in self.conditions if _reaches(each, x)]
        wanted += [
            value
            for each in self.experiments
            if _is_on(each.expected_on, x)
            for value in (each.expected, each.happened)
        ]
        return [value for value in wanted if value is not None]

    def days(self) -> list[date]:
        """Days for which somebody expects a value: the axis reaches for them. A condition may lie further ahead."""
        return [each.expected_on for each in self.experiments if each.expected_on and each.expected is not None]


@dataclass(frozen=True, slots=True)
class Flag:
    """One experiment, or several that have no room side by side; ``lines`` are the places of each."""

    x: float
    label: str
    words: str
    href: str
    count: int
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A target condition as a bar on the time axis, and its value as a line; a label is empty where it has no room."""

    x1: float
    x2: float
    y: float | None
    widest: str
    wide: str
    small: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """The value expected for a day, and what happened instead, where somebody has looked."""

    x: float
    y: float
    happened: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the list below the chart: the sign that stands for it in the plot, its name, words and day."""

    kind: Literal["condition", "phase", "experiment", "note"]
    sign: str
    name: str
    words: str
    day: str
    href: str = ""


def flags(experiments: Sequence[Experiment], x: Scale, room: float) -> tuple[Flag, ...]:
    """A flag for each experiment on the paper; those closer than ``room`` (a share of the width) share one."""
    together: list[list[Experiment]] = []
    for each in sorted(experiments, key=lambda experiment: (experiment.day, experiment.number)):
        if not _is_on(each.day, x):
            continue
        if together and _x(each, x) - _x(together[-1][0], x) < room * (x.end - x.start):
            together[-1].append(each)
        else:
            together.append([each])
    return tuple(_flag(group, x) for group in together)


def _flag(group: list[Experiment], x: Scale) -> Flag:
    numbers = [each.number for each in group]
    in_a_row = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    label = str(numbers[0])
    if len(group) > 1:
        label = f"{numbers[0]}–{numbers[-1]}" if in_a_row else f"{numbers[0]} +{len(group) - 1}"
    words = " · ".join(f"{each.number} {each.words}" for each in group)
    return Flag(_x(group[0], x), label, words, group[0].href, len(group), tuple(_x(each, x) for each in group))


def _x(experiment: Experiment, x: Scale) -> float:
    return x(experiment.day.toordinal())


def spans(conditions: Sequence[Condition], x: Scale, y: Scale) -> tuple[Span, ...]:
    """The target conditions that reach into the paper, earliest first."""
    shown = [each for each in conditions if _reaches(each, x)]
    return tuple(_span(each, x, y) for each in sorted(shown, key=lambda each: each.start))


def _reaches(each: Condition, x: Scale) -> bool:
    return each.end.toordinal() >= x.low and each.start.toordinal() <= x.high


def _is_on(day: date | None, x: Scale) -> bool:
    return day is not None and x.low <= day.toordinal() <= x.high


def _span(each: Condition, x: Scale, y: Scale) -> Span:
    x1, x2 = x(each.start.toordinal()), x(each.end.toordinal())
    share = (x2 - x1) / (x.end - x.start)
    return Span(
        x1,
        x2,
        None if each.value is None else y(each.value),
        _fitting(each, share * PLOT_WIDEST),
        _fitting(each, share * PLOT_WIDE),
        _fitting(each, share * PLOT_SMALL),
        each.words or each.name,
        each.href,
    )


def _fitting(each: Condition, room: float) -> str:
    return next((text for text in (each.name, each.short) if len(text) * LETTER + 1 <= room), "")


def expectations(experiments: Sequence[Experiment], x: Scale, y: Scale) -> tuple[Expectation, ...]:
    """The numeric expectations whose day lies on the paper."""
    return tuple(
        Expectation(
            x(each.expected_on.toordinal()),
            y(each.expected),
            None if each.happened is None else y(each.happened),
            f"{each.number} {each.words}",
        )
        for each in experiments
        if each.expected is not None and each.expected_on is not None and _is_on(each.expected_on, x)
    )


def letters(notes: Mapping[date, str], days: Sequence[date]) -> dict[date, str]:
    """A letter for each noted day of the readings, in their order: a … z, aa, ab …"""
    known = set(days)
    noted = sorted(day for day in notes if day in known)
    return {day: _letter(place) for place, day in enumerate(noted)}


def _letter(place: int) -> str:
    size = len(ascii_lowercase)
    return (_letter(place // size - 1) if place >= size else "") + ascii_lowercase[place % size]


def events(told: Story, signs: Mapping[date, str], write: Callable[[date], str]) -> tuple[Event, ...]:
    """The whole story as a list, in the order of time; ``write`` is how a day is written."""
    found = [
        (each.start, Event("condition", "", each.name, each.words, write(each.start), each.href))
        for each in told.conditions
    ]
    found += [(each.day, Event("phase", "", each.name, each.words, write(each.day))) for each in told.phases]
    found += [
        (each.day, Event("experiment", str(each.number), "", each.words, write(each.day), each.href))
        for each in told.experiments
    ]
    found += [(day, Event("note", sign, "", told.notes[day], write(day))) for day, sign in signs.items()]
    return tuple(event for _, event in sorted(found, key=lambda one: one[0]))
