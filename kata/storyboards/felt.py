"""What the customer feels, on the board: the outcome measure's chart, with what this board tried marked on it.

The chart comes from the measure's picture, which every write keeps ready, so that a board costs the same with ten
readings and with ten thousand; of a past day it is judged from the readings up to then. The drawing says the same to
everyone, and is kept while nothing in it changes. When a signal stands, the board is asked which experiment expected
it; nothing here says that one thing caused another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup

from kata.charts import Condition, Experiment, Labels, Spark, Story, draw, spark
from kata.extensions import db
from kata.measures.kept import Shelf
from kata.measures.meaning import meaning
from kata.measures.models import Measure
from kata.measures.pictures import judged, pictures_of
from kata.storyboards import episodes
from kata.storyboards.episodes import Episode
from kata.storyboards.queries import signals
from kata.web.language import reader
from kata.web.templates import rendered

#: So many of the newest experiments are marked on a chart.
MARKED = 40
#: A line is drawn from this many readings on.
FEWEST = 3

_figures: Shelf[Markup] = Shelf(96)
_lines: Shelf[Spark] = Shelf(400)


class Readings(episodes.Readings, Protocol):
    """What a chart is drawn from: a picture, or a series up to a past day."""

    @property
    def seal(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Felt:
    """The sheet. ``episode`` is the newest signal since the board began; ``answer`` what the board said of it."""

    measure_id: int
    name: str
    figure: Markup
    episode: Episode | None
    answer: Any | None


def readings_of(measure_ids: Sequence[int], on: date | None) -> dict[int, Readings]:
    """The readings of these measures as judged now, or at the end of a past day; no entry where there are none."""
    if on is None:
        return {**pictures_of(measure_ids)}
    then = {measure_id: judged(db.session.get_one(Measure, measure_id), until=on) for measure_id in measure_ids}
    return {measure_id: found for measure_id, found in then.items() if found.days}


def felt(
    place: Any,
    chosen: Any | None,
    readings: dict[int, Readings],
    target: Any | None,
    tried: Sequence[Tried],
    given: list[Any],
) -> Felt | None:
    """The sheet for ``chosen``, a row that names a measure; ``None`` without one, or while it has no readings.

    ``tried`` are the board's newest experiments, ``given`` what it has said of signals so far.
    """
    if chosen is None or chosen.measure_id not in readings:
        return None
    found = readings[chosen.measure_id]
    told = _told(place, chosen.measure_id, target, tried)
    episode = episodes.of_chart(found)
    if episode is not None and episode.last < _day(place.head.started_at, place):
        episode = None
    return Felt(
        measure_id=chosen.measure_id,
        name=chosen.measure,
        figure=_figure(chosen, found, told),
        episode=episode,
        answer=signals.within(given, chosen.measure_id, episode) if episode else None,
    )


def latest(readings: Readings | None) -> tuple[date | None, float | None]:
    """Day and value of the newest reading."""
    pairs = zip(reversed(readings.days), reversed(readings.analysis.points), strict=True) if readings else ()
    return next(((day, point.value) for day, point in pairs if point.value is not None), (None, None))


@dataclass(frozen=True, slots=True)
class Tried:
    """An experiment of the board as it stands on a time axis: its row, and the day in the team's time zone."""

    row: Any
    day: date


def tried_of(place: Any, rows: Sequence[Any]) -> tuple[Tried, ...]:
    """The experiments to be marked, oldest first, from rows that are newest first; those set aside are none."""
    kept = (row for row in reversed(rows) if not row.set_aside_reason)
    return tuple(Tried(row, row.happened_on or _day(row.created_at, place)) for row in kept)


def beside(readings: dict[int, Readings], line: Any, tried: Sequence[Tried]) -> Spark | None:
    """The small line beside a condition: what happened, and what was tried; ``None`` below ``FEWEST`` readings."""
    found = readings.get(line.measure_id)
    if found is None or found.analysis.n < FEWEST:
        return None
    locale, days = reader().locale, tuple(each.day for each in tried)
    return _lines.get((found.seal, line.goal, line.unit, locale, days), lambda: _line(found, line, tried))


def _line(found: Readings, line: Any, tried: Sequence[Tried]) -> Spark:
    values = [point.value for point in found.analysis.points]
    goal = (found.days[-1], line.goal) if line.goal is not None else None
    labels = Labels.of(reader().locale, line.unit)
    return spark(found.days, values, labels, goal=goal, experiments=[_mark(line.measure_id, each) for each in tried])


def _mark(measure_id: int, tried: Tried) -> Experiment:
    """The mark of an experiment, with the number expected where it was of this measure."""
    row, numbered = tried.row, tried.row.measure_id == measure_id
    return Experiment(
        day=tried.day,
        number=row.number,
        words=row.step,
        href=f"/experiments/{row.id}",
        expected=row.expected_value if numbered else None,
        expected_on=(row.happened_on or row.check_on) if numbered else None,
        happened=row.happened_value if numbered else None,
    )


def _told(place: Any, measure_id: int, target: Any | None, tried: Sequence[Tried]) -> Story:
    conditions = () if target is None else (_condition(place, target),)
    return Story(conditions=conditions, experiments=tuple(_mark(measure_id, each) for each in tried))


def _condition(place: Any, row: Any) -> Condition:
    """The newest target condition; ``row`` is the one that aims at this measure, or any of its rows."""
    start = _day(row.created_at, place)
    end = _day(row.ended_at, place) if row.ended_at else row.achieve_by
    return Condition(
        start=start,
        end=max(start, end),
        name=_("Target condition %(number)s", number=row.number),
        value=row.to_value,
        short=str(row.number),
    )


def _figure(chosen: Any, found: Readings, told: Story) -> Markup:
    def make() -> Markup:
        labels = Labels.of(reader().locale, chosen.unit)
        return Markup(  # noqa: S704 - our own template's
            rendered(
                "storyboards/_felt_figure.html",
                measure=chosen,
                chart=draw(found.analysis, found.days, labels, told, bounds=(chosen.low, chosen.high)),
                analysis=found.analysis,
                meaning=meaning(found.analysis, chosen.unit),
            )
        )

    marked = (tuple(told.conditions), tuple(told.experiments))
    key = (chosen.measure_id, chosen.measure, chosen.unit, chosen.low, chosen.high, found.seal, reader().locale, marked)
    return _figures.get(key, make)


def _day(moment: datetime, place: Any) -> date:
    return moment.astimezone(ZoneInfo(place.head.time_zone)).date()
