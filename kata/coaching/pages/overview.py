"""The page of coaching: whom I coach, the one in most need first; whose coaching I watch; my own growth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from kata import clock
from kata.access.policy import Viewer
from kata.coaching.needs import Facts, Need, needs, order
from kata.coaching.predictions import ALWAYS_RIGHT
from kata.coaching.queries import instructions
from kata.coaching.queries import learners as queries
from kata.storyboards.queries.history import Event
from kata.teams.cadence import PracticeDays, local_day

#: Somebody who never said that they have read anything is told of the last week.
FIRST_LOOK = timedelta(days=7)
NEWS = 60
#: After so many cycles that nobody watched, or practice days with one instruction, a second coach would go and see.
UNWATCHED, CARRIED = 3, 15


@dataclass(frozen=True, slots=True)
class Learner:
    """A board that the viewer coaches, with what each rule saw there."""

    head: Any
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """A board whose coach the viewer watches, with why to go there; ``where`` does it."""

    head: Any
    reasons: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class News:
    """What happened at one board since the viewer read last, the newest first."""

    head: Any
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. ``until`` is the moment up to which the page tells; saying *read* moves there."""

    learners: tuple[Learner, ...]
    watched: tuple[Watched, ...]
    news: tuple[News, ...]
    since: datetime
    until: datetime
    told: tuple[Any, ...]
    growth: tuple[Any, ...]
    received: tuple[Any, ...]
    cut: bool

    @property
    def coaches(self) -> bool:
        return bool(self.learners or self.watched or self.growth or self.told)


def overview(viewer: Viewer) -> Overview:
    """The page for this viewer, as of now."""
    now, heads = clock.now(), queries.boards_of(viewer)
    ids = [head.id for head in heads]
    pairs = queries.predictions(ids, ALWAYS_RIGHT) if ids else {}
    learners = [
        Learner(head, needs(Facts(head, clock.today(head.time_zone), pairs.get(head.id, ())))) for head in heads
    ]
    since = queries.read_until(viewer.person_id) or now - FIRST_LOOK
    return Overview(
        learners=tuple(sorted(learners, key=lambda each: order(each.needs))),
        watched=tuple(_watched(head) for head in queries.watched(viewer)),
        news=_news(heads, queries.news(ids, since, viewer.person_id, NEWS) if ids else []),
        since=since,
        until=now,
        told=tuple(instructions.carried(viewer.person_id)),
        growth=tuple(queries.newest_levels(viewer.person_id, "coaching")),
        received=tuple(queries.as_learner(viewer.person_id)),
        cut=len(heads) == queries.MOST,
    )


def _news(heads: list[Any], events: list[tuple[int, Event]]) -> tuple[News, ...]:
    of: dict[int, list[Event]] = defaultdict(list)
    for board_id, event in events:
        of[board_id].append(event)
    by_id = {head.id: head for head in heads}
    return tuple(News(by_id[board_id], tuple(those)) for board_id, those in of.items())


def _watched(head: Any) -> Watched:
    reasons = tuple(filter(None, (_unwatched(head), _carried(head))))
    where = f"/cycles/{head.newest_cycle}/observation" if head.newest_cycle else f"/boards/{head.id}/cycles"
    return Watched(head, reasons, where)


def _unwatched(head: Any) -> str:
    """The coach has held cycles that nobody watched."""
    if head.newest_cycle is None:
        return str(_("No cycle has been held here yet."))
    if head.observed_cycle is None:
        return str(_("You have not watched here yet."))
    if head.unwatched < UNWATCHED:
        return ""
    return str(ngettext("%(num)s cycle since you watched.", "%(num)s cycles since you watched.", head.unwatched))


def _carried(head: Any) -> str:
    """The coach has carried one instruction for long."""
    if head.carried_since is None:
        return ""
    since = local_day(head.carried_since, head.time_zone)
    days = PracticeDays.from_mask(head.practice_days).practice_days_between(since, clock.today(head.time_zone))
    if days < CARRIED:
        return ""
    text = ngettext(
        "Your instruction has been carried for %(num)s practice day.",
        "Your instruction has been carried for %(num)s practice days.",
        days,
    )
    return str(text)
