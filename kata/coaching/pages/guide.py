"""The guide that a coach holds during a cycle: one question at a time, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.coaching import card
from kata.coaching.card import Step
from kata.coaching.forms.cycles import ClosingForm, NextStepForm, SeeForm, TurnForm
from kata.coaching.models import CoachingCycle
from kata.coaching.pages import levels, practice
from kata.coaching.queries import cycles as queries
from kata.coaching.queries import instructions
from kata.coaching.queries.people import practitioner
from kata.storyboards import pages as boards
from kata.storyboards.models import Experiment
from kata.storyboards.pages import Place
from kata.storyboards.routes.due import offer_measures
from kata.teams.cadence import PracticeDays
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.language import reader

#: How long a cycle is meant to be.
MINUTES = 20


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a running cycle stands, for its coach.

    ``at`` is the place that is shown: that of the cycle, or where a note was refused, when the coach has gone on from
    another device meanwhile. ``step`` is ``None`` once the questions are through. ``told`` are the second coach's
    instructions for this question. ``seconds`` is how long the cycle has been going, ``stayed`` how long it has been at
    this question.
    """

    cycle: CoachingCycle
    at: str
    step: Step | None
    notes: dict[str, Any]
    told: tuple[Any, ...]
    form: Form
    seconds: int
    stayed: int
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def lit(self) -> str:
        """The sheets that answer the question, as the page's styles look for them."""
        return " ".join(self.step.lit) if self.step else ""

    @property
    def before(self) -> str | None:
        return card.before(self.at)

    @property
    def after(self) -> str:
        return card.after(self.at)

    def done(self, step: Step) -> bool:
        """Whether the question lies behind."""
        return card.PLACES.index(self.at) > card.PLACES.index(step.key)


def guide(viewer: Viewer, cycle: CoachingCycle, form: Form | None = None) -> Guide:
    """The guide where the cycle stands; ``form`` is one that was refused there."""
    now, at = clock.now(), _at(cycle, form)
    step = card.worded(reader().locale).get(at)
    notes = queries.notes(cycle.id)
    told = instructions.carried(cycle.coach_id) if step else []
    return Guide(
        cycle=cycle,
        at=at,
        step=step,
        notes=notes,
        told=tuple(row for row in told if step and row.question == step.key),
        form=_turning(cycle, notes, form) if step else _closing(cycle, notes, form),
        seconds=int((now - cycle.started_at).total_seconds()),
        stayed=int((now - cycle.asked_at).total_seconds()),
        more=_more(viewer, cycle, form) if at == cycle.place else {},
    )


def _at(cycle: CoachingCycle, refused: Form | None) -> str:
    """The place that is shown: a form that was refused stands where it was sent from."""
    if isinstance(refused, ClosingForm):
        return card.CLOSING
    left = refused.left.data if isinstance(refused, TurnForm) else None
    return left if left in card.KEYS else cycle.place


def _turning(cycle: CoachingCycle, notes: dict[str, Any], refused: Form | None) -> Form:
    if isinstance(refused, TurnForm):
        return refused
    note = notes.get(cycle.place)
    return TurnForm(formdata=None, obj=note, left=cycle.place, draft=f"cycle-{cycle.id}-{cycle.place}")


def _closing(cycle: CoachingCycle, notes: dict[str, Any], refused: Form | None) -> Form:
    if isinstance(refused, ClosingForm):
        return refused
    written: dict[str, Any] = {}
    for part in (card.FEEDBACK, card.PRACTICE):
        note = notes.get(part)
        written |= {part: note.words if note else "", f"{part}_version": note.version if note else None}
    return ClosingForm(formdata=None, data=written, draft=f"cycle-{cycle.id}-closing")


def _more(viewer: Viewer, cycle: CoachingCycle, refused: Form | None) -> dict[str, Any]:
    """What a place needs besides: the plan of the next step, the day to go and see, at the end what was observed."""
    if cycle.place == "next":
        place = boards.place(viewer, cycle.board_id)
        form = refused if isinstance(refused, NextStepForm) else None
        return {"place": place, "plan": _plan(cycle, place, form)}
    if cycle.place == "see":
        step = queries.step(cycle)
        return {"planned": step, "see": _see(cycle, step, refused if isinstance(refused, SeeForm) else None)}
    return {"levels": _levels(viewer, cycle)} if cycle.place == card.CLOSING else {}


def _levels(viewer: Viewer, cycle: CoachingCycle) -> dict[str, Any] | None:
    """Where the coach writes down at which level they saw a skill; ``None`` for who may not observe the learner."""
    learner = practitioner(viewer, person_id=cycle.learner_id)
    if learner is None or not practice.observed_by(viewer, learner):
        return None
    return dict(levels.observing(viewer, learner, cycle_id=cycle.id).context)


def _plan(cycle: CoachingCycle, place: Place, refused: NextStepForm | None) -> NextStepForm | None:
    """The form for the next step, where the board is ready for one; what was typed stays whatever came between."""
    if refused is None and (place.prompt is None or place.prompt.kind != "plan"):
        return None
    form = refused or NextStepForm(formdata=None, draft=f"cycle-{cycle.id}-step")
    offer_measures(cycle.board.team_id, form)
    return form


def _see(cycle: CoachingCycle, step: Experiment | None, refused: SeeForm | None) -> SeeForm | None:
    """The form for the day, where a step is planned and still open."""
    if refused is not None:
        return refused
    if step is None or step.ended_at is not None:
        return None
    team, form = cycle.board.team, SeeForm(formdata=None, obj=step, draft=f"cycle-{cycle.id}-see")
    if form.check_on.data is None:
        days = PracticeDays.from_mask(team.practice_days)
        form.check_on.data = days.next_practice_day(clock.today(team.time_zone))
    return form


def partial(viewer: Viewer, cycle: CoachingCycle, form: Form | None = None) -> Partial:
    """The guide as a piece of the page."""
    return Partial("guide", "coaching/_guide.html", context(viewer, cycle, form))


def context(viewer: Viewer, cycle: CoachingCycle, form: Form | None = None) -> dict[str, Any]:
    """What the guide's template needs."""
    return {
        "guide": guide(viewer, cycle, form),
        "steps": tuple(card.worded(reader().locale).values()),
        "minutes": MINUTES,
    }
