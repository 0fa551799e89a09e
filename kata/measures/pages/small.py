"""The small chart of a measure as it stands in lists, ready drawn: it costs more than the rest of its line."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from kata.charts import Labels, small
from kata.measures.glance import Glance
from kata.measures.kept import Shelf
from kata.web.language import reader
from kata.web.templates import rendered


def small_chart(of: Any, seen: Glance) -> Markup:
    """The chart of what was ``seen`` of a measure (its id, name, unit and bounds), with its newest value in words.

    Kept in memory for as long as all of it stands.
    """
    key = (of.id, seen.stamp, seen.seal, of.name, of.unit, of.low, of.high, reader().locale)
    return _charts.get(key, lambda: _drawn(of, seen))


def _drawn(of: Any, seen: Glance) -> Markup:
    chart = small(seen.analysis, seen.days, Labels.of(reader().locale, of.unit), bounds=(of.low, of.high))
    return Markup(rendered("measures/_small.html", chart=chart, name=of.name))  # noqa: S704 - our own


_charts: Shelf[Markup] = Shelf(512)
