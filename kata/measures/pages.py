"""What the pages of this room show, read afresh so that they are right after a commit and after a rollback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from kata import clock
from kata.access.policy import Viewer
from kata.measures import queries
from kata.measures.actions import Comparison, Given, compare
from kata.measures.export import plain
from kata.measures.forms import CorrectionForm, PasteForm, ReadingForm, StrikeForm
from kata.measures.forms import new_reading as new_reading_form
from kata.measures.models import Measure, Reading
from kata.measures.paste import Pasted, PastedReading
from kata.measures.words import BETTER, BETTER_ICON, EVENT, KIND, STATE, WAS
from kata.teams.models import Team
from kata.web import sections
from kata.web.forms import Form
from kata.web.htmx import Partial

ROWS = 50
LINES = 200
WORDS: dict[str, Any] = {"BETTER": BETTER, "BETTER_ICON": BETTER_ICON, "KIND": KIND, "STATE": STATE, "WAS": WAS}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the table somebody is: the lines before a day, or the next ones after it; the newest without either."""

    before: date | None = None
    after: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Place:
        """The place that an address names; what is no day is the beginning."""
        return cls(_day(query.get("before")), _day(query.get("after")))

    @property
    def query(self) -> str:
        if self.before:
            return f"?before={self.before.isoformat()}"
        return f"?after={self.after.isoformat()}" if self.after else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A page of readings, with the addresses of its neighbours."""

    rows: list[queries.ReadingRow]
    place: Place
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class Editor:
    """A reading that is open, in its line of the table or on its own page, and the forms in it."""

    reading: Reading
    correction: CorrectionForm
    strike: StrikeForm
    trouble: Form | None
    today: date


@dataclass(frozen=True, slots=True)
class Past:
    """One event of a reading: what it said before where that differed, and why where somebody said so."""

    at: datetime
    what: object
    by_name: str | None
    was: list[tuple[str, Any]]
    reason: str


@dataclass(frozen=True, slots=True)
class PasteLine:
    """A row of a paste as it was understood: ``new``, ``correction`` (of what it ``was``), ``known`` or ``gap``."""

    state: str
    day: date
    value: float | None
    was: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A paste as it was understood; corrections first, and how many more lines there are than are shown."""

    pasted: Pasted
    comparison: Comparison
    lines: list[PasteLine]
    more: int
    count: Counter[str]

    @property
    def can_save(self) -> bool:
        return self.pasted.is_ready and not self.comparison.is_done

    @property
    def offer(self) -> str:
        """The words on the button that saves."""
        new, corrected = len(self.comparison.new), len(self.comparison.changed)
        both = _("Save %(new)s new, correct %(corrected)s", new=new, corrected=corrected)
        fresh = ngettext("Save one reading", "Save %(num)s readings", new)
        mended = ngettext("Save one correction", "Save %(num)s corrections", corrected)
        return str(both if new and corrected else mended if corrected else fresh)


def measure(viewer: Viewer, measure_id: int) -> Measure:
    """The measure as it stands now."""
    found = queries.measure(viewer, lock=False, measure_id=measure_id)
    if found is None:
        raise LookupError(f"measure {measure_id} went away while it was shown")
    return found


def reading(viewer: Viewer, reading_id: int) -> Reading:
    """The reading as it stands now, with its measure and team."""
    found = queries.reading(viewer, lock=False, reading_id=reading_id)
    if found is None:
        raise LookupError(f"reading {reading_id} went away while it was shown")
    return found


def today(of: Measure) -> date:
    """The day it is where the team is."""
    return clock.today(of.team.time_zone)


def table(measure_id: int, place: Place) -> Table:
    """A page of readings; one more than is shown tells whether there is a next page."""
    rows = queries.readings(measure_id, ROWS + 1, before=place.before, after=place.after)
    base, more = f"/measures/{measure_id}", len(rows) > ROWS
    if place.after:
        rows = rows[-ROWS:]
        return Table(rows, place, _link(base, "after", rows[:1], more), _link(base, "before", rows[-1:], True))
    rows = rows[:ROWS]
    back = place.before is not None
    return Table(rows, place, _link(base, "after", rows[:1], back), _link(base, "before", rows[-1:], more))


def _link(base: str, way: str, edge: list[queries.ReadingRow], there: bool) -> str | None:
    return f"{base}?{way}={edge[0].day}" if there and edge else None


