"""What the person's page shows of somebody's practice, to themselves and to those who coach them now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from kata import clock
from kata.access.policy import Action, Viewer, allows
from kata.coaching import levels
from kata.coaching.models.skills import KATAS
from kata.coaching.pages.growth import grown
from kata.coaching.pages.predictions import record
from kata.coaching.paging import Key
from kata.coaching.queries import levels as levels_queries
from kata.coaching.queries import practice as queries
from kata.coaching.queries.people import Practitioner
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle in the list, with what was observed at it: pairs of a skill and a level in words."""

    row: Any
    observed: tuple[tuple[str, str], ...]


def read_by(viewer: Viewer, person: Practitioner) -> tuple[str, ...]:
    """The katas of the person's practice that the viewer may read."""
    return tuple(kata for kata in KATAS if allows(viewer, Action.READ_PRACTICE, person.scope_in(kata)))


def observed_by(viewer: Viewer, person: Practitioner) -> tuple[str, ...]:
    """The katas in which the viewer may observe the person."""
    return tuple(kata for kata in KATAS if allows(viewer, Action.OBSERVE_LEVEL, person.scope_in(kata)))


def growth(viewer: Viewer, person: Practitioner) -> Partial:
    """How their skills grew."""
    katas = read_by(viewer, person)
    context = {
        "person": person,
        "katas": grown(person.id, katas, clock.today(viewer.time_zone)),
        "observes": bool(observed_by(viewer, person)),
        "levels": levels.names(),
    }
    return Partial("growth", "coaching/_growth.html", context)


def whole(viewer: Viewer, person: Practitioner, before: Key | None, predicted: Key | None) -> Partial:
    """All of it: growth, the prediction record, the cycles. Each of the last two has a page of its own (its key)."""
    learns = "improvement" in read_by(viewer, person)
    context = {
        **growth(viewer, person).context,
        "record": record(viewer, person.id, predicted) if learns else None,
        "before": before,
        "predicted": predicted,
        **(_cycles(viewer, person, before) if learns else {"cycles": None}),
    }
    return Partial("practice", "coaching/_practice.html", context)


def _cycles(viewer: Viewer, person: Practitioner, before: Key | None) -> dict[str, Any]:
    rows, more = queries.cycles(viewer, person.id, before)
    found = levels_queries.at_cycles(person.id, read_by(viewer, person), [row.id for row in rows]) if rows else []
    return {
        "cycles": listed(rows, found),
        "older": Key(rows[-1].held_on, rows[-1].id) if more else None,
    }


def listed(rows: list[Any], observed: list[Any]) -> tuple[Cycle, ...]:
    """Cycles with what was observed at each of them."""
    at: dict[int, list[tuple[str, str]]] = defaultdict(list)
    words = levels.names()
    for row in observed:
        at[row.cycle_id].append((row.skill, words[row.level - 1]))
    return tuple(Cycle(row, tuple(at[row.id])) for row in rows)


def every_cycle(viewer: Viewer, person: Practitioner) -> tuple[Cycle, ...]:
    """All cycles at which the person learned and that the viewer may read, as a file takes them."""
    found = levels_queries.at_every_cycle(person.id, read_by(viewer, person))
    return listed(queries.cycles_listing(viewer, person.id), found)
