"""A cycle's own page, and the one place that decides which of its words each reader gets.

Who may open it at all is the query's to say (``queries.cycles.cycle``); what is between the coach and the second coach
is left out here for everybody else, the learner among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata.access.policy import Action, Viewer, allows
from kata.coaching import card, levels
from kata.coaching.card import STEPS, Step
from kata.coaching.forms.cycles import ReflectionForm
from kata.coaching.models import CoachingCycle
from kata.coaching.queries import cycles as queries
from kata.coaching.queries import held, instructions, observations
from kata.storyboards.models import Experiment
from kata.web.forms import Form
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person who may open a cycle reads of it.

    Notes, feedback and reflection are for all of them; what the coach means to practise is for the coach and whom
    they are watched by; what one person told another is for these two. ``coaches`` says that the reader is the
    learner, or one of their coaches.
    """

    reader: int
    learner: int
    coach: int
    watcher: int | None
    coaches: bool

    @property
    def practice(self) -> bool:
        return self.reader in {self.coach, self.watcher}

    def notes(self, written: dict[str, Any]) -> dict[str, Any]:
        """The texts of the cycle without those that are not this reader's."""
        return {part: note for part, note in written.items() if part != card.PRACTICE or self.practice}

    def told(self, rows: list[Any]) -> tuple[Any, ...]:
        """Observations and instructions that this reader gave or was given."""
        return tuple(row for row in rows if self.reader in {row.coach_id, row.by_id})

    def levels(self, rows: list[Any]) -> tuple[Any, ...]:
        """At which level the learner was seen, for the learner and their coaches; the coach, for who coaches them."""
        return tuple(row for row in rows if self.reader in {row.person_id, row.by_id} or self._coaches(row.person_id))

    def _coaches(self, person_id: int) -> bool:
        of_learner, of_coach = person_id == self.learner, person_id == self.coach
        return (of_learner and self.coaches) or (of_coach and self.reader == self.watcher)


def sight(viewer: Viewer, cycle: CoachingCycle) -> Sight:
    """What the viewer reads of the cycle."""
    coaches = allows(viewer, Action.READ_PRACTICE, cycle.scope)
    return Sight(viewer.person_id, cycle.learner_id, cycle.coach_id, cycle.watcher_id, coaches)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the cycle: the coach's note, how long it took, and what the second coach heard there."""

    step: Step
    note: Any | None
    heard: tuple[Any, ...]

    @property
    def seconds(self) -> int | None:
        return self.note.seconds if self.note else None


@dataclass(frozen=True, slots=True)
class Page:
    """A cycle as its reader sees it. ``minutes`` is how long it went on, ``None`` where nobody measured it."""

    cycle: CoachingCycle
    asked: tuple[Asked, ...]
    notes: dict[str, Any]
    planned: Experiment | None
    levels: tuple[Any, ...]
    told: tuple[Any, ...]
    runs_it: bool
    watches: bool
    reflects: bool

    @property
    def minutes(self) -> int | None:
        if self.cycle.paper or self.cycle.ended_at is None or self.cycle.ended_at < self.cycle.started_at:
            return None
        return max(1, round((self.cycle.ended_at - self.cycle.started_at).total_seconds() / 60))

    def words(self, part: str) -> str:
        """What was written for a part of the cycle, as far as it is this reader's."""
        return self.notes[part].words if part in self.notes else ""

    @property
    def threshold(self) -> Step | None:
        return card.BY_KEY.get(self.cycle.threshold or "")


def page(viewer: Viewer, cycle: CoachingCycle) -> Page:
    """The cycle's page for the viewer."""
    sees = sight(viewer, cycle)
    notes, heard = sees.notes(queries.notes(cycle.id)), sees.told(observations.of_cycle(cycle.id))
    return Page(
        cycle=cycle,
        asked=tuple(
            Asked(step, notes.get(step.key), tuple(row for row in heard if row.question == step.key)) for step in STEPS
        ),
        notes=notes,
        planned=queries.step(cycle),
        levels=sees.levels(held.levels(cycle.id)),
        told=sees.told(instructions.around(cycle.id, cycle.coach_id)),
        runs_it=cycle.running and cycle.coach_id == viewer.person_id,
        watches=allows(viewer, Action.WATCH_COACH, cycle.scope),
        reflects=allows(viewer, Action.REFLECT, cycle.scope),
    )


def context(viewer: Viewer, cycle: CoachingCycle, form: ReflectionForm | None = None) -> dict[str, Any]:
    """What the page's template needs; ``form`` is a reflection that is being written, or was refused."""
    seen = page(viewer, cycle)
    reflection = seen.notes.get(card.REFLECTION)
    if form is None and reflection is None and seen.reflects:
        form = reflection_form(cycle, None)
    return {"seen": seen, "steps": STEPS, "level_names": levels.NAMES, **_reflection(cycle, reflection, form)}


def reflection_form(cycle: CoachingCycle, note: Any | None) -> ReflectionForm:
    """The form for the learner's own words, with what stands there."""
    return ReflectionForm(formdata=None, obj=note, draft=f"cycle-{cycle.id}-reflection")


def _reflection(cycle: CoachingCycle, note: Any | None, form: Form | None) -> dict[str, Any]:
    return {"cycle": cycle, "reflection": note, "form": form}


def reflection(cycle: CoachingCycle, form: Form | None = None) -> Partial:
    """The learner's reflection as a piece of the page; with ``form`` it is being written."""
    note = queries.note(cycle.id, card.REFLECTION)
    return Partial("reflection", "coaching/_reflection.html", _reflection(cycle, note, form))
