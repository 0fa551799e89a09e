"""The history of a team, put together: months of entries, and its outcome measures along the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from kata import clock
from kata.access.policy import Viewer
from kata.alignment.words import SAID
from kata.charts.along import Along, Axis, along, axis
from kata.charts.labels import Labels
from kata.learning.models import OF_BOARDS
from kata.learning.pages import search as results
from kata.learning.queries import search, timeline
from kata.learning.queries.timeline import ENTRIES, SIZE, Key, Narrowed
from kata.measures.kept import Shelf
from kata.web.language import reader
from kata.web.templates import rendered
from kata.web.text import day_year

KINDS: dict[str, Any] = {
    **{kind: results.KINDS[kind] for kind in OF_BOARDS},
    "cycle": _l("Coaching cycles"),
    "signal": _l("Outcome signals"),
    "barrier": _l("Barriers"),
}
ROWS_AT_ONCE = 500

_drawn: Shelf[Markup] = Shelf(64)


@dataclass(frozen=True)
class Entry:
    """One thing that happened on a board, by the team's day; ``told`` are the texts it says, each with its name."""

    day: date
    at: datetime
    board_id: int
    board: str
    kind: str
    what: str
    href: str
    text: str
    told: list[tuple[str, Any, str]]


@dataclass(frozen=True)
class Line:
    """An outcome measure along the time of the page; ``chart`` is none where it has no reading in it."""

    id: int
    name: str
    chart: Along | None


@dataclass(frozen=True)
class History:
    """A page of it. ``older`` is the key of the page after this one, where there is one."""

    months: list[tuple[str, list[Entry]]]
    older: str | None
    outcomes: Markup


def history(viewer: Viewer, team: Any, boards: Sequence[Any], narrowed: Narrowed, after: Key | None) -> History:
    """The page of the team's history after the key, with its outcome measures over the whole time of the filter."""
    rows = timeline.entries([each.id for each in boards], narrowed, after)
    zone = ZoneInfo(team.time_zone)
    shown = told(viewer, rows[:SIZE], boards, zone)
    first, last = _time(boards, narrowed, zone)
    more = rows[SIZE - 1] if len(rows) > SIZE else None
    older = str(Key(more.at, more.place, more.id)) if more else None
    return History(_months(shown), older, _outcomes(team, first, last))


def everything(viewer: Viewer, team: Any, boards: Sequence[Any], narrowed: Narrowed) -> Iterable[Entry]:
    """Every entry, for a file."""
    rows = timeline.entries([each.id for each in boards], narrowed, None, None)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield from told(viewer, rows[start : start + ROWS_AT_ONCE], boards, ZoneInfo(team.time_zone))


def told(viewer: Viewer, rows: Sequence[Any], boards: Sequence[Any], zone: ZoneInfo) -> list[Entry]:
    """What the rows of ``timeline.entries`` say, in their order."""
    ids = {name: [row.id for row in rows if ENTRIES[row.place] == name] for name in (ENTRIES[0], *TELLERS)}
    found = {name: read(ids[name]) for name, (read, _tell) in TELLERS.items()}
    learned = {row.id: row for row in search.shown(viewer, ids[ENTRIES[0]])}
    names = {each.id: each.focus_process for each in boards}
    made = []
    for row in rows:
        name = ENTRIES[row.place]
        source = learned.get(row.id) if name == ENTRIES[0] else found[name].get(row.id)
        if source is not None:
            tell = _learned if name == ENTRIES[0] else TELLERS[name][1]
            day = row.at.astimezone(zone).date()
            made.append(Entry(day, row.at, row.board_id, names[row.board_id], *tell(source, row.board_id)))
    return made


Told = tuple[str, str, str, str, list[tuple[str, Any, str]]]


def _learned(row: Any, _board: int) -> Told:
    (_name, text), *others = row.parts
    parts = [(name, results.PARTS.get(name, results.TAUGHT), said) for name, said in others]
    return row.kind, results.what(row), results.href(row), text, parts


