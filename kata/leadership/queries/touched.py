"""What changed since the figures were made, as the activity record tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, or_, select, union

from kata import clock
from kata.activity.models import Activity
from kata.coaching.models import CoachingCycle
from kata.extensions import UtcDateTime, db, fetch
from kata.leadership.models import FiguresState
from kata.storyboards.models import Storyboard
from kata.teams.models import Area, Team

#: A transaction that began so long ago has ended: PostgreSQL hands out the ids of events before they can be seen, so
#: that a younger one may be seen first.
SETTLED = timedelta(seconds=60)
UPTO, LAST = bindparam("upto", type_=Integer), bindparam("last", type_=Integer)


def state() -> FiguresState | None:
    """How far the figures go, as it stands in the database now."""
    return db.session.get(FiguresState, 1, populate_existing=True)


def locked_state() -> FiguresState | None:
    """The same, and nobody else brings the figures up to date until this transaction ends."""
    query = select(FiguresState).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def last_event() -> int:
    """The newest event that can be seen."""
    return int(db.session.scalar(select(func.coalesce(func.max(Activity.id), 0))) or 0)


def settled(upto: int, last: int) -> int:
    """The last event before which no other can turn up any more."""
    if db.session.get_bind().dialect.name == "sqlite":
        return last
    values = {"upto": upto, "last": last, "since": clock.now() - SETTLED}
    young = fetch(_young(), values).scalar()
    return last if young is None else max(int(young) - 1, upto)


@cache
def _young() -> Any:
    return select(func.min(Activity.id)).where(
        Activity.id > UPTO, Activity.id <= LAST, Activity.at >= bindparam("since", type_=UtcDateTime())
    )


def every_team() -> list[int]:
    return list(db.session.scalars(select(Team.id).order_by(Team.id)))


def teams_touched(upto: int, last: int) -> list[int]:
    """The teams of which something was written after one event and up to another.

    Whose first coaching cycle a cycle is hangs on all that their coach held, so the other teams of that coach are
    among them where a cycle was written, or a storyboard opened or closed.
    """
    return sorted(each for each in db.session.scalars(_touched(), {"upto": upto, "last": last}) if each is not None)


@cache
def _touched() -> Any:
    young = (Activity.id > UPTO, Activity.id <= LAST)
    theirs = select(Activity.team_id).where(*young, Activity.team_id.is_not(None))
    of_boards = select(Storyboard.team_id).join(Activity, Activity.board_id == Storyboard.id).where(*young).distinct()
    coached = or_(Activity.subject_type == "coaching_cycle", Activity.subject_type == "storyboard")
    coaches = (
        select(CoachingCycle.coach_id)
        .join(Activity, Activity.board_id == CoachingCycle.board_id)
        .where(*young, coached)
    )
    of_coaches = (
        select(Storyboard.team_id)
        .join(CoachingCycle, CoachingCycle.board_id == Storyboard.id)
        .where(CoachingCycle.coach_id.in_(coaches))
    )
    return union(theirs, of_boards, of_coaches)


def parents() -> dict[int, int | None]:
    """The tree of areas as it stands: of each area the one above."""
    return {area_id: parent for area_id, parent in fetch(select(Area.id, Area.parent_id).order_by(Area.id))}


def places(team_ids: Collection[int] | None) -> dict[int, int]:
    """The area of each of these teams, or of every one."""
    query = select(Team.id, Team.area_id)
    query = query if team_ids is None else query.where(Team.id.in_(team_ids))
    return {team_id: area_id for team_id, area_id in fetch(query)}


def fingerprint(told: object) -> str:
    """A fingerprint that is another as soon as what is told is."""
    return hashlib.sha256(repr(told).encode()).hexdigest()
