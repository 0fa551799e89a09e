"""The table of readings, a line of it open for correction, and what happened to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from kata import clock
from kata.measures import queries
from kata.measures.forms import CorrectionForm, NoteForm, StrikeForm
from kata.measures.models import Measure, Reading
from kata.measures.series import Series
from kata.measures.words import EVENT
from kata.spc import Direction, Nature, Point, Rule
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.language import reader
from kata.web.templates import rendered

ROWS = 20
TONES = {Nature.IMPROVEMENT: "better", Nature.CONCERN: "worse"}
#: What an address may name, in the order of ``Place``.
EDGES = ("before", "after", "from", "to")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the table somebody is: the lines before a day, or the next ones after it; the newest without either.

    ``first`` and ``last`` are the days of the chart above it, which stays as it is meanwhile.
    """

    before: date | None = None
    after: date | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Place:
        """The place that an address names; what is no day is the beginning."""
        return cls(*(day_of(query.get(name)) for name in EDGES))

    @property
    def query(self) -> str:
        """The place as the end of an address."""
        return self.address("")

    def address(self, base: str, **others: date | None) -> str:
        """``base`` at this place, or at another one."""
        days = {"before": self.before, "after": self.after, "from": self.first, "to": self.last, **others}
        told = "&".join(f"{name}={day.isoformat()}" for name, day in days.items() if day)
        return f"{base}?{told}" if told else base


@dataclass(frozen=True, slots=True)
class Table:
    """A page of readings, with the addresses of its neighbours and what the chart says of them, by day."""

    rows: list[queries.ReadingRow]
    place: Place
    newer: str | None
    older: str | None
    signals: dict[date, Markup]


@dataclass(frozen=True, slots=True)
class Editor:
    """A reading that is open, in its line of the table or on its own page, and the forms in it.

    With ``note`` only its note is open, where it stands.
    """

    reading: Reading
    correction: CorrectionForm
    strike: StrikeForm
    trouble: Form | None
    today: date
    note: NoteForm | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One event of a reading: what it said before where that differed, and why where somebody said so."""

    at: datetime
    what: object
    by_name: str | None
    was: list[tuple[str, Any]]
    reason: str


def readings(of: Measure, found: Series, place: Place, editor: Editor | None = None) -> Partial:
    """The table, with one line of it open where somebody corrects it."""
    context = {
        "measure": of,
        "table": _table(of.id, found, place),
        "editor": editor,
        "today": clock.today(of.team.time_zone),
    }
    return Partial("measure-readings", "measures/_readings.html", context)


def history(reading_id: int) -> list[Past]:
    """What happened to a reading, newest first."""
    return [_past(event) for event in reversed(queries.events(reading_id))]


def day_of(text: str | None) -> date | None:
    """The day that an address names, if it names one."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _table(measure_id: int, found: Series, place: Place) -> Table:
    """A page of readings; one more than is shown tells whether there is a next page."""
    rows = queries.readings(measure_id, ROWS + 1, before=place.before, after=place.after)
    base, more = f"/measures/{measure_id}", len(rows) > ROWS
    rows = rows[-ROWS:] if place.after else rows[:ROWS]
    newer = more if place.after else place.before is not None
    older = True if place.after else more
    return Table(
        rows,
        place,
        place.address(base, after=rows[0].day, before=None) if newer and rows else None,
        place.address(base, before=rows[-1].day, after=None) if older and rows else None,
        {row.day: signal for row in rows if (signal := _signal(found.point(row.day)))},
    )


def _signal(point: Point | None) -> Markup | None:
    """What the chart says of a reading, as a sign and words."""
    if point is None or not point.signals:
        return None
    return _told(point.nature, point.signals, point.directions, reader().locale)


@lru_cache(maxsize=1024)
def _told(nature: Nature, rules: tuple[Rule, ...], ways: tuple[Direction, ...], locale: str) -> Markup:
    """There are few different signals, each of them in many rows; ``locale`` is that of the words."""
    tone = TONES.get(nature, "neutral")
    return Markup(rendered("measures/_signal.html", tone_name=tone, signal={"rules": rules, "ways": ways}))  # noqa: S704 - our own


def _past(event: queries.Event) -> Past:
    before, after = event.snapshot.get("before", {}), event.snapshot
    names = ("day", "value", "numerator", "denominator", "note")
    changed = [name for name in names if name in before and before[name] != after.get(name)]
    was = [(name, _plain(name, before[name])) for name in changed]
    return Past(event.at, EVENT.get(event.verb, event.verb), event.by_name, was, after.get("struck_reason", ""))


def _plain(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "day" and value else value
