"""Writing down at which level a skill was seen. Nothing of it changes later: the newest holds, the older ones stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from kata import clock
from kata.access.policy import Action, Viewer, allows
from kata.activity.actions import record
from kata.coaching.models import CoachingCycle, ObservedLevel, Skill
from kata.coaching.models.skills import LEVELS
from kata.coaching.queries import cycles
from kata.coaching.queries.people import Practitioner
from kata.extensions import db
from kata.rules import DomainError


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: a skill at a level, by what evidence, on which day, and at which cycle if it was at one."""

    skill_id: int | None
    level: int
    evidence: str
    on: date
    cycle_id: int | None = None


def observe(person: Practitioner, seen: Seen, *, by: Viewer) -> ObservedLevel:
    """Write down what ``by`` saw of the person.

    The learner's coaches observe the improvement kata, whoever coaches the coach the coaching kata; nobody observes
    themselves, and a second coach not the learner.
    """
    skill = _skill(seen.skill_id)
    if not allows(by, Action.OBSERVE_LEVEL, person.scope_in(skill.kata)):
        raise DomainError("skill_id", _("Only who coaches somebody in a kata observes their skills in it."))
    if seen.level not in LEVELS:
        raise DomainError("level", _("Choose the level that you saw."))
    cycle = _cycle(person, skill, seen.cycle_id, by)
    if seen.on > clock.today(cycle.board.team.time_zone if cycle else by.time_zone):
        raise DomainError("observed_on", _("What was observed lies behind. Choose today or an earlier day."))
    level = ObservedLevel(
        person_id=person.id,
        skill_id=skill.id,
        level=seen.level,
        evidence=seen.evidence,
        observed_on=seen.on,
        by_id=by.person_id,
        cycle_id=seen.cycle_id,
    )
    db.session.add(level)
    record("observed", level, by=by.person_id)
    return level


def _skill(skill_id: int | None) -> Skill:
    skill = db.session.get(Skill, skill_id) if skill_id is not None else None
    if skill is None or skill.archived_at is not None:
        raise DomainError("skill_id", _("This skill is not in use. Choose one that is."))
    return skill


def _cycle(person: Practitioner, skill: Skill, cycle_id: int | None, by: Viewer) -> CoachingCycle | None:
    """The cycle at which it was seen: one that ``by`` may read, with the person as its learner or as its coach."""
    if cycle_id is None:
        return None
    cycle = cycles.cycle(by, cycle_id=cycle_id)
    if cycle is None or person.id != (cycle.coach_id if skill.kata == "coaching" else cycle.learner_id):
        raise DomainError("cycle_id", _("%(name)s did not do this at that cycle.", name=person.name))
    return cycle
