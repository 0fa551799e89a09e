"""Adapting the catalogue of skills."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from kata import clock
from kata.activity.actions import record
from kata.coaching.models import Skill
from kata.coaching.models.skills import DESCRIPTIONS, KATAS
from kata.coaching.queries import skills as queries
from kata.extensions import db
from kata.rules import DomainError


def add(kata: str, name: str, described: Mapping[str, str], *, by: int) -> Skill:
    """A new skill, last in the order of its kata."""
    if kata not in KATAS:
        raise DomainError("kata", _("Choose one of the two katas."))
    _expect_free_name(kata, name)
    skill = Skill(kata=kata, name=name, position=queries.last_position(kata) + 1, **_levels(described))
    db.session.add(skill)
    record("added a skill", skill, by=by)
    return skill


def rewrite(skill: Skill, seen: int | None, name: str, described: Mapping[str, str], *, by: int) -> None:
    """Word the skill and its levels better. What was observed in it stays as it was."""
    skill.expect_version(seen)
    _expect_free_name(skill.kata, name, but=skill.id)
    skill.name = name
    for level, words in _levels(described).items():
        setattr(skill, level, words)
    record("rewrote a skill", skill, by=by)


def _levels(described: Mapping[str, str]) -> dict[str, str]:
    return {level: described.get(level, "") for level in DESCRIPTIONS}


def _expect_free_name(kata: str, name: str, *, but: int | None = None) -> None:
    taken = queries.named(kata, name)
    if taken is None or taken.id == but:
        return
    if taken.archived_at is not None:
        raise DomainError("name", _("“%(name)s” stands among the archived ones. Bring it back.", name=taken.name))
    raise DomainError("name", _("“%(name)s” stands in this kata already.", name=taken.name))


def move(skill: Skill, to: int, *, by: int) -> int:
    """Move the skill to a zero-based place in its kata; answers the place it had."""
    order = queries.in_order(skill.kata)
    if skill not in order:
        raise DomainError("", _("An archived skill has no place in the order. Bring it back first."))
    before = order.index(skill)
    order.insert(max(0, min(to, len(order) - 1)), order.pop(before))
    for place, each in enumerate(order):
        if each.position != place:
            each.position = place
            record("moved" if each is skill else "made room", each, by=by)
    return before


def archive(skill: Skill, seen: int | None, *, by: int) -> None:
    """Take the skill out of use; the levels observed in it stay. What is archived already stays as it is."""
    if skill.archived_at is None:
        skill.expect_version(seen)
        skill.archived_at = clock.now()
        record("archived", skill, by=by)


def restore(skill: Skill, seen: int | None, *, by: int) -> None:
    """Bring the skill back into use, where it stood."""
    if skill.archived_at is not None:
        skill.expect_version(seen)
        skill.archived_at = None
        record("restored", skill, by=by)
