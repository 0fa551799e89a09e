"""What a written reading changes on its measure's page: no more than that is sent, so that all else stays as it is."""

from __future__ import annotations

from datetime import date

from kata.access.policy import Viewer
from kata.measures.glance import Glance
from kata.measures.pages.measure import Stand, chart, head, new_reading, rules, today
from kata.measures.pages.table import ROWS, Table, readings
from kata.measures.queries import ReadingRow
from kata.web.htmx import Partial


def added(viewer: Viewer, now: Stand, before: Glance | None, day: date) -> tuple[Partial, ...]:
    """After a new reading of ``day``: the form blank again, and its line above the others where it is the newest."""
    table, form = readings(now.of, now.seen.whole, now.seen.place), new_reading(now.of)
    shown: Table = table.context["table"]
    if before is None or not _is_put_on_top(shown, before, day):
        return (*_around(viewer, now), form, table)
    newest = shown.rows[0]
    top = Partial("reading-lines", "measures/_line.html", _context(now, shown, newest), swap="afterbegin")
    return (*_around(viewer, now), form, top, *_others(now, shown, before, newest.id))


def rewritten(viewer: Viewer, now: Stand, before: Glance | None, reading_id: int) -> tuple[Partial, ...]:
    """After the reading of a day was corrected, noted, struck out or restored: its line."""
    table = readings(now.of, now.seen.whole, now.seen.place)
    shown: Table = table.context["table"]
    own = [_replaced(now, shown, row) for row in shown.rows if row.id == reading_id]
    return (*_around(viewer, now), *own, *_others(now, shown, before, reading_id))


def _around(viewer: Viewer, now: Stand) -> tuple[Partial, ...]:
    return (head(now), chart(viewer, now), rules(now))


def _is_put_on_top(shown: Table, before: Glance, day: date) -> bool:
    """Whether the line of ``day`` comes first on the first page, and the way to older ones is there as it was."""
    is_first = shown.newer is None and bool(shown.rows) and shown.rows[0].day == day
    is_newest = before.latest is not None and before.latest[0] < day
    return is_first and is_newest and (shown.older is None or before.n > ROWS)


def _others(now: Stand, shown: Table, before: Glance | None, but: int) -> list[Partial]:
    """The lines of which the chart says something else than it did, since a run is seen at its last point only."""
    was, then = _signals(before), _signals(now.glance)
    return [_replaced(now, shown, row) for row in shown.rows if row.id != but and was.get(row.day) != then.get(row.day)]


def _signals(glance: Glance | None) -> dict[date, object]:
    if glance is None:
        return {}
    points = zip(glance.days, glance.analysis.points, strict=True)
    return {day: (point.nature, point.signals, point.directions) for day, point in points if point.signals}


def _replaced(now: Stand, shown: Table, row: ReadingRow) -> Partial:
    return Partial(f"reading-{row.id}", "measures/_line.html", _context(now, shown, row))


def _context(now: Stand, shown: Table, row: ReadingRow) -> dict[str, object]:
    return {
        "measure": now.of,
        "row": row,
        "signal": shown.signals.get(row.day),
        "query": shown.place.query,
        "today": today(now.of),
    }
