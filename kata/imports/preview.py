"""What saving would do, told before it is done: the readings, how their chart would look, what the rows came to."""

from __future__ import annotations

from typing import Any

from kata.imports.harvest import Harvest
from kata.measures import queries
from kata.measures.actions import Comparison, compare
from kata.measures.glance import body_of
from kata.measures.models import Measure
from kata.measures.series import Value, series

MOST_LINES = 60
TOLD = ("gaps", "rows", "counted", "filtered", "left_out", "flaws", "flaw_total")


def preview(measure: Measure, found: Harvest) -> dict[str, Any]:
    """The harvest as it is kept for the page: dicts, lists, texts and numbers only. Writes nothing.

    ``measure`` may be one that does not exist yet.
    """
    told = {name: getattr(found, name) for name in TOLD}
    told["unfinished"] = found.unfinished and found.unfinished.isoformat()
    if found.flaw_total:
        return {**told, "can_save": False}
    comparison = compare(measure, found.given)
    days = [given.day for given in found.given]
    return {
        **told,
        "can_save": not comparison.is_done,
        "fingerprint": comparison.fingerprint,
        "new": len(comparison.new),
        "changed": len(comparison.changed),
        "known": comparison.known,
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "lines": _lines(comparison, found),
        "glance": _glance(measure, found),
    }


def _lines(comparison: Comparison, found: Harvest) -> list[list[Any]]:
    """State, day, value, what it was, the two counts, note: corrections first, then the newest."""
    changed = {each.given.day: each.reading.value for each in comparison.changed}
    new = {each.day for each in comparison.new}
    lines: list[list[Any]] = [
        [
            "correction" if each.day in changed else "new" if each.day in new else "known",
            each.day.isoformat(),
            each.value,
            changed.get(each.day),
            each.counts,
            each.note,
        ]
        for each in found.given
    ]
    lines.sort(key=lambda line: line[1], reverse=True)
    lines.sort(key=lambda line: line[0] != "correction")
    return lines[:MOST_LINES]


def _glance(measure: Measure, found: Harvest) -> dict[str, Any] | None:
    """The measure's chart as it would be: what stands already, with what the file says above it."""
    there = {each.day: each for each in queries.values(measure.id)} if measure.id else {}
    for each in found.given:
        there[each.day] = Value(each.day, each.value or 0.0, each.numerator, each.denominator, each.note)
    if not there:
        return None
    cuts = queries.cuts(measure.id) if measure.id else []
    return body_of(measure, series(measure, [there[day] for day in sorted(there)], cuts))
