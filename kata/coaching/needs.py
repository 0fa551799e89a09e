"""Which learner needs their coach most, and why: a few named rules, each a sentence. Pure.

A rule looks at the facts of one board and says in words what it saw, or nothing. They are prompts to go and see, in
the order in which a coach would go; none of them counts how well anybody does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kata.coaching import predictions
from kata.coaching.predictions import ALWAYS_RIGHT
from kata.storyboards import prompts
from kata.storyboards.models.experiments import stage
from kata.teams.cadence import PracticeDays, local_day
from kata.web.language import counted as ngettext
from kata.web.language import words as _

#: After so many practice days without one, a coach would ask.
IDLE, WITHOUT_CYCLE, ONE_OBSTACLE = 3, 5, 15
#: So many calendar days before its date a target condition is near.
NEAR = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: a board's head with its newest days, and its newest predictions with numbers.

    ``predictions`` are pairs of expected and happened, the newest first.
    """

    head: Any
    today: date
    predictions: Sequence[tuple[float, float]] = ()

    def practice_days_since(self, day: date) -> int:
        """How many practice days of the team have come since ``day``."""
        return PracticeDays.from_mask(self.head.practice_days).practice_days_between(day, self.today)

    def day(self, moment: Any) -> date:
        """The team's day of a moment."""
        return local_day(moment, self.head.time_zone)


@dataclass(frozen=True, slots=True)
class Need:
    """What a rule saw: its name, its place in the order, the words, and where to go."""

    rule: str
    rank: int
    text: str
    where: str


def result_overdue(facts: Facts) -> tuple[str, str] | None:
    """The day to go and see has passed, and nobody has written what happened."""
    head = facts.head
    waits = head.open_id is not None and stage("", "", head.open_happened, head.open_expectation) == "running"
    if not waits or head.open_check_on is None or head.open_check_on >= facts.today:
        return None
    days = max(facts.practice_days_since(head.open_check_on), 1)
    text = ngettext(
        "A result is overdue by %(num)s practice day.", "A result is overdue by %(num)s practice days.", days
    )
    return text, f"/experiments/{head.open_id}"


def target_passed(facts: Facts) -> tuple[str, str] | None:
    """The target condition's date has passed without a reflection."""
    if not prompts.active(facts.head) or facts.head.achieve_by >= facts.today:
        return None
    return _("The target date has passed, and nobody has looked back yet."), f"/boards/{facts.head.id}#target"


def target_near(facts: Facts) -> tuple[str, str] | None:
    """The target condition's date is near."""
    if not prompts.active(facts.head):
        return None
    left = (facts.head.achieve_by - facts.today).days
    if not 0 <= left <= NEAR:
        return None
    days = ngettext("The target date is in %(num)s day.", "The target date is in %(num)s days.", left)
    return (days if left else _("The target date is today.")), f"/boards/{facts.head.id}#target"


def no_experiment(facts: Facts) -> tuple[str, str] | None:
    """Nothing is being tried, though there is a target condition to try for."""
    head = facts.head
    if head.open_id is not None or not prompts.active(head):
        return None
    since = facts.day(max(filter(None, (head.last_try_ended, head.target_set))))
    days = facts.practice_days_since(since)
    if days < IDLE:
        return None
    return (
        ngettext("No experiment for %(num)s practice day.", "No experiment for %(num)s practice days.", days),
        f"/boards/{head.id}",
    )


def no_cycle(facts: Facts) -> tuple[str, str] | None:
    """Nobody has coached here for a week of practice."""
    head = facts.head
    there = f"/boards/{head.id}/coach"
    since = head.last_cycle or facts.day(head.started_at)
    days = facts.practice_days_since(since)
    if days < WITHOUT_CYCLE:
        return None
    if head.last_cycle is None:
        return _("No coaching cycle yet."), there
    return (
        ngettext("No cycle for %(num)s practice day.", "No cycle for %(num)s practice days.", days),
        there,
    )


def same_obstacle(facts: Facts) -> tuple[str, str] | None:
    """One obstacle has been in focus for long."""
    head = facts.head
    if head.focused_at is None:
        return None
    days = facts.practice_days_since(facts.day(head.focused_at))
    if days < ONE_OBSTACLE:
        return None
    return (
        ngettext("The same obstacle for %(num)s practice day.", "The same obstacle for %(num)s practice days.", days),
        f"/boards/{head.id}#obstacles",
    )


def always_right(facts: Facts) -> tuple[str, str] | None:
    """The newest predictions with a number all came true."""
    if not predictions.always_right(facts.predictions):
        return None
    text = _("The last %(n)s predictions all came true: the steps may be too small.", n=ALWAYS_RIGHT)
    return text, f"/boards/{facts.head.id}#record"


Rule = Callable[[Facts], tuple[str, str] | None]

#: In the order in which a coach would go.
RULES: tuple[Rule, ...] = (
    result_overdue,
    target_passed,
    target_near,
    no_experiment,
    no_cycle,
    same_obstacle,
    always_right,
)


def needs(facts: Facts) -> tuple[Need, ...]:
    """What each rule saw at the board, the most pressing first."""
    seen = ((rank, rule.__name__, rule(facts)) for rank, rule in enumerate(RULES))
    return tuple(Need(name, rank, *found) for rank, name, found in seen if found is not None)


def order(of: Sequence[Need]) -> tuple[int, int]:
    """Sorts learners: by their most pressing need first, then by how many there are."""
    return (of[0].rank if of else len(RULES), -len(of))
