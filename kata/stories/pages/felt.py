"""The outcome measure of a story: its chart up to the story's end, with the chapters on its time axis.

It is judged by the readings up to that day alone: what is measured later is no part of the story, and is told to no
stranger. The drawing is the same for everyone and is kept while nothing in it changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from kata import clock
from kata.charts import Condition, Labels, Story, draw
from kata.measures import queries
from kata.measures.kept import Shelf
from kata.measures.meaning import verdict
from kata.measures.series import Series, series
from kata.stories.queries.opening import Opened
from kata.web.language import reader
from kata.web.templates import rendered

#: How far before the beginning the chart goes back: a share of the story's length, and so many days at least.
LEAD, LEAST_LEAD = 0.25, timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Felt:
    """The figure, and the last reading up to the end of the story."""

    row: Any
    figure: Markup
    day: date
    value: float


_kept: Shelf[Felt | None] = Shelf(64)


def felt(story: Opened, chapters: Sequence[Any]) -> Felt | None:
    """What the customer felt; ``None`` where no measure has readings in this time.

    The challenge's measure; while that has none, the first outcome that a chapter aims at. ``chapters`` are rows of
    ``telling.chapters``.
    """
    named = [story.row, *(row for row in chapters if row.kind == "outcome")]
    row = next((each for each in named if each.measure_id is not None and each.seal is not None), None)
    if row is None:
        return None
    began, end = story.day(story.row.started_at), story.ended or clock.today(story.row.time_zone)
    first = began - max((end - began) * LEAD, LEAST_LEAD)
    marks = tuple(_marks(story, row.measure_id, chapters))
    key = (row.measure_id, row.measure, row.unit, row.stamp, row.seal, first, end, marks, reader().locale)
    return _kept.get(key, lambda: _made(row, first, end, marks))


def _marks(story: Opened, measure_id: int, chapters: Sequence[Any]) -> list[Condition]:
    """Each chapter with its days, and the value wanted where it aims at this measure."""
    wanted = {row.id: row.to_value for row in chapters if row.measure_id == measure_id}
    once = {row.id: row for row in chapters}
    return [
        Condition(
            start=(start := story.day(row.created_at)),
            end=max(start, story.day(row.ended_at) if row.ended_at else row.achieve_by),
            name=str(_("Chapter %(number)s", number=row.number)),
            value=wanted.get(row.id),
            href=f"#chapter-{row.number}",
            short=str(row.number),
        )
        for row in once.values()
    ]


def _made(row: Any, first: date, end: date, marks: Sequence[Condition]) -> Felt | None:
    values = [each for each in queries.values(row.measure_id) if each.day <= end]
    if not any(each.day >= first for each in values):
        return None
    whole = series(row, values, [each for each in queries.cuts(row.measure_id) if each.day <= end])
    return Felt(row, _figure(row, whole.window(first, end), marks), values[-1].day, values[-1].value)


def _figure(row: Any, shown: Series, marks: Sequence[Condition]) -> Markup:
    labels = Labels.of(reader().locale, row.unit)
    drawn = draw(shown.analysis, shown.days, labels, Story(conditions=marks), bounds=(row.low, row.high))
    html = rendered(
        "stories/_figure.html",
        measure=row,
        chart=drawn,
        analysis=shown.analysis,
        sentence=verdict(shown.analysis, row.unit),
    )
    return Markup(html)  # noqa: S704 - our own template's
