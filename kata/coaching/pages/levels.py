"""Writing down a level: which skill, then at which of its described levels it was seen."""

from __future__ import annotations

from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.coaching import levels
from kata.coaching.forms.skills import LevelForm
from kata.coaching.models import CoachingCycle
from kata.coaching.pages.practice import observed_by, read_by
from kata.coaching.pages.skills import Shown, shown
from kata.coaching.paging import Key
from kata.coaching.queries import cycles, skills
from kata.coaching.queries import levels as queries
from kata.coaching.queries.people import Practitioner
from kata.web.htmx import Partial


def observing(
    viewer: Viewer,
    person: Practitioner,
    *,
    cycle_id: int | None = None,
    skill_id: int | None = None,
    form: LevelForm | None = None,
) -> Partial:
    """The place where a level is written down: the skills to choose from, or the form for the chosen one.

    At a cycle (``cycle_id``) it begins with what was observed there already; a cycle that the viewer may not read
    counts as none. Whoever embeds it asks the policy first whether the viewer observes the person.
    """
    cycle = cycles.cycle(viewer, cycle_id=cycle_id) if cycle_id is not None else None
    offered = [shown(row) for row in skills.in_use(_katas(viewer, person, cycle))]
    chosen = next((skill for skill in offered if skill.id == skill_id), None)
    if form is None and chosen is not None:
        zone = cycle.board.team.time_zone if cycle else viewer.time_zone
        form = LevelForm.of(person.id, chosen.id, cycle.id if cycle else None, clock.today(zone))
    context = {
        "person": person,
        "cycle_id": cycle.id if cycle else None,
        "offered": offered,
        "chosen": chosen,
        "hints": _looks_like(chosen),
        "form": form,
        "observed": _at(viewer, person, cycle),
    }
    return Partial("level-new", "coaching/_level_form.html", context)


def _katas(viewer: Viewer, person: Practitioner, cycle: CoachingCycle | None) -> tuple[str, ...]:
    """Those in which the viewer observes the person; at a cycle the one that the person practised there."""
    katas = observed_by(viewer, person)
    if cycle is None:
        return katas
    there = {"improvement"} if cycle.learner_id == person.id else {"coaching"} if cycle.coach_id == person.id else set()
    return tuple(kata for kata in katas if kata in there)


def _looks_like(skill: Shown | None) -> dict[int, str]:
    return {level: words for level, (_name, words) in enumerate(skill.levels, 1)} if skill else {}


def _at(viewer: Viewer, person: Practitioner, cycle: CoachingCycle | None) -> list[tuple[Any, str]]:
    rows = queries.at_cycles(person.id, read_by(viewer, person), [cycle.id]) if cycle else []
    return _worded(rows)


def _worded(rows: list[Any]) -> list[tuple[Any, str]]:
    """Observations, each with the word for its level."""
    words = levels.names()
    return [(row, words[row.level - 1]) for row in rows]


def listed(viewer: Viewer, person: Practitioner, before: Key | None) -> dict[str, Any]:
    """The context of the page of all that was observed."""
    rows, more = queries.page(person.id, read_by(viewer, person), before)
    return {
        "person": person,
        "rows": _worded(rows),
        "older": Key(rows[-1].observed_on, rows[-1].id) if more else None,
        "before": before,
    }
