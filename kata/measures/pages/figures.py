"""A measure's chart: which part of it is shown, and the drawing, kept while nothing that it tells has changed.

Judging ten years of daily readings and drawing them costs as much as the rest of the page together. Both are kept in
this process's memory: the series under its measure's stamp and seal, so that no write and no restored backup leaves an
old one behind, the drawing under everything that it tells besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from kata.charts import Labels, Phase, Story, draw
from kata.charts.sheets import FILE, FILE_RANGES, sheet
from kata.measures import queries
from kata.measures.annotations import Told
from kata.measures.glance import Glance
from kata.measures.kept import Shelf
from kata.measures.meaning import meaning
from kata.measures.models import Measure
from kata.measures.pages.table import Place, day_of
from kata.measures.queries import PhaseRow
from kata.measures.series import Cut, Series, series
from kata.web.language import reader
from kata.web.render import language
from kata.web.templates import rendered
from kata.web.text import day_year

_series: Shelf[Series] = Shelf(24)
_figures: Shelf[Markup] = Shelf(96)


@dataclass(frozen=True, slots=True)
class View:
    """The part of a series that a chart shows, and the ways to others."""

    whole: Series
    shown: Series
    place: Place

    @property
    def is_whole(self) -> bool:
        """Whether all readings are shown."""
        return len(self.shown.days) == len(self.whole.days)

    @property
    def all(self) -> str:
        """The end of the address of the chart of all readings."""
        return f"?from={self.whole.days[0]}"

    @property
    def query(self) -> str:
        """The end of the address of this very part, wherever newer readings may come to stand."""
        days = self.shown.days
        return "" if self.is_whole or not days else f"?from={days[0]}&to={days[-1]}"


def found(of: Measure, glance: Glance | None, phases: Sequence[PhaseRow]) -> Series:
    """The measure's readings, judged: from the shelf where its picture says that they are still the same."""

    def judge() -> Series:
        cuts = [Cut(row.starts_on, row.reason) for row in reversed(phases) if row.removed_at is None]
        return series(of, queries.values(of.id), cuts)

    return _series.get((of.id, glance.stamp, glance.seal), judge) if glance else judge()


def view(whole: Series, address: Mapping[str, str]) -> View:
    """The part that an address names (``from``, ``to``, or around a ``point``); else the newest that read well."""
    place, point = Place.of(address), day_of(address.get("point"))
    if point and whole.days:
        shown = whole.around(point)
        place = replace(place, first=shown.days[0], last=shown.days[-1])
    elif place.first or place.last:
        shown = whole.window(place.first, place.last)
    else:
        shown = whole.window(whole.reads_well_from, None)
    return View(whole, shown, place)


def figure(of: Measure, glance: Glance | None, seen: View, told: Told) -> Markup:
    """The chart with its sentence, its list of events and its table; nothing in it depends on who looks."""

    def make() -> Markup:
        return Markup(rendered("measures/_figure.html", **_figure(of, seen, told)))  # noqa: S704 - our own

    if glance is None:
        return make()
    return _figures.get((of.id, of.name, glance.stamp, glance.seal, seen.query, reader().locale, told), make)


def _figure(of: Measure, seen: View, told: Told) -> dict[str, Any]:
    shown = seen.shown
    labels = Labels.of(reader().locale, of.unit)
    drawn = draw(shown.analysis, shown.days, labels, story(shown, told), bounds=(of.low, of.high))
    return {
        "measure": of,
        "chart": drawn,
        "analysis": seen.whole.analysis,
        "meaning": meaning(seen.whole.analysis, of.unit),
        "query": seen.query,
    }


def sheet_of(of: Measure, seen: View, told: Told, today: date) -> str:
    """The chart as an SVG file that stands for itself; a reading there must be."""
    shown, title = seen.shown, f"{of.name}, {of.unit}" if of.unit else of.name
    labels = Labels.of(reader().locale, of.unit)
    drawn = draw(
        shown.analysis,
        shown.days,
        labels,
        story(shown, told),
        bounds=(of.low, of.high),
        frame=FILE,
        range_frame=FILE_RANGES,
    )
    sentence = str(meaning(seen.whole.analysis, of.unit).sentence)
    source = f"{of.team.name} · {day_year(today)}"
    laid = sheet(drawn, title, sentence, source)
    context = {"chart": drawn, "sheet": laid, "title": title, "sentence": sentence, "source": source}
    return rendered("charts/file.svg", language=language(), **context)


def story(shown: Series, told: Told) -> Story:
    """What stands beside these readings: as far as it reaches into their days."""
    first, last = shown.days[0], shown.days[-1]
    notes = {day: note for day, note in shown.notes.items() if first <= day <= last}
    for day, words in told.notes:
        notes[day] = f"{notes[day]} · {words}" if day in notes else words
    return Story(
        conditions=[each for each in told.conditions if each.end >= first],
        experiments=[each for each in told.experiments if each.day >= first],
        phases=[
            Phase(start, _("new phase"), cut.reason)
            for cut in shown.phases
            if (start := _opens(shown, cut.day)) is not None
        ],
        notes=notes,
    )


def _opens(shown: Series, day: date) -> date | None:
    """The row that a phase opens: its first one on or after its day."""
    return next((each for each in shown.days if each >= day), None) if day >= shown.days[0] else None
