"""Which storyboards work on which moments of truth: those whose open challenge names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select

from kata.access.policy import Viewer
from kata.customers.work import Work
from kata.extensions import fetch
from kata.identity.models import Person
from kata.storyboards.models import Challenge, Storyboard
from kata.storyboards.queries.boards import seen_by, who


def working_on(viewer: Viewer, moment_ids: Sequence[int]) -> Mapping[int, Sequence[Work]]:
    """The live boards that the viewer sees, by the moment that their challenge names; practice boards work on none."""
    found: dict[int, list[Work]] = defaultdict(list)
    for row in fetch(_working(viewer.is_administrator), {"moments": sorted(moment_ids), **who(viewer)}):
        found[row.moment_id].append(Work(row.focus_process, f"/boards/{row.id}", row.learner))
    return found


@cache
def _working(is_administrator: bool) -> Any:
    return (
        select(Challenge.moment_id, Storyboard.id, Storyboard.focus_process, Person.name.label("learner"))
        .join(Storyboard, Storyboard.id == Challenge.board_id)
        .join(Person, Person.id == Storyboard.learner_id)
        .where(
            Challenge.moment_id.in_(bindparam("moments", type_=Integer, expanding=True)),
            Challenge.ended_at.is_(None),
            Storyboard.practice.is_(False),
            Storyboard.archived_at.is_(None),
            Storyboard.ended_on.is_(None),
            seen_by(is_administrator),
        )
        .order_by(Storyboard.id.desc())
    )
