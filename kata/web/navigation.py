"""The rooms that the navigation shows: only those that exist."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import lazy_gettext as _l


class Room(NamedTuple):
    """One entry of the navigation; ``icon`` names a symbol of the sprite."""

    room: str
    label: object
    href: str
    icon: str


COACHING = Room("coaching", _l("Coaching"), "/coaching", "messages-square")

LEADERSHIP = Room("leadership", _l("Leadership"), "/leadership", "trending-up")

ROOMS = (
    Room("today", _l("Today"), "/", "calendar-check"),
    Room("boards", _l("Storyboards"), "/boards", "layout-dashboard"),
    Room("customers", _l("Customers"), "/customers", "message-square"),
    COACHING,
    Room("learning", _l("Learning"), "/learning", "lightbulb"),
    Room("teams", _l("Teams"), "/teams", "users"),
)


#: For who coaches a team: on a phone the first three have a place under the thumb, and a coach coaches every day.
COACHS_ROOMS = (*ROOMS[:2], COACHING, *(room for room in ROOMS[2:] if room is not COACHING))
#: The same for who leads an area.
LEADERS_ROOMS = (*ROOMS[:2], LEADERSHIP, *ROOMS[2:])


def rooms(coaches: bool, leads: bool = False) -> tuple[Room, ...]:
    """The rooms in the order in which they are shown; the one of leaders is there for who leads an area."""
    if leads:
        return LEADERS_ROOMS
    return COACHS_ROOMS if coaches else ROOMS
