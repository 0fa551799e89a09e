"""The catalogue of skills: open to everyone signed in, since it is the language in which people speak of practice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from kata.access.policy import Viewer
from kata.coaching.models import Skill
from kata.coaching.models.skills import DESCRIPTIONS
from kata.extensions import db, fetch

_SHOWN = (Skill.id, Skill.kata, Skill.name, Skill.version, Skill.archived_at)
_DESCRIBED = tuple(getattr(Skill, name) for name in DESCRIPTIONS)


def skill(viewer: Viewer, *, lock: bool = False, skill_id: int) -> Skill | None:
    """One skill, for the guard."""
    query = select(Skill).where(Skill.id == skill_id)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def catalogue() -> list[Any]:
    """Every skill with its five descriptions, the archived ones too; each kata's in its order."""
    return list(fetch(select(*_SHOWN, *_DESCRIBED).order_by(Skill.position, Skill.id)))


def in_use(katas: Iterable[str]) -> list[Any]:
    """The skills of these katas that can be observed now, in their order."""
    query = select(*_SHOWN, *_DESCRIBED).where(Skill.kata.in_(list(katas)), Skill.archived_at.is_(None))
    return list(fetch(query.order_by(Skill.kata.desc(), Skill.position, Skill.id)))


def in_order(kata: str) -> list[Skill]:
    """The skills of a kata that are in use, locked, for whoever puts them in order."""
    query = select(Skill).where(Skill.kata == kata, Skill.archived_at.is_(None))
    return list(db.session.scalars(query.order_by(Skill.position, Skill.id).with_for_update()))


def named(kata: str, name: str) -> Skill | None:
    """The skill of a kata that is called so in any case, archived or not."""
    query = select(Skill).where(Skill.kata == kata, func.lower(Skill.name) == name.lower())
    return db.session.scalars(query.limit(1)).one_or_none()


def last_position(kata: str) -> int:
    """The highest position that a skill of the kata has; -1 where there is none."""
    highest = db.session.scalar(select(func.max(Skill.position)).where(Skill.kata == kata))
    return -1 if highest is None else highest