def _set(row: Any, board: int) -> Told:
    what = _("Target condition %(number)s set, by %(day)s", number=row.number, day=day_year(row.achieve_by))
    return "target", str(what), f"/boards/{board}/conditions#target-{row.number}", row.pattern, []


def _cycle(row: Any, board: int) -> Told:
    what = _("Coaching cycle: %(coach)s with %(learner)s", coach=row.coach, learner=row.learner)
    return "cycle", str(what), f"/boards/{board}/cycles", "", []


def _signal(row: Any, _board: int) -> Told:
    what = _("Signal of %(measure)s, %(day)s", measure=row.measure, day=day_year(row.day))
    if row.experiment_number is not None:
        what = _("%(signal)s, expected by experiment %(number)s", signal=what, number=row.experiment_number)
    return "signal", str(what), f"/measures/{row.measure_id}", row.words, []


def _raised(row: Any, _board: int) -> Told:
    cost = [("cost", results.PARTS["cost"], row.cost)] if row.cost else []
    return "barrier", str(_("Barrier raised")), f"/barriers/{row.id}", row.text, cost


def _passed(row: Any, _board: int) -> Told:
    what = _("Barrier passed up to %(area)s", area=row.area)
    return "barrier", str(what), f"/barriers/{row.barrier_id}", row.text, [("reason", _l("Why"), row.reason)]


def _answered(row: Any, _board: int) -> Told:
    what = _("Barrier answered by %(name)s: %(answer)s", name=row.by, answer=SAID[row.kind])
    if row.by_date is not None:
        what = _("%(answer)s by %(day)s", answer=what, day=day_year(row.by_date))
    words = [("answer", results.PARTS["answer"], row.words)] if row.words else []
    return "barrier", str(what), f"/barriers/{row.barrier_id}", row.text, words


TELLERS: dict[str, tuple[Any, Any]] = {
    "set": (timeline.targets_set, _set),
    "cycle": (timeline.cycles, _cycle),
    "signal": (timeline.signals, _signal),
    "raised": (timeline.raised, _raised),
    "passed": (timeline.passed, _passed),
    "answered": (timeline.answered, _answered),
}


def _months(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    months = groupby(entries, key=lambda entry: entry.day.replace(day=1))
    return [(str(format_skeleton("yMMMM", month, locale=reader().locale)), list(those)) for month, those in months]


def _time(boards: Sequence[Any], narrowed: Narrowed, zone: ZoneInfo) -> tuple[date, date]:
    """The days that the page is about: those of the filter, or since the first board began."""
    today = clock.now().astimezone(zone).date()
    began = min((each.started_at.astimezone(zone).date() for each in boards), default=today)
    first = narrowed.since.astimezone(zone).date() if narrowed.since else began
    last = narrowed.until.astimezone(zone).date() if narrowed.until else today
    return min(first, today), max(min(last, today), min(first, today))


def _outcomes(team: Any, first: date, last: date) -> Markup:
    """The outcome measures along the time of the page: the same for everyone, and kept while their pictures stand."""
    measures = timeline.outcomes(team.id)
    if not measures:
        return Markup("")

    def make() -> Markup:
        shared = axis(first, last, Labels.of(reader().locale))
        context = {"lines": _lines(measures, first, last, shared), "axis": shared, "first": first, "last": last}
        return Markup(rendered("learning/_outcomes.html", **context))  # noqa: S704 - our own template's

    key = (*((each.id, each.name, each.unit, each.stamp, each.seal) for each in measures), first, last, reader().locale)
    return _drawn.get(key, make)


def _lines(measures: Sequence[Any], first: date, last: date, shared: Axis) -> list[Line]:
    seen: dict[int, tuple[list[date], list[float]]] = {}
    for row in timeline.readings([each.id for each in measures], first, last):
        days, values = seen.setdefault(row.measure_id, ([], []))
        days.append(row.day)
        values.append(row.value)
    return [
        Line(each.id, each.name, _chart(seen.get(each.id), shared, Labels.of(reader().locale, each.unit)))
        for each in measures
    ]


def _chart(seen: tuple[list[date], list[float]] | None, shared: Axis, labels: Labels) -> Along | None:
    return along(*seen, shared, labels) if seen else None
