"""The line through the readings with its dots and signals, for charts of any length, and the rows that tell of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from kata.charts import lines
from kata.charts.lines import Place
from kata.charts.paper import Paper
from kata.charts.parts import Curve, Mark, NoteMark, Row, Tone
from kata.spc import Nature, Point, Rule

#: More readings than this are a long chart: a line of extremes, no table in the page.
LONG = 250
#: More readings than this lie so close that only the line and the signals are drawn.
DOTTED = 120
#: Pixels across a page's plot, at most; what lies in one column cannot be told apart.
COLUMNS = 700
#: Columns of a long chart whose highest and lowest reading can be reached.
REACHED = 140
#: Signals of a long chart whose first reading can be reached, the newest ones.
SIGNALS_REACHED = 100
#: The share of the plot's height that the letter of a note needs above or below its point.
LETTER_ROOM = 0.12

TONES: dict[Nature, Tone] = {
    Nature.COMMON_CAUSE: "",
    Nature.IMPROVEMENT: "better",
    Nature.CONCERN: "worse",
    Nature.NEUTRAL_HIGH: "neutral",
    Nature.NEUTRAL_LOW: "neutral",
}

Places = Sequence[Place | None]


def curve(places: Places, points: Sequence[Point], width: float, *, joined: bool = True) -> Curve:
    """The readings; without ``joined`` as dots alone."""
    marks = [
        Mark(*place, tone, Rule.OUTSIDE_LIMITS in point.signals)
        for place, point in zip(places, points, strict=True)
        if place and (tone := TONES[point.nature])
    ]
    return _drawn(places, marks, width, joined)


def range_curve(places: Places, points: Sequence[Point], width: float) -> Curve:
    """The moving ranges; one above its limit is a signal without a direction."""
    marks = [
        Mark(*place, "neutral", True)
        for place, point in zip(places, points, strict=True)
        if place and Rule.MOVING_RANGE in point.signals
    ]
    return _drawn(places, marks, width, joined=True)


def _drawn(places: Places, marks: Sequence[Mark], width: float, joined: bool) -> Curve:
    if len(places) > LONG:
        kept = lines.extremes(places, width, COLUMNS)
        return Curve(lines.path([places[index] for index in kept]), (), (), tuple(_crowds(marks, width)))
    marked = {(mark.x, mark.y) for mark in marks}
    dots = tuple(place for place in places if place and place not in marked) if len(places) <= DOTTED else ()
    return Curve(lines.path(places) if joined else "", dots, tuple(marks), ())


def _crowds(marks: Sequence[Mark], width: float) -> Iterator[tuple[Tone, str]]:
    """Signals as one path for each tone, thinned like the line."""
    tones: tuple[Tone, ...] = ("neutral", "worse", "better")
    for tone in tones:
        places = [(mark.x, mark.y) for mark in marks if mark.tone == tone]
        if places:
            yield tone, lines.dots(places[index] for index in lines.extremes(places, width, COLUMNS))


def reached(
    places: Places, points: Sequence[Point], days: Sequence[date], noted: Collection[date], width: float
) -> Collection[int]:
    """The readings that can be reached one by one.

    All of them; of a long chart its extremes and ends, those with a note, and where each of the last signals begins.
    """
    if len(places) <= LONG:
        return range(len(places))
    tones = [TONES[point.nature] for point in points]
    begins = [index for index, tone in enumerate(tones) if tone and (index == 0 or tone != tones[index - 1])]
    told = [index for index, day in enumerate(days) if day in noted] if noted else []
    found = {*lines.extremes(places, width, REACHED), *begins[-SIGNALS_REACHED:], *told}
    return sorted(index for index in found if places[index])


def rows(
    indexes: Collection[int], points: Sequence[Point], places: Places, paper: Paper, notes: Mapping[date, str],
    letters: Mapping[date, str], *, ranges: bool,
) -> Iterator[Row]:  # fmt: skip
    """What is told of readings, in words that the template translates."""
    for index in indexes:
        point, day = points[index], paper.days[index]
        yield Row(
            key=day.isoformat(),
            day=paper.labels.day(day),
            value="" if point.value is None else paper.labels.with_unit(paper.number(point.value)),
            place=places[index],
            tone=TONES[point.nature],
            rules=tuple(str(rule) for rule in point.signals),
            ways=tuple(str(way) for way in point.directions),
            note=notes.get(day, ""),
            letter=letters.get(day, ""),
            moving_range=paper.number(point.moving_range) if ranges and point.moving_range is not None else "",
        )


def note_marks(places: Places, days: Sequence[date], letters: Mapping[date, str], height: float) -> Iterator[NoteMark]:
    """Each note's letter: above its point where the line comes from below, and the other way round."""
    for index, day in enumerate(days) if letters else ():
        place = places[index]
        if day in letters and place:
            yield NoteMark(*place, letters[day], _side(place, _beside(places, index), height))


def _beside(places: Places, index: int) -> list[Place]:
    both = [*places[max(index - 1, 0) : index], *places[index + 1 : index + 2]]
    return [place for place in both if place]


def _side(place: Place, beside: Sequence[Place], height: float) -> Literal["above", "below", "beside"]:
    is_high = not beside or place[1] <= sum(each[1] for each in beside) / len(beside)
    room = place[1] if is_high else height - place[1]
    if room < LETTER_ROOM * height:
        return "beside"
    return "above" if is_high else "below"
