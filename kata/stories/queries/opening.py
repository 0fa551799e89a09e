"""The beginning of a story: whose it is, and its challenge; as somebody signed in may read it, or whoever has a link.

Both ways are one statement, and it is the same but for its condition, so that a link never opens more than its story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, literal, or_, select
from sqlalchemy.orm import aliased

from kata import clock
from kata.access.policy import Scope, Viewer
from kata.customers.models import MomentOfTruth
from kata.extensions import UtcDateTime, fetch
from kata.identity.models import Person
from kata.identity.secrets import hashes_of_typed
from kata.measures.models import Measure, Picture
from kata.stories.models import StoryLink
from kata.stories.words import why_not_shared
from kata.storyboards.models import Challenge, Storyboard
from kata.storyboards.queries.boards import seen_by, who
from kata.teams.models import Area, Team

# Making an alias or a statement costs more than running it, so both are made once; a statement is never changed.
LEARNER, COACH = aliased(Person), aliased(Person)
BOARD, HASHES = bindparam("board", type_=Integer), bindparam("hashes", type_=String, expanding=True)
NOW = bindparam("now", type_=UtcDateTime())


@dataclass(frozen=True, slots=True)
class Opened:
    """A story that may be read: its first row, and how far it may be told."""

    row: Any

    @property
    def id(self) -> int:
        return int(self.row.id)

    @property
    def scope(self) -> Scope:
        row = self.row
        coaches = frozenset({row.coach_id} - {None})
        return Scope(row.team_id, row.area_id, row.learner_id, coaches, row.second_coach_id)

    @property
    def finished(self) -> bool:
        return self.row.ended_on is not None or self.row.archived_at is not None

    @property
    def why_not_shared(self) -> str:
        """Why no link may open it, or nothing where one may."""
        row = self.row
        return why_not_shared(finished=self.finished, closed=row.closed, team_closed=row.team_closed_at is not None)

    @property
    def ended(self) -> date | None:
        """The day on which it ended, or was put away, where the team is."""
        if self.row.ended_on is not None:
            ended: date = self.row.ended_on
            return ended
        return self.day(self.row.archived_at) if self.row.archived_at is not None else None

    def day(self, moment: datetime) -> date:
        """The team's day of a moment."""
        return moment.astimezone(ZoneInfo(self.row.time_zone)).date()


def seen(viewer: Viewer, *, lock: bool = False, board_id: int) -> Opened | None:
    """The story of a storyboard that the viewer sees, for the guard of pages that only read."""
    row = fetch(_seen(viewer.is_administrator), {"board": board_id, **who(viewer)}).one_or_none()
    return None if row is None else Opened(row)


def by_token(token: str) -> Opened | None:
    """The story that a link opens now; ``None`` for whichever reason it opens none."""
    row = fetch(_by_token(), {"hashes": hashes_of_typed(token), "now": clock.now()}).first()
    return None if row is None else Opened(row)


@cache
def _seen(is_administrator: bool) -> Any:
    return _opening(literal(True)).where(Storyboard.id == BOARD, seen_by(is_administrator))


@cache
def _by_token() -> Any:
    joined = _opening(StoryLink.with_names).join(StoryLink, StoryLink.board_id == Storyboard.id)
    return joined.where(StoryLink.token_hash.in_(HASHES), *_works())


def _works() -> tuple[ColumnElement[bool], ...]:
    """Neither stopped nor run out, of a story that may be shared as it stands now (``words.why_not_shared``)."""
    return (
        StoryLink.stopped_at.is_(None),
        or_(StoryLink.expires_at.is_(None), StoryLink.expires_at > NOW),
        or_(Storyboard.ended_on.is_not(None), Storyboard.archived_at.is_not(None)),
        Storyboard.closed.is_(False),
        Team.closed_at.is_(None),
    )


@cache
def works() -> ColumnElement[bool]:
    """Whether a link, joined to its board and team, opens its story; the moment is called ``now``."""
    return and_(*_works())


#: What a chart needs of its measure: how it is judged, and what its picture says of the readings that stand now.
MEASURE = ("unit", "better", "per", "low", "high", "target", "cadence", "preset", "shift", "trend", "screened")


def of_measure() -> list[Any]:
    """The columns of a joined ``Measure`` and its picture, as ``kata.stories.pages.felt`` reads them."""
    columns = [getattr(Measure, name).label(name) for name in (*MEASURE, "baseline")]
    seal = Picture.body["seal"].as_string().label("seal")
    return [Measure.id.label("measure_id"), Measure.name.label("measure"), *columns, Picture.stamp, seal]


def _opening(with_names: Any) -> Any:
    return (
        select(
            Storyboard.id,
            Storyboard.team_id,
            Storyboard.focus_process,
            Storyboard.learner_id,
            Storyboard.coach_id,
            Storyboard.second_coach_id,
            Storyboard.closed,
            Storyboard.practice,
            Storyboard.started_at,
            Storyboard.ended_on,
            Storyboard.archived_at,
            Storyboard.reflection,
            LEARNER.name.label("learner"),
            COACH.name.label("coach"),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            Team.time_zone,
            Team.area_id,
            Team.closed_at.label("team_closed_at"),
            Area.name.label("area"),
            Challenge.statement,
            Challenge.by_date,
            Challenge.from_value,
            Challenge.to_value,
            MomentOfTruth.name.label("moment"),
            with_names.label("with_names"),
            *of_measure(),
        )
        .select_from(Storyboard)
        .join(Team, Team.id == Storyboard.team_id)
        .join(Area, Area.id == Team.area_id)
        .join(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(COACH, COACH.id == Storyboard.coach_id)
        .outerjoin(Challenge, and_(Challenge.board_id == Storyboard.id, Challenge.ended_at.is_(None)))
        .outerjoin(MomentOfTruth, MomentOfTruth.id == Challenge.moment_id)
        .outerjoin(Measure, Measure.id == Challenge.measure_id)
        .outerjoin(Picture, Picture.measure_id == Measure.id)
    )