def readings(of: Measure, place: Place, editor: Editor | None = None) -> Partial:
    """The table, with one line of it open where somebody corrects it."""
    context = {"measure": of, "table": table(of.id, place), "editor": editor, "today": today(of)}
    return Partial("measure-readings", "measures/_readings.html", context)


def about(of: Measure, trouble: Form | None = None) -> Partial:
    """What the measure is; with the button that was refused, where one was."""
    return Partial("measure-about", "measures/_about.html", {"measure": of, "trouble": trouble, **WORDS})


def about_form(of: Measure, form: Form) -> Partial:
    """The same place while somebody rewrites it."""
    return Partial("measure-about", "measures/_about_form.html", {"measure": of, "form": form})


def head(of: Measure) -> Partial:
    """Name, owner and newest value."""
    latest = queries.latest_values([of.id]).get(of.id)
    return Partial("measure-head", "measures/_head.html", {"measure": of, "latest": latest, **WORDS})


def new_reading(of: Measure, form: ReadingForm | None = None) -> Partial:
    """The form above the table; beside a refused day, the reading that this day has."""
    now = today(of)
    form = form or new_reading_form(of.id, now)
    clash = queries.on_day(of.id, form.day.data) if form.day.errors and form.day.data else None
    context = {"measure": of, "form": form, "today": now, "clash": clash.id if clash else None}
    return Partial("reading-new", "measures/_reading_new.html", context)


def whole(of: Measure, place: Place, form: ReadingForm | None = None) -> tuple[Partial, Partial, Partial, Partial]:
    """All of a measure's page: its head, what it is, the form for a reading, the table."""
    return head(of), about(of), new_reading(of, form), readings(of, place)


def together(*partials: Partial) -> dict[str, Any]:
    """The context of a page that includes these partials."""
    return {name: value for partial in partials for name, value in partial.context.items()}


def page_of(of: Measure, *partials: Partial) -> dict[str, Any]:
    """The context of the measure's page: its own partials, and what other rooms say about it."""
    return {"sections": sections.of("measure", of), **together(*partials)}


def history(reading_id: int) -> list[Past]:
    """What happened to a reading, newest first."""
    return [_past(event) for event in reversed(queries.events(reading_id))]


def team_measures(team: Team) -> Partial:
    """The section for the team's page."""
    listed = queries.team_measures(team.id)
    return Partial("team-measures", "measures/_team_measures.html", {"team": team, "measures": listed, **WORDS})


def preview(of: Measure, pasted: Pasted) -> Preview:
    """What the paste was understood as, and what saving it would do."""
    comparison = compare(of, given(pasted))
    was = {change.reading.day: change.reading.value for change in comparison.changed}
    new = {each.day for each in comparison.new}
    lines = [_line(row, new, was) for row in pasted.rows]
    order = ("correction", "new", "known", "gap")
    lines.sort(key=lambda line: (order.index(line.state), -line.day.toordinal()))
    return Preview(pasted, comparison, lines[:LINES], max(0, len(lines) - LINES), Counter(line.state for line in lines))


def given(pasted: Pasted) -> list[Given]:
    """The readings of a paste; its gaps stay gaps."""
    rows = [(row.day, row.value, row.note) for row in pasted.rows]
    return [Given(day, value, plain(note)) for day, value, note in rows if value is not None]


def paste_form(of: Measure, form: PasteForm, shown: Preview | None = None) -> Partial:
    """The place for pasted rows, and below it what they were understood as."""
    return Partial("paste", "measures/_paste.html", {"measure": of, "form": form, "preview": shown, **WORDS})


def _line(row: PastedReading, new: set[date], was: dict[date, float]) -> PasteLine:
    if row.value is None:
        return PasteLine("gap", row.day, None, None, row.note)
    state = "new" if row.day in new else "correction" if row.day in was else "known"
    return PasteLine(state, row.day, row.value, was.get(row.day), plain(row.note))


def _past(event: queries.Event) -> Past:
    before, after = event.snapshot.get("before", {}), event.snapshot
    changed = [name for name in ("day", "value", "note") if name in before and before[name] != after.get(name)]
    was = [(name, _plain(name, before[name])) for name in changed]
    return Past(event.at, EVENT.get(event.verb, event.verb), event.by_name, was, after.get("struck_reason", ""))


def _plain(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "day" and value else value


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
