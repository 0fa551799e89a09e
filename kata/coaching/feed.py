"""Planned cycles as a file that calendars read (iCalendar, RFC 5545). Pure.

Each cycle is an event of its own at a moment in UTC, so that no calendar has to know a time zone or repeat a rule the
way we do. Its UID is made of board and day and never changes; ``SEQUENCE`` grows with each change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

#: How often calendars are asked to look again.
REFRESH = timedelta(hours=4)


class Event(NamedTuple):
    """One planned cycle as a calendar shows it."""

    uid: str
    at: datetime
    minutes: int
    summary: str
    description: str
    url: str
    sequence: int
    changed_at: datetime


def write(name: str, events: Iterable[Event]) -> bytes:
    """The whole file, with the name under which calendars list it."""
    from icalendar import Calendar  # large, and only calendars ask for it

    calendar = Calendar()
    calendar.add("prodid", "-//Kata//Coaching cycles//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for event in events:
        calendar.add_component(_component(event))
    written: bytes = calendar.to_ical()
    return written


def _component(event: Event) -> Any:
    from icalendar import Event as Component

    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed_at)
    component.add("dtstart", event.at)
    component.add("dtend", event.at + timedelta(minutes=event.minutes))
    component.add("summary", event.summary)
    component.add("description", event.description)
    component.add("url", event.url)
    component.add("last-modified", event.changed_at)
    component.add("sequence", event.sequence)
    return component
