"""What stands in a person's calendar: the planned cycles of the boards at which they learn, coach or watch now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from kata import clock
from kata.access.policy import Viewer
from kata.coaching import feed
from kata.coaching.cadence import Cadence
from kata.coaching.feed import Event
from kata.coaching.queries import rhythms as queries
from kata.web.language import reading

BACK, AHEAD = timedelta(days=30), timedelta(days=60)


def calendar_of(viewer: Viewer, public_url: str) -> bytes:
    """The file, in the language of the person whose calendar it is. It holds nothing of what is said at a cycle."""
    with reading(viewer.language):
        events = [each for row in queries.for_calendar(viewer) for each in _events(row, viewer, public_url)]
        return feed.write(_("Coaching cycles"), events)


def _events(row: Any, viewer: Viewer, public_url: str) -> Iterator[Event]:
    cadence = Cadence.of(row)
    if cadence is None:
        return
    today, host = clock.today(row.time_zone), urlsplit(public_url).hostname
    summary, description, changed_at = _summary(row), _description(row), _changed_at(row)
    for slot in cadence.slots(today - BACK, today + AHEAD, viewer.language):
        if not slot.holiday:
            yield Event(
                uid=f"board-{row.id}-{slot.day.isoformat()}@{host}",
                at=slot.at,
                minutes=row.minutes,
                summary=summary,
                description=description,
                url=f"{public_url}/boards/{row.id}",
                sequence=row.sequence,
                changed_at=changed_at,
            )


def _summary(row: Any) -> str:
    if row.coach is None:
        return f"{row.focus_process} · {row.learner}"
    return str(
        _(
            "%(process)s · %(coach)s coaches %(learner)s",
            process=row.focus_process,
            coach=row.coach,
            learner=row.learner,
        )
    )


def _description(row: Any) -> str:
    people = [(_("Learner"), row.learner), (_("Coach"), row.coach), (_("Second coach"), row.second_coach)]
    lines = [f"{role}: {name}" for role, name in people if name]
    return "\n".join([*lines, f"{_('Team')}: {row.team}"])


def _changed_at(row: Any) -> datetime:
    """When anything that an event tells was last changed."""
    known = [each for each in (row.rhythm_at, row.board_at, row.team_at) if each is not None]
    return max(known, default=datetime.combine(row.starts_on, time.min, UTC))
