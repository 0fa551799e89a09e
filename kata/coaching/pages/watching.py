"""What a second coach holds while a coach coaches: where they are on the card, and two fields for each question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.coaching.card import BY_KEY, STEPS, Step
from kata.coaching.forms.observations import InstructionForm, ObservationForm
from kata.coaching.models import CoachingCycle, Instruction
from kata.coaching.queries import cycles as queries
from kata.coaching.queries import instructions, observations
from kata.web.forms import Form
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Live:
    """Where the coach is: ``step`` is ``None`` once the questions are through. ``took`` are the seconds of each."""

    cycle: CoachingCycle
    step: Step | None
    took: dict[str, int | None]
    seconds: int
    stayed: int


def since(cycle: CoachingCycle) -> str:
    """Changes whenever the coach moves, and when the cycle passes to another coach or ends."""
    return str(cycle.version)


def live(cycle: CoachingCycle) -> Partial:
    """Where the coach is, as the piece of the page that follows them; no field is in it."""
    now = clock.now()
    shown = Live(
        cycle=cycle,
        step=BY_KEY.get(cycle.place) if cycle.running else None,
        took={part: note.seconds for part, note in queries.notes(cycle.id).items()},
        seconds=int((now - cycle.started_at).total_seconds()),
        stayed=int((now - cycle.asked_at).total_seconds()),
    )
    return Partial("live", "coaching/_live.html", {"live": shown, "steps": STEPS, "since": since(cycle)})


def observed(cycle: CoachingCycle, question: str, form: Form | None = None, row: Any = None) -> Partial:
    """The two fields of one question; ``row`` is what was written there, ``form`` one that was refused."""
    form = form or ObservationForm(formdata=None, obj=row, draft=draft(cycle.id, question))
    return Partial(
        f"observation-{question}",
        "coaching/_observed.html",
        {"cycle": cycle, "step": BY_KEY[question], "form": form, "written": row is not None},
    )


def draft(cycle_id: int, question: str) -> str:
    """Under which name a browser keeps what is typed at a question."""
    return f"cycle-{cycle_id}-watched-{question}"


def instruction(cycle: CoachingCycle, by: int, form: Form | None = None) -> Partial:
    """The one instruction: a form, or as it was said once the coach has it as a habit."""
    row = instructions.given(cycle.id, by)
    form = form or InstructionForm(formdata=None, obj=row, draft=f"cycle-{cycle.id}-instruction")
    context = {"cycle": cycle, "form": form, "instruction": row, "step": _step_of(row)}
    return Partial("instruction", "coaching/_instruction.html", context)


def _step_of(row: Instruction | None) -> Step | None:
    return BY_KEY.get(row.question) if row else None


def context(viewer: Viewer, cycle: CoachingCycle) -> dict[str, Any]:
    """Everything on the page."""
    mine = {
        row.question: row
        for row in observations.of_cycle(cycle.id)
        if row.by_id == viewer.person_id and row.coach_id == cycle.coach_id
    }
    return {
        "cycle": cycle,
        "live_part": live(cycle),
        "parts": [observed(cycle, step.key, row=mine.get(step.key)) for step in STEPS],
        "instruction_part": instruction(cycle, viewer.person_id),
    }
